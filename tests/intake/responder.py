"""The responder's own account in this process: table, bucket, queue, key and machines, and an attacked account."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deploy.local import services
from deploy.local.services import guardduty
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client

Json = dict[str, Any]

ACCOUNT, REGION = "123456789012", "us-east-1"
"""moto's own account: responder and attacked account are one here."""
DETECTOR = "12abc34d567e8fa901bc2d34e56789f0"
BUCKET, LEDGER = "evidence", "ledger"
_answers: dict[str, Any] = {}
MEMBER_TRUST = {"Version": "2012-10-17", "Statement": []}


@contextmanager
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "made-up")
    for name, value in _environment().items():
        monkeypatch.setenv(name, value)
    services.install()
    with mock_aws():
        # moto gives each test a boto3 session of its own, which would read every service model again.
        boto3.DEFAULT_SESSION = _session()
        _answering("before-call.bedrock.ListGuardrails", lambda **_: (_Http(), {"guardrails": []}))
        _made(monkeypatch)
        yield Ledger()
        while _answers:
            _session().events.unregister(*_answers.popitem())


def _environment() -> dict[str, str]:
    machine = f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:"
    return {
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "PREFIX": "responder",
        "BASELINE_ACCOUNTS": "",
        "BASELINE_REGIONS": "",
        "SECURITY_CONTACT": "",
        "LEDGER_TABLE": LEDGER,
        "EVIDENCE_BUCKET": BUCKET,
        "RESPONSE_MACHINE": machine + "BedrockResponse",
        "UNDO_MACHINE": machine + "UndoResponse",
        "FIRST_SECONDS": "600",
        "SECOND_SECONDS": "300",
        "MEMBER_ACCOUNTS": ACCOUNT,
        "FINDINGS_FROM": f"{ACCOUNT},",
        "PROTECTED_PRINCIPALS": "",
        "MAX_AUTOMATIC_PER_HOUR": "1000",
        "QUERY_WORKGROUP": "",
        "QUERY_DATABASE": "",
        "QUERY_TABLES": "",
        "POWERTOOLS_SERVICE_NAME": "intake",
        "POWERTOOLS_METRICS_NAMESPACE": "genai-responder",
    }


def _made(monkeypatch: pytest.MonkeyPatch) -> None:
    own_client("s3").create_bucket(Bucket=BUCKET, ObjectLockEnabledForBucket=True)
    retention = {"Mode": "GOVERNANCE", "Days": 1}
    own_client("s3").put_object_lock_configuration(
        Bucket=BUCKET, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": retention}}
    )
    own_client("dynamodb").create_table(
        TableName=LEDGER,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    queue = own_client("sqs").create_queue(QueueName="dead-letters")["QueueUrl"]
    monkeypatch.setenv("DEAD_LETTER_QUEUE", queue)
    key = own_client("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["KeyId"]
    monkeypatch.setenv("BASELINE_KEY", key)
    role = own_client("iam").create_role(RoleName="machines", AssumeRolePolicyDocument=json.dumps(MEMBER_TRUST))
    waiting = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 1, "End": True}}}
    for name in ("BedrockResponse", "UndoResponse"):
        own_client("stepfunctions").create_state_machine(
            name=name, definition=json.dumps(waiting), roleArn=role["Role"]["Arn"]
        )


def executions(machine: str = "RESPONSE_MACHINE") -> list[str]:
    found = own_client("stepfunctions").list_executions(stateMachineArn=os.environ[machine])["executions"]
    return sorted(execution["name"] for execution in found)


def dead_letters() -> list[tuple[str, dict[str, str]]]:
    """(body, attributes) of each message in the dead-letter queue."""
    answer = own_client("sqs").receive_message(
        QueueUrl=os.environ["DEAD_LETTER_QUEUE"], MaxNumberOfMessages=10, MessageAttributeNames=["All"]
    )
    messages = answer.get("Messages", [])
    return [(m["Body"], {k: v["StringValue"] for k, v in m["MessageAttributes"].items()}) for m in messages]


