"""Every sweep finds nothing in the real definitions, and finds each fault that is planted."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from state_machines.render import definition, machines
from tests.state_machines import sweeps

Json = dict[str, Any]
Top = Callable[[str], Json]


@pytest.fixture(scope="module")
def real() -> dict[str, Json]:
    return {machine: definition(machine) for machine in machines()}


@pytest.mark.parametrize("sweep", sweeps.SWEEPS, ids=lambda sweep: sweep.__name__)
def test_holds_for_every_definition(sweep: Any, real: dict[str, Json]) -> None:
    """The sweep finds no fault in what is deployed."""
    assert list(sweep(real)) == []


def states_of(definitions: dict[str, Json], machine: str) -> dict[str, Json]:
    return definitions[machine]["States"]


def items_of(definitions: dict[str, Json], machine: str) -> dict[str, Json]:
    return next(s for s in states_of(definitions, machine).values() if s["Type"] == "Map")["ItemProcessor"]["States"]


def response(d: dict[str, Json]) -> dict[str, Json]:
    return states_of(d, "bedrock_response")


def dangling(d: dict[str, Json]) -> None:
    response(d)["VerifyResults"]["Next"] = "WriteAReport"


def dangling_catch(d: dict[str, Json]) -> None:
    items_of(d, "eradicate_bedrock")["DeleteAgent"]["Catch"][0]["Next"] = "Nowhere"


def unreachable(d: dict[str, Json]) -> None:
    response(d)["Forgotten"] = {"Type": "Pass", "Next": "WriteReport"}


def no_end(d: dict[str, Json]) -> None:
    del items_of(d, "eradicate_bedrock")["RecordDrift"]["End"]


def no_default(d: dict[str, Json]) -> None:
    del response(d)["AskTwoApprovers?"]["Default"]


def doubled_name(d: dict[str, Json]) -> None:
    items_of(d, "undo_response")["Begin"] = {"Type": "Pass", "End": True}


def direct_sdk_task(d: dict[str, Json]) -> None:
    items_of(d, "eradicate_bedrock")["DeleteAgent"]["Resource"] = "arn:aws:states:::aws-sdk:bedrockagent:deleteAgent"


def no_timeout(d: dict[str, Json]) -> None:
    del items_of(d, "contain_credentials")["DeactivateAccessKey"]["TimeoutSeconds"]


def slow_heartbeat(d: dict[str, Json]) -> None:
    response(d)["PreserveEvidence"]["HeartbeatSeconds"] = 300


def no_retry(d: dict[str, Json]) -> None:
    response(d)["MakePlan"]["Retry"] = []


def no_jitter(d: dict[str, Json]) -> None:
    del response(d)["AskOneApprover"]["Retry"][0]["JitterStrategy"]


def asks_again(d: dict[str, Json]) -> None:
    states_of(d, "approval_gate")["AskApproval"]["Retry"][-1]["ErrorEquals"].append("States.Timeout")


def catches_nothing(d: dict[str, Json]) -> None:
    response(d)["NotifyAtOnce"]["Catch"] = []


def all_not_alone(d: dict[str, Json]) -> None:
    response(d)["ConfirmFinding"]["Catch"][-1]["ErrorEquals"] = ["FindingNotFound", "States.ALL"]


def all_first(d: dict[str, Json]) -> None:
    response(d)["AskOneApprover"]["Catch"].reverse()


def loses_input(d: dict[str, Json]) -> None:
    del response(d)["MakePlan"]["Catch"][0]["ResultPath"]


def keeps_all(d: dict[str, Json]) -> None:
    del response(d)["PreserveEvidence"]["ResultPath"]


def same_name(d: dict[str, Json]) -> None:
    two, one = response(d)["NotifyApprovedByTwo"], response(d)["NotifyApprovedByOne"]
    two["Parameters"]["Name.$"] = one["Parameters"]["Name.$"]


def no_parent(d: dict[str, Json]) -> None:
    del response(d)["AskOneApprover"]["Parameters"]["Input"]["AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$"]


def failure_looks_good(d: dict[str, Json]) -> None:
    items_of(d, "contain_credentials")["RecordFailure"]["Parameters"]["status"] = "performed"


def unreported_end(d: dict[str, Json]) -> None:
    response(d)["MakePlan"]["Catch"][0]["Next"] = "Closed"


def unreported_success(d: dict[str, Json]) -> None:
    response(d)["WriteReport"]["Catch"][0]["Next"] = "Refused"


def failure_forgotten(d: dict[str, Json]) -> None:
    response(d)["HowItEnded"]["Choices"][0]["Or"].pop(0)


def failure_closes(d: dict[str, Json]) -> None:
    response(d)["HowItEnded"]["Default"] = "Closed"


def expired_closes(d: dict[str, Json]) -> None:
    response(d)["HowItEnded"]["Choices"][-1]["Next"] = "Closed"


def refusal_goes_on(d: dict[str, Json]) -> None:
    response(d)["AskTwoApprovers"]["Catch"][0]["Next"] = "EradicateBedrockApprovedByTwo?"


def gate_passed_over(d: dict[str, Json]) -> None:
    response(d)["AskTwoApprovers?"]["Default"] = "EradicateBedrockApprovedByTwo?"


def eradicates_at_once(d: dict[str, Json]) -> None:
    response(d)["NotifyAtOnce"]["Parameters"]["StateMachineArn"] = "${EradicateBedrockArn}"


def proposed_for_approved(d: dict[str, Json]) -> None:
    given = response(d)["EradicateBedrockApprovedByTwo"]["Parameters"]["Input"]
    given["steps.$"] = "$.plan.gates.two.steps.eradicate_bedrock"


def gate_one_for_two(d: dict[str, Json]) -> None:
    given = response(d)["EradicateBedrockApprovedByTwo"]["Parameters"]["Input"]
    given["steps.$"] = "$.approved.one.steps.eradicate_bedrock"


def forged_approval(d: dict[str, Json]) -> None:
    response(d)["MakePlan"]["ResultPath"] = "$.approved.two"


def forged_by_failure(d: dict[str, Json]) -> None:
    response(d)["AskTwoApprovers"]["Catch"][0]["ResultPath"] = "$.approved.two"


def approved_from_the_start(d: dict[str, Json]) -> None:
    states_of(d, "undo_response")["Begin"]["Parameters"]["approved"]["one"] = {"steps.$": "$.plan.gates.one.steps"}


def undoes_what_is_proposed(d: dict[str, Json]) -> None:
    states_of(d, "undo_response")["GatherApproved"]["Parameters"]["steps.$"] = "$.plan.gates.*.steps.undo[*]"


def asks_the_lesser_gate(d: dict[str, Json]) -> None:
    response(d)["AskTwoApprovers"]["Parameters"]["Input"]["gate"] = "one"


def silence_approves(d: dict[str, Json]) -> None:
    states_of(d, "approval_gate")["AskSecondList"]["Catch"][1]["Next"] = "Approved"


def any_answer_approves(d: dict[str, Json]) -> None:
    states_of(d, "approval_gate")["AskApproval"]["Next"] = "Approved"


def decision_not_read(d: dict[str, Json]) -> None:
    del states_of(d, "approval_gate")["IsApproved"]["Choices"][0]["And"][1]


def unconfirmed_acts(d: dict[str, Json]) -> None:
    response(d)["MayActAtOnce?"]["Default"] = "ContainCredentialsAtOnce?"


def without_evidence(d: dict[str, Json]) -> None:
    response(d)["PreserveEvidence"]["Catch"][0]["Next"] = "MakePlan"


def asked_too_early(d: dict[str, Json]) -> None:
    response(d)["MayActAtOnce?"]["Default"] = "AskOneApprover?"


def asked_before_the_logs_are_read(d: dict[str, Json]) -> None:
    response(d)["PreserveTheRest"]["Catch"][0]["Next"] = "AskOneApprover?"


def closes_anyway(d: dict[str, Json]) -> None:
    response(d)["IsDealtWith?"]["Default"] = "MayCloseUnattended?"


def closes_unverified(d: dict[str, Json]) -> None:
    response(d)["VerifyResults"]["Catch"][0]["Next"] = "IsDealtWith?"


def goes_on_after_closing(d: dict[str, Json]) -> None:
    response(d)["CloseFindingsUnattended"]["Next"] = "NotifyApprovedByTwo"


def not_told_of_refusals(d: dict[str, Json]) -> None:
    del response(d)["VerifyResults"]["Parameters"]["Payload"]["not_approved.$"]


def renamed_state(d: dict[str, Json]) -> None:
    items = items_of(d, "contain_credentials")
    items["DisableKey"] = items.pop("DeactivateAccessKey")
    items["WhichAction"]["Choices"][0]["Next"] = "DisableKey"


def foreign_power(d: dict[str, Json]) -> None:
    items_of(d, "contain_credentials")["DeactivateAccessKey"]["Parameters"]["FunctionName"] = "${EradicateFunctionArn}"


def waits_for_mail(d: dict[str, Json]) -> None:
    del response(d)["TellOpened"]["Parameters"]["InvocationType"]


def untold_ends(d: dict[str, Json]) -> None:
    response(d)["TellContained"]["Catch"][0]["Next"] = "WriteReport"


def tells_too_long(d: dict[str, Json]) -> None:
    response(d)["TellOpened"]["TimeoutSeconds"] = 60


def tells_the_token(d: dict[str, Json]) -> None:
    states_of(d, "approval_gate")["TellAsked"]["Parameters"]["Payload"]["gate.$"] = "$$.Task.Token"


def tells_the_answer(d: dict[str, Json]) -> None:
    states_of(d, "approval_gate")["TellReminded"]["Parameters"]["Payload"]["answer.$"] = "$.answer"


def never_contained(d: dict[str, Json]) -> None:
    for name in ("TellContained", "TellContainedByOne"):
        response(d)[name]["Parameters"]["Payload"]["moment"] = "opened"


def never_reminded(d: dict[str, Json]) -> None:
    states_of(d, "approval_gate")["AskApproval"]["Catch"][1]["Next"] = "RemindFirstList"


def impatient(d: dict[str, Json]) -> None:
    response(d)["ConfirmFinding"]["Retry"][0]["MaxAttempts"] = 3


def jitter_cuts_short(d: dict[str, Json]) -> None:
    items_of(d, "eradicate_bedrock")["DeleteAgent"]["Retry"][0]["JitterStrategy"] = "FULL"


PLANTED = (
    (sweeps.no_dangling_next, dangling, "no state WriteAReport"),
    (sweeps.no_dangling_next, dangling_catch, "no state Nowhere"),
    (sweeps.every_state_is_reachable, unreachable, "Forgotten is never reached"),
    (sweeps.every_state_goes_on_or_ends, no_end, "RecordDrift neither goes on nor ends"),
    (sweeps.every_state_goes_on_or_ends, no_default, "AskTwoApprovers? has no default"),
    (sweeps.names_are_unique, doubled_name, "Begin stands 2 times"),
    (sweeps.only_functions_and_machines_are_called, direct_sdk_task, "DeleteAgent calls arn:aws:states:::aws-sdk"),
    (sweeps.every_task_has_a_timeout, no_timeout, "DeactivateAccessKey has no timeout"),
    (sweeps.every_task_has_a_timeout, slow_heartbeat, "PreserveEvidence has a heartbeat"),
    (sweeps.every_task_retries_what_passes, no_retry, "MakePlan does not retry"),
    (sweeps.every_task_retries_what_passes, no_jitter, "AskOneApprover does not retry"),
    (sweeps.silence_is_not_asked_again, asks_again, "AskApproval would ask again"),
    (sweeps.every_task_catches_everything_last, catches_nothing, "NotifyAtOnce does not catch"),
    (sweeps.every_task_catches_everything_last, all_not_alone, "ConfirmFinding does not catch States.ALL, alone"),
    (sweeps.every_task_catches_everything_last, all_first, "AskOneApprover catches States.ALL before"),
    (sweeps.every_task_catches_everything_last, loses_input, "MakePlan loses its input"),
    (sweeps.answers_stay_small, keeps_all, "PreserveEvidence keeps all"),
    (sweeps.nested_executions_are_found_again, same_name, "NotifyApprovedByTwo has no name of its own"),
    (sweeps.nested_executions_are_found_again, no_parent, "AskOneApprover does not say who started it"),
    (sweeps.a_failed_step_is_an_item, failure_looks_good, "DeactivateAccessKey fails into RecordFailure"),
    (sweeps.every_way_to_the_end_is_reported, unreported_end, "Closed is reached without a report"),
    (sweeps.every_way_to_the_end_is_reported, unreported_success, "Refused is reached without a report"),
    (sweeps.a_noted_failure_ends_in_fail, failure_forgotten, "$.failure.MarkUnconfirmed is noted and not asked"),
    (sweeps.a_noted_failure_ends_in_fail, failure_closes, "a failure does not end in Fail"),
    (sweeps.only_a_good_word_succeeds, expired_closes, "another word than closed or refused"),
    (sweeps.only_a_good_word_succeeds, unreported_end, "MakePlan succeeds without asking"),
    (sweeps.a_withheld_approval_reaches_no_gated_action, refusal_goes_on, "DeleteAgent is reached without approval"),
    (sweeps.a_withheld_approval_reaches_no_gated_action, gate_passed_over, "EradicateBedrockApprovedByTwo is reached"),
    (sweeps.a_withheld_approval_reaches_no_gated_action, eradicates_at_once, "DeleteAgent is reached without approval"),
    (sweeps.steps_come_from_where_they_were_allowed, proposed_for_approved, "takes $.plan.gates.two.steps"),
    (sweeps.steps_come_from_where_they_were_allowed, gate_one_for_two, "takes $.approved.one.steps"),
    (sweeps.only_the_gate_writes_what_is_approved, forged_approval, "MakePlan writes $.approved.two"),
    (sweeps.only_the_gate_writes_what_is_approved, forged_by_failure, "AskTwoApprovers writes $.approved.two"),
    (sweeps.only_the_gate_writes_what_is_approved, approved_from_the_start, "starts with something approved"),
    (sweeps.only_what_is_approved_is_undone, undoes_what_is_proposed, "out of ['$.plan.gates.*.steps.undo[*]']"),
    (sweeps.a_gate_asks_for_its_own_name, asks_the_lesser_gate, "its gates are"),
    (sweeps.the_gate_opens_only_on_approval, silence_approves, "Approved is reached though nobody approved"),
    (sweeps.the_gate_opens_only_on_approval, any_answer_approves, "need not be an approval"),
    (sweeps.the_gate_opens_only_on_approval, decision_not_read, "need not be an approval"),
    (sweeps.nothing_is_automatic_unless_confirmed, unconfirmed_acts, "reached for a finding that nobody confirmed"),
    (sweeps.evidence_comes_before_any_change, without_evidence, "is reached without evidence"),
    (sweeps.evidence_comes_before_any_change, asked_too_early, "people are asked before the rest"),
    (sweeps.evidence_comes_before_any_change, asked_before_the_logs_are_read, "before the logs could extend the plan"),
    (sweeps.telling_holds_nobody_up, waits_for_mail, "TellOpened waits for the mails"),
    (sweeps.telling_holds_nobody_up, untold_ends, "TellContained goes on elsewhere"),
    (sweeps.telling_holds_nobody_up, tells_too_long, "TellOpened may take longer than 10 s"),
    (sweeps.telling_carries_no_key, tells_the_token, "TellAsked hands over"),
    (sweeps.telling_carries_no_key, tells_the_answer, "TellReminded hands over ['answer.$']"),
    (sweeps.every_moment_is_told, never_contained, "bedrock_response: nobody is told of contained"),
    (sweeps.every_moment_is_told, never_reminded, "undo_response: nobody is told of reminded"),
    (sweeps.the_finding_is_closed_last_and_only_if_dealt_with, closes_anyway, "closed without asking"),
    (sweeps.the_finding_is_closed_last_and_only_if_dealt_with, closes_unverified, "before the results are verified"),
    (sweeps.the_finding_is_closed_last_and_only_if_dealt_with, goes_on_after_closing, "notify comes after Close"),
    (sweeps.the_finding_is_closed_last_and_only_if_dealt_with, not_told_of_refusals, "is not told what failed"),
    (sweeps.every_action_is_a_named_state, renamed_state, "DeactivateAccessKey is missing"),
    (sweeps.every_action_is_a_named_state, foreign_power, "DeactivateAccessKey should not be there"),
    (sweeps.waits_are_as_promised, impatient, "ConfirmFinding waits 35 s"),
    (sweeps.waits_are_as_promised, jitter_cuts_short, "DeleteAgent waits"),
)


@pytest.mark.parametrize(("sweep", "plant", "fault"), PLANTED, ids=[f"{p.__name__}" for _, p, _ in PLANTED])
def test_finds_a_planted_fault(sweep: Any, plant: Any, fault: str, real: dict[str, Json]) -> None:
    """The sweep is not blind: it names this fault when it is planted."""
    planted = copy.deepcopy(real)
    plant(planted)
    assert any(fault in found for found in sweep(planted)), list(sweep(planted))


def test_no_sweep_is_without_a_planted_fault() -> None:
    """Each sweep has been seen failing."""
    assert {sweep for sweep, _, _ in PLANTED} == set(sweeps.SWEEPS)
