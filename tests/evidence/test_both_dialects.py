"""Every question and every detection answers the same through Athena's API, on objects in S3, as asked of DuckDB.

The records are the detections' own stories, and real ones where they are at hand. Athena's way has everything that can
go wrong between: declared inputs as quoted parameters, partitions by key, values as text, pages, declared kinds.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deploy.local import services
from hunt import stories, tables
from hunt.asking import ask
from lambdas.evidence import asking
from lambdas.evidence.query import KINDS, Query, Value, detections, queries
from tests.local import athena_logs

Json = dict[str, Any]
DATA = Path(os.environ.get("RESPONDER_DATA") or Path(__file__).parents[3] / "shared" / "data")
ALL = [*queries(), *detections()]
SPAN = {"day_from": "2023/01/01", "day_to": "2026/12/31", "hour_from": "2023/01/01/00", "hour_to": "2026/12/31/23"}
ACTORS = ["arn:aws:iam::111122223333:user/mallory", "arn:aws:iam::111122223333:role/app"]
OF_KIND: dict[str, Value] = {
    "text": stories.USER_KEY,
    "texts": ACTORS,
    "timestamp": "2026-03-02T12:00:00Z",
    "number": "1",
}


def told() -> tuple[list[Json], list[Json]]:
    """The records of all stories, those that a detection must find and those that it must not."""
    cloudtrail: list[Json] = []
    invocations: list[Json] = []
    for detection in detections():
        tales = [*detection.declared.get("true", ()), *detection.declared.get("false", ())]
        for number, story in enumerate(tales):
            found = stories.told(story["records"], f"{detection.id}-{number}")
            cloudtrail += found[0]
            invocations += found[1]
    return cloudtrail, invocations


def real() -> list[Json]:
    files = sorted((DATA / "invictus" / "CloudTrail").glob("*.json"))[:40]
    return [record for file in files for record in json.loads(file.read_text())["Records"]]


@pytest.fixture(scope="module")
def world() -> Iterator[Any]:
    """The records in DuckDB, and in S3 with Athena over them."""
    patch = pytest.MonkeyPatch()
    for name, value in {
        **dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "made-up"),
        "AWS_REGION": athena_logs.REGION,
        "AWS_DEFAULT_REGION": athena_logs.REGION,
        "QUERY_WORKGROUP": athena_logs.GROUP,
        "QUERY_DATABASE": athena_logs.DATABASE,
    }.items():
        patch.setenv(name, value)
    services.install()
    with mock_aws():
        patch.setattr(asking, "own_client", client)
        patch.setattr(asking, "FIRST_PAUSE_SECONDS", 0.02)
        cloudtrail, invocations = told()
        cloudtrail += real()
        places = {athena_logs.trail_folder(record).split("/")[i] for record in cloudtrail for i in (1, 3)}
        accounts = sorted(place for place in places if place.isdigit())
        regions = sorted(places - set(accounts) | {record["region"] for record in invocations})
        athena_logs.furnish(client, accounts, LogRegions=",".join(regions))
        athena_logs.deliver(client, cloudtrail, invocations)
        yield tables.of_records(cloudtrail, invocations)
    patch.undo()


def client(service: str) -> Any:
    return boto3.client(service, region_name=athena_logs.REGION)  # type: ignore[call-overload]


def inputs(question: Query) -> dict[str, Value]:
    """Something for every input, so that most questions have something to answer."""
    known: dict[str, Value] = {name: OF_KIND[kind] for name, kind in question.inputs.items() if name not in SPAN}
    return {**known, **SPAN, **question.defaults, "trusted_actors": []}


@pytest.mark.parametrize("question", ALL, ids=[question.id for question in ALL])
def test_the_same_rows(world: Any, question: Query) -> None:
    """The rows, their order aside, and every value in them; one that stands twice in the records is kept once."""
    given = inputs(question)
    wanted = ask(world, question, given)
    asked = asking.asked(question, given, "IR-20260102-0123456789")
    found = asking.answer(asked, asking.start(asked), time.monotonic() + 60)
    assert found
    assert sorted(map(plain, found.rows)) == sorted(set(map(plain, wanted)))


def plain(row: Json) -> str:
    """Comparable: numbers of any kind alike, lists in any order, as array_agg has none."""
    alike = {name: sorted(map(str, value)) if isinstance(value, list) else value for name, value in row.items()}
    numbers = {name: float(value) if is_number(value) else value for name, value in alike.items()}
    return json.dumps(numbers, sort_keys=True, default=float)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_most_of_them_answer_something(world: Any) -> None:
    """The records above make nearly all of them speak: equal rows are not equal silence."""
    silent = [question.id for question in ALL if not ask(world, question, inputs(question))]
    assert len(silent) <= len(ALL) // 5, silent


def test_every_kind_of_input_has_a_value() -> None:
    assert set(KINDS) - {"day", "hour"} <= set(OF_KIND)
