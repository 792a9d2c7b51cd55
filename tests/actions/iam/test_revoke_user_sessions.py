"""iam.revoke_user_sessions: until when it denies. What holds for every denying policy stands in
test_inline_policies.py, and what a thief gets to feel of it in tests/local/test_containment.py.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from lambdas.core.errors import StateDrifted
from tests.actions.acting import Acting


@pytest.fixture
def acting() -> Acting:
    return Acting("iam.revoke_user_sessions")


def name(target):
    return {"UserName": "alice", "PolicyName": f"IR-RevokeSessions-{target['incident_id']}"}


def plant(iam, target, moment):
    """The very policy that we would put, with another moment."""
    condition = {"DateLessThan": {"aws:TokenIssueTime": moment}}
    deny = {"Sid": "IRRevokeOlder", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}
    text = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    iam.put_user_policy(**name(target), PolicyDocument=text)


def test_sessions_until_half_a_minute_from_now_are_denied(acting, iam, user_target):
    """The policy takes a while to reach all of IAM, and sessions that are issued meanwhile are denied too."""
    earliest = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=30)
    acting.do(user_target)
    (statement,) = iam.get_user_policy(**name(user_target))["PolicyDocument"]["Statement"]
    moment = datetime.fromisoformat(statement["Condition"]["DateLessThan"]["aws:TokenIssueTime"])
    assert earliest <= moment <= datetime.now(UTC) + timedelta(seconds=30)
    assert (statement["Effect"], statement["Action"], statement["Resource"]) == ("Deny", "*", "*")


def test_a_moment_before_the_incident_is_not_taken_for_ours(acting, iam, user_target):
    """A thief who plants our policy with a moment long ago shields no session: it is replaced, and comes back."""
    plant(iam, user_target, "2001-01-01T00:00:00Z")
    before = acting.read(user_target)
    assert not acting.achieved(user_target, before)
    acting.do_undo_compare(user_target)


def test_a_moment_that_was_put_back_is_drift(acting, iam, user_target):
    """Undo does not take for ours what somebody made of it."""
    before = acting.do(user_target)
    plant(iam, user_target, "2001-01-01T00:00:00Z")
    with pytest.raises(StateDrifted):
        acting.undo(user_target, before)


@pytest.mark.parametrize("moment", ["9999999999", "2999-01-01", "*"])
def test_a_moment_of_another_form_is_not_ours(acting, iam, user_target, moment):
    """Only what we write counts as the change that was approved."""
    state = {"exists": True, "policy": {"Statement": [{"Condition": {"DateLessThan": {"aws:TokenIssueTime": moment}}}]}}
    assert not acting.achieved(user_target, state)
