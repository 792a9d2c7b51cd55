"""The records of a story in a detection's declaration, told short there and whole here.

A short record says only what matters: its fields are AWS's own, and what it leaves out comes from a standard record of
a stolen long-term key. A source may leave out `.amazonaws.com`. Besides AWS's fields a record may say

    at, times, every   seconds after the story begins; how often the record comes; seconds between two of them
    user, role, root   who called: a user's name (with `key`), a role's name (with its session's key), or the root user
    invokedBy          the service that called in their name
    request            the requestParameters
    prompt, answer     the text in an invocation log's record, which a record is that has an `operation`
    tokens             [input, output] of such a record
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
BEGIN = datetime(2026, 3, 2, 10, tzinfo=UTC)
ACCOUNT = "111122223333"
USER_KEY = "AKIAIOSFODNN7EXAMPLE"
SESSION_KEY = "ASIAIOSFODNN7EXAMPLE"
TELLING = {
    "at",
    "times",
    "every",
    "request",
    "invokedBy",
    "user",
    "role",
    "root",
    "key",
    "prompt",
    "answer",
    "tokens",
    "account",
}
CALL = {
    "eventVersion": "1.11",
    "eventSource": "bedrock.amazonaws.com",
    "awsRegion": "us-east-1",
    "sourceIPAddress": "198.51.100.23",
    "userAgent": "aws-cli/2.31.0",
    "eventType": "AwsApiCall",
    "eventCategory": "Management",
    "managementEvent": True,
}
INVOCATION = {
    "schemaType": "ModelInvocationLog",
    "schemaVersion": "1.0",
    "region": "us-east-1",
    "modelId": "anthropic.claude-3-haiku-20240307-v1:0",
}


def told(records: Iterable[Json], prefix: str = "event") -> tuple[list[Json], list[Json]]:
    """The whole records: CloudTrail's, then those of the invocation log. Ids begin with `prefix`, and are unique."""
    cloudtrail: list[Json] = []
    invocations: list[Json] = []
    for index, (record, moment) in enumerate(_repeated(records)):
        identity = f"{prefix}-{index:05d}"
        if "operation" in record:
            invocations.append(_invocation(record, moment, identity))
        else:
            cloudtrail.append(_call(record, moment, identity))
    return cloudtrail, invocations


def _repeated(records: Iterable[Json]) -> Iterator[tuple[Json, str]]:
    for record in records:
        for count in range(record.get("times", 1)):
            moment = BEGIN + timedelta(seconds=record.get("at", 0) + count * record.get("every", 1))
            yield record, f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _said(record: Mapping[str, Any]) -> Json:
    return {name: value for name, value in record.items() if name not in TELLING}


def _call(record: Json, moment: str, identity: str) -> Json:
    account = record.get("account", ACCOUNT)
    made = {"eventTime": moment, "eventID": identity, "requestID": f"request-{identity}", "recipientAccountId": account}
    caller = {**_caller(record, account), "invokedBy": record.get("invokedBy")}
    whole = {**CALL, **made, "userIdentity": caller, **_said(record)}
    source = whole["eventSource"] if "." in whole["eventSource"] else f"{whole['eventSource']}.amazonaws.com"
    return {**whole, "eventSource": source, "requestParameters": record.get("request")}


def _caller(record: Json, account: str) -> Json:
    if record.get("root"):
        return {"type": "Root", "principalId": account, "arn": f"arn:aws:iam::{account}:root", "accountId": account}
    return _session(record, account) if "role" in record else _user(record, account)


def _user(record: Json, account: str) -> Json:
    name = record.get("user", "mallory")
    return {
        "type": "IAMUser",
        "principalId": f"AIDA{name}",
        "arn": f"arn:aws:iam::{account}:user/{name}",
        "accountId": account,
        "accessKeyId": record.get("key", USER_KEY),
        "userName": name,
    }


def _session(record: Json, account: str) -> Json:
    role = record["role"]
    issuer = {"type": "Role", "arn": f"arn:aws:iam::{account}:role/{role}", "accountId": account, "userName": role}
    return {
        "type": "AssumedRole",
        "principalId": f"AROA{role}:session",
        "arn": f"arn:aws:sts::{account}:assumed-role/{role}/session",
        "accountId": account,
        "accessKeyId": record.get("key", SESSION_KEY),
        "sessionContext": {"sessionIssuer": issuer, "attributes": {"mfaAuthenticated": "false"}},
    }


def _invocation(record: Json, moment: str, identity: str) -> Json:
    account = record.get("account", ACCOUNT)
    caller = {"timestamp": moment, "accountId": account, "identity": {"arn": _caller(record, account)["arn"]}}
    bodies = {side: _body(side, record) for side in ("input", "output")}
    return {**INVOCATION, **caller, "requestId": f"request-{identity}", **bodies, **_said(record)}


def _body(side: str, record: Json) -> Json:
    text = record.get({"input": "prompt", "output": "answer"}[side], "Good morning.")
    tokens = record.get("tokens", [12, 34])[("input", "output").index(side)]
    message = {"role": {"input": "user", "output": "assistant"}[side], "content": [{"text": text}]}
    body = {"messages": [message]} if side == "input" else {"output": {"message": message}, "stopReason": "end_turn"}
    return {f"{side}ContentType": "application/json", f"{side}BodyJson": body, f"{side}TokenCount": tokens}
