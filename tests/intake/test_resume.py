"""Resuming: which execution is started, what it goes on with, and why sometimes none is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.approval.gate import close_expired
from lambdas.core.documents import write_plan
from lambdas.core.errors import SchemaMismatch, TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client
from lambdas.intake import resume
from lambdas.planning import in_force
from lambdas.planning.outline import outline
from tests.approval.world import INCIDENT_ID, World, key_step, plan, step
from tests.reconciling.conftest import fresh_clients, run, stop, world

__all__ = ["fresh_clients", "world"]

LEAD = "lead@example.com"
KEY, AGENT = key_step(1), step(2)


@pytest.fixture
def begun(world: World) -> World:
    """A response with one automatic step and one that a person approves."""
    world.begin(KEY, AGENT)
    Ledger().save_plan(INCIDENT_ID, "response", world.plan_hash)
    return world


def resumed(**changes: Any) -> dict[str, Any]:
    return resume.handler({"incident_id": INCIDENT_ID, "requested_by": LEAD, "requester_arn": None, **changes}, None)


def conclude(one: dict[str, Any], status: str = "performed") -> None:
    ledger = Ledger()
    ledger.intend(INCIDENT_ID, one, "0" * 64, ["automatic"], "perform")
    ledger.conclude(INCIDENT_ID, one["step_id"], status)


def test_a_running_response_is_not_doubled(begun: World) -> None:
    """Neither the first execution nor one that was resumed gets a second one beside it."""
    first = run()
    answer = resumed()
    assert (answer["started"], answer["execution_arn"]) == (False, None)
    assert f"{INCIDENT_ID} is still running" in answer["why"]
    stop(first)
    assert resumed()["started"]
    answer = resumed()
    assert answer["started"] is False
    assert f"{INCIDENT_ID}-resume-1 is still running" in answer["why"]


def test_each_resumption_has_a_name_of_its_own_and_the_same_input(begun: World) -> None:
    """The names count up; the input is the response's own, so that two who resume at once get the same execution."""
    stop(run())
    first = resumed()
    assert first["execution_arn"].endswith(f":{INCIDENT_ID}-resume-1")
    stop(first["execution_arn"])
    second = resumed()["execution_arn"]
    assert second.endswith(f":{INCIDENT_ID}-resume-2")
    given = json.loads(own_client("stepfunctions").describe_execution(executionArn=second)["input"])
    assert given["incident"]["incident_id"] == INCIDENT_ID
    assert set(given) == {"incident"}


def test_what_is_left_is_named(begun: World) -> None:
    """Done steps are not left; a step with an intent and no outcome is, and so is one whose gate is still open."""
    stop(run())
    conclude(KEY, "intended")
    begun.ask()
    assert resumed()["left"] == [KEY["step_id"], AGENT["step_id"]]


def test_who_resumed_stands_in_the_timeline_and_the_incident_is_open_again(begun: World) -> None:
    """The ledger says by whom, and the list of open incidents shows it."""
    stop(run())
    Ledger().set_status(INCIDENT_ID, "failed")
    resumed()
    assert Ledger().timeline(INCIDENT_ID)[-1]["what"] == f"Resumed by {LEAD}"
    assert Ledger().item(INCIDENT_ID, "incident")["status"] == "open"


def test_a_finished_response_is_not_resumed(begun: World) -> None:
    """Everything done and reported: nothing is started, and the answer says that nothing is left."""
    stop(run())
    for one in (KEY, AGENT):
        conclude(one)
    Ledger().set_status(INCIDENT_ID, "closed")
    answer = resumed()
    assert (answer["started"], answer["left"]) == (False, [])
    assert "Nothing is left that may be done" in answer["why"]


def test_a_report_that_was_never_written_is_reason_enough(begun: World) -> None:
    """All steps are done and the incident is still open: the crash came before the report."""
    stop(run())
    for one in (KEY, AGENT):
        conclude(one)
    assert resumed()["started"]


