from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from tests.actions.acting import ACCOUNT

INCIDENT = "IR-20261122-0123456789"
SINCE = "2026-11-22T03:00:00Z"
TRUST = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.fixture
def iam() -> Any:
    """IAM with user alice and role builder, both in a path, and each with one policy of its own."""
    client = boto3.client("iam")
    work = document({"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"})
    client.create_user(UserName="alice", Path="/engineering/")
    client.put_user_policy(UserName="alice", PolicyName="work", PolicyDocument=work)
    client.create_role(RoleName="builder", Path="/ci/", AssumeRolePolicyDocument=document(TRUST))
    client.put_role_policy(RoleName="builder", PolicyName="work", PolicyDocument=work)
    return client


@pytest.fixture
def user_target(iam: Any) -> dict[str, str]:
    return {
        "account": ACCOUNT,
        "incident_id": INCIDENT,
        "user": "engineering/alice",
        "user_name": "alice",
        "user_id": iam.get_user(UserName="alice")["User"]["UserId"],
        "since": SINCE,
    }


@pytest.fixture
def session_target(iam: Any) -> dict[str, str]:
    return {
        "account": ACCOUNT,
        "incident_id": INCIDENT,
        "role": "ci/builder",
        "role_name": "builder",
        "role_id": iam.get_role(RoleName="builder")["Role"]["RoleId"],
        "session_name": "i-0123456789abcdef0",
        "since": SINCE,
    }
