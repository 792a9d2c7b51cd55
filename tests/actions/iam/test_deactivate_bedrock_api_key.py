"""iam.deactivate_bedrock_api_key"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local.model_service import state_of
from lambdas.core.errors import SchemaMismatch, StateDrifted
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, Acting, Crash

ACTION_ID = "iam.deactivate_bedrock_api_key"
BEDROCK = "bedrock.amazonaws.com"


@pytest.fixture
def target(iam: Any) -> dict[str, str]:
    key = make(iam)
    return {"account": ACCOUNT, "user": "engineering/alice", "user_name": "alice", "credential_id": key}


@pytest.fixture
def acting() -> Acting:
    return Acting(ACTION_ID)


def make(iam: Any, service: str = BEDROCK) -> str:
    made = iam.create_service_specific_credential(UserName="alice", ServiceName=service, CredentialAgeDays=30)
    return str(made["ServiceSpecificCredential"]["ServiceSpecificCredentialId"])


def status(iam: Any, credential_id: str) -> str:
    keys = iam.list_service_specific_credentials(UserName="alice")["ServiceSpecificCredentials"]
    return next(key["Status"] for key in keys if key["ServiceSpecificCredentialId"] == credential_id)


def delete(iam: Any, credential_id: str) -> None:
    iam.delete_service_specific_credential(UserName="alice", ServiceSpecificCredentialId=credential_id)


def expire(credential_id: str) -> None:
    kept = state_of("iam", ACCOUNT, "aws")["service_specific_credentials"][credential_id]
    kept["ExpirationDate"] = datetime.now(UTC) - timedelta(seconds=1)


def test_undo_restores_what_was_there_before(acting, target):
    """Do, undo, compare: the key is active again and nothing else is different."""
    acting.do_undo_compare(target)


def test_only_this_key_is_touched(acting, iam, target):
    """The user's other key goes on working, and so do the credentials of other services."""
    others = [make(iam), make(iam, "codecommit.amazonaws.com")]
    access_key = iam.create_access_key(UserName="alice")["AccessKey"]["Status"]
    acting.do(target)
    assert status(iam, target["credential_id"]) == "Inactive"
    assert [*(status(iam, other) for other in others), access_key] == ["Active"] * 3


def test_done_twice_is_done_once(acting, target):
    """A rerun with the same `before` finds the key inactive and changes nothing."""
    before = acting.do(target)
    acting.perform(target, before)
    assert acting.made("UpdateServiceSpecificCredential") == 1


def test_a_key_that_was_inactive_stays_inactive_after_undo(acting, iam, target):
    """What the owner had switched off before is nothing to do, and undo leaves it alone."""
    names = {"UserName": "alice", "ServiceSpecificCredentialId": target["credential_id"]}
    iam.update_service_specific_credential(**names, Status="Inactive")
    before = acting.read(target)
    assert acting.achieved(target, before)
    acting.undo(target, before)
    assert status(iam, target["credential_id"]) == "Inactive"


def test_undone_twice_is_undone_once(acting, target):
    """A second undo finds the key active and changes nothing."""
    before = acting.do(target)
    acting.undo(target, before)
    acting.undo(target, before)
    assert acting.made("UpdateServiceSpecificCredential") == 2


def test_an_expired_key_is_nothing_to_do(acting, target):
    """It works no more, and nothing sets it to another status."""
    before = acting.read(target)
    expire(target["credential_id"])
    assert acting.achieved(target, acting.read(target))
    acting.perform(target, before)
    assert acting.made("UpdateServiceSpecificCredential") == 0


def test_a_key_that_expired_since_is_not_said_to_be_given_back(acting, target):
    """Undo names the reason and changes nothing."""
    before = acting.do(target)
    expire(target["credential_id"])
    with pytest.raises(StateDrifted, match="has expired"):
        acting.undo(target, before)
    assert acting.made("UpdateServiceSpecificCredential") == 1


def test_a_key_that_is_gone_is_drift(acting, iam, target):
    """A key that was deleted since the approval is refused by name, and nothing is called that changes."""
    before = acting.read(target)
    delete(iam, target["credential_id"])
    with pytest.raises(StateDrifted, match="does not have Bedrock API key"):
        acting.perform(target, before)
    assert acting.made("UpdateServiceSpecificCredential") == 0


def test_a_credential_of_another_service_is_drift(acting, iam, target):
    """Git and database passwords are no Bedrock API keys: nothing is changed."""
    other = make(iam, "codecommit.amazonaws.com")
    wrong = {**target, "credential_id": other}
    with pytest.raises(StateDrifted):
        acting.perform(wrong, acting.read(wrong))
    assert status(iam, other) == "Active"


def test_a_user_who_is_gone_is_an_answer(acting, iam, target):
    """Reading never raises for a target that is gone; undo refuses it."""
    before = acting.do(target)
    delete(iam, target["credential_id"])
    iam.delete_user_policy(UserName="alice", PolicyName="work")
    iam.delete_user(UserName="alice")
    assert acting.read(target) == {"exists": False, "status": None, "expires": None}
    with pytest.raises(StateDrifted):
        acting.undo(target, before)


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting, iam, target):
    """The process ends between look and change: the key is still active, and the rerun deactivates it."""
    before = acting.read(target)
    acting.session.crash_at("UpdateServiceSpecificCredential")
    with pytest.raises(Crash):
        acting.perform(target, before)
    assert status(iam, target["credential_id"]) == "Active"
    acting.perform(target, before)
    assert status(iam, target["credential_id"]) == "Inactive"


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting, iam, target):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("UpdateServiceSpecificCredential", times=2)
    acting.do(target)
    assert status(iam, target["credential_id"]) == "Inactive"


@pytest.mark.usefixtures("impatient")
def test_throttled_for_long_is_an_error_by_name(acting, iam, target):
    """The state machine can retry what it knows by name; until then nothing is changed."""
    before = acting.read(target)
    acting.session.throttle("UpdateServiceSpecificCredential", times=99)
    with pytest.raises(ClientError, match="Throttling"):
        acting.perform(target, before)
    assert status(iam, target["credential_id"]) == "Active"


def test_the_key_itself_is_refused_and_not_repeated(target):
    """Who takes the secret for its id hears which field is wrong, and the secret stands nowhere."""
    secret = "ABSKQmVkcm9ja0FQSUtleS1leGFtcGxl="
    with pytest.raises(SchemaMismatch, match=r"credential_id: must match") as refused:
        validate(f"actions/{ACTION_ID}", {**target, "credential_id": secret})
    assert secret not in str(refused.value)
