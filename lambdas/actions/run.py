"""Carry out one approved step: intent, change, read-back, outcome. The same code for every action of three powers."""

from __future__ import annotations

import time
from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions.limits import require_allowed
from lambdas.actions.steps import Approved, approved, conclude, require_power
from lambdas.core.errors import NotAchieved, PowerRefused, ResponderError, StateDrifted, Unsettled
from lambdas.core.ledger import DONE, Ledger
from lambdas.core.refusals import throttling_by_name
from lambdas.core.session import Session

Json = dict[str, Any]

READ_BACK_PAUSES = (0.0, 0.5, 1.0, 2.0)
"""Seconds before each read-back. IAM is eventually consistent (IAM User Guide, "Changes that I make are not always
immediately visible"), so that a change may take a moment to show."""


def handler(event: Json, context: Any) -> Json:
    """Input {incident, plan_hash, step_id, action}; answer {step_id, action, status}.

    Raises StateDrifted, TargetNotFound, PowerRefused, PlanChanged, NotAchieved, NotEnrolled, Throttled, Unsettled and
    AWS's own errors, after they are written into the ledger.
    """
    ledger = Ledger()
    step = approved(event, "response", ledger)
    require_power(step.action.power)
    if not ledger.intend(step.incident_id, step.step, step.plan_hash, list(step.approvers) or ["automatic"], "perform"):
        return _answer_again(ledger, step)
    try:
        require_allowed(step, ledger)
        with throttling_by_name():
            status, after = carry_out(step)
    except Unsettled:
        # Not an outcome: the intent stands, and the state machine calls again.
        raise
    except (ResponderError, ClientError) as error:
        conclude(ledger, step, "perform", _status_of(error), {}, error)
        raise
    return conclude(ledger, step, "perform", status, {"after": after})


def carry_out(step: Approved) -> tuple[str, Json]:
    """Perform the step and read it back. Returns its status and the state after."""
    module, target, before = step.module, step.step["target"], step.step["before"]
    session = step.session(step.action.power, ("read", "perform", "settled"))
    if module.achieved(target, before):
        return _found_done(step, session)
    module.perform(session, target, before)
    settled = getattr(module, "settled", None)
    if settled and not settled(session, target):
        raise Unsettled(f"{step.step['title']} is accepted and still under way.")
    return "performed", _read_back(step, session)


def _found_done(step: Approved, session: Session) -> tuple[str, Json]:
    """The plan already saw the wanted state. Somebody may have changed it since."""
    state = step.module.read(session, step.step["target"])
    if not step.module.achieved(step.step["target"], state):
        raise StateDrifted(f"{step.step['label']} was as wanted when the plan was made, and is not any more.")
    return "nothing_to_do", state


def _read_back(step: Approved, session: Session) -> Json:
    for pause in READ_BACK_PAUSES:
        time.sleep(pause)
        after: Json = step.module.read(session, step.step["target"])
        if step.module.achieved(step.step["target"], after):
            return after
    raise NotAchieved(f"{step.step['title']} was accepted, and reading {step.step['label']} back does not show it.")


def _status_of(error: Exception) -> str:
    if isinstance(error, StateDrifted):
        return "drifted"
    return "refused" if isinstance(error, PowerRefused) else "failed"


def _answer_again(ledger: Ledger, step: Approved) -> Json:
    """A rerun of a step that is done already: the same answer, and no second change."""
    recorded = ledger.step(step.incident_id, step.step["step_id"])
    if recorded is None or recorded["status"] not in DONE:
        raise PowerRefused(
            f"Step {step.step['step_id']} was undone and is not carried out again under the same approval."
        )
    return {"step_id": step.step["step_id"], "action": step.step["action"], "status": recorded["status"]}
