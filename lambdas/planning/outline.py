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
    """{hash, gates: {gate: {count, steps: {machine: [{step_id, action}]}}}, first_seconds, second_seconds}.

    Every gate and every machine is there, so that no definition needs to ask whether it is.
    """
    machines = UNDO if plan["kind"] == "undo" else MACHINES
    return {
        "hash": plan_hash,
        "gates": {gate: _gate([s for s in plan["steps"] if s["approval"] == gate], machines) for gate in GATES},
        "first_seconds": int(os.environ["FIRST_SECONDS"]),
        "second_seconds": int(os.environ["SECOND_SECONDS"]),
    }


def _gate(steps: Sequence[Json], machines: Sequence[str]) -> Json:
    return {"count": len(steps), "steps": {machine: _named(steps, machine) for machine in machines}}


def _named(steps: Sequence[Json], machine: str) -> list[Json]:
    return [{"step_id": s["step_id"], "action": s["action"]} for s in steps if machine in (s["machine"], *UNDO)]
