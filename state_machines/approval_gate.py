"""One gate: asks the first list, reminds it once, then asks the second too, and is closed unless somebody opens it.

Input: {"incident", "plan_hash", "gate": "one" | "two", "remind_seconds", "first_seconds", "second_seconds"}. It
succeeds only on approval, with {"decision": "approved", "gate", "steps": {machine: [{"step_id", "action"}]}}. Who may
decide, and how many must, is checked where the vote is cast and again before each step; this machine only waits for
the answer.
"""

from typing import Any

from state_machines import sdk
from state_machines.parts.flow import in_order, leg
from state_machines.parts.notice import tell
from state_machines.parts.tasks import ANYTHING, ASKING_CRASHED, THROTTLED, call

COMMENT = "Ask people for approval. No answer is no approval."


def _ask(name: str, which: str, waits: str, **more: Any) -> Any:
    """`which` list is asked, with all of its seconds as its deadline; the task itself waits for the seconds `waits`."""
    return sdk.LambdaTask(
        name,
        wait_for_callback=True,
        parameters={
            "FunctionName": "${AskFunctionArn}",
            "Payload": {
                "incident.$": "$.incident",
                "plan_hash.$": "$.plan_hash",
                "gate.$": "$.gate",
                "round": which,
                "seconds.$": f"$.{which}_seconds",
                "task_token.$": "$$.Task.Token",
                **more,
            },
        },
        timeout_seconds_path=f"$.{waits}_seconds",
        retry=[THROTTLED, ASKING_CRASHED],
        result_path="$.answer",
    )


def _close_gate(expired: Any) -> Any:
    given = {"incident.$": "$.incident", "plan_hash.$": "$.plan_hash", "gate.$": "$.gate", "round": "expired"}
    close = call("CloseGate", "AskFunction", {"Payload": given}, result_path=None)
    close.add_catch(sdk.Catch(error_equals=ANYTHING, result_path="$.failure", next_step=expired))
    close.next(expired)
    return close


def _tell(name: str, moment: str, then: Any) -> Any:
    given = {"plan_hash.$": "$.plan_hash", "gate.$": "$.gate"}
    return in_order(tell(name, moment=moment, **given), leg(then)).first


def _is_approved() -> Any:
    rule = sdk.ChoiceRule
    return rule.And(
        [
            rule.IsPresent("$.answer.decision", True),
            rule.StringEquals("$.answer.decision", "approved"),
            rule.IsPresent("$.answer.gate", True),
            rule.StringEqualsPath("$.answer.gate", "$.gate"),
        ]
    )


def definition() -> dict[str, Any]:
    refused = sdk.Fail("ApprovalRefused", error="ApprovalRefused", cause_path="$.refusal.Cause")
    expired = sdk.Fail("ApprovalExpired", error="ApprovalExpired", cause="Nobody answered in time.")
    close = _close_gate(expired)
    ask, remind = _ask("AskApproval", "first", "remind"), _ask("RemindFirstList", "first", "remind", remind=True)
    again = _ask("AskSecondList", "second", "second")
    reminding = _tell("TellReminded", "reminded", remind)
    is_approved = sdk.Choice("IsApproved")
    is_approved.add_choice(_is_approved(), sdk.Succeed("Approved", output_path="$.answer"))
    is_approved.default_choice(
        sdk.Fail("NotApproved", error="ApprovalRefused", cause="The answer is not an approval of this gate.")
    )
    for asking, silent, otherwise in ((ask, reminding, again), (remind, again, again), (again, close, close)):
        asking.add_catch(sdk.Catch(error_equals=["ApprovalRefused"], result_path="$.refusal", next_step=refused))
        # Silence, and a list that could not be asked at all, which nobody can be reminded of.
        asking.add_catch(sdk.Catch(error_equals=["States.Timeout"], result_path="$.silence", next_step=silent))
        asking.add_catch(sdk.Catch(error_equals=ANYTHING, result_path="$.silence", next_step=otherwise))
        asking.next(is_approved)
    return sdk.machine(COMMENT, _tell("TellAsked", "asked", ask))
