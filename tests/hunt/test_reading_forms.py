"""Each form that logs come in gives the same records."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.hunt.logs import Json, call, conversation, counts, event, file, ids, invocation, of

CALL, OTHER = call(eventID="call"), event(eventID="other")
TEXTS = [json.dumps(one) for one in (CALL, OTHER)]
BACKSLASH = "\\"
FORMS: dict[str, str | Json | list[Any]] = {
    "a document": {"Records": [CALL, OTHER]},
    "a document laid out over lines": json.dumps({"Records": [CALL, OTHER]}, indent=2),
    "a list": [CALL, OTHER],
    "lines": "\n".join(TEXTS),
    "lines with CRLF and empty ones": "\r\n\r\n".join(TEXTS) + "\r\n",
    "one after the other": "".join(TEXTS),
    "EventBridge": "\n".join(
        json.dumps({"detail-type": "AWS API Call via CloudTrail", "source": "aws.bedrock", "detail": one})
        for one in (CALL, OTHER)
    ),
    "LookupEvents": {"Events": [{"EventId": "x", "CloudTrailEvent": text} for text in TEXTS], "NextToken": "n"},
    "Lake's eventJson": "\n".join(json.dumps({"eventJson": text}) for text in TEXTS),
    "a subscription of CloudWatch Logs": {
        "messageType": "DATA_MESSAGE",
        "logEvents": [{"id": "1", "timestamp": 1, "message": text} for text in TEXTS],
    },
    "messages": [{"timestamp": 1, "message": text, "ingestionTime": 2} for text in TEXTS],
    "Logs Insights": [{"@timestamp": "1", "@message": text} for text in TEXTS],
    "an export of CloudWatch Logs": "\n".join(f"2026-03-01T12:00:00.123Z {text}" for text in TEXTS),
    "tests": "\n".join(json.dumps({"_rule": "r", "event": one}) for one in (CALL, OTHER)),
    "a byte order mark": "\ufeff" + json.dumps({"Records": [CALL, OTHER]}),
    "documents on lines": "\n".join(json.dumps({"Records": [one]}) for one in (CALL, OTHER)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["log.json", "log.jsonl", "log.gz", "log", "log.txt"])
def test_each_form_is_read_whatever_its_name(form: str, name: str, tmp_path: Path) -> None:
    """Two records, the call of a model relevant; the name of the file says nothing."""
    logs = of(file(tmp_path, name, FORMS[form]))
    assert counts(logs) == (2, 1, 0, 0)
    assert ids(logs) == ["call"]
    parameters = logs.connection.execute("SELECT requestparameters, resources FROM cloudtrail_logs").fetchall()
    assert [(json.loads(text), one) for text, one in parameters] == [({"modelId": "amazon.nova-pro-v1:0"}, None)]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_read_compressed(form: str, tmp_path: Path) -> None:
    text = FORMS[form] if isinstance(FORMS[form], str) else json.dumps(FORMS[form])
    logs = of(file(tmp_path, "log.json", gzip.compress(text.encode())))  # type: ignore[union-attr]
    assert counts(logs) == (2, 1, 0, 0)


def test_one_record_is_a_document(tmp_path: Path) -> None:
    assert counts(of(file(tmp_path, "a.json", CALL))) == (1, 1, 0, 0)
    assert counts(of(file(tmp_path, "b.json", json.dumps(CALL, indent=4)))) == (1, 1, 0, 0)


def test_powershell_writes_utf_16(tmp_path: Path) -> None:
    assert counts(of(file(tmp_path, "a.json", json.dumps({"Records": [CALL]}).encode("utf-16")))) == (1, 1, 0, 0)


def test_members_of_gzip_follow_one_another(tmp_path: Path) -> None:
    """Firehose appends; the second member is not lost, not even where it is the same as the first."""
    members = [gzip.compress(f"{text}\n".encode()) for text in (*TEXTS, TEXTS[1])]
    assert counts(of(file(tmp_path, "a.gz", b"".join(members)))) == (3, 1, 0, 0)
    assert counts(of(file(tmp_path, "b.gz", members[0] * 2))) == (2, 1, 1, 0)
    assert counts(of(file(tmp_path, "c.gz", members[0] + b"\0" * 512))) == (1, 1, 0, 0)


def test_lake_spells_in_its_own_way(tmp_path: Path) -> None:
    """Lower case, a space in the time, objects in quotes, nulls, numbers as accounts: the record is the same."""
    lake = {
        "eventversion": "1.11",
        "useridentity": json.dumps({"type": "IAMUser", "accesskeyid": "AKIA", "sessioncontext": None}),
        "eventtime": "2026-03-01 12:00:00.000",
        "eventsource": "bedrock.amazonaws.com",
        "eventname": "InvokeModel",
        "recipientaccountid": 111122223333,
        "managementevent": "true",
        "readonly": "true",
        "resources": [{"accountid": "1", "type": "t", "ARN": "arn:x"}],
        "eventid": "e",
    }
    logs = of(file(tmp_path, "lake.json.gz", gzip.compress(json.dumps(lake).encode())))
    columns = "eventtime, useridentity.accesskeyid, account, managementevent, readonly, resources[1].arn, day"
    assert logs.connection.execute(f"SELECT {columns} FROM cloudtrail_logs").fetchall() == [
        ("2026-03-01T12:00:00Z", "AKIA", "111122223333", True, "true", "arn:x", "2026/03/01")
    ]


@pytest.mark.parametrize(
    "time",
    ["T12:00:00Z", "T12:00:00.1234567Z", "T12:00:00.123456789Z", " 12:00:00", " 12:00:00.123456789", "T13:00:00+01:00"],
)
def test_times_become_one_form(time: str, tmp_path: Path) -> None:
    logs = of(file(tmp_path, "a.json", {"Records": [call(eventTime=f"2026-03-01{time}")]}))
    assert logs.connection.execute("SELECT eventtime, day FROM cloudtrail_logs").fetchall() == [
        ("2026-03-01T12:00:00Z", "2026/03/01")
    ]
    assert (logs.first, logs.last) == ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z")
    assert logs.seen["hours"] == {"2026-03-01T12": 1}


@pytest.mark.parametrize("time", ["", "soon", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-01T25:00:00Z"])
def test_a_record_without_a_time_is_named(time: str, tmp_path: Path) -> None:
    """It has no place in a timeline: malformed, relevant or not, and the others stay."""
    logs = of(file(tmp_path, "a.json", {"Records": [call(), event(eventTime=time), call(eventTime=time)]}))
    assert counts(logs) == (3, 1, 0, 2)
    assert logs.malformed == [
        {"file": str(tmp_path / "a.json"), "record": record, "reason": "eventTime is not a time"} for record in (2, 3)
    ]


def test_services_stand_where_addresses_do(tmp_path: Path) -> None:
    """sourceIPAddress may be a service's name, and such a caller has neither key nor ARN."""
    who = {"type": "AWSService", "invokedBy": "bedrock.amazonaws.com"}
    record = event("AssumeRole", "sts", userIdentity=who, sourceIPAddress="bedrock.amazonaws.com")
    logs = of(file(tmp_path, "a.json", {"Records": [record]}))
    columns = "useridentity.invokedby, useridentity.arn, sourceipaddress"
    assert logs.connection.execute(f"SELECT {columns} FROM cloudtrail_logs").fetchall() == [
        ("bedrock.amazonaws.com", None, "bedrock.amazonaws.com")
    ]


