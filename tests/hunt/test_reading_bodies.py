"""Bodies that the invocation log keeps as objects of their own: found beside it, and nowhere else."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from hunt import bodies
from hunt.asking import ask_all
from hunt.blind_spots import blind_spots
from hunt.bodies import Bodies
from hunt.calls import prepare
from hunt.places import File, Places
from hunt.reading import Logs, Wanted, read
from tests.hunt.logs import counts, file, invocation, of

HOUR = "AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/03/01/12"
REQUEST = "0a1b2c3d-0000-4000-8000-00000000000{0}"
KEY = "AKIA" + "IOSFODNN7EXAMPLE"


def path(request: int = 1, side: str = "input", folder: str = f"s3://log/x/{HOUR}") -> str:
    """Where Bedrock puts a body."""
    return f"{folder}/data/{REQUEST.format(request)}_{side}.json.gz"


def record(request: int = 1, **sides: str | None) -> dict[str, Any]:
    """An invocation whose bodies stand at the given paths: that of the prompt, if no other is given."""
    kept = {
        side: {f"{side}TokenCount": 9, f"{side}BodyS3Path": at} for side, at in (sides or {"input": path()}).items()
    }
    return invocation(**{"requestId": REQUEST.format(request), "input": {}, "output": {}, **kept})


def packed(body: Any) -> bytes:
    return gzip.compress(json.dumps(body).encode())


def tree(folder: Path, *records: dict[str, Any], root: str = HOUR) -> Path:
    """A folder as Bedrock fills it, with these records."""
    file(
        folder,
        f"{root}/20260301T120000000Z_a5a55a5c.json.gz",
        gzip.compress("\n".join(map(json.dumps, records)).encode()),
    )
    return folder


def prompts(logs: Logs) -> list[Any]:
    """The bodies of the inputs in the table, by request."""
    sql = "SELECT input.inputBodyJson FROM bedrock_invocations ORDER BY requestId"
    return [json.loads(text or "null") for (text,) in logs.connection.execute(sql).fetchall()]


def unread(logs: Logs) -> list[tuple[str, int]]:
    """What the blind spots say of bodies."""
    prepare(logs.connection)
    return [(one["what"], one["n"]) for one in blind_spots(logs) if one["kind"] == "bodies_unread"]


@pytest.fixture
def session() -> Iterator[Any]:
    with mock_aws():
        yield boto3.Session("testing", "testing", region_name="us-east-1")


def stored(session: Any, bucket: str, objects: dict[str, bytes]) -> None:
    session.client("s3").create_bucket(Bucket=bucket)
    for key, body in objects.items():
        session.client("s3").put_object(Bucket=bucket, Key=key, Body=body)


def test_a_body_beside_the_log_is_as_if_it_stood_in_it(tmp_path: Path) -> None:
    """The questions on content see it: a key in a prompt, a guardrail in an answer, what an actor asked."""
    tree(tmp_path, record(input=path(), output=path(side="output")))
    file(tmp_path, path(folder=HOUR), packed({"messages": [{"content": [{"text": f"use {KEY} now"}]}]}))
    file(tmp_path, path(side="output", folder=HOUR), packed({"stopReason": "guardrail_intervened"}))
    logs = of(tmp_path)
    assert counts(logs) == (1, 1, 0, 0)
    assert logs.seen["passed_over"] == {}
    assert unread(logs) == []
    answers = ask_all(logs.connection, {"actors": ["arn:aws:iam::111122223333:user/thief"]})
    assert [one["in_prompt"] for one in answers["secrets_in_prompts"]] == ["AWS access key"]
    assert [one["marker"] for one in answers["guardrail_interventions"]] == ["stopReason guardrail_intervened"]
    (asked,) = answers["prompts_of_actor"]
    assert KEY in asked["prompt"]
    assert asked["prompt_s3_path"] == path()


def test_a_body_that_is_not_there_is_a_blind_spot(tmp_path: Path) -> None:
    """Said with the bucket and the number of bodies; what stands in the record is none of them."""
    far = record(2, input=path(2), output=path(2, "output", "s3://other/y"))
    logs = of(tree(tmp_path, record(), far, invocation(requestId="here")))
    assert unread(logs) == [
        ("Prompts or answers stand only in the bucket log, and could not be read there", 2),
        ("Prompts or answers stand only in the bucket other, and could not be read there", 1),
    ]


def test_a_body_in_the_record_stays(tmp_path: Path) -> None:
    """A path beside it changes nothing."""
    kept = record()
    kept["input"]["inputBodyJson"] = {"kept": 1}
    file(tree(tmp_path, kept), path(folder=HOUR), packed({"other": 2}))
    logs = of(tmp_path)
    assert prompts(logs) == [{"kept": 1}]
    assert logs.seen["passed_over"] == {"large bodies of model invocations": 1}


def test_a_body_of_nobody_is_passed_over(tmp_path: Path) -> None:
    """And so is that of a record outside the hunt's time."""
    file(tree(tmp_path, record()), path(folder=HOUR), packed({"a": 1}))
    file(tmp_path, path(7, folder=HOUR), packed({"b": 1}))
    assert of(tmp_path).seen["passed_over"] == {"large bodies of model invocations": 1}
    later = of(tmp_path, wanted=Wanted(since="2026-03-02T00:00:00Z"))
    assert later.seen["passed_over"] == {"large bodies of model invocations": 2}


