"""A gate: what it stores, and its rules. Approval closes by default: only an approved gate lets a step through.

pk `gate#<incident_id>.<plan_hash[:16]>.<one|two>`
incident (JSON), incident_id, plan_hash, gate, required, state, task_token, deadline (epoch seconds), round,
barred [who asked for it and cannot approve it], asked [email], links {email: {link_id, mailed_at}},
votes {email: {decision, steps, reason, at, source_ip}}, reason, decided_at, answer (delivered | late), answered_at,
unsettled (`gate`, which puts it into the index of that name: open, or decided and not passed on)
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lambdas.approval import links, table
from lambdas.approval.people import REQUIRED, excluded, normal
from lambdas.approval.votes import State, Vote, agreed, outcome
from lambdas.core.errors import LinkRefused, PowerRefused
from lambdas.core.ledger import now as iso_now

Json = dict[str, Any]

CAST_ATTEMPTS = 6
"""Approvers who decide in the same moment make each other read again; each attempt lets one of them through."""


@dataclass(frozen=True)
class Gate:
    """One row of the Approvals table, read. Times ending in `_at` are ISO 8601, `deadline` is epoch seconds."""

    gate_id: str
    incident_id: str
    incident: Json
    plan_hash: str
    gate: str
    required: int
    state: State
    task_token: str
    deadline: int
    round: str
    barred: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    links: Mapping[str, Json] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    reason: str = ""
    decided_at: str = ""
    answer: str = ""

    @property
    def approved_steps(self) -> tuple[str, ...]:
        """The step ids that every counted vote selected; empty unless the gate is approved."""
        return agreed(list(self.votes.values())) if self.state == "approved" else ()

    @property
    def undelivered(self) -> bool:
        """Decided, and the state machine has not been told."""
        return self.state != "open" and not self.answer

    def proposed(self, plan: Json) -> list[Json]:
        """The steps of the plan that this gate is about."""
        return [step for step in plan["steps"] if step["approval"] == self.gate]


def gate_id_of(incident_id: str, plan_hash: str, gate: str) -> str:
    return f"{incident_id}.{plan_hash[:16]}.{gate}"


def read_gate(gate_id: str) -> Gate | None:
    item = table.read(f"gate#{gate_id}")
    if item is None:
        return None
    votes = {email: Vote(email, **{**facts, "steps": tuple(facts["steps"])}) for email, facts in item["votes"].items()}
    known = {name: item[name] for name in Gate.__dataclass_fields__ if name in item}
    return Gate(
        **{
            **known,
            "incident": json.loads(item["incident"]),
            "votes": votes,
            **{n: tuple(item[n]) for n in ("barred", "asked")},
        }
    )


def open_gate(
    incident: Json, plan: Json, plan_hash: str, gate: str, round_name: str, task_token: str, seconds: int
) -> Gate:
    """Open a gate, or take up the one that is there. The latest task token always replaces an older one, which is dead.

    A gate that was decided stays decided, a deadline is only moved by a new round, and a vote survives every round.
    """
    gate_id = gate_id_of(incident["incident_id"], plan_hash, gate)
    facts = {
        "gate_id": gate_id,
        "incident_id": incident["incident_id"],
        "incident": json.dumps(incident),
        "plan_hash": plan_hash,
        "gate": gate,
        "required": REQUIRED[gate],
        "state": "open",
        "deadline": int(time.time()) + seconds,
        "round": round_name,
        "task_token": task_token,
        "votes": {},
        "barred": excluded(incident, plan),
        "asked": [],
        "links": {},
        "unsettled": "gate",
    }
    if not table.put_new(f"gate#{gate_id}", facts):
        _take_up(gate_id, round_name, task_token, int(time.time()) + seconds)
    return must_read(gate_id)


def _take_up(gate_id: str, round_name: str, task_token: str, deadline: int) -> None:
    # A new token has a task behind it that waits: what the old one was told does not count for it.
    waits: table.Sets = {("task_token",): task_token, ("answer",): "", ("unsettled",): "gate"}
    table.change(f"gate#{gate_id}", waits, [("{0} <> {1}", ("task_token",), task_token)])
    another_round = [("{0} <> {1}", ("round",), round_name), ("{0} = {1}", ("state",), "open")]
    table.change(f"gate#{gate_id}", {("round",): round_name, ("deadline",): deadline}, another_round)


def must_read(gate_id: str) -> Gate:
    """Raises LinkRefused (unknown) where there is no such gate."""
    gate = read_gate(gate_id)
    if gate is None:
        raise LinkRefused("unknown", "This request for approval does not exist any more.")
    return gate


def cast(link: links.Link, vote: Vote) -> Gate:
    """Record a vote, spend its link and decide the gate, all in one transaction. Returns the gate as it then stands.

    Raises LinkRefused: spent (this person has decided), closed (the gate is decided), expired (too late).
    """
    for _ in range(CAST_ATTEMPTS):
        moment = int(time.time())
        gate = must_read(link.gate_id)
        refuse_closed(gate, links.must_read(link.link_id), moment)
        if table.change_together(links.spending(link.link_id, moment), _voting(gate, vote, moment)):
            return must_read(link.gate_id)
    raise LinkRefused("busy", "Others decided in the same moment. Nothing was recorded for you: please try again.")


def refuse_closed(gate: Gate, link: links.Link, moment: int) -> None:
    """Raises LinkRefused where this link cannot decide any more, and says which way it is closed."""
    if link.state != "open" or link.approver in gate.votes:
        raise LinkRefused("spent", "You have already decided.")
    if gate.state in ("approved", "refused"):
        raise LinkRefused("closed", "This has been decided already.")
    if gate.state == "expired" or moment >= min(gate.deadline, link.expires):
        raise LinkRefused("expired", "The time for this decision has run out.")
    if normal(link.approver) in gate.barred:
        raise LinkRefused("closed", "Whoever asked for this cannot approve it.")


def _voting(gate: Gate, vote: Vote, moment: int) -> Json:
    after = outcome(gate.required, [*gate.votes.values(), vote])
    sets: dict[table.Path, Any] = {("votes", vote.approver): vote.facts(), ("state",): after.state}
    if after.state != "open":
        sets |= {("reason",): after.reason, ("decided_at",): vote.at}
    return table.update(
        f"gate#{gate.gate_id}",
        sets,
        [
            ("{0} = {1}", ("state",), "open"),
            ("{0} > {1}", ("deadline",), moment),
            ("attribute_not_exists({0})", ("votes", vote.approver)),
            # The outcome was worked out from these votes: one more, and it has to be worked out again.
            ("size({0}) = {1}", ("votes",), len(gate.votes)),
        ],
    )


def refuse(gate: Gate, reason: str) -> Gate:
    """Refuse an open gate without a vote, because it can never be approved."""
    sets = {("state",): "refused", ("reason",): reason, ("decided_at",): iso_now()}
    table.change(f"gate#{gate.gate_id}", sets, [("{0} = {1}", ("state",), "open")])
    return must_read(gate.gate_id)


def close_expired(gate_id: str) -> Gate | None:
    """End a gate whose time is over; None where it was never opened.

    An approval that never reached the state machine ends here too: it must not lie about as power for later.
    """
    sets = {
        ("state",): "expired",
        ("reason",): "Nobody decided in time.",
        ("decided_at",): iso_now(),
        # Nobody waits for it any more. A response that is resumed brings a new token, and is told.
        ("answer",): "late",
        ("unsettled",): table.GONE,
    }
    late = {**sets, ("reason",): "The approval came when the response was no longer waiting."}
    if not table.change(f"gate#{gate_id}", sets, [("{0} = {1}", ("state",), "open")]):
        not_delivered = [
            ("{0} = {1}", ("state",), "approved"),
            ("(attribute_not_exists({0}) OR {0} <> {1})", ("answer",), "delivered"),
        ]
        table.change(f"gate#{gate_id}", late, not_delivered)
    return read_gate(gate_id)


def approvers_for(incident_id: str, plan_hash: str, gate: str, step_id: str) -> tuple[str, ...]:
    """Who approved this step of this plan, sorted. Called before anything is done.

    Raises PowerRefused where the gate is not approved, is about another plan, left the step out, or has too few
    different approvers.
    """
    found = read_gate(gate_id_of(incident_id, plan_hash, gate)) if gate in REQUIRED else None
    if found is None or (found.incident_id, found.plan_hash, found.gate) != (incident_id, plan_hash, gate):
        raise PowerRefused(f"Nobody was asked about gate {gate} of plan {plan_hash[:12]}… of {incident_id}.")
    if found.state != "approved":
        raise PowerRefused(f"Gate {gate} of {incident_id} is {found.state}, not approved.")
    if step_id not in found.approved_steps:
        raise PowerRefused(f"Step {step_id} was left out by those who approved the others.")
    people = {normal(email) for email in found.votes} - set(found.barred)
    if len(people) < REQUIRED[gate] or any(vote.decision != "approve" for vote in found.votes.values()):
        raise PowerRefused(f"Gate {gate} of {incident_id} needs {REQUIRED[gate]} different approvers.")
    return tuple(sorted(people))
