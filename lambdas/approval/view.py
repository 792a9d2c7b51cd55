"""What the page and the mail show, as plain data: from the gate, the plan and the ledger, with nothing rendered yet."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from lambdas.approval import wording
from lambdas.approval.gate import Gate
from lambdas.core.fields import pick

Json = dict[str, Any]

STATE_ROWS = 60
"""Rows of a step's state that are shown; the plan keeps all of it."""

FIRST_FACTS = ("What", "Who", "Access key", "Seen", "Started by", "Their reason")
"""What is shown at once; the rest is folded away, because a phone has little room."""

OPEN_STEPS = 8
"""Up to this many steps are shown in full; in a longer list the reasons of each are folded away."""


def request_view(
    gate: Gate, plan: Json, recorded: Iterable[Json], logs: Iterable[Json] = (), moment: float | None = None
) -> Json:
    """Everything that somebody needs to know to decide. `logs`: as lambdas/planning/log_rows.py keeps it."""
    at = time.time() if moment is None else moment
    rows = facts(gate.incident)
    steps = [step_view(step, number, gate) for number, step in enumerate(by_stage(gate.proposed(plan)), 1)]
    irreversible = sum(step["irreversible"] for step in steps)
    return {
        **heading_view(gate, plan, at),
        "facts": [*undo_facts(plan), *[row for row in rows if row[0] in FIRST_FACTS]],
        "more_facts": [row for row in rows if row[0] not in FIRST_FACTS],
        "logs": [(row["name"], row["text"]) for row in logs],
        "steps": steps,
        "groups": [(stage, list(group)) for stage, group in groupby(steps, key=lambda step: str(step["stage"]))],
        "fold": len(steps) > OPEN_STEPS,
        "irreversible": irreversible,
        "irreversible_words": wording.irreversible(irreversible, len(steps)),
        "others": other_steps(gate, plan, {step["step_id"]: step for step in recorded}),
        "votes": votes_view(gate),
    }


def by_stage(steps: list[Json]) -> list[Json]:
    """In the order of their stages: what the logs added to a plan stands at its end, and is carried out before that."""
    stages = list(dict.fromkeys(step["stage"] for step in steps))
    return sorted(steps, key=lambda step: stages.index(step["stage"]))


def heading_view(gate: Gate, plan: Json, at: float) -> Json:
    incident = gate.incident
    return {
        "incident_id": gate.incident_id,
        "account": wording.account(str(incident["account"])),
        "region": incident["region"],
        "undo": plan["kind"] == "undo",
        "count": wording.count(len(gate.proposed(plan)), "step"),
        "required": gate.required,
        "missing": max(0, gate.required - len(gate.votes)),
        "asked": len(gate.asked),
        "drill": bool(incident.get("drill") or pick(incident, "source.sample", False)),
        "unconfirmed": incident.get("confirmed") is False and pick(incident, "source.kind") == "guardduty",
        "second_round": gate.round == "second",
        "until": {
            "clock": wording.clock(gate.deadline),
            "day": wording.day(gate.deadline),
            "left": wording.left(gate.deadline - at),
        },
        "now": wording.clock(at),
        "plan_hash": gate.plan_hash,
    }


def facts(incident: Json) -> list[tuple[str, str]]:
    """What happened, as rows of (name, text). The texts come from the attacked account."""
    source, principal = incident.get("source") or {}, incident.get("principal") or {}
    seen = [wording.moment(source[when]) for when in ("first_seen", "last_seen") if source.get(when)]
    rows = [
        ("What", source.get("title")),
        ("In words", source.get("description")),
        ("Finding", source.get("type") if source.get("kind") != "manual" else "Started by hand"),
        ("Who", " ".join(str(part) for part in (principal.get("type"), principal.get("user_name")) if part)),
        ("Access key", principal.get("access_key_id")),
        ("Principal ARN", principal.get("arn")),
        ("Seen", " to ".join(dict.fromkeys(seen))),
        ("Times seen", source.get("count")),
        ("Opened", wording.moment(incident.get("opened_at", ""))),
        ("Started by", incident.get("requested_by")),
        ("Their reason", incident.get("reason")),
    ]
    return [(name, str(text)) for name, text in rows if text not in (None, "", "Unknown")]


def undo_facts(plan: Json) -> list[tuple[str, str]]:
    """Who wants it undone, and why; no rows for a response."""
    rows = [("Undo asked by", plan.get("requested_by")), ("Their reason", plan.get("reason"))]
    return [(name, str(text)) for name, text in rows if text]


def step_view(step: Json, number: int, gate: Gate) -> Json:
    rows = list(flat(step["before"]))
    shown = f"{STATE_ROWS} of " if len(rows) > STATE_ROWS else ""
    return {
        "number": number,
        "step_id": step["step_id"],
        "title": step["title"],
        "label": step["label"],
        "why": step["why"],
        "impact": step["impact"],
        "way_back": step["way_back"],
        "decided_by": step["decided_by"],
        "stage": wording.STAGE.get(step["stage"], step["stage"]),
        "irreversible": step["reversibility"] == "none",
        "reversibility": wording.REVERSIBILITY[step["reversibility"]],
        "achieved": bool(step.get("achieved")),
        "target_arn": step.get("target_arn") or "",
        "state": rows[:STATE_ROWS],
        "state_words": shown + wording.count(len(rows), "value"),
        "state_more": max(0, len(rows) - STATE_ROWS),
        "left_out_by": [email for email, vote in gate.votes.items() if step["step_id"] not in vote.steps],
    }


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """A nested document as rows of (dotted path, text)."""
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        inner = sorted(value.items())
    elif isinstance(value, list):
        inner = enumerate(value, 1)
    for name, part in inner:
        yield from flat(part, f"{path}.{name}" if path else str(name))
    if not isinstance(value, dict | list):
        yield path, wording.plain(value)
    elif not value and path:
        yield path, "empty"


def other_steps(gate: Gate, plan: Json, recorded: dict[str, Json]) -> Json:
    """The steps that this gate is not about: those begun or done already, and those that still wait for their turn."""
    done, waiting = [], []
    for step in plan["steps"]:
        if step["approval"] == gate.gate:
            continue
        ledger = recorded.get(step.get("undoes") or step["step_id"])
        shown = {
            "title": step["title"],
            "label": step["label"],
            "needs": wording.NEEDS.get(step["approval"], step["approval"]),
        }
        if ledger or step["approval"] == "automatic":
            done.append({**shown, **status_view(ledger)})
        else:
            waiting.append(shown)
    return {"done": done, "waiting": waiting}


def status_view(ledger: Json | None) -> Json:
    """A step's status in words, with `well` False where a person should look."""
    if ledger is None:
        return {"status": wording.NOT_STARTED, "well": True, "at": "", "problem": ""}
    return {
        "status": wording.STATUS.get(ledger["status"], ledger["status"]),
        "well": ledger["status"] in ("intended", "performed", "nothing_to_do", "undone", "undo_intended"),
        "at": wording.moment(ledger.get("updated_at", "")),
        "problem": pick(ledger, "error.message", ""),
    }


def votes_view(gate: Gate) -> list[Json]:
    ordered = sorted(gate.votes.values(), key=lambda vote: vote.at)
    return [
        {
            "approver": vote.approver,
            "approved": vote.decision == "approve",
            "count": wording.count(len(vote.steps), "step"),
            "reason": vote.reason,
            "at": wording.moment(vote.at),
        }
        for vote in ordered
    ]
