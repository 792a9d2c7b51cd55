"""Logs as they really come, into two tables that questions are asked of: only what is relevant, each event once.

    files of all places -> looked at by a process for each core -> lines of what is relevant -> DuckDB

Every record of every file is parsed and counted; nothing is dropped without a word. Who made a relevant change or
called a model is implicated, and all that an implicated identity did is relevant: also in the files that were read
before that was known, which are looked at a second time.
"""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from hunt import tables
from hunt.bodies import Bodies
from hunt.cache import Entry, Summary
from hunt.look import Found
from hunt.objects import Objects
from hunt.places import File, Places, found
from hunt.readers import Readers
from hunt.relevance import Wanted
from hunt.worker import TABLES, Task

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Logs", "Progress", "Wanted", "read"]

BATCH_BYTES = 3_000_000
BATCH_FILES = 200
"""A process is given so much at once: half a tenth of a second's work."""


class Progress(Protocol):
    """Who wants to know how far it is. `bytes` are as they lie there, before decompression."""

    def begin(self, files: int, bytes: int) -> None: ...  # noqa: A002

    def advance(self, files: int, bytes: int, records: int) -> None: ...  # noqa: A002

    def found(self, name: str) -> None:
        """An event of the watch-list was seen for the first time."""


class Unwatched:
    """No progress to be shown."""

    def begin(self, files: int, bytes: int) -> None:  # noqa: A002
        pass

    def advance(self, files: int, bytes: int, records: int) -> None:  # noqa: A002
        pass

    def found(self, name: str) -> None:
        pass


@dataclass
class Logs:
    """What was read. `records` counts {read, relevant, duplicates, malformed}; `seen` what all records covered,
    relevant or not: {event_sources, regions, accounts, categories, hours, kinds, passed_over}, each {name: count}.
    `first` and `last` are the times of the earliest and the latest record. The tables' files lie in `folder`, which
    goes with this object; `entry` is where they are kept for the next hunt."""

    folder: tempfile.TemporaryDirectory[str]
    entry: Entry | None
    records: dict[str, int]
    malformed: list[dict[str, Any]]
    skipped_files: list[dict[str, str]]
    files: int
    first: str | None
    last: str | None
    seen: dict[str, dict[str, int]]

    @cached_property
    def connection(self) -> DuckDBPyConnection:
        """DuckDB with the tables. It is opened when something is asked: what an earlier hunt told needs none."""
        lies = Path(self.folder.name)
        connection = tables.connect(lies)
        for table in TABLES:
            tables.view(connection, table, lies / f"{table}.parquet")
        return connection

    @property
    def cached(self) -> bool:
        """Nothing had to be read again."""
        return self.entry is not None and self.entry.hit

    @property
    def notes(self) -> list[str]:
        """For people, such as that a damaged cache was made again."""
        return [self.entry.note] if self.entry and self.entry.note else []

    def told(self, what: str, given: Any, make: Callable[[], Any]) -> Any:
        """`make()`, which hangs on these records, on `given` and on nothing else; from the cache if it is there."""
        return self.entry.remembered(what, given, make) if self.entry else make()


def read(
    places: Sequence[str],
    wanted: Wanted = Wanted(),  # noqa: B008
    progress: Progress | None = None,
    cache: Path | None = None,
    session: Any = None,
) -> Logs:
    """Read all logs of `places`: files, folders, s3://bucket/prefix (through `session`, a boto3 Session). With `cache`,
    a folder (hunt.cache.folder() is the usual one), what has not changed since is not read again.

    Raises InputRefused for a place that is not there.
    """
    there, watching = found(places, session, wanted.since), progress or Unwatched()
    watching.begin(len(there.files), sum(file.size for file in there.files))
    entry = Entry.of(cache, there, wanted) if cache else None
    folder = tempfile.TemporaryDirectory(prefix="responder-hunt-")
    summary = entry.load(Path(folder.name)) if entry else None
    if summary is None:
        summary = _Reading(there, wanted, watching, Path(folder.name), session).all()
        if entry:
            entry.store(Path(folder.name), summary)
    else:
        watching.advance(len(there.files), sum(file.size for file in there.files), summary.records["read"])
    parts = msgspec.structs.asdict(summary)
    del parts["hashes"]
    return Logs(folder, entry, **parts)


