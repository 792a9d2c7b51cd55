"""What an earlier hunt found relevant in the same files, so that the next one need not read them again.

An entry is a folder: one Parquet file for each table, and summary.json. Its name is a hash over the files with their
sizes and stamps, over what was wanted, and over the code that decides what is relevant: whatever changes, an old entry
is not found any more. Entries hold prompts and names: only their owner may read them. The oldest go when there are too
many.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from hunt.places import Places
from hunt.relevance import Wanted
from hunt.worker import TABLES

HERE = Path(__file__).parent
DECIDE = (
    "bodies",
    "cache",
    "content",
    "forms",
    "look",
    "places",
    "reading",
    "records",
    "relevance",
    "tables",
    "worker",
)
MOST_BYTES = 4 << 30
MOST_ENTRIES = 32


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
    """Of the code that decides what is found."""
    text = b"".join((HERE / f"{module}.py").read_bytes() for module in DECIDE)
    watched = HERE.parent / "lambdas" / "evidence" / "watchlist.json"
    return hashlib.sha256(text + watched.read_bytes()).hexdigest()
