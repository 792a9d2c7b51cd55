"""Damaged and hostile files: what is whole is kept, what is not is counted and named, and nothing else breaks."""

from __future__ import annotations

import gzip
import json
import os
import resource
import zlib
from pathlib import Path

import pytest

from hunt import content, look
from lambdas.core.errors import InputRefused
from tests.hunt.logs import Json, call, counts, event, file, ids, of

CALL, OTHER = call(eventID="call"), event(eventID="other")
DOCUMENT = json.dumps({"Records": [CALL, OTHER, CALL | {"eventID": "last"}]})


def reasons(tmp_path: Path, name: str, text: bytes | str) -> tuple[tuple[int, int, int, int], list[object]]:
    logs = of(file(tmp_path, name, text))
    return counts(logs), [tuple(list(one.values())[1:]) for one in logs.malformed]


def test_a_broken_line_does_not_cost_its_neighbours(tmp_path: Path) -> None:
    text = f"{json.dumps(CALL)}\n{{broken\n\n{json.dumps(OTHER)}\n5\n"
    found, named = reasons(tmp_path, "a.jsonl", text)
    assert found == (4, 1, 0, 2)
    assert named[0][0] == 2 and "broken JSON" in str(named[0])  # type: ignore[index]
    assert named[1] == (5, "not an object")


def test_a_broken_document_is_kept_up_to_the_break(tmp_path: Path) -> None:
    """Two records are whole, the third is not: it is named as the third."""
    found, named = reasons(tmp_path, "a.json", DOCUMENT[:-40])
    assert found == (3, 1, 0, 1)
    assert named[0][:2] == (1, 3)  # type: ignore[index]


def test_a_document_that_is_laid_out_breaks_as_one(tmp_path: Path) -> None:
    """And not as its lines."""
    found, _ = reasons(tmp_path, "a.json", json.dumps(json.loads(DOCUMENT), indent=2)[:-100])
    assert found == (3, 1, 0, 1)


