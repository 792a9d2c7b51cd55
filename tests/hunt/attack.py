"""A made-up attack, told short: a stolen key of a build user ends in a Bedrock API key and a bill.

Two thirds of the model calls have their record in the invocation log: the others fell in the time when it was off.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from hunt.detecting import detect
from hunt.stories import told
from hunt.story import tell
from hunt.tables import of_records

Json = dict[str, Any]
ACCOUNT = "111122223333"
MINUTE, HOUR = 60, 3600
SONNET, LLAMA = "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "meta.llama3-3-70b-instruct-v1:0"
UNKNOWN = "acme.frontier-9-v1:0"
THIEF_KEY, ROLE_KEY, PHANTOM_KEY = "AKIAIOSFODNN7EXAMPLE", "ASIAI44QH8DHBEXAMPLE", "AKIAI44QH8DHBEXAMPLE"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/ml/ml-admin"
THIEF = {
    "user": "build-agent",
    "key": THIEF_KEY,
    "sourceIPAddress": "203.0.113.77",
    "userAgent": "python-requests/2.31",
}
ADMIN = {"user": "ops-admin", "key": "AKIAEXAMPLEOPSADMIN1", "sourceIPAddress": "192.0.2.10"}
PHANTOM = f"arn:aws:iam::{ACCOUNT}:user/BedrockAPIKey-x7k2"
WEB = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/web"
SESSION = {
    "type": "AssumedRole",
    "principalId": "AROAEXAMPLEROLEID0001:x",
    "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/ml-admin/x",
    "accountId": ACCOUNT,
    "accessKeyId": ROLE_KEY,
    "sessionContext": {
        "attributes": {"mfaAuthenticated": "false", "creationDate": "2026-03-02T10:30:00Z"},
        "sessionIssuer": {
            "type": "Role",
            "principalId": "AROAEXAMPLEROLEID0001",
            "arn": ROLE,
            "accountId": ACCOUNT,
            "userName": "ml-admin",
        },
    },
}
STOLEN = {"userIdentity": SESSION, "sourceIPAddress": "203.0.113.77", "userAgent": "Boto3/1.44.5"}


def model_calls(first: int, number: int, region: str, at: int, every: int, logged: bool) -> list[Json]:
    """`number` invocations by the stolen session, with their records in the invocation log or without."""
    calls = []
    for index in range(number):
        request_id, moment = f"r-{first + index}", at + index * every
        made = {"awsRegion": region, "requestID": request_id, "at": moment, "request": {"modelId": SONNET}}
        calls.append({**STOLEN, "eventName": "ConverseStream", "readOnly": True, **made})
        if logged:
            calls.append({"operation": "ConverseStream", "requestId": request_id, "region": region, "modelId": SONNET,
                          "identity": {"arn": SESSION["arn"]}, "accountId": ACCOUNT, "at": moment,
                          "tokens": [1000, 2000]})  # fmt: skip
    return calls


def phantom_calls(number: int, at: int) -> list[Json]:
    """Calls with the Bedrock API key, each in both logs, to a model of which no price is known."""
    user = {"user": "BedrockAPIKey-x7k2", "key": PHANTOM_KEY, "sourceIPAddress": "203.0.113.78"}
    bearer = {"additionalEventData": {"callWithBearerToken": True}, "request": {"modelId": UNKNOWN}}
    calls = []
    for index in range(number):
        calls.append({**user, **bearer, "eventName": "Converse", "at": at + index, "requestID": f"p-{index}"})
        calls.append({"operation": "Converse", "modelId": UNKNOWN, "identity": {"arn": PHANTOM}, "at": at + index,
                      "requestId": f"p-{index}", "tokens": [500, 700]})  # fmt: skip
    return calls


ATTACK: list[Json] = [
    {**THIEF, "eventSource": "sts", "eventName": "GetCallerIdentity", "readOnly": True},
    {**THIEF, "eventName": "ListFoundationModels", "readOnly": True, "at": 60},
    {**THIEF, "eventName": "GetModelInvocationLoggingConfiguration", "readOnly": True, "at": 75},
    {**THIEF, "eventName": "InvokeModel", "errorCode": "AccessDenied", "at": 120, "times": 6, "every": 7,
     "request": {"modelId": LLAMA}},
    {**THIEF, "eventName": "InvokeModel", "errorCode": "ValidationException", "at": 200, "times": 5, "every": 9,
     "request": {"modelId": LLAMA}},
    {**THIEF, "eventSource": "sts", "eventName": "AssumeRole", "at": 30 * MINUTE,
     "request": {"roleArn": ROLE, "roleSessionName": "x"},
     "responseElements": {"credentials": {"accessKeyId": ROLE_KEY}}},
    {**STOLEN, "eventName": "PutUseCaseForModelAccess", "at": 32 * MINUTE},
    {**STOLEN, "eventName": "CreateFoundationModelAgreement", "at": 33 * MINUTE, "request": {"modelId": SONNET}},
    {**STOLEN, "eventName": "PutFoundationModelEntitlement", "at": 34 * MINUTE, "request": {"modelId": SONNET}},
    *model_calls(0, 60, "us-east-1", 40 * MINUTE, 20, logged=True),
    {**STOLEN, "eventName": "DeleteModelInvocationLoggingConfiguration", "at": 62 * MINUTE},
    *model_calls(60, 45, "us-east-1", 63 * MINUTE, 60, logged=False),
    *model_calls(105, 30, "us-west-2", 110 * MINUTE, 90, logged=True),
    {**STOLEN, "eventName": "UpdateGuardrail", "at": 130 * MINUTE, "request": {"guardrailIdentifier": "gr-7f2k1"}},
    {**STOLEN, "eventSource": "iam", "eventName": "CreateUser", "at": 3 * HOUR,
     "request": {"userName": "BedrockAPIKey-x7k2"},
     "responseElements": {"user": {"arn": PHANTOM}}},
    {**STOLEN, "eventSource": "iam", "eventName": "CreateServiceSpecificCredential", "at": 3 * HOUR + 20,
     "request": {"userName": "BedrockAPIKey-x7k2", "serviceName": "bedrock.amazonaws.com"}},
    {**STOLEN, "eventSource": "iam", "eventName": "CreateAccessKey", "at": 3 * HOUR + 40,
     "request": {"userName": "BedrockAPIKey-x7k2"}, "responseElements": {"accessKey": {"accessKeyId": PHANTOM_KEY}}},
    {"user": "BedrockAPIKey-x7k2", "key": PHANTOM_KEY, "sourceIPAddress": "203.0.113.78", "eventSource": "s3",
     "eventName": "ListBuckets", "at": 4 * HOUR, "readOnly": True},
    *phantom_calls(4, 4 * HOUR + 300),
    {"operation": "Converse", "modelId": "amazon.nova-lite-v1:0", "identity": {"arn": WEB},
     "at": 5 * MINUTE, "times": 20, "every": 400, "tokens": [200, 100]},
    {**ADMIN, "eventName": "PutModelInvocationLoggingConfiguration", "at": 5 * HOUR,
     "request": {"loggingConfig": {"textDataDeliveryEnabled": True}}},
]  # fmt: skip


@cache
def story() -> Json:
    """The whole story of the attack, told once."""
    made = logs(*attack())
    return tell(made, detect(made.connection), ["logs/"])


def attack() -> tuple[list[Json], list[Json]]:
    """CloudTrail's records and the invocation log's."""
    return told(ATTACK)


def logs(
    cloudtrail: Sequence[Json] = (), invocations: Sequence[Json] = (), conversations: Sequence[Json] = (), **facts: Any
) -> Any:
    """What hunt.reading gives, of records in memory that all are relevant."""
    flat = ("requestParameters", "responseElements", "additionalEventData")
    records = [{**record, **{name: _text(record.get(name)) for name in flat}} for record in cloudtrail]
    times = sorted([*(record["eventTime"] for record in records), *(record["timestamp"] for record in invocations)])
    counted = len(records) + len(invocations)
    seen: Json = {"event_sources": {}, "regions": {}, "accounts": {}, "categories": {}, "hours": {}}
    for record in records:
        for name, key in (("event_sources", "eventSource"), ("regions", "awsRegion"), ("categories", "eventCategory")):
            seen[name][record.get(key)] = seen[name].get(record.get(key), 0) + 1
    seen["hours"] = {time[:13]: 1 for time in times}
    made = {
        "connection": of_records(records, invocations, conversations),
        "records": {"read": counted, "relevant": counted, "duplicates": 0, "malformed": 0},
        "malformed": [],
        "skipped_files": [],
        "files": 1,
        "first": times[0] if times else None,
        "last": times[-1] if times else None,
        "seen": seen,
    }
    return SimpleNamespace(**{**made, **facts})


def _text(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value
