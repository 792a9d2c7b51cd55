"""What the state machines need to know of a plan: its hash, and which steps stand behind which gate."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

MACHINES = (
    "contain_credentials",
    "contain_bedrock",
    "restore_logging",
    "notify",
    "eradicate_bedrock",
    "close_findings",
)
UNDO = ("undo",)
GATES = ("automatic", "one", "two")


def outline(plan: Json, plan_hash: str) -> Json:
    """{hash, gates: {gate: {count, steps: {machine: [{step_id, action}]}}}, remind_seconds, first_seconds,
    second_seconds}.

    Every gate and every machine is there, so that no definition needs to ask whether it is.
    """
    first = int(os.environ["FIRST_SECONDS"])
    return {
        "hash": plan_hash,
        "gates": {gate: _gate(plan, [s for s in plan["steps"] if s["approval"] == gate]) for gate in GATES},
        # Half of the first list's time, rounded up: twice that is never less than all of it.
        "remind_seconds": (first + 1) // 2,
        "first_seconds": first,
        "second_seconds": int(os.environ["SECOND_SECONDS"]),
    }


def by_machine(plan: Json, steps: Sequence[Json]) -> Json:
    """Some of the plan's steps, as their machines take them: {machine: [{step_id, action}]}, every machine present."""
    return {machine: _named(steps, machine) for machine in (UNDO if plan["kind"] == "undo" else MACHINES)}


def _gate(plan: Json, steps: Sequence[Json]) -> Json:
    return {"count": len(steps), "steps": by_machine(plan, steps)}


def _named(steps: Sequence[Json], machine: str) -> list[Json]:
    return [{"step_id": s["step_id"], "action": s["action"]} for s in steps if machine in (s["machine"], *UNDO)]