@pytest.mark.parametrize("root", ["2026/03/01/12", "12", "log/x/" + HOUR])
def test_a_part_of_the_tree_is_enough(root: str, tmp_path: Path) -> None:
    """A copy may begin anywhere in the bucket's folders."""
    tree(tmp_path, record(), root=root)
    file(tmp_path, path(folder=root), packed({"a": 1}))
    assert prompts(of(tmp_path)) == [{"a": 1}]


def test_of_two_with_one_name_the_nearer_is_meant() -> None:
    """Of copies of two buckets or hours the one whose folders agree with the path."""
    names = [path(folder=f"/copies/{bucket}/{HOUR}") for bucket in ("a", "log/x", "log")]
    there = Places(bodies=[File(name, 1, "1") for name in names])
    found = Bodies(there, None).of(path())  # type: ignore[arg-type]
    assert found
    assert found.name == names[1]
    assert Bodies(there, None).of(path(2)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "hostile",
    [
        "{outside}",
        "file://{outside}",
        "s3://log/x/../../../../../..{outside}",
        "s3://log/{outside}",
        "../" * 20 + "{outside}",
        "\x00", "", "/", "s3://", "s3:///data/", "*", "data/*", "{outside}\n",
    ],
)  # fmt: skip
def test_a_path_opens_nothing_outside(hostile: str, tmp_path: Path) -> None:
    """Whatever a record says: no file is opened that is not in the given places."""
    outside = file(tmp_path, f"outside/data/{REQUEST.format(1)}_input.json.gz", packed({"secret": 1}))
    given = tree(tmp_path / "given", record(input=hostile.format(outside=outside)))
    file(given, path(5, folder=HOUR), packed({"a": 1}))
    assert prompts(of(given)) == [None]


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    """A body that is a symbolic link is told of, and not followed."""
    outside = file(tmp_path, "outside.json", packed({"secret": 1}))
    link = tree(tmp_path / "given", record()) / path(folder=HOUR)
    link.parent.mkdir()
    link.symlink_to(outside)
    logs = of(tmp_path / "given")
    assert prompts(logs) == [None]
    assert "symbolic link" in logs.skipped_files[0]["reason"]


def bomb(size: int) -> bytes:
    return gzip.compress(b'{"a":"' + b"x" * size + b'"}')


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\x89PNG\r\n", "not JSON"),
        (b"", "not JSON"),
        (packed({"a": 1})[:-9], "truncated gzip"),
        (gzip.compress(json.dumps({"a": list(range(2_000_000))}).encode()), "longer than 7,000,000 bytes"),
        (bomb(30_000_000), "gzip bomb"),
        (b"[" * 100_000, "not JSON"),
    ],
    ids=["a picture", "empty", "cut", "long", "bomb", "deep"],
)
def test_what_is_no_body_is_told(body: bytes, reason: str, tmp_path: Path) -> None:
    """With the file's name, once for two records; they stay, and their bodies are blind spots."""
    bad = file(tree(tmp_path, record(), record(2, input=path())), path(folder=HOUR), body)
    logs = of(tmp_path)
    assert [(one["file"], reason in one["reason"]) for one in logs.skipped_files] == [(str(bad), True)]
    assert counts(logs)[1] == 2
    assert [n for _, n in unread(logs)] == [2]