def test_a_truncated_gzip_is_kept_up_to_the_break(tmp_path: Path) -> None:
    lines = "".join(json.dumps(event(eventID=str(n), requestID=os.urandom(40).hex())) + "\n" for n in range(500))
    packed = gzip.compress((json.dumps(CALL) + "\n" + lines).encode())
    (read, relevant, _, malformed), named = reasons(tmp_path, "a.json.gz", packed[: len(packed) // 2])
    assert 100 < read < 500
    assert (relevant, malformed) == (1, 1)
    assert named == [("truncated gzip",)]


def test_a_damaged_gzip_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(DOCUMENT.encode()))
    packed[-6] ^= 255
    (_, _, _, malformed), named = reasons(tmp_path, "a.gz", bytes(packed))
    assert malformed == 1
    assert "damaged gzip" in str(named)


def test_a_document_with_one_odd_record_keeps_the_others(tmp_path: Path) -> None:
    odd = [{"eventSource": "s3.amazonaws.com", "eventTime": "2026-03-01T12:00:00Z"}, 7, None, [], "text"]
    found, named = reasons(tmp_path, "a.json", json.dumps({"Records": [CALL, *odd, OTHER]}))
    assert found == (6, 1, 0, 4)
    assert [one[0] for one in named] == [2, 3, 4, 6]  # type: ignore[index]


ODD: dict[str, Json] = {
    "another kind": {"sourceIPAddress": 7},
    "a longer time": {"eventTime": "2026-03-01T12:00:00.123Z"},
    "a line's end": {"userAgent": "x\r"},
    "half a letter": {"userAgent": "\ud800"},
    "letters": {"userAgent": "\u00fc"},
    "a resource's other name": {"resources": [{"arn": "arn:aws:s3:::b"}]},
}


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("at_once", [1, 2, 3, 9])
def test_an_odd_record_does_not_cost_those_beside_it(
    at_once: int, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records are decoded several at a time; wherever the odd one stands among them, each is there once."""
    monkeypatch.setattr(look, "AT_ONCE", at_once)
    records = [call(eventID=str(n)) for n in range(5)]
    records[2] |= ODD[kind]
    logs = of(file(tmp_path, "a.json", {"Records": records}))
    assert (ids(logs), counts(logs)) == (["0", "1", "2", "3", "4"], (5, 5, 0, 0))


def test_odd_kinds_do_not_cost_a_record(tmp_path: Path) -> None:
    """A word, a number or a list where an object belongs, and the other way round."""
    odd = {"userIdentity": "redacted", "resources": ["arn:x"], "tlsDetails": 7, "managementEvent": "maybe"}
    logs = of(file(tmp_path, "a.json", [call(**odd, errorCode=5, eventID={"a": 1})]))
    assert counts(logs) == (1, 1, 0, 0)
    columns = "useridentity.arn, resources[1].arn, errorcode, eventid"
    assert logs.connection.execute(f"SELECT {columns} FROM cloudtrail_logs").fetchall() == [
        (None, "arn:x", "5", '{"a": 1}')
    ]


@pytest.mark.parametrize(
    "parameters",
    [
        b'"\\ud800"',
        b'"\xff\xfe"',
        b'"\\u0000"',
        b'"a\tb"',
        b"1" + b"0" * 5000,
        b"1e999",
        b"NaN",
        b"[" * 400 + b"]" * 400,
    ],
    ids=["surrogate", "not UTF-8", "NUL", "tab", "huge integer", "huge float", "NaN", "deep"],
)
def test_odd_values_are_kept(parameters: bytes, tmp_path: Path) -> None:
    text = json.dumps({"Records": [CALL | {"requestParameters": "@"}, OTHER]}).encode().replace(b'"@"', parameters)
    assert counts(of(file(tmp_path, "a.json", text))) == (2, 1, 0, 0)


def test_what_is_nested_too_deeply_is_named(tmp_path: Path) -> None:
    """A hundred thousand brackets, in a record and as a file."""
    deep = "[" * 100_000 + "]" * 100_000
    lines = [
        json.dumps(CALL),
        json.dumps(OTHER | {"requestParameters": "@"}).replace('"@"', deep),
        deep,
        '{"a":' * 99_999,
    ]
    found, named = reasons(tmp_path, "a.jsonl", "\n".join(lines))
    assert found == (4, 1, 0, 3)
    assert {one[0] for one in named} == {2, 3, 4}  # type: ignore[index]


def test_a_token_count_beyond_reason_is_named(tmp_path: Path) -> None:
    text = '{"schemaType":"ModelInvocationLog","timestamp":"2026-03-01T12:00:00Z","input":{"inputTokenCount":1%s}}'
    found, _ = reasons(tmp_path, "a.json", text % ("0" * 30))
    assert found == (1, 0, 0, 1)


def test_a_bomb_is_refused_before_it_is_in_memory(tmp_path: Path) -> None:
    """A gigabyte of blanks in a megabyte, which its last bytes deny, and one whose they admit."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, text in {"told.json.gz": bomb, "denied.json.gz": bomb[:-4] + b"\1\0\0\0"}.items():
        logs = of(file(tmp_path, name, text))
        assert counts(logs) == (0, 0, 0, 0)
        assert ["bomb" in one["reason"] for one in logs.skipped_files] == [True]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_long_file_is_read_line_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks end where lines do; who is implicated in a later block is looked for again in the earlier ones, and what
    was taken from a later one is not taken twice."""
    monkeypatch.setattr(content, "WHOLE", 20_000)
    monkeypatch.setattr(content, "LINES", 5_000)
    monkeypatch.setattr(content, "STEP", 1_000)
    early = [event(eventID=f"early-{n}", key="AKIATHIEF") for n in range(40)]
    late = [event(eventID=f"late-{n}", key="AKIATHIEF") for n in range(40)]
    records = [*early, call("AKIATHIEF", eventID="call"), *late, *(event(eventID=f"x-{n}") for n in range(40))]
    text = "".join(json.dumps(one) + "\n" for one in records) + "{broken\n"
    for name, data in {"a.jsonl": text.encode(), "b.jsonl.gz": gzip.compress(text.encode())}.items():
        logs = of(file(tmp_path, name, data))
        assert counts(logs) == (122, 81, 0, 1)
        assert logs.malformed[0]["line"] == 122
        assert not [one for one in ids(logs) if one.startswith("x-")]


def test_a_long_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "WHOLE", 20_000)
    monkeypatch.setattr(content, "LINES", 5_000)
    monkeypatch.setattr(content, "STEP", 1_000)
    records = {"Records": [event(eventID=str(n)) for n in range(100)]}
    for text in (json.dumps(records), json.dumps(records, indent=2)):
        logs = of(file(tmp_path, "a.json", text))
        assert counts(logs) == (0, 0, 0, 0)
        assert "one document of more than" in logs.skipped_files[0]["reason"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", b"", ([], [])),
        ("a.json.gz", gzip.compress(b"", mtime=0), ([], [])),
        ("a.json", b" \n ", ([], [])),
        ("a.json", b'{"Records": []}', ([], [])),
        ("a.json", b"words\nand words", (["not JSON"], [])),
        ("a.json.gz", b"\x1f\x8b", (["not JSON"], [])),
        ("readme.txt", b"words\nand words", ([], ["no JSON in it"])),
        ("a.parquet", b"PAR1\x00\x01", ([], ["no JSON in it"])),
        ("flow.log.gz", gzip.compress(b"2 1111 eni-1 ACCEPT OK", mtime=0), ([], ["no JSON in it"])),
    ],
)
def test_files_without_records_are_told_of(
    name: str, text: bytes, told: tuple[list[str], list[str]], tmp_path: Path
) -> None:
    """Empty is empty. A file that calls itself JSON and is not is malformed; any other is no log, and is skipped."""
    logs = of(file(tmp_path, name, text))
    assert ([one["reason"] for one in logs.malformed], [one["reason"] for one in logs.skipped_files]) == told
    assert counts(logs) == (len(told[0]), 0, 0, len(told[0]))


def test_only_the_first_thousand_malformed_are_named(tmp_path: Path) -> None:
    logs = of(file(tmp_path, "a.jsonl", "{}\n" + "{broken\n" * 1_500))
    assert counts(logs) == (1_501, 0, 0, 1_500)
    assert len(logs.malformed) == 1_000


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="place"):
        of(tmp_path / "nowhere")


def test_links_pipes_and_locked_files_are_told_of(tmp_path: Path) -> None:
    """A circle of links ends, a pipe does not hold the hunt up, and a file that two places name is read once."""
    there = file(tmp_path, "logs/a.json", {"Records": [CALL]})
    (tmp_path / "logs/round").symlink_to(tmp_path / "logs")
    (tmp_path / "logs/nowhere.json").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "logs/pipe")
    logs = of(tmp_path / "logs", there)
    assert counts(logs) == (1, 1, 0, 0)
    assert {Path(one["file"]).name: one["reason"] for one in logs.skipped_files} == {
        "round": "a symbolic link to a folder",
        "nowhere.json": "No such file or directory",
        "pipe": "not a file",
    }


def test_a_file_that_cannot_be_opened_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refusing(path: Path, *arguments: object, **named: object) -> object:
        if path.name == "locked.json":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **named)  # type: ignore[arg-type]

    file(tmp_path, "locked.json", {"Records": [CALL]})
    file(tmp_path, "open.json", {"Records": [CALL]})
    monkeypatch.setattr(Path, "open", refusing)
    logs = of(tmp_path)
    assert counts(logs) == (1, 1, 0, 0)
    assert logs.skipped_files == [{"file": str(tmp_path / "locked.json"), "reason": "Permission denied"}]


def test_what_is_no_log_of_events_in_aws_trees_is_passed_over(tmp_path: Path) -> None:
    """Digests, Config's snapshots, large bodies: neither malformed nor skipped."""
    account = "AWSLogs/o-abc/111122223333"
    file(tmp_path, f"{account}/CloudTrail/us-east-1/2026/03/01/a.json.gz", gzip.compress(DOCUMENT.encode()))
    file(tmp_path, f"{account}/CloudTrail-Digest/us-east-1/2026/03/01/a.json.gz", gzip.compress(b'{"logFiles": []}'))
    file(tmp_path, f"{account}/Config/us-east-1/2026/3/1/a.json.gz", gzip.compress(b'{"configurationItems": []}'))
    bodies = "AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/03/01/12"
    file(tmp_path, f"{bodies}/data/r-1_input.json.gz", gzip.compress(b'{"prompt": "x"}'))
    file(tmp_path, "AWSLogs/111122223333/BedrockModelInvocationLogs/amazon-bedrock-logs-permission-check", b"")
    logs = of(tmp_path)
    assert counts(logs) == (3, 2, 0, 0)
    assert logs.skipped_files == []
    assert logs.seen["passed_over"] == {
        "CloudTrail-Digest": 1,
        "AWS Config": 1,
        "large bodies of model invocations": 1,
        "permission checks": 1,
    }
