"""Asking for approval from another machine: the nested approval gate."""

from __future__ import annotations

from typing import Any

from state_machines import sdk
from state_machines.parts.flow import Leg, in_order, leg, only_if
from state_machines.parts.tasks import GATE_SECONDS, failure, nested

NAMES = {"one": "AskOneApprover", "two": "AskTwoApprovers"}


def asked(gate: str, after_refusal: Any, *approved: Leg) -> Leg:
    """`approved` if the plan has steps for this gate and people approved them; passed over if it has none.

    What was approved then stands at `$.approved.<gate>.steps`. Refusal and silence leave by `after_refusal`: the
    machine's failure says that there is no approval, the report finds out from the gate's record which it was.
    """
    ask = nested(
        NAMES[gate],
        "ApprovalGate",
        f"approval-{gate}",
        {
            "incident.$": "$.incident",
            "plan_hash.$": "$.plan.hash",
            "gate": gate,
            "remind_seconds.$": "$.plan.remind_seconds",
            "first_seconds.$": "$.plan.first_seconds",
            "second_seconds.$": "$.plan.second_seconds",
        },
        GATE_SECONDS,
        result_selector={"steps.$": "$.Output.steps"},
        result_path=f"$.approved.{gate}",
    )
    not_approved = f"$.not_approved.{NAMES[gate]}"
    ask.add_catch(sdk.Catch(error_equals=["States.TaskFailed"], result_path=not_approved, next_step=after_refusal))
    ask.add_catch(failure(NAMES[gate], after_refusal))
    count = f"$.plan.gates.{gate}.count"
    rule = sdk.ChoiceRule.And([sdk.ChoiceRule.IsPresent(count, True), sdk.ChoiceRule.NumericGreaterThan(count, 0)])
    return only_if(f"{NAMES[gate]}?", rule, in_order(leg(ask), *approved))
