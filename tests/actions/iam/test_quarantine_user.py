"""iam.quarantine_user: what it denies. What holds for every denying policy stands in test_inline_policies.py, and what
a thief gets to feel of it in tests/local/test_containment.py.
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase

import pytest

from tests.actions.acting import Acting


@pytest.fixture
def denied(iam, user_target) -> list[str]:
    """The actions that the user is denied on everything."""
    Acting("iam.quarantine_user").do(user_target)
    policy = iam.get_user_policy(UserName="alice", PolicyName=f"IR-Quarantine-{user_target['incident_id']}")
    statements = policy["PolicyDocument"]["Statement"]
    assert {(s["Effect"], s["Resource"], "Condition" in s) for s in statements} == {("Deny", "*", False)}
    assert len(json.dumps(policy["PolicyDocument"], separators=(",", ":"))) < 1200
    return [action for statement in statements for action in statement["Action"]]


@pytest.mark.parametrize(
    "action",
    [
        *("bedrock:InvokeModel", "bedrock:CallWithBearerToken", "bedrock:InvokeAgent", "bedrock:CreateAgent"),
        *("bedrock-mantle:CreateInference", "bedrock-agentcore:InvokeAgentRuntime", "q:SendMessage", "qbusiness:Chat"),
        *("bedrock:DeleteModelInvocationLoggingConfiguration", "iam:DeleteUserPolicy", "iam:CreateAccessKey"),
        *("iam:CreateServiceSpecificCredential", "iam:PassRole", "sts:AssumeRole", "sts:GetSessionToken"),
        *("cloudtrail:StopLogging", "guardduty:DeleteDetector", "s3:DeleteObject", "states:SendTaskSuccess"),
    ],
)
def test_what_a_thief_does_next_is_denied(denied, action):
    """Models, agents, Amazon Q, new credentials, the taking away of this very policy, traces, forged approvals."""
    assert any(fnmatchcase(action, pattern) for pattern in denied)


@pytest.mark.parametrize("action", ["s3:GetObject", "s3:PutObject", "dynamodb:PutItem", "iam:GetUser", "ecr:PutImage"])
def test_what_the_owner_does_besides_goes_on(denied, action):
    """A build server whose key was stolen still builds."""
    assert not any(fnmatchcase(action, pattern) for pattern in denied)
