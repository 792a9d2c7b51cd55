"""Telling the waiting state machine what was decided. The table comes first, so a crash here loses nothing."""

from __future__ import annotations

import json
from typing import Any

from lambdas.approval import table
from lambdas.approval.gate import Gate, must_read
from lambdas.core.documents import read_plan
from lambdas.core.ledger import now
from lambdas.core.session import own_client
from lambdas.planning.outline import MACHINES

Json = dict[str, Any]

CAUSE_CHARS = 32_768
"""SendTaskFailure takes this much of a cause (AWS Step Functions API reference)."""


def answer(gate: Gate) -> bool:
    """Tell the state machine of a decided gate. True if it was told now or before, False if it no longer waits.

    Safe to call again, by anybody, at any time: a later visit to the page does, and so may a reconciler.
    """
    while gate.undelivered:
        word = "delivered" if _send(gate) else "late"
        sets = {("answer",): word, ("answered_at",): now(), ("unsettled",): table.GONE}
        # A retried task may have stored a fresh token meanwhile, which is then still unanswered.
        table.change(f"gate#{gate.gate_id}", sets, [("{0} = {1}", ("task_token",), gate.task_token)])
        gate = must_read(gate.gate_id)
    return gate.answer == "delivered"


def _send(gate: Gate) -> bool:
    """False where the token is answered, timed out or unknown: AWS has no name of its own for each case."""
    client = own_client("stepfunctions")
    try:
        if gate.state == "approved":
            client.send_task_success(taskToken=gate.task_token, output=json.dumps(approved_output(gate)))
        else:
            error = "ApprovalRefused" if gate.state == "refused" else "ApprovalExpired"
            client.send_task_failure(taskToken=gate.task_token, error=error, cause=gate.reason[:CAUSE_CHARS])
    except (client.exceptions.TaskTimedOut, client.exceptions.TaskDoesNotExist, client.exceptions.InvalidToken):
        return False
    return True


def approved_output(gate: Gate) -> Json:
    """What the machine hands on: {decision, gate, steps: {machine: [{step_id, action}]}}, every machine present."""
    plan = read_plan(gate.incident_id, gate.plan_hash)
    machines: tuple[str, ...] = ("undo",) if plan["kind"] == "undo" else MACHINES
    steps: dict[str, list[Json]] = {machine: [] for machine in machines}
    for step in gate.proposed(plan):
        if step["step_id"] in gate.approved_steps:
            machine = "undo" if plan["kind"] == "undo" else step["machine"]
            steps.setdefault(machine, []).append({"step_id": step["step_id"], "action": step["action"]})
    return {"decision": "approved", "gate": gate.gate, "steps": steps}
