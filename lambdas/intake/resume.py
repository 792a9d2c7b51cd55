"""Finish what broke off: start the response, or the undo, once more for the same incident, under a new name.

It goes on from what is on record. The plan is the one that was made, a gate that was decided is not asked again, a step
that is done is not done again, and one with an intent and no outcome is read back and concluded by running it again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lambdas.approval.gate import gate_id_of, read_gate
from lambdas.core import documents, executions
from lambdas.core.executions import RESUMED, RUNNING, Kind, Run
from lambdas.core.ledger import OPEN, RETRIABLE, UNDOABLE, Ledger, now
from lambdas.core.schema import validate
from lambdas.core.session import own_client
from lambdas.intake.joining import take_place
from lambdas.intake.opening import RESPONSE_FIELDS
from lambdas.planning.in_force import in_force
from lambdas.planning.outline import outline

Json = dict[str, Any]
AUTOMATIC = "automatic"
CLOSING = "close_findings"


@dataclass(frozen=True)
class Rest:
    """What there is to go on with: the last plan that was made, and the steps of it that may still be done."""

    kind: Kind
    of: str
    plan: Json | None
    plan_hash: str
    steps: tuple[str, ...]
    closed: tuple[str, ...]


def handler(event: Json, context: Any) -> Json:
    """Input as schemas/resume_request.json; answer {incident_id, started, execution_arn, why, left: [step_id]}.

    `why` says in words what goes on, or why nothing was started. Raises SchemaMismatch, TargetNotFound, PlanChanged.
    """
    validate("resume_request", event)
    ledger, incident_id = Ledger(), event["incident_id"]
    item = ledger.item(incident_id, "incident")
    found, rest = executions.runs(ledger, incident_id), rest_of(ledger, incident_id)
    why_not = refusal(item, found, rest)
    started = None if why_not else _start(ledger, item["incident"], rest, found, event)
    left = f"{len(rest.steps)} steps are left" if rest.plan else "no plan was made yet"
    return {
        "incident_id": incident_id,
        "started": bool(started),
        "execution_arn": started,
        "why": why_not or " ".join([f"The {rest.kind} goes on: {left}.", *rest.closed]),
        "left": list(rest.steps),
    }


def rest_of(ledger: Ledger, incident_id: str) -> Rest:
    """What the last plan leaves to do. A later undo is what counts: the response before it is not taken up again."""
    kind: Kind = "undo" if ledger.plans(incident_id, "undo") else "response"
    plan_hash = ledger.plans(incident_id, kind)[-1]["hash"] if kind == "undo" else in_force(ledger, incident_id)
    if plan_hash is None:
        return Rest(kind, incident_id, None, "", (), ())
    plan = documents.read_plan(incident_id, plan_hash)
    of = executions.undo_name(incident_id, plan_hash) if kind == "undo" else incident_id
    open_steps = [step for step in plan["steps"] if _unfinished(ledger, incident_id, step)]
    words = {gate: _closed(incident_id, plan_hash, gate) for gate in {step["approval"] for step in open_steps}}
    left = [step for step in open_steps if not words[step["approval"]] and _may_be_done(incident_id, plan_hash, step)]
    if any(words.values()):
        # What was refused or left unanswered is not dealt with, so that its finding stays open.
        left = [step for step in left if step["machine"] != CLOSING]
    closed = tuple(word for _, word in sorted(words.items()) if word)
    return Rest(kind, of, plan, plan_hash, tuple(step["step_id"] for step in left), closed)


def _unfinished(ledger: Ledger, incident_id: str, step: Json) -> bool:
    recorded = ledger.step(incident_id, step["undoes"] or step["step_id"])
    if step["undoes"]:
        return recorded is not None and recorded["status"] in UNDOABLE
    return recorded is None or recorded["status"] in RETRIABLE


def _closed(incident_id: str, plan_hash: str, name: str) -> str:
    """What to say of a gate that stays closed; nothing of one that is open, approved or not yet asked."""
    gate = None if name == AUTOMATIC else read_gate(gate_id_of(incident_id, plan_hash, name))
    if gate is None or gate.state in ("open", "approved"):
        return ""
    return f"Gate {name} is {gate.state} and stays so: {gate.reason}"


def _may_be_done(incident_id: str, plan_hash: str, step: Json) -> bool:
    """Approvers may have left the step out of what they approved."""
    gate = None if step["approval"] == AUTOMATIC else read_gate(gate_id_of(incident_id, plan_hash, step["approval"]))
    return gate is None or gate.state == "open" or step["step_id"] in gate.approved_steps


def refusal(item: Json, found: list[Run], rest: Rest) -> str | None:
    """Why nothing is started, in words; None where there is something to go on with."""
    incident_id = item["incident"]["incident_id"]
    running = next((run for run in found if run.status == RUNNING), None)
    if running:
        return f"{running.name} is still running. Follow it: responder status {incident_id} --watch"
    report_is_due = rest.kind == "response" and item["status"] == OPEN
    if rest.steps or report_is_due:
        return None
    ended = f"Nothing is left that may be done: the last {rest.kind} of {incident_id} came to its end."
    return " ".join([ended, *rest.closed])


def _start(ledger: Ledger, incident: Json, rest: Rest, found: list[Run], event: Json) -> str:
    """The ARN of the new execution. Two who resume at once ask for the same name and input, and get the same one."""
    incident_id = incident["incident_id"]
    resumed = [item["of"] for item in ledger.items(incident_id, RESUMED)].count(rest.of)
    known = [run for run in found if run.of == rest.of and run.name != rest.of]
    name = executions.resumed_name(rest.of, max(resumed, len(known)) + 1)
    given: Json = {"incident": {field: incident[field] for field in RESPONSE_FIELDS}}
    if rest.kind == "undo" and rest.plan:
        given["plan"] = outline(rest.plan, rest.plan_hash)
    started = own_client("stepfunctions").start_execution(
        stateMachineArn=executions.machine(rest.kind), name=name, input=json.dumps(given, sort_keys=True)
    )
    if rest.kind == "response":
        ledger.set_status(incident_id, OPEN)
        take_place(incident, ledger)
    by = event["requested_by"]
    if ledger.put_new(incident_id, f"{RESUMED}{name}", {"of": rest.of, "name": name, "by": by, "at": now()}):
        ledger.note(incident_id, f"Resumed by {by}", execution=name, arn=event.get("requester_arn"))
    return str(started["executionArn"])