def finding(kind: str = "DefenseEvasion:IAMUser/BedrockLoggingDisabled", **changes: Any) -> Json:
    """An EventBridge event of a finding about user thief's key. `changes` are to its detail."""
    detail = {
        "schemaVersion": "2.0",
        "accountId": ACCOUNT,
        "region": REGION,
        "partition": "aws",
        "id": "16afba5c5c43e07c9e3e5e2e544e95df",
        "arn": f"arn:aws:guardduty:{REGION}:{ACCOUNT}:detector/{DETECTOR}/finding/16afba5c5c43e07c9e3e5e2e544e95df",
        "type": kind,
        "severity": 5,
        "title": "Bedrock logging was disabled",
        "description": "User thief disabled logging.",
        "createdAt": "2026-11-20T08:00:00.000Z",
        "updatedAt": "2026-11-20T08:00:00.000Z",
        "service": {
            "serviceName": "guardduty",
            "detectorId": DETECTOR,
            "count": 1,
            "archived": False,
            "eventFirstSeen": "2026-11-20T07:50:00Z",
            "eventLastSeen": "2026-11-20T07:55:00Z",
            "additionalInfo": {"value": "{}", "type": "default"},
        },
        "resource": {
            "resourceType": "AccessKey",
            "accessKeyDetails": {
                "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                "principalId": "AIDACKCEVSQ6C2EXAMPLE",
                "userName": "thief",
                "userType": "IAMUser",
            },
        },
        **changes,
    }
    return {
        "version": "0",
        "id": "a1b2c3d4-0000-4000-8000-000000000001",
        "detail-type": "GuardDuty Finding",
        "source": "aws.guardduty",
        "account": ACCOUNT,
        "time": "2026-11-20T08:01:00Z",
        "region": REGION,
        "resources": [],
        "detail": detail,
    }


def known_to_guardduty(event: Json, **changes: Any) -> None:
    guardduty.remember({**event["detail"], **changes}, ACCOUNT, REGION)


def cloudtrail(events: list[Json], pages: int = 1) -> list[Json]:
    """CloudTrail answers every look-up with these records, on so many pages. Returns the list of what is asked."""
    asked: list[Json] = []

    def answer(params: Json, **_: Any) -> tuple[Any, Json]:
        asked.append(json.loads(params["body"]))
        number = int(asked[-1].get("NextToken", "1"))
        at = datetime(2026, 11, 20, 7, 50, tzinfo=UTC) - timedelta(seconds=number)
        found = [{"EventId": e.get("eventID"), "EventTime": at, "CloudTrailEvent": json.dumps(e)} for e in events]
        token = {"NextToken": str(number + 1)} if number < pages else {}
        return _Http(), {"Events": found, **token, "ResponseMetadata": {"HTTPStatusCode": 200}}

    _answering("before-call.cloudtrail.LookupEvents", answer)
    return asked


def event_history(ids: list[str], per_second: int) -> list[str]:
    """CloudTrail has these events, newest first, so many in each second, and answers look-ups by time and token."""
    newest = datetime(2026, 11, 20, 7, 59, tzinfo=UTC)
    kept = [(newest - timedelta(seconds=n // per_second), event_id) for n, event_id in enumerate(ids)]

    def answer(params: Json, **_: Any) -> tuple[Any, Json]:
        asked = json.loads(params["body"])
        end = datetime.fromtimestamp(asked["EndTime"], UTC)
        fitting = [event for event in kept if event[0] <= end]
        start = int(asked.get("NextToken", "0"))
        page = fitting[start : start + 50]
        token = {"NextToken": str(start + 50)} if start + 50 < len(fitting) else {}
        found = [{"EventId": i, "EventTime": at, "CloudTrailEvent": json.dumps({"eventID": i})} for at, i in page]
        return _Http(), {"Events": found, **token, "ResponseMetadata": {"HTTPStatusCode": 200}}

    _answering("before-call.cloudtrail.LookupEvents", answer)
    return ids


def refusing(service: str, operation: str, code: str = "AccessDeniedException") -> None:
    """This API answers with an error from now on."""

    def answer(**_: Any) -> tuple[Any, Json]:
        return _Http(403), {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": 403}}

    _answering(f"before-call.{service}.{operation}", answer)


def _answering(event: str, answer: Any) -> None:
    """Clients that are made from now on, until the end of this test, are answered so."""
    if event in _answers:
        _session().events.unregister(event, _answers[event])
    _answers[event] = answer
    _session().events.register(event, answer)


@cache
def _session() -> Any:
    return boto3.Session()


class _Http:
    """What botocore looks at of a response that it did not send for."""

    def __init__(self, status_code: int = 200) -> None:
        self.status_code = status_code
        self.headers: dict[str, str] = {}