class _Reading:
    """One reading of all files, from the first look to the tables."""

    def __init__(self, there: Places, wanted: Wanted, progress: Progress, folder: Path, session: Any) -> None:
        self.there = there
        self.wanted = wanted
        self.progress = progress
        self.folder = folder
        self.objects = Objects(folder, session, there.skip)
        self.total = Found()
        self.parts = 0
        # Whom each file's first look missed, as numbers: there are many files, and in each the same few hundred names.
        self.identities: dict[str, int] = {}
        self.missed: dict[int, array[int]] = {}

    def all(self) -> Summary:
        """Write the tables' files. What was found is in them; what was counted is answered."""
        files = self.there.files
        with Readers(self.wanted, self.folder, sum(file.size for file in files)) as readers:
            self._run(readers, self._tasks(enumerate(files)))
            again = self._again()
            self._run(readers, self._tasks(((n, files[n]) for n in again), again), first=False)
        Bodies(self.there, self.objects).fill(self.folder.glob("bedrock_invocations-*.jsonl"))
        with tables.connect(self.folder) as connection:
            duplicates = sum(self._pack(connection, table) for table in TABLES)
        return self._summary(duplicates)

    def _pack(self, connection: DuckDBPyConnection, table: str) -> int:
        """Write one table's file; how many records were dropped because they were there already."""
        lines = sorted(self.folder.glob(f"{table}-*.jsonl"))
        copies = tables.pack(connection, table, lines, self.folder / f"{table}.parquet")
        for part in lines:
            part.unlink()
        return copies

    def _summary(self, duplicates: int) -> Summary:
        total = self.total
        relevant = total.relevant - duplicates
        records = {"read": total.read, "relevant": relevant, "duplicates": duplicates, "malformed": total.malformed}
        seen = total.seen | {"passed_over": self.there.passed}
        reports = sorted(
            total.reports, key=lambda report: (report["file"], report.get("line", 0), report.get("record", 0))
        )
        skipped = sorted(self.there.skipped + total.skipped, key=lambda one: one["file"])
        return Summary(records, reports, skipped, len(self.there.files), total.first, total.last, seen)

    def _tasks(
        self, numbered: Iterable[tuple[int, File]], missed: dict[int, list[str]] | None = None
    ) -> Iterator[Task]:
        for batch in self.objects.here(_batches(numbered)):
            self.parts += 1
            files = [(number, file.name, path) for number, file, path in batch]
            yield Task(self.parts, files, missed=[missed[number] for number, *_ in files] if missed else None)

    def _run(self, readers: Readers, tasks: Iterator[Task], *, first: bool = True) -> None:
        for task, gave in readers.done(tasks):
            if gave is None:
                self._lost(task)
                continue
            readers.learn(gave.implicated - self.total.implicated)
            for name in sorted(gave.names - self.total.names):
                self.progress.found(name)
            self.total.add(gave)
            self._remember(gave.missed)
            if first:
                size = sum(self.there.files[number].size for number, *_ in task.files)
                self.progress.advance(len(task.files), size, gave.read)
            for _, _, path in task.files:
                self.objects.done(path)

    def _remember(self, missed: dict[int, list[str]]) -> None:
        for number, names in missed.items():
            self.missed[number] = array("I", (self.identities.setdefault(name, len(self.identities)) for name in names))

    def _again(self) -> dict[int, list[str]]:
        """The files to look at a second time, each with the implicated whom its first look missed."""
        implicated = {self.identities[name]: name for name in self.total.implicated if name in self.identities}
        missed = {n: [implicated[one] for one in ones if one in implicated] for n, ones in self.missed.items()}
        return {number: names for number, names in sorted(missed.items()) if names}

    def _lost(self, task: Task) -> None:
        for _, name, _ in task.files:
            self.there.skip(name, "the process that read it, or a file beside it, ended: too little memory?")
        for part in self.folder.glob(f"*-{task.part}.jsonl"):
            part.unlink()


def _batches(files: Iterable[tuple[int, File]]) -> Iterator[list[tuple[int, File]]]:
    batch: list[tuple[int, File]] = []
    for number, file in files:
        batch.append((number, file))
        if len(batch) == BATCH_FILES or sum(file.size for _, file in batch) >= BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch
