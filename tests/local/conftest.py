"""One embedded AWS for all tests of this folder, with what most of them need in it."""

import io
import json
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws

ACCOUNT = "123456789012"
REGION = "us-east-1"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {
                "Service": [f"{name}.amazonaws.com" for name in ("lambda", "states", "events", "bedrock")],
            },
            "Action": "sts:AssumeRole",
        }
    ],
}


@pytest.fixture(scope="session")
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def make_role(aws: EmbeddedAws, name: str, *actions: str) -> str:
    """A role that AWS services may assume, allowed these actions on everything."""
    iam = aws.client("iam")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    if actions:
        iam.put_role_policy(RoleName=name, PolicyName="allowed", PolicyDocument=json.dumps(policy))
    return str(arn)


@pytest.fixture(scope="session")
def role(aws: EmbeddedAws) -> str:
    """A role that may do everything."""
    return make_role(aws, "everything", "*")


def zipped(source: str) -> bytes:
    """A function's code: one file, app.py. Without the time of now, equal sources are equal code."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr(zipfile.ZipInfo("app.py"), source)
    return archive.getvalue()


@pytest.fixture(scope="session")
def function(aws: EmbeddedAws, role: str) -> Callable[..., str]:
    """Make a function from source code. Returns its ARN."""

    def make(source: str, **properties: Any) -> str:
        wanted = {"FunctionName": f"f-{uuid.uuid4().hex[:8]}", "Role": role, "Timeout": 10, **properties}
        made = aws.client("lambda").create_function(
            Runtime="python3.13", Handler="app.handler", Code={"ZipFile": zipped(source)}, **wanted
        )
        return str(made["FunctionArn"])

    return make


def eventually(look: Callable[[], Any], seconds: float = 8.0) -> Any:
    """The first answer of `look` that is not empty. Fails if there is none in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"nothing after {seconds} s")


@dataclass
class Queue:
    """A queue of its own for one test."""

    sqs: Any
    url: str
    arn: str

    def messages(self) -> list[dict[str, Any]]:
        """What has come in until now, removed from the queue."""
        answer = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], WaitTimeSeconds=0
        )
        found: list[dict[str, Any]] = answer.get("Messages", [])
        for message in found:
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def first(self, seconds: float = 8.0) -> dict[str, Any]:
        found: dict[str, Any] = eventually(self.messages, seconds)[0]
        return found


@pytest.fixture
def queue(aws: EmbeddedAws) -> Callable[..., Queue]:
    """Make a queue to which EventBridge may send, unless `open_to_events` is False."""

    def make(open_to_events: bool = True) -> Queue:
        sqs, name = aws.client("sqs"), f"q-{uuid.uuid4().hex[:8]}"
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
        }
        policy = {"Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})} if open_to_events else {}
        return Queue(sqs, sqs.create_queue(QueueName=name, Attributes=policy)["QueueUrl"], arn)

    return make
