"""What is not opened because of --since: CloudTrail's files whose names say that they were delivered before it."""

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from hunt import places
from hunt.objects import Objects
from hunt.reading import Wanted, read
from tests.hunt.logs import DATA, REASON, call, counts, file, ids, of

SINCE = "2026-03-01T12:00:00Z"
EARLIER = "delivered before --since"
TREE = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/01"


def name(delivered: str, account: str = "111122223333") -> str:
    return f"{TREE}/{account}_CloudTrail_us-east-1_{delivered}_Mu0KsOhtH1ar15ZZ.json.gz"


def delivered(folder: Path, at: str, *events: str) -> Path:
    """A file delivered at `at`, with a call at each of the times, named by it."""
    records = [call(eventID=time, eventTime=f"2026-03-01T{time}:00Z") for time in events]
    return file(folder, name(f"20260301T{at}Z"), gzip.compress(json.dumps({"Records": records}).encode()))


def test_a_file_delivered_before_since_is_not_opened(tmp_path: Path) -> None:
    """It is counted, and no record of it as read; without --since, or with an earlier one, all are read."""
    delivered(tmp_path, "0900", "08:55")
    delivered(tmp_path, "1205", "12:01")
    logs = of(tmp_path, wanted=Wanted(since=SINCE))
    assert counts(logs) == (1, 1, 0, 0)
    assert (ids(logs), logs.files, logs.seen["passed_over"]) == (["12:01"], 1, {EARLIER: 1})
    for since in (None, "2026-03-01T08:00:00Z", "0001-01-01T00:00:00Z"):
        assert ids(of(tmp_path, wanted=Wanted(since=since))) == ["08:55", "12:01"]


def test_clocks_may_differ_by_an_hour(tmp_path: Path) -> None:
    """An event whose clock was fast stands in a file that says an earlier time: up to an hour it is found."""
    delivered(tmp_path, "1100", "12:00")
    delivered(tmp_path, "1059", "12:01")
    assert ids(of(tmp_path, wanted=Wanted(since=SINCE))) == ["12:00"]


def test_no_file_is_too_late(tmp_path: Path) -> None:
    """CloudTrail may deliver what happened days before, after its bucket had refused it: --until opens all files."""
    delivered(tmp_path, "2359", "11:59")
    logs = of(tmp_path, wanted=Wanted(until=SINCE))
    assert (ids(logs), logs.seen["passed_over"]) == (["11:59"], {})


@pytest.mark.parametrize(
    "other",
    [
        "20260101T0000Z.json",
        "export_20260101T0000Z_all.json",
        "111122223333_CloudTrail-Insight_us-east-1_20260101T0000Z_Mu0KsOhtH1ar15ZZ.json",
        "AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/01/01/00/20260101T000000000Z_a5a55a5c.json",
        "111122223333_CloudTrail_us-east-1_20260101T0000Z_x/2026.json",
    ],
)
def test_only_cloudtrail_s_own_names_tell_when(other: str, tmp_path: Path) -> None:
    """What another name means nobody promised, so the file is read."""
    file(tmp_path, other, {"Records": [call(eventID="a")]})
    assert ids(of(tmp_path, wanted=Wanted(since=SINCE))) == ["a"]


def test_an_object_delivered_before_since_is_not_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    brought: list[str] = []
    bring = Objects._bring
    monkeypatch.setattr(Objects, "_bring", lambda self, n, one: brought.append(one.key) or bring(self, n, one))
    with mock_aws():
        session = boto3.Session("testing", "testing", region_name="us-east-1")
        session.client("s3").create_bucket(Bucket="trail")
        for hour in ("0900", "1205"):
            body = json.dumps({"Records": [call(eventID=hour)]}).encode()
            session.client("s3").put_object(Bucket="trail", Key=name(f"20260301T{hour}Z"), Body=body)
        logs = read(["s3://trail/"], Wanted(since=SINCE), session=session)
    assert (brought, logs.seen["passed_over"]) == ([name("20260301T1205Z")], {EARLIER: 1})


def test_what_was_kept_knows_since(tmp_path: Path) -> None:
    """Another --since is another hunt; and how many files were not opened is never told of an earlier one."""
    kept = tmp_path / "kept"
    logs = tmp_path / "logs"
    delivered(logs, "0900", "08:55")
    delivered(logs, "1205", "12:01")
    assert ids(of(logs, wanted=Wanted(since=SINCE), cache=kept)) == ["12:01"]
    assert ids(of(logs, cache=kept)) == ["08:55", "12:01"]
    delivered(logs, "0905", "08:57")
    again = of(logs, wanted=Wanted(since=SINCE), cache=kept)
    assert ids(again) == ["12:01"]
    assert again.seen["passed_over"] == {EARLIER: 2}


@pytest.mark.skipif(not DATA.exists(), reason=REASON)
def test_real_logs_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Invictus' 55 files, 28 were delivered before 12:20 (ls), and no event of 12:20 or later stands in them (jq):
    even without a margin, what is found is what all files give."""
    monkeypatch.setattr(places, "CLOCKS", timedelta(0))
    wanted = Wanted(since="2023-07-10T12:20:00Z")
    logs = of(DATA / "invictus", wanted=wanted)
    assert (logs.files, logs.seen["passed_over"]) == (29, {EARLIER: 28})
    monkeypatch.setattr(places, "DELIVERED", re.compile("(?!)"))
    assert ids(logs) == ids(of(DATA / "invictus", wanted=wanted)) != []
