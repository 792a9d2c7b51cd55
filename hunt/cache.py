"""What an earlier hunt found relevant in the same files, so that the next one need not read them again.

An entry is a folder: one Parquet file for each table, summary.json, and what was made of them: answers and stories. Its
name is a hash over the files with their sizes and stamps, over what was wanted, and over the code that finds and tells:
whatever changes, an old entry is not found any more. Entries hold prompts and names: only their owner may read them.
The oldest go when there are too many.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from hunt.places import Places
from hunt.relevance import Wanted
from hunt.worker import TABLES

HERE = Path(__file__).parent
TELL = (HERE, HERE.parent / "lambdas" / "evidence", HERE.parent / "lambdas" / "core")
"""Where the code, the questions and the lists lie on which it hangs what is found and told."""
MOST_BYTES = 4 << 30
MOST_ENTRIES = 32
DIGEST = 32
"""Bytes of the hash that stands before what is kept, and tells whether it is whole."""


class Summary(Struct):
    """All of Logs but the tables."""

    records: dict[str, int]
    malformed: list[dict[str, Any]]
    skipped_files: list[dict[str, str]]
    files: int
    first: str | None
    last: str | None
    seen: dict[str, dict[str, int]]
    hashes: dict[str, str] = {}
    """Of the tables' files."""


def folder() -> Path:
    """The usual place of the cache."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "genai-responder" / "hunt"


@dataclass
class Entry:
    """What one hunt found. `hit`: it was there; `note` says to people why it was not, where that is odd."""

    place: Path
    hit: bool = False
    note: str = ""

    @classmethod
    def of(cls, root: Path, there: Places, wanted: Wanted) -> Entry:
        """The entry of these files and wishes, be it there or not."""
        stamps = [(file.name, file.size, file.stamp) for file in (*there.files, *there.bodies)]
        text = msgspec.msgpack.encode((_version(), wanted, stamps, sorted(there.passed.items())))
        return cls(root / hashlib.sha256(text).hexdigest()[:32])

    def load(self, folder: Path) -> Summary | None:
        """Copy the tables' files into `folder`: an entry may go at any time. Nothing where there is no entry; a damaged
        one is removed."""
        if not self.place.is_dir():
            return None
        try:
            summary = msgspec.json.decode((self.place / "summary.json").read_bytes(), type=Summary)
            for table in TABLES:
                shutil.copyfile(self.place / f"{table}.parquet", folder / f"{table}.parquet")
            os.utime(self.place)
            damaged = any(_hash(folder / f"{table}.parquet") != summary.hashes.get(table) for table in TABLES)
        except (OSError, ValueError):
            damaged = True
        if damaged:
            self.note = "What an earlier hunt had kept was damaged; the logs were read again."
            shutil.rmtree(self.place, ignore_errors=True)
            return None
        self.hit = True
        return summary

    def remembered(self, what: str, given: Any, make: Callable[[], Any]) -> Any:
        """`make()`, or what it gave when it was last made of these records and of the same `given`, as JSON has it."""
        digest = hashlib.sha256(msgspec.msgpack.encode(given)).hexdigest()[:32]
        path = self.place / f"{what}-{digest}.json"
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        if len(kept) > DIGEST and hashlib.sha256(kept[DIGEST:]).digest() == kept[:DIGEST]:
            return msgspec.json.decode(kept[DIGEST:])
        made = make()
        self._keep(path, msgspec.json.encode(made))
        return made

    def _keep(self, path: Path, text: bytes) -> None:
        """All of it or nothing. A cache that cannot be written is no failure."""
        root = self.place.parent
        try:
            with tempfile.TemporaryDirectory(prefix="part-", dir=root, ignore_cleanup_errors=True) as part:
                made = Path(part) / path.name
                made.write_bytes(hashlib.sha256(text).digest() + text)
                made.chmod(0o600)
                made.rename(path)
            _bound(root, keep=self.place)
        except OSError as problem:
            self._failed(problem)

    def store(self, folder: Path, summary: Summary) -> None:
        """Keep the tables' files of `folder`: all of them or none. A cache that cannot be written is no failure."""
        root = self.place.parent
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            root.chmod(0o700)
            with tempfile.TemporaryDirectory(prefix="part-", dir=root, ignore_cleanup_errors=True) as part:
                _write(Path(part), folder, summary)
                Path(part).rename(self.place)
            _bound(root, keep=self.place)
        except OSError as problem:
            self._failed(problem)

    def _failed(self, problem: OSError) -> None:
        self.note = self.note or f"What was found could not be kept for the next hunt: {problem.strerror}."


def _write(part: Path, folder: Path, summary: Summary) -> None:
    for table in TABLES:
        shutil.copyfile(folder / f"{table}.parquet", part / f"{table}.parquet")
        summary.hashes[table] = _hash(part / f"{table}.parquet")
    (part / "summary.json").write_bytes(msgspec.json.encode(summary))
    for file in part.iterdir():
        file.chmod(0o600)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bound(root: Path, keep: Path) -> None:
    """Remove the entries that were used longest ago, beyond what the cache may hold."""
    entries = sorted((one for one in root.iterdir() if len(one.name) == 32), key=lambda one: -one.stat().st_mtime)
    size = 0
    for number, entry in enumerate(entries):
        size += sum(file.stat().st_size for file in entry.iterdir())
        if entry != keep and (number >= MOST_ENTRIES or size > MOST_BYTES):
            shutil.rmtree(entry, ignore_errors=True)


@cache
def _version() -> str:
    """Of the code that decides what is found and told, and of the database that answers."""
    files = sorted(chain.from_iterable(folder.rglob("*.*") for folder in TELL))
    text = b"".join(file.read_bytes() for file in files if file.suffix in (".py", ".json", ".sql"))
    return hashlib.sha256(text + version("duckdb").encode()).hexdigest()
