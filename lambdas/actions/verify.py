"""At the end of a response: does what was done still stand, and was it all? Reads every performed step once more."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.core import documents, session
from lambdas.core.action import load
from lambdas.core.errors import NotEnrolled
from lambdas.core.fields import clean
from lambdas.core.ledger import DONE, Ledger

Json = dict[str, Any]

CUTS = ("containment", "eradication")
"""A finding about which nothing was contained or removed needs somebody, however well the rest went."""


def handler(event: Json, context: Any) -> Json:
    """Input {incident, done, failure, not_approved}, the latter three as the state machine gathered them.

    Answer {checked, standing, undone_by_others: [step_id], dealt_with}; `dealt_with` lets the finding be closed. A step
    that cannot be read counts as not standing, and the timeline says why.
    """
    ledger = Ledger()
    incident_id = event["incident"]["incident_id"]
    performed = [step for step in ledger.steps(incident_id) if step["status"] in DONE]
    fallen = [step["step_id"] for step in performed if not _stands(ledger, incident_id, step)]
    ledger.note(incident_id, f"Verified: {len(performed) - len(fallen)} of {len(performed)} steps stand", fallen=fallen)
    dealt_with = not fallen and _all_was_done(event) and any(load(s["action"]).ACTION.stage in CUTS for s in performed)
    standing = len(performed) - len(fallen)
    return {"checked": len(performed), "standing": standing, "undone_by_others": fallen, "dealt_with": dealt_with}


def _all_was_done(event: Json) -> bool:
    """Nothing failed, nobody refused or was silent, and every step that was tried is done."""
    items = [i for stages in event["done"].values() for stage in stages.values() for i in stage["items"]]
    return not event["failure"] and not event["not_approved"] and all(item["status"] in DONE for item in items)


def _stands(ledger: Ledger, incident_id: str, recorded: Json) -> bool:
    plan = documents.read_plan(incident_id, recorded["plan_hash"])
    step = next(s for s in plan["steps"] if s["step_id"] == recorded["step_id"])
    module = load(step["action"])
    places = {"partition": "aws", "account": plan["account"], "region": plan["region"]}
    try:
        observing = session.assume(
            "observe",
            plan["account"],
            plan["region"],
            incident_id=incident_id,
            step_id=step["step_id"],
            allowed=session.statements(session.declared(module.ACTION, ("read",)), {**places, **step["target"]}),
        )
        return bool(module.achieved(step["target"], module.read(observing, step["target"])))
    except (ClientError, NotEnrolled) as error:
        ledger.note(incident_id, f"Could not verify {step['step_id']}", error=clean(error))
        return False
