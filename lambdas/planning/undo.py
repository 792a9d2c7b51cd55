"""Take back what a response did: a plan of its own, from the frozen `before` of each step, latest step first."""

from __future__ import annotations

import json
import os
from typing import Any

from lambdas.core import documents, executions
from lambdas.core.action import load
from lambdas.core.errors import InputRefused, NoWayBack
from lambdas.core.fields import clean
from lambdas.core.ledger import UNDOABLE, Ledger, now
from lambdas.core.schema import validate
from lambdas.core.session import own_client
from lambdas.intake.opening import RESPONSE_FIELDS
from lambdas.planning.deleted import apart
from lambdas.planning.outline import outline
from lambdas.planning.plan import record, step_id
from lambdas.planning.policy import decide_undo

Json = dict[str, Any]
NOTHING = "nothing of this incident was done that could be taken back"


def handler(event: Json, context: Any) -> Json:
    """Input as schemas/undo_request.json; answer {incident_id, execution_arn, plan_hash, steps, needs_approval}.

    Raises SchemaMismatch, TargetNotFound (no such incident), InputRefused (step_ids) and NoWayBack.
    """
    validate("undo_request", event)
    ledger = Ledger()
    incident = ledger.incident(event["incident_id"])
    steps, left_out = to_take_back(
        event["incident_id"], list(ledger.steps(event["incident_id"])), event.get("step_ids")
    )
    plan = make(incident, event, steps, left_out)
    plan_hash = record(plan, ledger)
    started = _start(incident, outline(plan, plan_hash))
    return {
        "incident_id": event["incident_id"],
        "execution_arn": started,
        "plan_hash": plan_hash,
        "steps": [{"step_id": s["step_id"], "action": s["action"], "undoes": s["undoes"]} for s in plan["steps"]],
        "needs_approval": any(s["approval"] != "automatic" for s in plan["steps"]),
    }


def to_take_back(incident_id: str, recorded: list[Json], named: list[str] | None) -> tuple[list[Json], list[Json]]:
    """(the steps as they were performed, latest first; what is left out and why).

    Without names also what is gone for good is left out; who names such a step is told by the step itself.
    """
    chosen, left_out = choose(recorded, named)
    steps = [_original(incident_id, item) for item in chosen]
    if named:
        return steps, left_out
    deletions = [_original(incident_id, i) for i in recorded if i["status"] == "performed" and not _can_undo(i)]
    steps, gone = apart(steps, deletions)
    if not steps:
        raise InputRefused("step_ids", NOTHING)
    return steps, [*left_out, *gone]


def choose(recorded: list[Json], named: list[str] | None) -> tuple[list[Json], list[Json]]:
    """(the ledger's items of the steps to take back, latest first; what is left out and why).

    Without names: all that can be. Raises InputRefused or NoWayBack for a name that cannot.
    """
    by_id = {item["step_id"]: item for item in recorded}
    for name in named or ():
        _require_undoable(name, by_id.get(name))
    wanted = [by_id[name] for name in named] if named else [i for i in recorded if i["status"] in UNDOABLE]
    chosen = [item for item in wanted if _can_undo(item)]
    if not chosen:
        raise InputRefused("step_ids", NOTHING)
    left_out = [{"action": item["action"], "why": _no_way_back(item)} for item in wanted if not _can_undo(item)]
    return sorted(chosen, key=_performed_at, reverse=True), left_out


def make(incident: Json, request: Json, steps: list[Json], left_out: list[Json]) -> Json:
    """The undo plan (schemas/plan.json) of these steps, which are as they were performed."""
    return {
        "kind": "undo",
        "incident_id": incident["incident_id"],
        "account": incident["account"],
        "region": incident["region"],
        "playbook": incident["playbook"],
        "made_at": now(),
        "requested_by": request["requested_by"],
        "requester_arn": request.get("requester_arn"),
        "reason": clean(request["reason"], 1000),
        "steps": [_undo_step(number, step) for number, step in enumerate(steps, 1)],
        "not_proposed": left_out,
    }


def _original(incident_id: str, item: Json) -> Json:
    """The step as it was approved and performed. Raises PlanChanged where its plan is not what it was."""
    hashes = [entry["plan_hash"] for entry in item["history"] if entry["status"] == "intended"]
    steps: list[Json] = documents.read_plan(incident_id, hashes[-1])["steps"]
    return next(step for step in steps if step["step_id"] == item["step_id"])


def _undo_step(number: int, original: Json) -> Json:
    decision = decide_undo(original)
    name = original["action"].split(".")[1]
    return {
        **original,
        "step_id": step_id(number, f"undo_{name}", original["target"]),
        "title": f"Undo: {original['title']}",
        "machine": "undo",
        "power": "undo",
        "approval": decision.approval,
        "decided_by": decision.rule,
        "impact": original["way_back"],
        "way_back": "A new response can carry the step out again.",
        "achieved": False,
        "why": f"Takes back step {original['step_id']}.",
        "undoes": original["step_id"],
    }


def _require_undoable(name: str, item: Json | None) -> None:
    if item is None:
        raise InputRefused("step_ids", f"{name} is not a step of this incident that was ever begun")
    if item["status"] not in UNDOABLE:
        raise InputRefused("step_ids", f"{name} is {item['status'].replace('_', ' ')}: there is nothing to take back")
    if not _can_undo(item):
        raise NoWayBack(f"{name}: {_no_way_back(item)}")


def _can_undo(item: Json) -> bool:
    return hasattr(load(item["action"]), "undo")


def _no_way_back(item: Json) -> str:
    return f"{item['label']} cannot be taken back. {load(item['action']).ACTION.way_back}"


def _performed_at(item: Json) -> str:
    return max((entry["at"] for entry in item["history"] if entry["status"] == "performed"), default="")


def _start(incident: Json, outlined: Json) -> str:
    client = own_client("stepfunctions")
    answer = client.start_execution(
        stateMachineArn=os.environ["UNDO_MACHINE"],
        name=executions.undo_name(incident["incident_id"], outlined["hash"]),
        input=json.dumps({"incident": {name: incident[name] for name in RESPONSE_FIELDS}, "plan": outlined}),
    )
    return str(answer["executionArn"])
