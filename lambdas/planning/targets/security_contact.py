"""The account's security contact, where it is not the recognised one.

Recognised is what the signed baseline holds. Where that holds none, it is what the stack's parameter SecurityContact
says. A contact that no baseline speaks of may well be the right one, and is left alone.
"""

from __future__ import annotations

import os
from typing import Any

from lambdas.baseline.kinds import alternate_contact
from lambdas.core.errors import NotOurs
from lambdas.core.fields import pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = alternate_contact.PERMISSIONS
FIELDS = ("Name", "Title", "EmailAddress", "PhoneNumber")
UNKNOWN = "No baseline says which security contact is recognised; the one that is set is left alone."
NOTHING_TO_SET = "neither a baseline nor the parameter SecurityContact of the stack says which one to set"


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where the contact is recognised, or nothing says which one to set."""
    now = _fields(alternate_contact.read(session)["security"])
    recorded = _fields(pick(baseline, "alternate_contact.security"))
    if now and now == recorded:
        raise NotOurs("The security contact is as in the baseline.")
    if now and "alternate_contact" not in baseline:
        raise NotOurs(UNKNOWN)
    wanted = recorded or configured()
    if now == wanted:
        raise NotOurs("The security contact is as configured." if now else f"There is none, and {NOTHING_TO_SET}.")
    if not wanted:
        raise NotOurs(f"It was set since the baseline, which has none: look at it. It stays, because {NOTHING_TO_SET}.")
    return [Candidate({"account": incident["account"], "contact": wanted}, _why(now, recorded))]


def configured() -> Json | None:
    """The contact of the parameter, which holds its four fields separated by semicolons; None where it is empty."""
    values = [value.strip() for value in os.environ["SECURITY_CONTACT"].split(";")]
    return dict(zip(FIELDS, values, strict=True)) if any(values) else None


def _fields(contact: Json | None) -> Json | None:
    return contact and {name: contact.get(name) for name in FIELDS}


def _why(now: Json | None, recorded: Json | None) -> str:
    if now is None:
        return f"There is none, {'and the baseline has one' if recorded else 'and AWS would tell nobody of abuse'}."
    if recorded is None:
        return "It was set since the baseline, which has none: a changed contact is itself a sign of an attack."
    changed = ", ".join(name for name in FIELDS if now[name] != recorded[name])
    return f"Other than in the baseline: {changed}. A changed contact is itself a sign of an attack."