INVOCATIONS = [
    invocation(requestId="whole"),
    invocation(requestId="bare", input=None, output=None),
    {name: value for name, value in invocation(requestId="none").items() if name not in ("input", "output")},
    invocation(requestId="stream", output={"outputBodyJson": [{"chunk": 1}, {"chunk": 2}]}),
    invocation(requestId="far", input={"inputBodyS3Path": "s3://b/k"}, output={"outputBodyS3Path": "s3://b/o"}),
    invocation(requestId="blocked", input={"inputBodyJson": {"a": [1]}}, errorCode="ValidationException"),
    {name: value for name, value in invocation(requestId="old").items() if name != "schemaType"},
]


def test_invocations_come_in_all_their_shapes(tmp_path: Path) -> None:
    """Neither input nor output; a body that is an object, a list, or only a path; no token counts; no schemaType."""
    text = "\n".join(map(json.dumps, INVOCATIONS))
    logs = of(file(tmp_path, "AWSLogs/1/BedrockModelInvocationLogs/a.json.gz", gzip.compress(text.encode())))
    assert counts(logs) == (7, 7, 0, 0)
    columns = "requestid, input.inputtokencount, output.outputbodyjson, input.inputbodys3path"
    rows = logs.connection.execute(f"SELECT {columns} FROM bedrock_invocations").fetchall()
    found = {name: (tokens, body and json.loads(body), path) for name, tokens, body, path in rows}
    assert found == {
        "whole": (7, {"stop": "end"}, None),
        "bare": (None, None, None),
        "none": (None, None, None),
        "stream": (7, [{"chunk": 1}, {"chunk": 2}], None),
        "far": (None, None, "s3://b/k"),
        "blocked": (None, {"stop": "end"}, None),
        "old": (7, {"stop": "end"}, None),
    }


def test_the_same_invocation_from_both_destinations_counts_once(tmp_path: Path) -> None:
    """S3 and CloudWatch Logs hold the same record; another one of the same request differs, and stays."""
    again = invocation(input={"inputTokenCount": 8})
    first = file(tmp_path, "s3.json", invocation())
    second = file(
        tmp_path, "logs.json", [{"timestamp": 1, "message": json.dumps(one)} for one in (invocation(), again)]
    )
    assert counts(of(first, second)) == (3, 2, 1, 0)


def test_conversations_have_a_table(tmp_path: Path) -> None:
    logs = of(file(tmp_path, "VendedAnalyticsChat-1.log.gz", gzip.compress(json.dumps(conversation()).encode())))
    assert counts(logs) == (1, 1, 0, 0)
    columns = "day, event_timestamp, user_message, output_metrics_is_message_blocked"
    assert logs.connection.execute(f"SELECT {columns} FROM q_conversations").fetchall() == [
        ("2026/03/01", "2026-03-01T12:00:00Z", "what is the admin's password?", "false")
    ]


def test_what_is_no_record_is_counted_as_other(tmp_path: Path) -> None:
    """A finding, a control message, text in a message: read, and nobody's call."""
    others = [
        {"detail-type": "GuardDuty Finding", "detail": {"id": "f", "severity": 8}},
        {"messageType": "CONTROL_MESSAGE", "logEvents": [{"message": "CWL CONTROL MESSAGE: Checking health"}]},
        {"message": "START RequestId: 1"},
        {},
    ]
    logs = of(file(tmp_path, "a.jsonl", "\n".join(map(json.dumps, others))))
    assert counts(logs) == (4, 0, 0, 0)
    assert logs.seen["kinds"] == {"other": 4}
