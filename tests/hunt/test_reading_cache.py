"""What an earlier hunt found: used where nothing has changed, made again where something has, and its owner's alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hunt import cache, look, tables
from hunt.answers import story
from hunt.reading import Wanted
from tests.hunt.logs import THIEF, call, counts, event, file, ids, of


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    file(folder, "a.json", {"Records": [call(eventID="a"), event(eventID="x")]})
    file(folder, "b.json", {"Records": [call(eventID="b")]})
    file(folder, "broken.json", "{")
    return folder


def test_a_second_hunt_reads_nothing(logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives the same in all that can be seen, and no file is looked at."""
    kept = tmp_path / "kept"
    first = of(logs, cache=kept)
    monkeypatch.setattr(look.Look, "first", None)
    second = of(logs, cache=kept)
    assert (first.cached, second.cached) == (False, True)
    assert counts(first) == counts(second) == (4, 2, 0, 1)
    for name in ("malformed", "skipped_files", "files", "first", "last", "seen", "notes"):
        assert getattr(first, name) == getattr(second, name)
    assert ids(first) == ids(second)


def test_what_changes_is_read_again(logs: Path, tmp_path: Path) -> None:
    """A file that is new, gone, or changed with its size kept; and another wish."""
    kept = tmp_path / "kept"
    assert ids(of(logs, cache=kept)) == ["a", "b"]
    new = file(logs, "c.json", {"Records": [call(eventID="c")]})
    assert ids(of(logs, cache=kept)) == ["a", "b", "c"]
    file(logs, "c.json", {"Records": [call(eventID="d")]})
    os.utime(new, ns=(1, 1))
    assert ids(of(logs, cache=kept)) == ["a", "b", "d"]
    new.unlink()
    again = of(logs, cache=kept)
    assert (ids(again), again.cached) == (["a", "b"], True)
    other = of(logs, wanted=Wanted(actors=(THIEF,)), cache=kept)
    assert not other.cached


def test_other_code_finds_other_things(logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    of(logs, cache=kept)
    monkeypatch.setattr(cache, "_version", lambda: "another")
    assert not of(logs, cache=kept).cached


@pytest.mark.parametrize(
    ("name", "damage"),
    [("cloudtrail_logs.parquet", damage) for damage in ("gone", "cut", "changed")]
    + [("summary.json", damage) for damage in ("gone", "cut")],
)
def test_a_damaged_cache_is_made_again(name: str, damage: str, logs: Path, tmp_path: Path) -> None:
    """And that is said; the hunt after that uses it again."""
    kept = tmp_path / "kept"
    of(logs, cache=kept)
    (path,) = kept.glob(f"*/{name}")
    text = path.read_bytes()
    changed = {"cut": text[:-9], "changed": text[:40] + bytes([text[40] ^ 1]) + text[41:]}
    path.write_bytes(changed[damage]) if damage in changed else path.unlink()
    logs_again = of(logs, cache=kept)
    assert (logs_again.cached, ids(logs_again)) == (False, ["a", "b"])
    assert "damaged" in logs_again.notes[0]
    assert of(logs, cache=kept).cached


def test_the_same_hunt_again_asks_nothing(logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Story and answers are as they were, and no database is opened for them."""
    first = story(of(logs, cache=tmp_path), ["logs"], {}, with_questions=True)
    assert (len(first["actors"]), len(first["questions"]["genai_activity"])) == (1, 1)
    monkeypatch.setattr(tables, "connect", None)
    assert story(of(logs, cache=tmp_path), ["logs"], {}, with_questions=True) == first
    assert "questions" not in story(of(logs, cache=tmp_path), ["logs"], {})


def test_another_setting_is_asked_anew(logs: Path, tmp_path: Path) -> None:
    """Of the same records: who is trusted is not detected."""
    file(logs, "key.json", {"Records": [event("CreateUser", "iam", THIEF, eventID="k", readOnly=False)]})
    told = [
        story(of(logs, cache=tmp_path), [], {"settings": {"trusted_actors": [who]}})
        for who in ("nobody", f"arn:aws:iam::111122223333:user/{THIEF.lower()}", "nobody")
    ]
    assert [[found["id"] for found in one["detections"]] for one in told] == [
        ["iam_persistence_after_genai"],
        [],
        ["iam_persistence_after_genai"],
    ]


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_a_damaged_story_is_told_again(damage: str, logs: Path, tmp_path: Path) -> None:
    first = story(of(logs, cache=tmp_path), [], {})
    (path,) = tmp_path.glob("*/story-*.json")
    text = path.read_bytes()
    path.write_bytes({"cut": text[:-9], "changed": text.replace(b"AKIA", b"AKIB", 1), "empty": b""}[damage])
    assert story(of(logs, cache=tmp_path), [], {}) == first
    assert path.read_bytes() == text


def test_only_the_owner_may_read_it(logs: Path, tmp_path: Path) -> None:
    """Prompts and names are in it."""
    kept = tmp_path / "deep" / "kept"
    story(of(logs, cache=kept), [], {})
    (entry,) = kept.iterdir()
    assert {path.stat().st_mode & 0o777 for path in (kept, entry)} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in entry.iterdir()} == {0o600}


def test_the_oldest_go(logs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_ENTRIES", 2)
    for year in ("2020", "2021", "2022"):
        of(logs, wanted=Wanted(since=f"{year}-01-01T00:00:00Z"), cache=tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_no_failure(logs: Path, tmp_path: Path) -> None:
    found = of(logs, cache=file(tmp_path, "a file", "") / "kept")
    assert ids(found) == ["a", "b"]
    assert story(found, [], {})["actors"]
    assert "could not be kept" in found.notes[0]


def test_the_usual_place_follows_xdg(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert cache.folder() == Path("/x/genai-responder/hunt")
