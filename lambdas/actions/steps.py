"""What running and undoing a step have in common: the approved plan, the power to act, and the word in the ledger."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from lambdas.approval.gate import approvers_for
from lambdas.core import documents, session
from lambdas.core.action import Action, Call, Power, load
from lambdas.core.errors import PlanChanged, PowerRefused
from lambdas.core.ledger import Ledger, now
from lambdas.core.pause import require_running
from lambdas.core.schema import validate

Json = dict[str, Any]
AUTOMATIC = "automatic"
NEEDED = {"one": 1, "two": 2}


@dataclass(frozen=True)
class Approved:
    """A step that may be carried out: from the plan that its hash names, with those who approved it."""

    plan: Json
    plan_hash: str
    step: Json
    approvers: tuple[str, ...]
    module: ModuleType

    @property
    def incident_id(self) -> str:
        return str(self.plan["incident_id"])

    @property
    def action(self) -> Action:
        action: Action = self.module.ACTION
        return action

    @property
    def approved_by(self) -> str:
        return "+".join(self.approvers) or AUTOMATIC

    def session(self, power: Power, calls: Sequence[Call]) -> session.Session:
        """Credentials of `power` for what the action declares for `calls`, on this step's target and nothing else.

        No change can be made without them, so the kill switch is read here. Raises PowerRefused while it is on.
        """
        require_running()
        places = {"partition": "aws", "account": self.plan["account"], "region": self.plan["region"]}
        gate = f"{self.incident_id}.{self.plan_hash[:16]}.{self.step['approval']}"
        return session.assume(
            power,
            self.plan["account"],
            self.plan["region"],
            incident_id=self.incident_id,
            step_id=self.step["step_id"],
            allowed=session.statements(session.declared(self.action, calls), {**places, **self.step["target"]}),
            approved_by=self.approved_by,
            action_id=self.step["action"],
            approval=gate if self.approvers else AUTOMATIC,
        )


def approved(event: Json, kind: str, ledger: Ledger) -> Approved:
    """The step that the event names, if it stands in a plan of this incident and was approved.

    Raises SchemaMismatch, PlanChanged, PowerRefused, TargetNotFound.
    """
    validate("step_request", event)
    incident_id, plan_hash = event["incident"]["incident_id"], event["plan_hash"]
    ledger.item(incident_id, f"plan#{kind}#{plan_hash}")
    plan = documents.read_plan(incident_id, plan_hash)
    step = next((s for s in plan["steps"] if s["step_id"] == event["step_id"]), None)
    if step is None or step["action"] != event["action"] or plan["incident_id"] != incident_id:
        raise PlanChanged(f"Step {event['step_id']} does not stand in the plan {plan_hash[:12]}… of {incident_id}.")
    module = load(step["action"])
    return Approved(plan, plan_hash, step, _approvers(incident_id, plan_hash, step), module)


def _approvers(incident_id: str, plan_hash: str, step: Json) -> tuple[str, ...]:
    """Who approved this step; nobody where the plan lets it be done unattended. Raises PowerRefused."""
    if step["approval"] == AUTOMATIC:
        return ()
    approvers = approvers_for(incident_id, plan_hash, step["approval"], step["step_id"])
    if len(set(approvers)) < NEEDED[step["approval"]]:
        raise PowerRefused(f"Step {step['step_id']} needs {step['approval']} to approve it.")
    return approvers


def require_power(expected: Power) -> None:
    """Refuse to act in a function that holds another power than the action declares."""
    if os.environ["POWER"] != expected:
        raise PowerRefused(f"This function has the power to {os.environ['POWER']}, and the action needs {expected}.")


def conclude(
    ledger: Ledger, step: Approved, doing: str, status: str, states: Json, error: Exception | None = None
) -> Json:
    """Write the result document, then the outcome into the ledger; the answer for the state machine."""
    problem = {"name": type(error).__name__, "message": str(error)} if error else None
    recorded = ledger.step(step.incident_id, ledger_id(step)) or {"history": []}
    key = documents.key_of(step.incident_id, "results", f"{ledger_id(step)}.{len(recorded['history'])}.json")
    result = {
        "incident_id": step.incident_id,
        "step_id": ledger_id(step),
        "action": step.step["action"],
        "plan_hash": step.plan_hash,
        "doing": doing,
        "status": status,
        "at": now(),
        "approved_by": list(step.approvers) or [AUTOMATIC],
        "before": step.step["before"],
        "after": states.get("after"),
        "error": problem,
    }
    documents.write_json(key, result)
    ledger.conclude(step.incident_id, ledger_id(step), status, result_key=key, error=problem)
    what = f"{step.step['title']}: {status.replace('_', ' ')}"
    ledger.note(step.incident_id, what, step_id=ledger_id(step), error=problem)
    return {"step_id": step.step["step_id"], "action": step.step["action"], "status": status}


def ledger_id(step: Approved) -> str:
    """An undo is written into the ledger at the step that it undoes."""
    return str(step.step.get("undoes") or step.step["step_id"])
