"""account.ensure_security_contact"""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambdas.core.errors import SchemaMismatch, StateDrifted
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, Acting, Crash

ACTION_ID = "account.ensure_security_contact"
OURS = {
    "Name": "Sam Secure",
    "Title": "Head of security",
    "EmailAddress": "security@example.com",
    "PhoneNumber": "+1 555 0100",
}
THEIRS = {**OURS, "EmailAddress": "noreply@example.com"}
TARGET = {"account": ACCOUNT, "contact": OURS}


@pytest.fixture
def acting() -> Acting:
    return Acting(ACTION_ID)


def put(contact: dict[str, str], kind: str = "SECURITY") -> None:
    boto3.client("account").put_alternate_contact(AlternateContactType=kind, **contact)


def contact(kind: str = "SECURITY") -> dict[str, Any] | None:
    client = boto3.client("account")
    try:
        return dict(client.get_alternate_contact(AlternateContactType=kind)["AlternateContact"])
    except client.exceptions.ResourceNotFoundException:
        return None


def test_undo_restores_what_was_there_before(acting):
    """Do, undo, compare: the former contact is set again, in every field."""
    put(THEIRS)
    acting.do_undo_compare(TARGET)
    assert contact() == {**THEIRS, "AlternateContactType": "SECURITY"}


def test_undo_removes_ours_where_there_was_none(acting):
    """Do, undo, compare for an account that had none: it has none again."""
    acting.do_undo_compare(TARGET)
    assert contact() is None


def test_only_the_security_contact_is_touched(acting):
    """Billing and operations keep their contacts."""
    put(THEIRS, "BILLING")
    acting.do(TARGET)
    assert contact("BILLING") == {**THEIRS, "AlternateContactType": "BILLING"}
    assert contact() == {**OURS, "AlternateContactType": "SECURITY"}


def test_no_account_is_named_in_the_calls(acting):
    """AccountId is for the management account: a member that names itself is refused."""
    seen = []
    client = acting.session.client("account", "us-east-1")
    client.meta.events.register("before-parameter-build", lambda params, **_: seen.append(dict(params)))
    acting.do_undo_compare(TARGET)
    assert len(seen) >= 4
    assert all("AccountId" not in params for params in seen)


def test_done_twice_is_done_once(acting):
    """A rerun finds the contact and changes nothing."""
    before = acting.do(TARGET)
    acting.perform(TARGET, before)
    assert acting.made("PutAlternateContact") == 1


def test_undone_twice_is_undone_once(acting):
    """The second undo finds the former state."""
    before = acting.do(TARGET)
    acting.undo(TARGET, before)
    acting.undo(TARGET, before)
    assert acting.made("DeleteAlternateContact") == 1


def test_a_contact_that_was_right_already_is_left_alone(acting):
    """There is nothing to do, and undo does not remove what we did not set."""
    put(OURS)
    before = acting.read(TARGET)
    assert acting.achieved(TARGET, before)
    acting.perform(TARGET, before)
    acting.undo(TARGET, before)
    assert contact() == {**OURS, "AlternateContactType": "SECURITY"}


@pytest.mark.parametrize("field", OURS)
def test_every_field_counts(acting, field):
    """A contact that differs in one field is not the recognised one."""
    put({**OURS, field: "1"} if field == "PhoneNumber" else {**OURS, field: f"x{OURS[field]}"})
    assert not acting.achieved(TARGET, acting.read(TARGET))


def test_a_contact_that_changed_since_the_plan_is_drift(acting):
    """Nobody approved replacing the one that is there now: it may be the owner's repair."""
    before = acting.read(TARGET)
    put(THEIRS)
    with pytest.raises(StateDrifted, match="changed the security contact"):
        acting.perform(TARGET, before)
    assert acting.made("PutAlternateContact") == 0


def test_undo_leaves_what_somebody_else_set_since(acting):
    """It takes back our own change and nobody else's."""
    before = acting.do(TARGET)
    put(THEIRS)
    with pytest.raises(StateDrifted, match="changed the security contact"):
        acting.undo(TARGET, before)
    assert contact() == {**THEIRS, "AlternateContactType": "SECURITY"}


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting):
    """The process ends before the call: nothing is set, and the rerun sets it."""
    before = acting.read(TARGET)
    acting.session.crash_at("PutAlternateContact")
    with pytest.raises(Crash):
        acting.perform(TARGET, before)
    assert contact() is None
    acting.perform(TARGET, before)
    assert acting.achieved(TARGET, acting.read(TARGET))


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(acting):
    """Two refusals for too many calls cost time and nothing else."""
    acting.session.throttle("PutAlternateContact", times=2)
    acting.do(TARGET)


def test_another_refusal_is_no_missing_contact(acting):
    """Only "not found" means that there is none: an account that may not be read is an error."""

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "No"}}, "GetAlternateContact")

    acting.session.client("account", "us-east-1").meta.events.register_first("before-call", refuse)
    with pytest.raises(ClientError, match="AccessDenied"):
        acting.read(TARGET)


@pytest.mark.parametrize("contact", [{}, {**OURS, "EmailAddress": "nobody"}, {**OURS, "AccountId": "111122223333"}])
def test_a_contact_that_aws_would_not_take_is_refused(contact):
    """All four fields and nothing else."""
    with pytest.raises(SchemaMismatch, match="contact"):
        validate(f"actions/{ACTION_ID}", {**TARGET, "contact": contact})
