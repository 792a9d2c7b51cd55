"""Logs in S3 are read like those on disk."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from hunt.reading import read
from lambdas.core.errors import InputRefused
from tests.hunt.logs import call, counts, event, ids

PREFIX = "org/AWSLogs/111122223333"


@pytest.fixture
def session() -> Iterator[Any]:
    with mock_aws():
        session = boto3.Session("testing", "testing", region_name="us-east-1")
        s3 = session.client("s3")
        s3.create_bucket(Bucket="trail")
        for n in range(30):
            records = [call(eventID=f"call-{n}"), event(eventID=f"other-{n}")]
            body = gzip.compress(json.dumps({"Records": records}).encode())
            s3.put_object(Bucket="trail", Key=f"{PREFIX}/CloudTrail/us-east-1/2026/03/{n + 1:02}/a.json.gz", Body=body)
        s3.put_object(Bucket="trail", Key=f"{PREFIX}/CloudTrail-Digest/us-east-1/a.json.gz", Body=b"{}")
        s3.put_object(Bucket="trail", Key=f"{PREFIX}/CloudTrail/", Body=b"")
        yield session


def test_a_bucket_is_read(session: Any) -> None:
    logs = read(["s3://trail/org/"], session=session)
    assert counts(logs) == (60, 30, 0, 0)
    assert logs.seen["passed_over"] == {"CloudTrail-Digest": 1}
    assert logs.folder is not None
    assert not list(Path(logs.folder.name).glob("object-*"))


def test_a_prefix_bounds_what_is_read(session: Any) -> None:
    assert ids(read([f"s3://trail/{PREFIX}/CloudTrail/us-east-1/2026/03/0"], session=session))[:2] == [
        "call-0",
        "call-1",
    ]
    assert read([f"s3://trail/{PREFIX}/CloudTrail/us-east-1/2026/03/01/a.json.gz"], session=session).files == 1


@pytest.mark.parametrize("place", ["s3://nowhere/", "s3://trail/nothing"])
def test_a_place_that_is_not_there_is_refused(place: str, session: Any) -> None:
    with pytest.raises(InputRefused, match="place"):
        read([place], session=session)


def test_an_object_that_is_gone_is_told_of(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hunt import reading

    def late(places: Any, session: Any, since: str | None) -> Any:
        there = found(places, session, since)
        session.client("s3").delete_object(Bucket="trail", Key=there.files[0].key)
        return there

    found = reading.found
    monkeypatch.setattr(reading, "found", late)
    logs = read(["s3://trail/org/"], session=session)
    assert counts(logs) == (58, 29, 0, 0)
    assert [one["reason"] for one in logs.skipped_files] == ["S3 answers 404"]


def test_a_changed_object_is_read_again(session: Any, tmp_path: Path) -> None:
    """By its ETag."""
    first = read(["s3://trail/org/"], session=session, cache=tmp_path)
    assert read(["s3://trail/org/"], session=session, cache=tmp_path).cached
    key = f"{PREFIX}/CloudTrail/us-east-1/2026/03/01/a.json.gz"
    body = gzip.compress(json.dumps({"Records": [call(eventID="new")]}).encode())
    session.client("s3").put_object(Bucket="trail", Key=key, Body=body)
    again = read(["s3://trail/org/"], session=session, cache=tmp_path)
    assert (again.cached, first.records["read"], again.records["read"]) == (False, 60, 59)
