"""Carrying out steps one after the other: every action a named state, and no step's failure stops the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdas.core.action import Action, all_actions, state_name
from state_machines import sdk
from state_machines.parts.tasks import ANYTHING, READ_BACK_LAGS, UNSETTLED, call

FUNCTIONS = {"contain": "ContainFunction", "eradicate": "EradicateFunction", "notify": "NotifyFunction"}
"""The function of each power that performs."""

RECORDED = {
    "RecordDrift": ("drifted", ["StateDrifted"]),
    "RecordRefusal": ("refused", ["PowerRefused", "PlanChanged"]),
    "RecordFailure": ("failed", ANYTHING),
}
"""By state: the status that it records, and for which errors. The message stands in the ledger, this keeps the name."""


def _record(name: str, status: str, error: dict[str, str]) -> Any:
    step = {"step_id.$": "$.step_id", "action.$": "$.action"}
    return sdk.Pass(name, parameters={**step, "status": status, "error": error})


def action_task(name: str, function: str) -> Any:
    """The named state of an action. Its input is the step itself, its output what became of it."""
    task = call(
        name,
        function,
        {"Payload.$": "$"},
        UNSETTLED,
        READ_BACK_LAGS,
        result_selector={
            "step_id.$": "$$.Map.Item.Value.step_id",
            "action.$": "$$.Map.Item.Value.action",
            "status.$": "$.Payload.status",
        },
    )
    for record, (status, errors) in RECORDED.items():
        entry = _record(record, status, {"name.$": "$.error.Error"})
        task.add_catch(sdk.Catch(error_equals=errors, result_path="$.error", next_step=entry))
    return task


def _which(tasks: Mapping[str, Any]) -> Any:
    unknown = _record("UnknownAction", "failed", {"name": "UnknownAction"})
    if not tasks:
        return unknown
    choice = sdk.Choice("WhichAction")
    for action_id, task in tasks.items():
        choice.add_choice(sdk.ChoiceRule.StringEquals("$.action", action_id), task)
    choice.default_choice(unknown)
    return choice


def each_step(name: str, items_path: str, plan_hash: str, tasks: Mapping[str, Any], **fields: Any) -> Any:
    """A Map over steps `{"step_id", "action"}`, in their order; `tasks` are the named states by action id.

    Its output is a list of `{"step_id", "action", "status", "error"?}`.
    """
    return sdk.Map(
        name,
        items_path=items_path,
        max_concurrency=1,
        item_selector={
            "incident.$": "$.incident",
            "plan_hash.$": plan_hash,
            "step_id.$": "$$.Map.Item.Value.step_id",
            "action.$": "$$.Map.Item.Value.action",
        },
        iterator=_which(tasks),
        **fields,
    )


def stage(machine: str, comment: str) -> dict[str, Any]:
    """The machine with a named state for each action that declares `machine` as its own."""
    ours: dict[str, Action] = {i: m.ACTION for i, m in all_actions() if m.ACTION.machine == machine}
    tasks = {i: action_task(state_name(i), FUNCTIONS[action.power]) for i, action in ours.items()}
    return sdk.machine(comment, each_step("EachStep", "$.steps", "$.plan_hash", tasks))
