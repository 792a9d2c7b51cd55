"""iam.deactivate_access_key"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambdas.core.errors import SchemaMismatch, StateDrifted
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, Acting, Crash

ACTION_ID = "iam.deactivate_access_key"


@pytest.fixture
def iam() -> Any:
    client = boto3.client("iam")
    client.create_user(UserName="alice", Path="/engineering/")
    return client


@pytest.fixture
def target(iam: Any) -> dict[str, str]:
    key = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    return {"account": ACCOUNT, "user": "engineering/alice", "user_name": "alice", "access_key_id": key}


@pytest.fixture
def acting() -> Acting:
    return Acting(ACTION_ID)


def status(iam: Any, target: dict[str, str]) -> str:
    keys = iam.list_access_keys(UserName="alice")["AccessKeyMetadata"]
    return next(k["Status"] for k in keys if k["AccessKeyId"] == target["access_key_id"])


def test_undo_restores_what_was_there_before(acting, target):
    """Do, undo, compare: the key is active again and nothing else is different."""
    acting.do_undo_compare(target)


def test_only_this_key_is_touched(acting, iam, target):
    """The user's other key goes on working."""
    other = iam.create_access_key(UserName="alice")["AccessKey"]["AccessKeyId"]
    acting.do(target)
    assert status(iam, target) == "Inactive"
    assert status(iam, {**target, "access_key_id": other}) == "Active"


def test_done_twice_is_done_once(acting, target):
    """A rerun with the same `before` finds the key inactive and changes nothing."""
    before = acting.do(target)
    acting.perform(target, before)
    assert acting.made("UpdateAccessKey") == 1


def test_a_key_that_was_inactive_stays_inactive_after_undo(acting, iam, target):
    """What the owner had switched off before is nothing to do, and undo leaves it alone."""
    iam.update_access_key(UserName="alice", AccessKeyId=target["access_key_id"], Status="Inactive")
    before = acting.read(target)
    assert acting.achieved(target, before)
    acting.undo(target, before)
    assert status(iam, target) == "Inactive"


def test_undone_twice_is_undone_once(acting, target):
    """A second undo finds the key active and changes nothing."""
    before = acting.do(target)
    acting.undo(target, before)
    acting.undo(target, before)
    assert acting.made("UpdateAccessKey") == 2


def test_a_key_that_is_gone_is_drift(acting, iam, target):
    """A key that was deleted since the approval is refused by name, and nothing is called that changes."""
    before = acting.read(target)
    iam.delete_access_key(UserName="alice", AccessKeyId=target["access_key_id"])
    with pytest.raises(StateDrifted, match="does not have access key"):
        acting.perform(target, before)
    assert acting.made("UpdateAccessKey") == 0
    assert acting.read(target)["exists"] is False


def test_a_key_of_another_user_is_drift(acting, iam, target):
    """A key that belongs to somebody else than was approved is not touched."""
    iam.create_user(UserName="bob")
    wrong = {**target, "user": "bob", "user_name": "bob"}
    with pytest.raises(StateDrifted):
        acting.perform(wrong, acting.read(wrong))
    assert status(iam, target) == "Active"


def test_a_user_who_is_gone_is_an_answer(acting, iam, target):
    """Reading never raises for a target that is gone; undo refuses it."""
    before = acting.do(target)
    iam.delete_access_key(UserName="alice", AccessKeyId=target["access_key_id"])
    iam.delete_user(UserName="alice")
    assert acting.read(target) == {"exists": False, "status": None, "user_name": "alice", "last_used": None}
    with pytest.raises(StateDrifted):
        acting.undo(target, before)


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting, iam, target):
    """The process ends between look and change: the key is still active, and the rerun deactivates it."""
    before = acting.read(target)
    acting.session.crash_at("UpdateAccessKey")
    with pytest.raises(Crash):
        acting.perform(target, before)
    assert status(iam, target) == "Active"
    acting.perform(target, before)
    assert status(iam, target) == "Inactive"


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting, iam, target):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("UpdateAccessKey", times=2)
    acting.do(target)
    assert status(iam, target) == "Inactive"


@pytest.mark.usefixtures("impatient")
def test_throttled_for_long_is_an_error_by_name(acting, iam, target):
    """The state machine can retry what it knows by name; until then nothing is changed."""
    before = acting.read(target)
    acting.session.throttle("UpdateAccessKey", times=99)
    with pytest.raises(ClientError, match="Throttling"):
        acting.perform(target, before)
    assert status(iam, target) == "Active"


def test_a_temporary_key_is_refused(target):
    """ASIA keys have no status: the schema names the field and does not repeat the value."""
    with pytest.raises(SchemaMismatch, match=r"access_key_id: must match \^AKIA") as refused:
        validate(f"actions/{ACTION_ID}", {**target, "access_key_id": "ASIAQWERTYUIOPASDFGH"})
    assert "ASIAQWERTY" not in str(refused.value)
