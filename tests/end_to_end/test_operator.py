"""What an IR lead may do who has nothing but the template's OperatorPolicy: all that the command does, and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.deployment import Deployment, publish
from deploy import translate
from tests.end_to_end.scene import Scene

ROOT = Path(__file__).parents[2]
LEAD = "lead@example.com"
NOT_CHECKED_HERE = {
    "cloudformation:DescribeStacks": "the stand-in has no stack",
    "s3:GetObjectRetention": "not an operation of its own: HeadObject shows the retention to who has it",
}
"""Granted, and not seen here, with the reason."""


@dataclass(frozen=True)
class Operator:
    """An IAM user with the policy and nothing else, and their terminal."""

    scene: Scene
    arn: str
    folder: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def does(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def decisions(self) -> list[dict[str, Any]]:
        return [d for d in self.scene.aws.decisions() if d["principal"] == self.arn]


@pytest.fixture
def operator(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    aws, name = scene.aws, f"operator-{scene.name}"
    arn = scene.iam.create_user(UserName=name)["User"]["Arn"]
    scene.iam.attach_user_policy(UserName=name, PolicyArn=aws.outputs["OperatorPolicy"])
    key = scene.iam.create_access_key(UserName=name)["AccessKey"]
    credentials = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    publish(Deployment("the test's", aws.outputs, aws.region, aws.endpoint, aws.pages_url, credentials, os.getpid()))
    yield Operator(scene, arn, tmp_path)
    scene.aws.client("ssm").put_parameter(Name=aws.outputs["PauseParameter"], Value="running", Overwrite=True)


def test_the_policy_is_what_the_command_needs(operator: Operator) -> None:
    """Each command works with it, nothing is denied, and every action that it grants is used by one of them."""
    scene = operator.scene
    scene.keep_logs()
    kept_trail(operator)
    incident_id = started(operator)
    scene.ended(incident_id)
    operator.does("status")
    operator.does("status", incident_id)
    operator.does("approvals", incident_id)
    operator.does("evidence", "list", incident_id)
    operator.does("evidence", "verify", incident_id)
    operator.does("report", incident_id, "-o", str(operator.folder))
    operator.does("baseline", "show", "--region", scene.aws.region)
    operator.does("pause", "A test of the switch", "--as", LEAD)
    operator.does("unpause")
    assert "operator-trail" in operator.does("events", "--not-logged")
    assert "Nothing is left" in operator.run("resume", incident_id, "--as", LEAD).stdout
    operator.does("undo", incident_id, "--as", LEAD, "--reason", "It was a test", "--yes")
    decisions = operator.decisions()
    assert not [d for d in decisions if not d["allowed"]]
    assert {d["action"] for d in decisions} == granted() - set(NOT_CHECKED_HERE)


def test_the_policy_decides_nothing(operator: Operator) -> None:
    """With it nobody can approve, answer for approvers, act in an account, or alter what is on record."""
    aws = operator.scene.aws
    key = operator.scene.iam.create_access_key(UserName=operator.arn.rsplit("/", 1)[-1])["AccessKey"]
    own = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    table = {"TableName": aws.outputs["ApprovalsTable"], "Key": {"pk": {"S": "gate#x"}}}
    forbidden: list[tuple[str, str, dict[str, Any]]] = [
        ("stepfunctions", "send_task_success", {"taskToken": "x", "output": "{}"}),
        ("stepfunctions", "start_execution", {"stateMachineArn": aws.outputs["BedrockResponse"], "input": "{}"}),
        ("dynamodb", "update_item", table),
        ("s3", "put_object", {"Bucket": aws.outputs["EvidenceBucket"], "Key": "incidents/x", "Body": b""}),
        ("sts", "assume_role", {"RoleArn": f"{role(operator.arn)}/responder-contain", "RoleSessionName": "me"}),
        ("lambda", "invoke", {"FunctionName": aws.outputs["ContainFunction"], "Payload": b"{}"}),
        ("kms", "generate_mac", {"KeyId": aws.outputs["LinkKey"], "Message": b"x", "MacAlgorithm": "HMAC_SHA_256"}),
    ]
    for service, operation, arguments in forbidden:
        client = aws.client(service, credentials=own)
        with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
            getattr(client, operation)(**arguments)


def kept_trail(operator: Operator) -> None:
    """A trail that logs: without one there is nothing to ask CloudTrail about."""
    aws, bucket = operator.scene.aws, f"trail-{operator.scene.name}"
    aws.client("s3").create_bucket(Bucket=bucket)
    aws.client("cloudtrail").create_trail(Name="operator-trail", S3BucketName=bucket)
    aws.client("cloudtrail").start_logging(Name="operator-trail")


def started(operator: Operator) -> str:
    scene = operator.scene
    account, region = operator.arn.split(":")[4], scene.aws.region
    told = operator.does(
        "start", "bedrock", "--account", account, "--region", region, "--principal", scene.key_id,
        "--reason", "The bill of last night", "--as", LEAD, "--json",
    )  # fmt: skip
    return str(json.loads(told)["incident_id"])


def role(arn: str) -> str:
    return arn.split(":user/")[0] + ":role"


def granted() -> set[str]:
    """The actions that the template's policy allows."""
    document = translate.load()["Resources"]["OperatorPolicy"]["Properties"]["PolicyDocument"]
    allowed = (statement["Action"] for statement in document["Statement"])
    return {action for some in allowed for action in ([some] if isinstance(some, str) else some)}
