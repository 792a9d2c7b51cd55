"""iam.quarantine_role_session: whom it denies. What holds for every denying policy stands in test_inline_policies.py,
and what a thief gets to feel of it in tests/local/test_containment.py.
"""

from __future__ import annotations

import pytest

from lambdas.planning.protected import why_protected
from tests.actions.acting import Acting


@pytest.fixture
def acting() -> Acting:
    return Acting("iam.quarantine_role_session")


def statement(iam, target):
    name = f"IR-SessionDeny-{target['incident_id']}"
    (only,) = iam.get_role_policy(RoleName="builder", PolicyName=name)["PolicyDocument"]["Statement"]
    return only


def test_one_session_is_named_and_no_pattern(acting, iam, session_target):
    """The condition compares the session's own id exactly, and the time at which its credentials were issued."""
    acting.do(session_target)
    denied = statement(iam, session_target)
    assert denied["Condition"]["StringEquals"] == {"aws:userid": f"{session_target['role_id']}:i-0123456789abcdef0"}
    assert denied["Condition"]["DateLessThan"].keys() == {"aws:TokenIssueTime"}
    assert (denied["Effect"], denied["Action"], denied["Resource"]) == ("Deny", "*", "*")


def test_the_policy_of_another_session_is_not_the_change(acting, session_target):
    """Two sessions of one role in one incident are two targets."""
    acting.do(session_target)
    state = acting.read(session_target)
    assert not acting.achieved({**session_target, "session_name": "somebody-else"}, state)


@pytest.mark.parametrize(
    "role",
    [
        "aws-service-role/lex.amazonaws.com/R",
        "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin",
        "responder-member-contain",
    ],
)
def test_roles_that_take_no_policy_and_our_own_are_protected(acting, monkeypatch, role):
    """The target's ARN is the role's, so that planning and the runner both refuse it."""
    monkeypatch.setenv("PREFIX", "responder")
    monkeypatch.setenv("PROTECTED_PRINCIPALS", "")
    arn = acting.module.ACTION.target.arn.format(partition="aws", account="123456789012", role=role)
    assert why_protected(arn)