@pytest.mark.parametrize("state", ["refused", "expired"])
def test_a_closed_gate_stays_closed_and_is_named(begun: World, state: str) -> None:
    """What was refused or expired is not left to do; with nothing else left, nothing is started."""
    stop(run())
    conclude(KEY)
    begun.ask()
    if state == "refused":
        begun.refuse(LEAD, "It is our own agent.")
    else:
        close_expired(begun.gate().gate_id)
    Ledger().set_status(INCIDENT_ID, state)
    answer = resumed()
    assert answer["started"] is False
    assert f"Gate one is {state} and stays so: {begun.gate().reason}" in answer["why"]


def test_what_approvers_left_out_is_not_left_to_do(world: World) -> None:
    """A gate that is approved for one of two steps leaves only that one."""
    world.begin(AGENT, step(3))
    Ledger().save_plan(INCIDENT_ID, "response", world.plan_hash)
    stop(run())
    world.ask()
    world.approve(LEAD, AGENT["step_id"])
    assert resumed()["left"] == [AGENT["step_id"]]


def test_without_a_plan_the_response_begins_again(world: World) -> None:
    """A crash before planning: there is nothing to repeat, and everything to do."""
    world.begin(KEY)
    stop(run())
    answer = resumed()
    assert answer["started"]
    assert "no plan was made yet" in answer["why"]


def longer(begun: World, *more: dict[str, Any]) -> str:
    """Extend the plan that was begun with by these steps. Returns the hash of the longer one."""
    ledger, plan_hash = Ledger(), write_plan(plan(KEY, AGENT, *more, extends=begun.plan_hash))
    ledger.save_plan(INCIDENT_ID, "response", plan_hash)
    in_force.extend(ledger, INCIDENT_ID, begun.plan_hash, plan_hash)
    return plan_hash


def test_a_response_whose_plan_was_extended_goes_on_with_the_longer_one(begun: World) -> None:
    """What was done under the first plan is done, what people answer about the longer one counts for it."""
    stop(run())
    conclude(KEY)
    begun.plan_hash = longer(begun, step(3))
    first = resumed()
    assert first["left"] == [AGENT["step_id"], step(3)["step_id"]]
    stop(first["execution_arn"])
    begun.ask()
    begun.approve(LEAD, step(3)["step_id"])
    assert resumed()["left"] == [step(3)["step_id"]]


def test_people_who_were_asked_on_the_first_plan_are_not_asked_on_another(begun: World) -> None:
    """The extension came while they looked at it: what is left is left of the plan that they saw."""
    stop(run())
    begun.ask()
    longer(begun, step(3))
    assert resumed()["left"] == [KEY["step_id"], AGENT["step_id"]]


def test_an_undo_is_resumed_as_an_undo(begun: World) -> None:
    """The last plan was an undo: it goes on with its own plan, and the response before it is not taken up again."""
    conclude(KEY)
    taken_back = {**KEY, "step_id": "01-undo_deactivate_access_key-00000001", "undoes": KEY["step_id"]}
    document = plan(taken_back, kind="undo", requested_by=LEAD, requester_arn=None, reason="It was ours.")
    plan_hash = write_plan(document)
    Ledger().save_plan(INCIDENT_ID, "undo", plan_hash)
    name = f"{INCIDENT_ID}-undo-{plan_hash[:12]}"
    stop(run(name, "undo"))
    Ledger().intend(INCIDENT_ID, KEY, plan_hash, [LEAD], "undo")
    answer = resumed()
    assert answer["execution_arn"].endswith(f"responder-undo-response:{name}-resume-1")
    given = json.loads(own_client("stepfunctions").describe_execution(executionArn=answer["execution_arn"])["input"])
    assert given["plan"] == outline(document, plan_hash)
    stop(answer["execution_arn"])
    Ledger().conclude(INCIDENT_ID, KEY["step_id"], "undone")
    assert resumed()["started"] is False


def test_bad_requests_name_the_field(begun: World) -> None:
    """An incident id that is none, one that does not exist, and a requester without an address."""
    with pytest.raises(SchemaMismatch, match="incident_id"):
        resumed(incident_id="IR-1")
    with pytest.raises(TargetNotFound):
        resumed(incident_id="IR-20260102-ffffffffff")
    with pytest.raises(SchemaMismatch, match="requested_by"):
        resumed(requested_by="lead")
