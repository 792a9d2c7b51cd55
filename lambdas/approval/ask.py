"""Ask for approval by mail, and close the gate when nobody answered. The task token stays in the Approvals table.

Input from the state machine `approval_gate`, as a task that waits for its token:
    {incident, plan_hash, gate: one | two, round: first | second, task_token, seconds}
    {..., remind: true}    the same once more, when half of that time is gone: who has not answered is reminded, once
and, when the time of every round is over, as a plain task:
    {incident, plan_hash, gate, round: expired}
"""

from __future__ import annotations

from typing import Any

from lambdas.approval import links, mail, table
from lambdas.approval.answer import answer
from lambdas.approval.gate import Gate, close_expired, gate_id_of, must_read, open_gate, refuse
from lambdas.approval.people import REQUIRED, to_ask
from lambdas.approval.takeover import withdrawn
from lambdas.approval.view import request_view
from lambdas.core.documents import read_plan
from lambdas.core.errors import InputRefused
from lambdas.core.fields import require
from lambdas.core.ledger import Ledger, now
from lambdas.planning.in_force import settle
from lambdas.planning.log_rows import kept

Json = dict[str, Any]

ROUNDS = ("first", "second", "expired")


def handler(event: Json, context: Any) -> Json:
    """Answers {gate, state, asked}. Raises InputRefused, TargetNotFound, PlanChanged, AWS's errors: safe to retry."""
    incident_id, plan_hash, name = (require(event, path) for path in ("incident.incident_id", "plan_hash", "gate"))
    if name not in REQUIRED:
        raise InputRefused("gate", f"must be one of {', '.join(REQUIRED)}")
    if require(event, "round") not in ROUNDS:
        raise InputRefused("round", f"must be one of {', '.join(ROUNDS)}")
    gate = (
        _expire(incident_id, plan_hash, name)
        if event["round"] == "expired"
        else _ask(event, incident_id, plan_hash, name)
    )
    return {"gate": name, "state": gate.state if gate else "expired", "asked": list(gate.asked) if gate else []}


def _expire(incident_id: str, plan_hash: str, name: str) -> Gate | None:
    gate = close_expired(gate_id_of(incident_id, plan_hash, name))
    Ledger().note(
        incident_id,
        "Approval ended without an answer in time",
        gate=name,
        reason=gate.reason if gate else "Nobody was asked.",
    )
    return gate


def _ask(event: Json, incident_id: str, plan_hash: str, name: str) -> Gate:
    token, seconds = require(event, "task_token"), require(event, "seconds", int)
    plan = read_plan(incident_id, plan_hash)
    if plan["kind"] == "response":
        settle(Ledger(), incident_id, plan_hash)
    gate = open_gate(Ledger().incident(incident_id), plan, plan_hash, name, event["round"], token, seconds)
    if not gate.proposed(plan):
        raise InputRefused("gate", f"has no step in plan {plan_hash[:12]}… that needs it")
    if gate.state == "open" and event.get("remind"):
        _remind(gate, plan)
    if gate.state == "open":
        gate = withdrawn(gate, Ledger()) or _ask_people(gate, plan)
    # Decided before this task began, or impossible to approve: the task that waits now is told at once.
    answer(gate)
    return gate


def _ask_people(gate: Gate, plan: Json) -> Gate:
    people = to_ask(gate.round, gate.required, gate.barred)
    if len(people) < gate.required:
        return _nobody_can(gate, len(people))
    gate = _reserve_links(gate, people)
    view = _view(gate, plan)
    failures = [failure for email in people if (failure := _ask_one(gate, email, view))]
    if len(people) - len(failures) < gate.required:
        raise failures[0]
    return must_read(gate.gate_id)


def _nobody_can(gate: Gate, available: int) -> Gate:
    reason = (
        f"This gate needs {gate.required} approvers, and {available} of those on the lists may decide. "
        "Whoever asked for this may not."
    )
    Ledger().note(gate.incident_id, "Approval is impossible", gate=gate.gate, reason=reason)
    return refuse(gate, reason)


def _reserve_links(gate: Gate, people: list[str]) -> Gate:
    """One link for each person and gate, whatever is retried: its id is written down before anything is sent."""
    pk = f"gate#{gate.gate_id}"
    for email in people:
        path = ("links", email)
        table.change(pk, {path: {"link_id": links.new_id(), "mailed_at": ""}}, [("attribute_not_exists({0})", path)])
    table.change(pk, {("asked",): list(dict.fromkeys([*gate.asked, *people]))})
    gate = must_read(gate.gate_id)
    for email, link in gate.links.items():
        links.record(link["link_id"], gate.gate_id, email, gate.deadline)
    return gate


def _ask_one(gate: Gate, email: str, view: Json) -> Exception | None:
    """Mail one person, unless it is on record that this was done. The error, where SES did not take the mail."""
    if gate.links[email]["mailed_at"]:
        return None
    if error := _post(gate, email, view):
        return error
    table.change(f"gate#{gate.gate_id}", {("links", email, "mailed_at"): now()})
    until = f"{view['until']['day']}, {view['until']['clock']}"
    Ledger().note(
        gate.incident_id, f"Approval asked of {email}", to=email, gate=gate.gate, round=gate.round, until=until
    )
    return None


def _remind(gate: Gate, plan: Json) -> None:
    """Everybody who was asked and has not answered, once: it is written down before the mail goes out."""
    view = _view(gate, plan)
    silent = [email for email, link in gate.links.items() if link["mailed_at"] and email not in gate.votes]
    for email in silent:
        path = ("links", email, "reminded_at")
        fresh = table.change(f"gate#{gate.gate_id}", {path: now()}, [("attribute_not_exists({0})", path)])
        if fresh and _post(gate, email, view, reminder=True) is None:
            Ledger().note(gate.incident_id, "Reminded by mail", to=email, gate=gate.gate)


def _view(gate: Gate, plan: Json) -> Json:
    ledger = Ledger()
    return request_view(gate, plan, ledger.steps(gate.incident_id), kept(ledger, gate.incident_id))


def _post(gate: Gate, email: str, view: Json, reminder: bool = False) -> Exception | None:
    """The error, where SES did not take the mail: the timeline has it too."""
    from botocore.exceptions import ClientError

    try:
        mail.send(email, gate, view, links.url(gate.links[email]["link_id"]), reminder)
    except ClientError as error:
        problem = f"{error.response['Error']['Code']}: {error.response['Error']['Message']}"
        Ledger().note(gate.incident_id, "A mail could not be sent", to=email, problem=problem)
        return error
    return None
