"""Bodies of model invocations that stand beside the log, put into the records that name them.

Bedrock logs a body of more than 100 KB as an object of its own, .../data/<requestId>_input.json.gz, and in the record
only its path. The path is text of a log, and opens nothing: it is looked up among the files of the given places, which
may be copies of that bucket, by the ends of their names.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from hunt.content import Damaged, Refused, blocks, clean
from hunt.objects import Objects
from hunt.places import File, Places
from hunt.records import NotARecord, invocation_of, line_of

SIDES = ("input", "output")
NAMED = b'BodyS3Path":'
LARGEST = 7_000_000
"""Bytes of one body, uncompressed: two of them fit into a record."""
LINES, LINES_BYTES = 32, 2_000_000
"""Records that are in memory at a time, a few times over: the next ones' bodies are being brought."""

_text_of = msgspec.json.Decoder(Raw).decode


class Bodies:
    """The bodies among the files that there are. `used` are the names of those that a record's path led to."""

    def __init__(self, there: Places, objects: Objects) -> None:
        self.there = there
        self.objects = objects
        self.used: set[str] = set()
        self.refused: set[str] = set()
        self.by_end: dict[str, list[File]] = defaultdict(list)
        for file in there.bodies:
            self.by_end[_end(file.name)].append(file)

    def fill(self, lines: Iterable[Path]) -> None:
        """Write the files of invocations' lines anew, with the bodies that there are. What else is there is told of as
        passed over, and what is no body as skipped."""
        if self.there.bodies:
            for path in lines:
                self._fill(path)
            self.there.unused(len(self.there.bodies) - len(self.used))

    def of(self, path: str) -> File | None:
        """The file that a record's path means: of several with its name the one whose folders agree furthest up."""
        files = self.by_end.get(_end(path), [])
        return max(files, key=lambda file: _agreeing(file.name, path), default=None)

    def _fill(self, path: Path) -> None:
        waiting: deque[list[bytes]] = deque()
        filled = path.with_suffix(".filled")
        with path.open("rb") as lines, filled.open("wb") as out:
            for batch in self.objects.here(self._needed(_chunks(lines), waiting)):
                brought = {file.name: Path(at) for _, file, at in batch}
                out.writelines(self._filled(line, brought) for line in waiting.popleft())
                for at in brought.values():
                    self.objects.done(str(at))
        filled.rename(path)

    def _needed(self, chunks: Iterator[list[bytes]], waiting: deque[list[bytes]]) -> Iterator[list[tuple[int, File]]]:
        """The files that each chunk's records name, and the chunk into `waiting`."""
        number = 0
        for chunk in chunks:
            waiting.append(chunk)
            sides = (side for line in chunk if NAMED in line for side in _missing(invocation_of(line)))
            files = {file.name: file for _, path in sides if (file := self.of(path))}
            yield list(enumerate(files.values(), number))
            number += len(files)

    def _filled(self, line: bytes, brought: dict[str, Path]) -> bytes:
        if not brought or NAMED not in line:
            return line
        record = invocation_of(line)
        name = ""
        for side, path in _missing(record):
            name = file.name if (file := self.of(path)) else ""
            if name in brought and (text := self._text(name, brought[name])):
                setattr(getattr(record, side), f"{side}BodyJson", Raw(text))
        try:
            return line_of(record) + b"\n"
        except NotARecord as problem:
            self._refuse(name, f"with the rest of its record {problem}")
            return line

    def _text(self, name: str, path: Path) -> bytes | None:
        self.used.add(name)
        try:
            return _text(path)
        except (Refused, Damaged, NotARecord) as problem:
            self._refuse(name, str(problem))
        except OSError as problem:
            self._refuse(name, problem.strerror or "cannot be read")
        return None

    def _refuse(self, name: str, reason: str) -> None:
        if name not in self.refused:
            self.refused.add(name)
            self.there.skip(name, f"body of an invocation: {reason}")


def _end(path: str) -> str:
    """The folder and the name: the latter holds the request's id."""
    return "/".join(path.split("/")[-2:])


def _agreeing(one: str, other: str) -> int:
    """How many folders the ends of two paths share."""
    pairs = zip(reversed(one.split("/")), reversed(other.split("/")), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == LINES or sum(map(len, chunk)) >= LINES_BYTES:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _missing(record: Any) -> Iterator[tuple[str, str]]:
    """Each side whose body is not in the record, with its path."""
    for side in SIDES:
        part = getattr(record, side)
        if part and getattr(part, f"{side}BodyS3Path") and bytes(getattr(part, f"{side}BodyJson")) == b"null":
            yield side, getattr(part, f"{side}BodyS3Path")


def _text(path: Path) -> bytes:
    """The JSON in a file. Raises Refused, Damaged, NotARecord and OSError."""
    if path.is_symlink():
        raise Refused("a symbolic link, which may lead out of what was given to read")
    first = list(islice(blocks(path), 2))
    if len(first) > 1 or len(first[0].data) > LARGEST:
        raise Refused(f"longer than {LARGEST:,} bytes")
    try:
        return bytes(_text_of(bytes(clean(first[0].data))))
    except (msgspec.DecodeError, RecursionError) as problem:
        raise NotARecord("not JSON") from problem
