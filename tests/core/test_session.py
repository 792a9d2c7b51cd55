"""Credentials for one call: the policy holds what was declared, on the target's own ARN, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.core.action import Permission
from lambdas.core.session import safe_name, statements

PLACES = {"partition": "aws", "account": "111122223333", "region": "us-east-1"}


def test_permissions_on_one_arn_become_one_statement() -> None:
    """Permissions that share a resource and a condition are grouped, each named once."""
    user = "arn:{partition}:iam::{account}:user/{user_name}"
    declared = (
        Permission("iam:ListAccessKeys", user),
        Permission("iam:UpdateAccessKey", user),
        Permission("iam:ListAccessKeys", user),
    )
    assert statements(declared, {**PLACES, "user_name": "build"}) == [
        {
            "Effect": "Allow",
            "Action": ["iam:ListAccessKeys", "iam:UpdateAccessKey"],
            "Resource": ["arn:aws:iam::111122223333:user/build"],
        }
    ]


def test_a_list_in_the_target_gives_one_arn_for_each_value() -> None:
    """A target with two buckets is allowed both buckets, and no third."""
    found = statements((Permission("s3:GetBucketPolicy", "{buckets}"),), {**PLACES, "buckets": ["b1", "b2"]})
    assert found[0]["Resource"] == ["b1", "b2"]


def test_a_condition_keeps_its_statement_apart() -> None:
    """A conditional permission never lends its condition to, nor loses it in, another statement."""
    condition = {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}}
    found = statements((Permission("iam:GetRole", "r"), Permission("iam:PassRole", "r", condition=condition)), PLACES)
    assert [statement.get("Condition") for statement in found] == [None, condition]


def test_a_field_that_the_target_lacks_is_an_error() -> None:
    """A template over a missing field is a fault of the declaration and never silently widens to everything."""
    with pytest.raises(KeyError):
        statements((Permission("iam:GetUser", "arn:aws:iam::{account}:user/{name}"),), PLACES)


@given(st.text())
def test_names_are_within_what_sts_allows(text: str) -> None:
    """Whatever an attacker calls a thing, a session name made of it has at most 64 allowed characters."""
    name = safe_name(text)
    assert len(name) <= 64
    assert all(c.isascii() and (c.isalnum() or c in "_+=,.@-") for c in name)
