from __future__ import annotations

import pytest

from lambdas.core.action import Permission
from lambdas.core.observe import places
from lambdas.core.session import statements
from lambdas.planning import observe

WRITING = (
    "Create",
    "Put",
    "Delete",
    "Update",
    "Attach",
    "Detach",
    "Add",
    "Remove",
    "Set",
    "Start",
    "Stop",
    "Tag",
    "Pass",
)
NO_RESOURCE_LEVEL = {
    "cloudtrail:LookupEvents",
    "bedrock:GetModelInvocationLoggingConfiguration",
    "bedrock:ListAgents",
    "bedrock:ListKnowledgeBases",
    "bedrock:ListCustomModels",
    "bedrock:ListImportedModels",
    "cloudtrail:DescribeTrails",
    "iam:GenerateCredentialReport",
    "iam:GetCredentialReport",
    "bedrock:ListGuardrails",
    "guardduty:GetFindings",
    "guardduty:ListDetectors",
}
"""IAM service authorization reference: no resource types, or (ListGuardrails) none that the call names."""


@pytest.mark.parametrize("permission", observe.permissions(), ids=lambda p: f"{p.action} {p.resource}")
def test_rooms_that_observe_can_only_read(permission: Permission) -> None:
    """No room that runs before approval may change anything, and `*` stands only where IAM knows no resource."""
    assert not permission.action.split(":")[1].startswith(WRITING)
    assert permission.resource != "*" or permission.action in NO_RESOURCE_LEVEL


def test_an_unknown_name_widens_and_a_known_one_does_not() -> None:
    """A session for a named principal is allowed that name, with or without a path, and nobody else."""
    user = Permission("iam:GetUser", "arn:{partition}:iam::{account}:user/{user_name}")
    named = statements([user], places("123456789012", "us-east-1", {"user_name": "thief"}))
    unnamed = statements([user], places("123456789012", "us-east-1"))
    assert named[0]["Resource"] == ["arn:aws:iam::123456789012:user/thief"]
    assert unnamed[0]["Resource"] == ["arn:aws:iam::123456789012:user/*"]


def test_each_permission_stands_once() -> None:
    """Rooms that need the same are not counted twice in the rendered role."""
    found = observe.permissions()
    assert all(permission not in found[n + 1 :] for n, permission in enumerate(found))
