"""The attacked account itself: always one, with the text of its support case."""

from __future__ import annotations

from typing import Any

from lambdas.core.action import Permission
from lambdas.core.fields import clean, pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS: tuple[Permission, ...] = ()
SEVERITY = "urgent"
"""What a suspected compromise asks of AWS Support. `critical` is for a business that stands still."""
DRILL_SEVERITY = "low"
FACTS = (
    ("Account", "account"),
    ("Region", "region"),
    ("Reported by", "source.kind"),
    ("Type", "source.type"),
    ("Finding", "source.id"),
    ("First seen", "source.first_seen"),
    ("Last seen", "source.last_seen"),
    ("Principal", "principal.arn"),
    ("Principal type", "principal.type"),
    ("User name", "principal.user_name"),
    ("Access key id", "principal.access_key_id"),
)
BODY = """{opening}

{facts}

Please tell us what you know of this compromise, check this account for activity that is not ours, and consider a
billing adjustment for it. Containment is under way; evidence is preserved.

The names above come from the attacked account and may have been chosen by the attacker.
Incident: {incident_id}
"""


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate, always. It calls nothing: all that the case says stands in the incident."""
    drill = bool(incident.get("drill"))
    target = {
        "account": incident["account"],
        "incident_id": incident["incident_id"],
        "subject": _subject(incident, drill),
        "body": _body(incident, drill),
        "severity": DRILL_SEVERITY if drill else SEVERITY,
    }
    return [Candidate(target, "AWS is told of every suspected compromise.")]


def _subject(incident: Json, drill: bool) -> str:
    """Nothing confidential: subjects of cases stand in mails."""
    what = "DRILL, no action needed" if drill else "Suspected compromise, generative AI services"
    return f"[IR:{incident['incident_id']}] {what}"


def _body(incident: Json, drill: bool) -> str:
    opening = "This is a drill." if drill else "We suspect that credentials of this account are compromised."
    shown = ((name, pick(incident, path)) for name, path in FACTS)
    # Each value is at most 500 characters and one line, so that the whole stays below Support's 8,000.
    facts = "\n".join(f"{name}: {clean(value)}" for name, value in shown if value is not None)
    return BODY.format(opening=opening, facts=facts, incident_id=incident["incident_id"])
