"""Real logs, with counts that were taken another way: by jq, and by the plain rule of tests/hunt/logs.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hunt.logs import DATA, REASON, Json, counts, expected, ids, of

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=REASON)


def test_invictus_is_read_whole() -> None:
    """`cat *.json | jq '.Records|length'` adds up to 2900; no eventID is there twice."""
    logs = of(DATA / "invictus")
    records = [
        one for file in (DATA / "invictus/CloudTrail").iterdir() for one in json.loads(file.read_text())["Records"]
    ]
    wanted = expected(records)
    assert counts(logs) == (2900, len(wanted), 0, 0)
    assert set(ids(logs)) == wanted
    times = sorted(one["eventTime"] for one in records)
    assert (logs.first, logs.last) == (times[0], times[-1])
    assert {one["file"].rsplit("/")[-1] for one in logs.skipped_files} == {"LICENSE", "SOURCE.txt"}


def test_stratus_is_read_whole() -> None:
    """Each file is a list; `jq -s 'map(length)|add'` says 310. The Regions are made up, and are kept as they are."""
    logs = of(DATA / "stratus-red-team")
    records = [one for file in (DATA / "stratus-red-team").glob("*.json") for one in json.loads(file.read_text())]
    wanted = expected(records)
    assert counts(logs) == (310, len(wanted), 0, 0)
    assert set(ids(logs)) == wanted
    bedrock = "SELECT count(*) FROM cloudtrail_logs WHERE eventsource = 'bedrock.amazonaws.com'"
    assert logs.connection.execute(bedrock).fetchone() == (15,)
    assert logs.seen["regions"]["megov-northeast-1r"] >= 15


def test_panther_is_read_line_by_line() -> None:
    """`wc -l` says 10, 8, 546 and 8 lines. Of the 15 malformed, jq shows 13 CloudTrail records without eventTime and
    two with a word in its place. Many edited copies share an eventID: it stays once. Of the
    8 invocations three are copies: `jq -c '.event|[.requestId,.timestamp,.input,.output]'|sort -u` gives 5 lines.
    """
    logs = of(DATA / "panther-analysis")
    lines = (DATA / "panther-analysis/cloudtrail.jsonl").read_text().splitlines()
    records = [_spelled(json.loads(line)["event"]) for line in lines]
    sound = [one for one in records if "eventSource" in one and one.get("eventTime", "x")[:1].isdecimal()]
    read, _, duplicates, malformed = counts(logs)
    assert duplicates > 0
    assert (read, malformed) == (572, 15)
    assert {one["reason"] for one in logs.malformed} == {
        "Object missing required field `eventTime`",
        "eventTime is not a time",
    }
    with_id = {one for one in ids(logs) if one}
    named = [one for one in sound if one.get("eventID") and isinstance(one.get("userIdentity", {}), dict)]
    assert with_id == expected(named + [{"eventID": "", **one} for one in sound if not one.get("eventID")]) - {""}
    assert logs.connection.execute("SELECT count(*) FROM bedrock_invocations").fetchone() == (5,)
    times = logs.connection.execute("SELECT eventTime FROM cloudtrail_logs").fetchall()
    assert all(len(time) == 20 and time[10] == "T" and time.endswith("Z") for (time,) in times)
    assert logs.seen["kinds"]["other"] == 572 - 8 - logs.seen["kinds"]["cloudtrail"] - 13


def _spelled(record: Json) -> Json:
    names = {"eventsource": "eventSource", "eventname": "eventName", "eventtime": "eventTime", "eventid": "eventID"}
    return {names.get(name, name): value for name, value in record.items()}


def test_invocations_are_read_whole() -> None:
    """jq counts 29 lines, 23 of them throttled and so without tokens; none says schemaType."""
    logs = of(DATA / "bedrock-invocations")
    assert counts(logs) == (29, 29, 0, 0)
    throttled = "SELECT count(*) FROM bedrock_invocations WHERE errorCode = 'ThrottlingException'"
    assert logs.connection.execute(throttled).fetchone() == (23,)
    tokens = "SELECT count(input.inputTokenCount), sum(input.inputTokenCount) FROM bedrock_invocations"
    lines = [json.loads(one) for one in (DATA / "bedrock-invocations/invocations.jsonl").read_text().splitlines()]
    told = [one["input"]["inputTokenCount"] for one in lines if "inputTokenCount" in one.get("input", {})]
    assert logs.connection.execute(tokens).fetchone() == (len(told), sum(told))


def test_findings_are_no_logs(tmp_path: Path) -> None:
    """GuardDuty's findings are read and counted, and are nobody's call."""
    logs = of(DATA / "guardduty")
    assert counts(logs)[1:] == (0, 0, 0)
    assert logs.seen["kinds"] == {"other": logs.records["read"]}
