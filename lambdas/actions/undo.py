"""Take back one performed step, to exactly what was there before it."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions.run import READ_BACK_PAUSES
from lambdas.actions.steps import Approved, approved, conclude, ledger_id, require_power
from lambdas.core.errors import NotAchieved, NoWayBack, ResponderError, StateDrifted, Unsettled
from lambdas.core.ledger import Ledger
from lambdas.core.refusals import throttling_by_name
from lambdas.core.session import Session

Json = dict[str, Any]


def handler(event: Json, context: Any) -> Json:
    """Input {incident, plan_hash, step_id, action} of a plan of kind `undo`; answer {step_id, action, status}.

    Raises NoWayBack, StateDrifted, PowerRefused, PlanChanged, NotAchieved, NotEnrolled, Throttled and AWS's own errors,
    after they are written into the ledger.
    """
    require_power("undo")
    ledger = Ledger()
    step = approved(event, "undo", ledger)
    recorded = {**step.step, "step_id": ledger_id(step)}
    if not ledger.intend(step.incident_id, recorded, step.plan_hash, list(step.approvers) or ["automatic"], "undo"):
        return _answer_again(ledger, step)
    try:
        with throttling_by_name():
            after = take_back(step)
    except Unsettled:
        raise
    except (ResponderError, ClientError) as error:
        status = "undo_drifted" if isinstance(error, StateDrifted) else "undo_failed"
        conclude(ledger, step, "undo", status, {}, error)
        raise
    return conclude(ledger, step, "undo", "undone", {"after": after})


def take_back(step: Approved) -> Json:
    """Undo the step and read it back. Returns the state after, which is the state before the step.

    Raises Unsettled while AWS is still at it, and is then called again.
    """
    undo = getattr(step.module, "undo", None)
    if undo is None:
        raise NoWayBack(f"{step.step['title']} cannot be undone. {step.action.way_back}")
    session = step.session("undo", ("read", "undo", "settled"))
    undo(session, step.step["target"], step.step["before"])
    settled = getattr(step.module, "settled", None)
    if settled and not settled(session, step.step["target"]):
        raise Unsettled(f"{step.step['title']} is accepted and still under way.")
    return _read_back(step, session)


def _read_back(step: Approved, session: Session) -> Json:
    for pause in READ_BACK_PAUSES:
        time.sleep(pause)
        after: Json = step.module.read(session, step.step["target"])
        if step.action.same(after, step.step["before"]):
            return after
    raise NotAchieved(f"{step.step['label']} was changed back, and reading it does not show the state of before.")


def _answer_again(ledger: Ledger, step: Approved) -> Json:
    """A rerun of an undo that is done already: the same answer. Anything else was never there to undo."""
    recorded = ledger.step(step.incident_id, ledger_id(step))
    if recorded is None or recorded["status"] != "undone":
        raise StateDrifted(f"Step {ledger_id(step)} was not performed, so there is nothing to undo.")
    return {"step_id": step.step["step_id"], "action": step.step["action"], "status": "undone"}
