"""What the containing actions do to a thief, as the embedded IAM judges the thief's next call."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.iam.models import iam_backends

from deploy.local import iam
from lambdas.core.action import load
from lambdas.core.session import Session
from tests.local.aws_server import ACCOUNT, Aws, allow, document, serving, trusting

Json = dict[str, Any]
INCIDENT = "IR-20261122-0123456789"
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
EXPLICITLY = "explicit deny in an identity-based policy"


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with serving() as running:
        yield running


class Contained:
    """An action, carried out and taken back on the server by whoever runs it."""

    def __init__(self, action_id: str, target: Json, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        self.module, self.target = load(action_id), target
        keys = {"aws_access_key_id": iam.OPERATOR, "aws_secret_access_key": "none"}
        self.session = Session(ACCOUNT, "us-east-1", keys)
        self.before = self.module.read(self.session, target)

    def perform(self) -> None:
        self.module.perform(self.session, self.target, self.before)

    def undo(self) -> None:
        self.module.undo(self.session, self.target, self.before)


def refusal(call: Any) -> str:
    """The message with which a call is refused; an empty string if it is not."""
    try:
        call()
    except ClientError as error:
        return str(error.response["Error"]["Message"])
    return ""


def about_user(aws: Aws, name: str) -> Json:
    user_id = aws.client("iam").get_user(UserName=name)["User"]["UserId"]
    names = {"account": ACCOUNT, "user": name, "user_name": name, "user_id": user_id}
    return {**names, "incident_id": INCIDENT, "since": "2026-01-02T03:00:00Z"}


def as_arguments(answer: Json) -> dict[str, str]:
    names = {"aws_access_key_id": "AccessKeyId", "aws_secret_access_key": "SecretAccessKey"}
    return {
        **{ours: answer[theirs] for ours, theirs in names.items()},
        "aws_session_token": answer["SessionToken"],
    }


def issued(keys: dict[str, str], later: timedelta) -> None:
    """Let the session have been issued at another time than it was."""
    key = iam_backends[ACCOUNT]["aws"].access_keys[keys["aws_access_key_id"]]
    key.session = dataclasses.replace(key.session, issued=key.session.issued + later)


def test_a_quarantined_user_calls_no_model_with_any_credential_and_works_on(aws, monkeypatch):
    """The key, another key and a session from before are all denied; other work goes on; undo ends it."""
    thief = aws.user("quarantined", allow("*"))
    other = aws.client("iam").create_access_key(UserName="quarantined")["AccessKey"]
    second = {"aws_access_key_id": other["AccessKeyId"], "aws_secret_access_key": other["SecretAccessKey"]}
    session = as_arguments(aws.client("sts", thief).get_session_token()["Credentials"])
    everything = (thief, second, session)
    step = Contained("iam.quarantine_user", about_user(aws, "quarantined"), aws.endpoint, monkeypatch)
    step.perform()
    for keys in everything:
        assert EXPLICITLY in refusal(aws.client("bedrock", keys).list_foundation_models)
        assert EXPLICITLY in refusal(
            lambda keys=keys: aws.client("iam", keys).create_access_key(UserName="quarantined")
        )
        assert refusal(aws.client("s3", keys).list_buckets) == ""
    step.undo()
    assert [refusal(aws.client("bedrock", keys).list_foundation_models) for keys in everything] == [""] * 3


def test_a_quarantined_user_cannot_free_themselves(aws, monkeypatch):
    """Neither by removing the policy, nor by attaching another, nor by a new session or role."""
    thief = aws.user("locked-in", allow("*"))
    role = aws.role("way-out", [trusting(ROOT)], allow("*"))
    step = Contained("iam.quarantine_user", about_user(aws, "locked-in"), aws.endpoint, monkeypatch)
    step.perform()
    client, sts = aws.client("iam", thief), aws.client("sts", thief)
    named = {"UserName": "locked-in", "PolicyName": f"IR-Quarantine-{INCIDENT}"}
    assert EXPLICITLY in refusal(lambda: client.delete_user_policy(**named))
    assert EXPLICITLY in refusal(lambda: client.put_user_policy(**named, PolicyDocument=document(allow("*"))))
    assert EXPLICITLY in refusal(lambda: sts.assume_role(RoleArn=role, RoleSessionName="out"))
    assert EXPLICITLY in refusal(sts.get_session_token)


def test_sessions_of_a_user_are_revoked_and_later_ones_and_keys_are_not(aws, monkeypatch):
    """By time of issue: what was got until now is denied everything, what is got later works, and so does the key."""
    owner = aws.user("revoked-user", allow("*"))
    sts = aws.client("sts", owner)
    old = as_arguments(sts.get_session_token()["Credentials"])
    federated = sts.get_federation_token(Name="helper", Policy=document(allow("*")))["Credentials"]
    step = Contained("iam.revoke_user_sessions", about_user(aws, "revoked-user"), aws.endpoint, monkeypatch)
    assert [refusal(aws.client("s3", keys).list_buckets) for keys in (old, as_arguments(federated))] == ["", ""]
    step.perform()
    new = as_arguments(sts.get_session_token()["Credentials"])
    issued(new, timedelta(seconds=31))
    for keys in (old, as_arguments(federated)):
        assert EXPLICITLY in refusal(aws.client("s3", keys).list_buckets)
    assert [refusal(aws.client("s3", keys).list_buckets) for keys in (new, owner)] == ["", ""]
    step.undo()
    assert refusal(aws.client("s3", old).list_buckets) == ""


def test_a_session_outlives_its_key_until_it_is_revoked(aws, monkeypatch):
    """Why there is the step at all: the key is Inactive, and what was got with it goes on."""
    thief = aws.user("outlived", allow("*"))
    session = as_arguments(aws.client("sts", thief).get_session_token()["Credentials"])
    key_id = thief["aws_access_key_id"]
    aws.client("iam").update_access_key(UserName="outlived", AccessKeyId=key_id, Status="Inactive")
    assert refusal(aws.client("bedrock", session).list_foundation_models) == ""
    Contained("iam.revoke_user_sessions", about_user(aws, "outlived"), aws.endpoint, monkeypatch).perform()
    assert EXPLICITLY in refusal(aws.client("bedrock", session).list_foundation_models)


def test_one_session_of_a_role_is_denied_and_the_others_go_on(aws, monkeypatch):
    """By name of the session and time of issue: another session goes on, and so do new credentials of the same name."""
    owner = aws.user("role-user", allow("sts:*"))
    role = aws.role("shared", [trusting(ROOT)], allow("*"))
    stolen, fresh, other = (aws.assumed(role, owner, name) for name in ("i-stolen", "i-stolen", "i-other"))
    role_id = aws.client("iam").get_role(RoleName="shared")["Role"]["RoleId"]
    names = {"account": ACCOUNT, "role": "shared", "role_name": "shared", "role_id": role_id}
    target = {**names, "session_name": "i-stolen", "incident_id": INCIDENT, "since": "2026-01-02T03:00:00Z"}
    step = Contained("iam.quarantine_role_session", target, aws.endpoint, monkeypatch)
    step.perform()
    issued(fresh, timedelta(seconds=31))
    assert EXPLICITLY in refusal(aws.client("s3", stolen).list_buckets)
    assert [refusal(aws.client("s3", keys).list_buckets) for keys in (other, fresh)] == ["", ""]
    step.undo()
    assert refusal(aws.client("s3", stolen).list_buckets) == ""
