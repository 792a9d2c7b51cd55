"""How a response ends: with its report, and then as what it was. Only `closed` and `refused` are a success."""

from __future__ import annotations

from typing import Any

from state_machines import sdk
from state_machines.parts.flow import in_order, leg
from state_machines.parts.gate import NAMES
from state_machines.parts.notice import tell
from state_machines.parts.tasks import ANYTHING, call

TRAYS: dict[str, dict[str, Any]] = {"failure": {}, "not_approved": {}}
"""What every response starts with: later states fill these, and the report finds them empty or filled."""


def _write_report(kind: str) -> Any:
    return call(
        "WriteReport",
        "ReportFunction",
        {
            "Payload": {
                "incident.$": "$.incident",
                "kind": kind,
                "plan_hash.$": "$.plan.hash",
                "done.$": "$.done",
                "not_approved.$": "$.not_approved",
                "failure.$": "$.failure",
            }
        },
        result_selector={
            "outcome.$": "$.Payload.outcome",
            "summary.$": "$.Payload.summary",
            "report_key.$": "$.Payload.report_key",
        },
        result_path="$.report",
    )


def _said(word: str) -> Any:
    rule, outcome = sdk.ChoiceRule, "$.report.outcome"
    return rule.And([rule.IsPresent(outcome, True), rule.StringEquals(outcome, word)])


def ending(kind: str, *may_fail: str) -> Any:
    """The first state of the end, for a machine whose state has the TRAYS, `plan.hash` and `done`.

    `may_fail` are the names under which failures are noted: with any of them it has failed, whatever the report says.
    """
    report = _write_report(kind)
    unreported = sdk.Fail(
        "NotReported",
        error="ReportNotWritten",
        cause="The report could not be written. What was done stands in the ledger.",
    )
    told_without = tell("TellUnreported", moment="failed", kind=kind)
    in_order(told_without, leg(unreported))
    report.add_catch(
        sdk.Catch(error_equals=ANYTHING, result_path="$.failure.WriteReport", next_step=told_without.first)
    )
    failed = sdk.Fail("Failed", error="ResponseFailed", cause_path="$.report.summary")
    noted = [sdk.ChoiceRule.IsPresent(f"$.failure.{name}", True) for name in (*may_fail, *NAMES.values())]
    choice = sdk.Choice("HowItEnded")
    choice.add_choice(sdk.ChoiceRule.Or(noted), failed)
    choice.add_choice(_said("closed"), sdk.Succeed("Closed", output_path="$.report"))
    choice.add_choice(_said("refused"), sdk.Succeed("Refused", output_path="$.report"))
    choice.add_choice(_said("expired"), sdk.Fail("Expired", error="ApprovalExpired", cause_path="$.report.summary"))
    choice.default_choice(failed)
    how = {"moment.$": "$.report.outcome", "report_key.$": "$.report.report_key"}
    return in_order(leg(report), tell("TellHowItEnded", kind=kind, **how), leg(choice)).first
