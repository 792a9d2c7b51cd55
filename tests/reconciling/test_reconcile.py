"""What was left lying is found, settled or told of, once, and what is still being worked on is left alone."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from lambdas.approval import table
from lambdas.core.ledger import Ledger
from lambdas.reconciling import reconcile
from tests.approval.world import INCIDENT_ID, World, key_step, step
from tests.reconciling.conftest import run, stop

LEAD = "lead@example.com"
STEP = step(2)
NOTHING = {"delivered": 0, "late": 0, "expired": 0, "withdrawn": 0, "stranded": 0}
LONG_AGO = "2026-01-02T03:04:05.000Z"


@pytest.fixture
def begun(world: World) -> World:
    world.begin(key_step(1), STEP)
    return world


def reconciled() -> dict[str, int]:
    return reconcile.handler({}, None)


def outage() -> ClientError:
    return ClientError({"Error": {"Code": "ServiceUnavailable", "Message": "try later"}}, "SendTaskSuccess")


def decided_long_ago(world: World) -> None:
    assert table.change(f"gate#{world.gate().gate_id}", {("decided_at",): LONG_AGO})


def notes() -> list[str]:
    return [event["what"] for event in Ledger().timeline(INCIDENT_ID)]


def begin_step(status: str = "intended") -> None:
    """A step whose intent is old and whose outcome was never written."""
    ledger = Ledger()
    assert ledger.intend(INCIDENT_ID, STEP, "0" * 64, ["automatic"], "perform")
    if status != "intended":
        ledger.conclude(INCIDENT_ID, STEP["step_id"], status)
    ledger._update(INCIDENT_ID, f"step#{STEP['step_id']}", {"updated_at": LONG_AGO})


def test_an_undelivered_decision_is_delivered_once(begun: World) -> None:
    """Step Functions was down while an approver decided: told now, noted once, and then out of the index."""
    begun.ask()
    begun.tasks.outage = outage()
    begun.approve(LEAD, STEP["step_id"])
    decided_long_ago(begun)
    begun.tasks.outage = None
    assert table.unsettled() == [begun.gate().gate_id]
    assert reconciled() == {**NOTHING, "delivered": 1}
    assert [how for _, how, _ in begun.tasks.answers] == ["success"]
    assert table.unsettled() == []
    assert reconciled() == NOTHING
    assert notes().count("A decision that had not reached the response was passed on") == 1


def test_a_decision_that_is_just_being_told_is_left_alone(begun: World) -> None:
    """The page may be telling it in this moment: two answers to one token would make a decision look late."""
    begun.ask()
    begun.tasks.outage = outage()
    begun.approve(LEAD, STEP["step_id"])
    begun.tasks.outage = None
    assert reconciled() == NOTHING
    assert begun.tasks.answers == []


def test_a_decision_that_nobody_waits_for_names_the_way_on(begun: World) -> None:
    """The execution is gone: the decision is marked late, and the timeline says which command takes it up."""
    begun.ask()
    begun.tasks.outage = outage()
    begun.approve(LEAD, STEP["step_id"])
    decided_long_ago(begun)
    begun.tasks.outage = None
    begun.tasks.waiting.clear()
    assert reconciled() == {**NOTHING, "late": 1}
    assert Ledger().timeline(INCIDENT_ID)[-1]["detail"]["hint"] == f"responder resume {INCIDENT_ID}"
    assert reconciled() == NOTHING


def test_while_step_functions_is_down_the_failure_is_raised_after_the_others(begun: World) -> None:
    """One gate that cannot be told keeps no step from being told of; the error then reaches the dead-letter queue."""
    begun.ask()
    begun.tasks.outage = outage()
    begun.approve(LEAD, STEP["step_id"])
    decided_long_ago(begun)
    begin_step()
    with pytest.raises(ClientError, match="try later"):
        reconciled()
    assert "A step was begun, and nothing runs that would finish it" in notes()
    assert table.unsettled() == [begun.gate().gate_id]


def test_an_open_gate_is_expired_once_its_time_is_over_and_nothing_runs(begun: World) -> None:
    """Not before its deadline, not while its response runs, and then once."""
    begun.ask()
    arn = run()
    stop(arn)
    assert reconciled() == NOTHING, "there is time left"
    assert table.change(f"gate#{begun.gate().gate_id}", {("deadline",): 1_767_323_045})
    resumed = run(f"{INCIDENT_ID}-resume-1")
    assert reconciled() == NOTHING, "the resumed response asks again by itself"
    stop(resumed)
    assert reconciled() == {**NOTHING, "expired": 1}
    assert begun.gate().state == "expired"
    assert reconciled() == NOTHING


def test_a_question_of_an_incident_that_was_taken_over_is_withdrawn(begun: World) -> None:
    """Its gate is refused with the heir's id, and the response that waits is told, once."""
    begun.ask()
    run()
    Ledger().put_new(INCIDENT_ID, "taken_over", {"by": "IR-20260102-ffffffffff", "at": LONG_AGO})
    assert reconciled() == {**NOTHING, "withdrawn": 1}
    assert begun.gate().state == "refused"
    ((_, _, sent),) = begun.tasks.answers
    assert (sent["error"], "IR-20260102-ffffffffff has taken over" in sent["cause"]) == ("ApprovalRefused", True)
    assert reconciled() == NOTHING


def test_a_stranded_step_is_told_of_once(begun: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Timeline, metric and a mail to each of the IR list, with the command that finishes it; then nothing more."""
    begin_step()
    assert reconciled() == {**NOTHING, "stranded": 1}
    assert [mail["to"] for mail in begun.mails] == [[LEAD], ["deputy@example.com"]]
    assert all(f"responder resume {INCIDENT_ID}" in mail["text"] for mail in begun.mails)
    assert not any(STEP["label"] in mail["subject"] for mail in begun.mails)
    metric = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (metric["StrandedStep"], metric["service"]) == ([1.0], "responder")
    assert reconciled() == NOTHING
    assert len(begun.mails) == 2


def test_a_step_that_a_running_response_works_on_is_not_stranded(begun: World) -> None:
    """However old its intent: deleting an agent takes its time."""
    run()
    begin_step()
    assert reconciled() == NOTHING


def test_a_concluded_step_is_in_no_index(begun: World) -> None:
    """The outcome takes the step out of the index, so that the reconciler never reads the whole ledger."""
    begin_step("performed")
    assert Ledger().unfinished("2099-01-01T00:00:00.000Z") == []


def test_a_new_intent_is_not_stranded_yet(begun: World) -> None:
    """A step that was begun a moment ago may still be under way, although its execution was stopped."""
    Ledger().intend(INCIDENT_ID, STEP, "0" * 64, ["automatic"], "perform")
    assert reconciled() == NOTHING