def test_a_record_that_would_be_too_long_stays_without(tmp_path: Path) -> None:
    """DuckDB takes 16 MB at a time: where an answer in the record fills them, a prompt beside it is left and told."""
    long = {**record(), "output": {"outputBodyJson": {"a": list(range(1_600_000))}}}
    bad = file(tree(tmp_path, long), path(folder=HOUR), packed({"a": list(range(700_000))}))
    logs = of(tmp_path)
    assert counts(logs) == (1, 1, 0, 0)
    assert prompts(logs) == [None]
    reason = "body of an invocation: with the rest of its record longer than 16,000,000 bytes"
    assert logs.skipped_files == [{"file": str(bad), "reason": reason}]


def test_many_bodies_come_to_their_own_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the records are cut into parts; copies of one record are one."""
    monkeypatch.setattr(bodies, "LINES", 3)
    requests = [f"{n:08}-0000-4000-8000-000000000000" for n in range(50)]
    records = [{**record(input=f"s3://log/x/{HOUR}/data/{one}_input.json.gz"), "requestId": one} for one in requests]
    tree(tmp_path, *records, records[7], record(2, input=path(2)))
    for n, one in enumerate(requests):
        file(tmp_path, f"{HOUR}/data/{one}_input.json.gz", packed({"n": n}))
    logs = of(tmp_path)
    assert prompts(logs) == [*({"n": n} for n in range(50)), None]
    assert counts(logs) == (52, 51, 1, 0)


def test_bodies_of_s3_are_brought(session: Any) -> None:
    """Only those that a record needs; no copy stays."""
    line = json.dumps(record()).encode()
    objects = {f"x/{HOUR}/a.json": line, path(folder=f"x/{HOUR}"): packed({"a": 1})}
    stored(session, "log", {**objects, path(3, folder=f"x/{HOUR}"): packed({"b": 1})})
    logs = read(["s3://log/x/"], session=session)
    assert prompts(logs) == [{"a": 1}]
    assert logs.seen["passed_over"] == {"large bodies of model invocations": 1}
    assert logs.folder is not None
    assert not list(Path(logs.folder.name).glob("object-*"))


def test_many_bodies_of_s3_come_to_their_own_records(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one record's body is used, the next ones' are being brought."""
    monkeypatch.setattr(bodies, "LINES", 1)
    records = [json.dumps(record(n, input=path(n))) for n in range(10)]
    texts = {path(n, folder=f"x/{HOUR}"): packed({"n": n}) for n in range(10)}
    stored(session, "log", {f"x/{HOUR}/a.json": "\n".join(records).encode(), **texts})
    assert prompts(read(["s3://log/"], session=session)) == [{"n": n} for n in range(10)]


@pytest.mark.parametrize("places", [["s3://log/x/AWSLogs/111122223333/CloudTrail/", "disk"], ["disk"]])
def test_nothing_is_fetched_from_a_bucket_or_prefix_that_nobody_named(
    places: Sequence[str], session: Any, tmp_path: Path
) -> None:
    """A record on disk names an object that is there: it is a blind spot as long as nobody asks for it."""
    stored(
        session, "log", {path(folder=f"x/{HOUR}"): packed({"a": 1}), "x/AWSLogs/111122223333/CloudTrail/a.json": b"{}"}
    )
    tree(tmp_path, record())
    logs = read([str(tmp_path) if place == "disk" else place for place in places], session=session)
    assert prompts(logs) == [None]
    assert [n for _, n in unread(logs)] == [1]


def test_an_object_that_is_gone_is_told_of(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hunt import reading

    def late(*given: Any) -> Any:
        there = found(*given)
        session.client("s3").delete_object(Bucket="log", Key=there.bodies[0].key)
        return there

    found = reading.found
    monkeypatch.setattr(reading, "found", late)
    stored(session, "log", {f"{HOUR}/a.json": json.dumps(record()).encode(), path(folder=HOUR): packed({"a": 1})})
    logs = read(["s3://log/"], session=session)
    assert (prompts(logs), [one["reason"] for one in logs.skipped_files]) == ([None], ["S3 answers 404"])


def test_a_changed_body_is_read_again(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    given = tree(tmp_path / "given", record())
    file(given, path(folder=HOUR), packed({"a": 1}))
    file(given, path(4, folder=HOUR), packed({"a": 1}))
    assert prompts(of(given, cache=kept)) == prompts(again := of(given, cache=kept)) == [{"a": 1}]
    assert (again.cached, again.seen["passed_over"]) == (True, {"large bodies of model invocations": 1})
    file(given, path(folder=HOUR), packed({"another": 1}))
    assert prompts(of(given, cache=kept)) == [{"another": 1}]
