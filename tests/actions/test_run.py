"""Running and undoing a step: intent first, the approval read where it is kept, the change read back, undo exact.

The action under test switches an SSM parameter from `on` to `off`: small enough to see through, real enough to drift.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from lambdas.actions import run, steps, undo
from lambdas.core import documents, session
from lambdas.core.action import Action, Permission, Target
from lambdas.core.errors import (
    NotAchieved,
    NoWayBack,
    PlanChanged,
    PowerRefused,
    StateDrifted,
    TargetNotFound,
    Unsettled,
)
from lambdas.core.ledger import Ledger

INCIDENT = "IR-20260102-0123456789"
ACCOUNT = "123456789012"
SWITCH = "arn:{partition}:ssm:{region}:{account}:parameter/{name}"
ACTION = Action(
    title="Switch off",
    catalogue="test.switch.off",
    stage="containment",
    machine="contain_credentials",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target("switch", {"name": {"type": "string"}}, "switch {name}", SWITCH),
    impact="It is off.",
    way_back="It is switched on again.",
    permissions={
        "read": (Permission("ssm:GetParameter", SWITCH),),
        "perform": (Permission("ssm:PutParameter", SWITCH),),
    },
    volatile=("version",),
)


def read(session: session.Session, target: dict[str, Any]) -> dict[str, Any]:
    found = session.client("ssm").get_parameter(Name=target["name"])["Parameter"]
    return {"value": found["Value"], "version": found["Version"]}


def achieved(target: dict[str, Any], state: dict[str, Any]) -> bool:
    return bool(state["value"] == "off")


def perform(session: session.Session, target: dict[str, Any], before: dict[str, Any]) -> None:
    if read(session, target)["value"] not in ("off", before["value"]):
        raise StateDrifted("The switch stands where nobody approved it.")
    session.client("ssm").put_parameter(Name=target["name"], Value="off", Overwrite=True)


def take_back(session: session.Session, target: dict[str, Any], before: dict[str, Any]) -> None:
    session.client("ssm").put_parameter(Name=target["name"], Value=before["value"], Overwrite=True)


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The tables, the bucket and the switch; the action; no approvals but those that a test gives."""
    for name, value in {
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "PREFIX": "genai-responder",
        "POWER": "contain",
        "LEDGER_TABLE": "ledger",
        "EVIDENCE_BUCKET": "evidence",
        "PAUSE_PARAMETER": "/genai-responder/pause",
        "PROTECTED_PRINCIPALS": "",
        "MAX_AUTOMATIC_PER_HOUR": "1000",
        "POWERTOOLS_SERVICE_NAME": "contain",
        "POWERTOOLS_METRICS_NAMESPACE": "genai-responder",
    }.items():
        monkeypatch.setenv(name, value)
    action = SimpleNamespace(ACTION=ACTION, read=read, achieved=achieved, perform=perform, undo=take_back)
    monkeypatch.setattr(steps, "load", lambda action_id: action)
    monkeypatch.setattr(steps, "approvers_for", no_approval)
    monkeypatch.setattr(run, "READ_BACK_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(undo, "READ_BACK_PAUSES", (0.0, 0.0))
    with mock_aws():
        session.own_client.cache_clear()
        client("s3").create_bucket(Bucket="evidence")
        client("ssm").put_parameter(Name="switch", Value="on", Type="String")
        pause("running")
        make_ledger_table()
        yield action
        session.own_client.cache_clear()


def client(service: str) -> Any:
    return boto3.client(service, region_name="us-east-1")  # type: ignore[call-overload]


def make_ledger_table() -> None:
    client("dynamodb").create_table(
        TableName="ledger",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )


def pause(value: str) -> None:
    """Set the kill switch."""
    client("ssm").put_parameter(Name="/genai-responder/pause", Value=value, Type="String", Overwrite=True)


def no_approval(*_: str) -> tuple[str, ...]:
    raise PowerRefused("The gate is not approved.")


def planned(kind: str = "response", **changes: Any) -> dict[str, Any]:
    """Store a plan of one step and give the event that asks for it."""
    step = {
        "step_id": "01-deactivate_access_key-0a1b2c3d",
        "action": "iam.deactivate_access_key",
        "title": "Switch off",
        "stage": "containment",
        "machine": "contain_credentials",
        "power": "contain",
        "approval": "automatic",
        "decided_by": "the test",
        "reversibility": "full",
        "impact": "It is off.",
        "way_back": "It is switched on again.",
        "target": {"name": "switch"},
        "label": "switch",
        "target_arn": f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/switch",
        "before": {"value": "on", "version": 1},
        "achieved": False,
        "why": "the test",
        "undoes": None,
        **changes,
    }
    places = {"incident_id": INCIDENT, "account": ACCOUNT, "region": "us-east-1", "playbook": "bedrock"}
    plan = {**places, "kind": kind, "made_at": "2026-01-02T03:04:05.000Z", "steps": [step], "not_proposed": []}
    plan_hash = documents.write_plan(plan)
    Ledger().save_plan(INCIDENT, kind, plan_hash)
    return {"incident": places, "plan_hash": plan_hash, "step_id": step["step_id"], "action": step["action"]}


def undo_of(event: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return planned("undo", step_id="01-deactivate_access_key-ffffffff", undoes=event["step_id"], **changes)


def value() -> str:
    return str(client("ssm").get_parameter(Name="switch")["Parameter"]["Value"])


def status() -> str:
    return str(next(iter(Ledger().steps(INCIDENT)))["status"])


def test_an_approved_step_is_performed_and_read_back(module: SimpleNamespace) -> None:
    """The switch is off, the ledger has intent and outcome, and the result document holds the state read back."""
    assert run.handler(planned(), None)["status"] == "performed"
    assert value() == "off"
    recorded = Ledger().steps(INCIDENT)[0]
    assert [entry["status"] for entry in recorded["history"]] == ["intended", "performed"]
    assert documents.read_json(recorded["result_key"])["after"]["value"] == "off"


def test_without_approval_nothing_happens(module: SimpleNamespace) -> None:
    """A step that needs an approver and has none is refused before any intent, and the switch stays on."""
    with pytest.raises(PowerRefused):
        run.handler(planned(approval="one"), None)
    assert value() == "on"
    assert Ledger().steps(INCIDENT) == []


def test_one_approver_is_not_two(module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same person counted twice does not make two distinct approvers."""
    monkeypatch.setattr(steps, "approvers_for", lambda *_: ("ann@example.com", "ann@example.com"))
    with pytest.raises(PowerRefused):
        run.handler(planned(approval="two"), None)
    assert value() == "on"


def test_who_approved_stands_in_the_ledger(module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result and the ledger name the approvers of exactly this step."""
    monkeypatch.setattr(steps, "approvers_for", lambda *_: ("ann@example.com", "bob@example.com"))
    run.handler(planned(approval="two"), None)
    assert Ledger().steps(INCIDENT)[0]["approved_by"] == ["ann@example.com", "bob@example.com"]


def test_a_function_of_another_power_refuses(module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that has the power to notify does not contain, whatever it is asked."""
    monkeypatch.setenv("POWER", "notify")
    with pytest.raises(PowerRefused):
        run.handler(planned(), None)
    assert value() == "on"


def test_a_plan_that_was_never_recorded_is_refused(module: SimpleNamespace) -> None:
    """A plan that lies in the bucket, but that the planner never wrote into the ledger, is not carried out."""
    event = planned()
    client("dynamodb").delete_item(
        TableName="ledger", Key={"pk": {"S": INCIDENT}, "sk": {"S": f"plan#response#{event['plan_hash']}"}}
    )
    with pytest.raises(TargetNotFound):
        run.handler(event, None)
    assert value() == "on"


def test_a_plan_changed_after_approval_is_refused(module: SimpleNamespace) -> None:
    """When the stored bytes no longer have the hash that was approved, nothing is done."""
    event = planned()
    key = documents.plan_key(INCIDENT, event["plan_hash"])
    altered = documents.read(key).replace(b'"name":"switch"', b'"name":"other1"')
    client("s3").put_object(Bucket="evidence", Key=key, Body=altered)
    with pytest.raises(PlanChanged):
        run.handler(event, None)
    assert value() == "on"


def test_a_step_of_another_plan_is_refused(module: SimpleNamespace) -> None:
    """A step id that does not stand in the plan is refused, even beside a valid hash."""
    with pytest.raises(PlanChanged):
        run.handler({**planned(), "step_id": "02-deactivate_access_key-ffffffff"}, None)


def test_drift_changes_nothing(module: SimpleNamespace) -> None:
    """A switch that was moved after approval is left where it is, and the ledger says drifted."""
    event = planned()
    client("ssm").put_parameter(Name="switch", Value="halfway", Overwrite=True)
    with pytest.raises(StateDrifted):
        run.handler(event, None)
    assert (value(), status()) == ("halfway", "drifted")


def test_nothing_to_do_is_said_and_not_undone(module: SimpleNamespace) -> None:
    """What was already as wanted is recorded as nothing to do, and its undo finds nothing to take back."""
    client("ssm").put_parameter(Name="switch", Value="off", Overwrite=True)
    event = planned(before={"value": "off", "version": 2}, achieved=True)
    assert run.handler(event, None)["status"] == "nothing_to_do"
    grant("undo")
    with pytest.raises(StateDrifted):
        undo.handler(undo_of(event), None)
    assert value() == "off"


def test_done_twice_is_done_once(module: SimpleNamespace) -> None:
    """A second run of a performed step answers the same and makes no further call that changes anything."""
    event = planned()
    run.handler(event, None)
    version = client("ssm").get_parameter(Name="switch")["Parameter"]["Version"]
    assert run.handler(event, None)["status"] == "performed"
    assert client("ssm").get_parameter(Name="switch")["Parameter"]["Version"] == version


def test_a_crash_between_change_and_outcome_is_finished_by_a_rerun(
    module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a crash the ledger shows the intent alone; running again reads what is there and concludes."""
    event = planned()
    with monkeypatch.context() as patch:
        patch.setattr(run, "conclude", crash)
        with pytest.raises(MemoryError):
            run.handler(event, None)
    assert (value(), status()) == ("off", "intended")
    assert run.handler(event, None)["status"] == "performed"


def crash(*_: Any, **__: Any) -> None:
    raise MemoryError


def test_unsettled_keeps_the_intent_for_the_next_call(module: SimpleNamespace) -> None:
    """A change that AWS is still carrying out is no outcome yet."""
    module.settled = lambda session, target: False
    with pytest.raises(Unsettled):
        run.handler(planned(), None)
    assert status() == "intended"


def test_a_change_that_does_not_show_is_not_called_performed(module: SimpleNamespace) -> None:
    """An API that answers well and changes nothing ends as failed, with the reason."""
    module.perform = lambda session, target, before: None
    with pytest.raises(NotAchieved):
        run.handler(planned(), None)
    assert status() == "failed"


def test_undo_restores_exactly_what_was_there(module: SimpleNamespace) -> None:
    """Do, undo, compare: the state is that of before, but for what changes by itself."""
    event = planned()
    run.handler(event, None)
    grant("undo")
    assert undo.handler(undo_of(event), None)["status"] == "undone"
    assert (value(), status()) == ("on", "undone")
    assert undo.handler(undo_of(event), None)["status"] == "undone"


def test_an_undo_that_restores_something_else_is_not_called_undone(module: SimpleNamespace) -> None:
    """An undo whose read-back differs from before ends as failed."""
    event = planned()
    run.handler(event, None)
    module.undo = lambda session, target, before: None
    grant("undo")
    with pytest.raises(NotAchieved):
        undo.handler(undo_of(event), None)
    assert status() == "undo_failed"


def test_an_undo_that_is_still_under_way_keeps_its_intent(module: SimpleNamespace) -> None:
    """An undo that AWS has accepted and not finished is no outcome yet; once settled, it is undone."""
    event = planned()
    run.handler(event, None)
    grant("undo")
    module.settled = lambda session, target: False
    with pytest.raises(Unsettled):
        undo.handler(undo_of(event), None)
    assert status() == "undo_intended"
    module.settled = lambda session, target: True
    assert undo.handler(undo_of(event), None)["status"] == "undone"


def test_while_paused_no_step_is_performed(module: SimpleNamespace) -> None:
    """The refusal says since when and why; the switch is read anew each time, so that unpausing counts at once."""
    event = planned()
    pause("lead@example.com: It contains the payment service")
    with pytest.raises(PowerRefused, match=r"paused since \d{4}-.*It contains the payment service"):
        run.handler(event, None)
    assert (value(), status()) == ("on", "refused")
    pause("running")
    assert run.handler(event, None)["status"] == "performed"


def test_while_paused_no_step_is_undone(module: SimpleNamespace) -> None:
    """Taking back is a change too: refused while paused, and done afterwards."""
    event = planned()
    run.handler(event, None)
    grant("undo")
    pause("a drill")
    with pytest.raises(PowerRefused, match="a drill"):
        undo.handler(undo_of(event), None)
    assert value() == "off"
    pause("running")
    assert undo.handler(undo_of(event), None)["status"] == "undone"


@pytest.mark.parametrize("word", ["Running", " running", "RUNNING", "true", " "])
def test_only_one_word_lets_a_change_through(module: SimpleNamespace, word: str) -> None:
    """Anything else than exactly `running` pauses: a slip of the pen is no permission."""
    pause(word)
    with pytest.raises(PowerRefused):
        run.handler(planned(), None)
    assert value() == "on"


def test_a_kill_switch_that_is_gone_stops_every_change(module: SimpleNamespace) -> None:
    """Closed by default: a switch that cannot be read refuses, and says which it is."""
    client("ssm").delete_parameter(Name="/genai-responder/pause")
    with pytest.raises(PowerRefused, match="/genai-responder/pause cannot be read"):
        run.handler(planned(), None)
    assert value() == "on"


def test_an_action_without_undo_says_why(module: SimpleNamespace) -> None:
    """Asking for an undo that does not exist raises NoWayBack with the action's own sentence."""
    event = planned()
    run.handler(event, None)
    del module.undo
    grant("undo")
    with pytest.raises(NoWayBack, match="switched on again"):
        undo.handler(undo_of(event), None)


def grant(power: str) -> None:
    """Be the function of another power; the fixture's own POWER comes back after the test."""
    os.environ["POWER"] = power
