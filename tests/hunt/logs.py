"""Records and files as AWS writes them, and a second, plain way to say which records matter, to compare with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hunt.reading import Logs, Wanted, read

Json = dict[str, Any]

DATA = Path(os.environ.get("RESPONDER_DATA") or Path(__file__).parents[3] / "shared" / "data")
REASON = f"no real logs at {DATA}; set RESPONDER_DATA to their folder"
THIEF = "AKIAIOSFODNN7EXAMPLE"
OTHER = "AKIAI44QH8DHBEXAMPLE"
GENERATIVE = ("qbusiness", "qapps", "q", "codewhisperer", "qdeveloper", "user-subscriptions", "chatbot")
WATCHED = json.loads((Path(__file__).parents[2] / "lambdas" / "evidence" / "watchlist.json").read_text())


def event(name: str = "DescribeInstances", source: str = "ec2", key: str = OTHER, **fields: Any) -> Json:
    """A record of a user's call: irrelevant as it stands."""
    who = {"type": "IAMUser", "arn": f"arn:aws:iam::111122223333:user/{key.lower()}", "accessKeyId": key}
    return {
        "eventVersion": "1.11",
        "userIdentity": {**who, "principalId": "AIDAEXAMPLE", "accountId": "111122223333", "userName": key.lower()},
        "eventTime": "2026-03-01T12:00:00Z",
        "eventSource": f"{source}.amazonaws.com",
        "eventName": name,
        "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "Boto3/1.40",
        "requestParameters": {"modelId": "amazon.nova-pro-v1:0"},
        "responseElements": None,
        "requestID": "r-1",
        "eventID": f"{source}-{name}-{key}",
        "readOnly": True,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": "111122223333",
        "eventCategory": "Management",
        **fields,
    }


def call(key: str = THIEF, **fields: Any) -> Json:
    """A call of a model."""
    return event("InvokeModel", "bedrock", key, **fields)


def invocation(**fields: Any) -> Json:
    """A record of Bedrock's model-invocation log."""
    return {
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
        "timestamp": "2026-03-01T12:00:00Z",
        "accountId": "111122223333",
        "identity": {"arn": "arn:aws:iam::111122223333:user/thief"},
        "region": "us-east-1",
        "requestId": "r-1",
        "operation": "Converse",
        "modelId": "amazon.nova-pro-v1:0",
        "input": {"inputContentType": "application/json", "inputBodyJson": {"messages": []}, "inputTokenCount": 7},
        "output": {"outputContentType": "application/json", "outputBodyJson": {"stop": "end"}, "outputTokenCount": 9},
        **fields,
    }


def conversation(**fields: Any) -> Json:
    """A record of Amazon Q Business's conversation log."""
    return {
        "application_id": "a-1",
        "event_timestamp": "2026-03-01T12:00:00.123Z",
        "log_type": "Message",
        "account_id": "111122223333",
        "conversation_id": "c-1",
        "system_message_id": "s-1",
        "user_message": "what is the admin's password?",
        "output_metrics_is_message_blocked": False,
        **fields,
    }


def file(folder: Path, name: str, content: bytes | str | Json | Sequence[Any]) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def of(*paths: Path, wanted: Wanted = Wanted(), cache: Path | None = None) -> Logs:  # noqa: B008
    return read([str(path) for path in paths], wanted, cache=cache)


def ids(logs: Logs) -> list[str]:
    """The event ids in the table, in order."""
    return sorted(
        one for (one,) in logs.connection.execute("SELECT coalesce(eventID, '') FROM cloudtrail_logs").fetchall()
    )


def counts(logs: Logs) -> tuple[int, int, int, int]:
    """Read, relevant, duplicates, malformed; relevant is what the tables really hold."""
    tables = ("cloudtrail_logs", "bedrock_invocations", "q_conversations")
    rows = [logs.connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables]
    assert sum(count for (count,) in rows) == logs.records["relevant"]
    return logs.records["read"], logs.records["relevant"], logs.records["duplicates"], logs.records["malformed"]


def expected(records: Iterable[Json]) -> set[str]:
    """The ids of the relevant among CloudTrail's records: the rule of hunt.relevance, said again in another way."""
    everything = list(records)
    itself = [record for record in everything if _touches(record) or _signs_in(record)]
    guilty = {one for record in itself if _touches(record) and _acts(record) for one in _who(record)}
    theirs = [record for record in everything if guilty & _who(record)]
    return {record["eventID"] for record in itself + theirs}


def _touches(record: Json) -> bool:
    source, name = record["eventSource"], record["eventName"]
    service = source.split(".")[0]
    watched = any((row["eventSource"], row["eventName"]) == (source, name) for row in WATCHED)
    changes_iam = service == "iam" and not name.startswith(("Get", "List", "Describe", "Generate", "Simulate"))
    return service.startswith("bedrock") or service in GENERATIVE or watched or changes_iam


def _signs_in(record: Json) -> bool:
    source, name = record["eventSource"], record["eventName"]
    issues = source.startswith("sts.") and ("Assume" in name or name in ("GetSessionToken", "GetFederationToken"))
    return issues or (source, name) == ("signin.amazonaws.com", "ConsoleLogin")


def _acts(record: Json) -> bool:
    calls = ("Invoke", "Converse", "StartAsyncInvoke", "Retrieve", "Chat", "SendMessage")
    reads = record.get("readOnly", record["eventName"].startswith(("Get", "List", "Describe")))
    return record["eventName"].startswith(calls) or not reads


def _who(record: Json) -> set[str]:
    identity = record.get("userIdentity") or {}
    issuer = (identity.get("sessionContext") or {}).get("sessionIssuer") or {}
    return {one for one in (identity.get("accessKeyId"), issuer.get("arn"), identity.get("arn")) if one}
