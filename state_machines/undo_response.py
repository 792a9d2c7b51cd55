"""Undoing a response, or some of its steps: what restores power only after approval.

Input: {"incident", "plan": {"hash", "remind_seconds", "first_seconds", "second_seconds", "gates": {gate: {"count",
"steps": {"undo": [{"step_id", "action"}]}}}}}, made before this starts. The gates come first and the steps after them,
in one Map: a gate that stays closed leaves its steps out, and the others are undone.
"""

from typing import Any

from lambdas.core.action import all_actions, state_name
from state_machines import sdk
from state_machines.parts.ending import TRAYS, ending
from state_machines.parts.flow import Leg, in_order, leg
from state_machines.parts.gate import asked
from state_machines.parts.steps import action_task, each_step
from state_machines.parts.tasks import failure

COMMENT = "Undo a response or some of its steps: exactly back to what was there before."


def _undo_tasks() -> dict[str, Any]:
    """A named state for each action that has a way back."""
    undoable = [i for i, module in all_actions() if hasattr(module, "undo")]
    return {i: action_task(f"Undo{state_name(i)}", "UndoFunction") for i in undoable}


def _undo_steps(report: Any) -> Leg:
    """What policy or people approved, gathered into one list and undone in one Map: state names are unique."""
    gather = sdk.Pass("GatherApproved", parameters={"steps.$": "$.approved.*.steps.undo[*]"}, result_path="$.gathered")
    each = each_step("UndoEachStep", "$.gathered.steps", "$.plan.hash", _undo_tasks(), result_path="$.done")
    each.add_catch(failure("UndoEachStep", report))
    return in_order(leg(gather), leg(each))


def definition() -> dict[str, Any]:
    begin = sdk.Pass(
        "Begin",
        parameters={
            "incident.$": "$.incident",
            "plan.$": "$.plan",
            "approved": {"automatic": {"steps.$": "$.plan.gates.automatic.steps"}, "one": {}, "two": {}},
            "done": [],
            **TRAYS,
        },
    )
    report = ending("undo", "UndoEachStep")
    undo = _undo_steps(report)
    way = in_order(leg(begin), asked("one", undo.first), asked("two", undo.first), undo, leg(report))
    return sdk.machine(COMMENT, way.first)
