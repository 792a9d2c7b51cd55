"""The records in a block of text, whichever form they came in.

A document {"Records": [...]}, a list, one record, one record a line or one after the other; each record by itself or in
the envelope of EventBridge ({"detail": ...}), of LookupEvents ({"Events": [{"CloudTrailEvent": "..."}]}), of CloudWatch
Logs ({"message": "..."}, {"logEvents": [...]}, or a line that begins with a time), of CloudTrail Lake
({"eventJson": "..."}) or of a set of tests ({"event": ...}). What is readable and none of the records that we know
is other, and counts as read. What is not readable is broken, with its place and the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from msgspec import Raw, Struct

from hunt.content import Block, clean
from hunt.records import Event, NotARecord, event_of, mended_event

Place = tuple[int, int]
"""Line and record in it, each from 1; 0 where the form has none."""
DEEPEST = 6
"""Envelopes in one another; AWS's own come to three."""
STAMPED = re.compile(rb"\s*\d{4}-\d\d-\d\dT[\d:.]+Z[ \t]+(?=[{\[])")
"""What CloudWatch's exports put before each message."""
BEGINS = re.compile(rb"\s*[{\[]")
LISTED = re.compile(r'\s*\{\s*"Records"\s*:\s*\[')


class NotJson(Exception):
    """The file is something else: there is not one JSON value in it."""


class Document(Struct, gc=False):
    """CloudTrail's own files, as far as each record is looked at."""

    Records: list[Event]


class Raws(Struct, gc=False):
    Records: list[Raw]


ABSENT = Raw()


class Shape(Struct, gc=False):
    """What tells the forms apart. Each field holds the text of its value."""

    Records: Raw = ABSENT
    Events: Raw = ABSENT
    logEvents: Raw = ABSENT  # noqa: N815
    CloudTrailEvent: Raw = ABSENT
    eventJson: Raw = ABSENT  # noqa: N815
    detail: Raw = ABSENT
    event: Raw = ABSENT
    message: Raw = ABSENT
    insight: Raw = msgspec.field(default=ABSENT, name="@message")
    messageType: Raw = ABSENT  # noqa: N815
    eventSource: Raw = ABSENT  # noqa: N815
    eventName: Raw = ABSENT  # noqa: N815
    eventsource: Raw = ABSENT
    eventname: Raw = ABSENT
    schemaType: Raw = ABSENT  # noqa: N815
    modelId: Raw = ABSENT  # noqa: N815
    operation: Raw = ABSENT
    application_id: Raw = ABSENT
    conversation_id: Raw = ABSENT
    log_type: Raw = ABSENT


document_of = msgspec.json.Decoder(Document).decode
raws_of = msgspec.json.Decoder(Raws).decode
shape_of = msgspec.json.Decoder(Shape).decode
raw_of = msgspec.json.Decoder(Raw).decode
list_of = msgspec.json.Decoder(list[Raw]).decode
INVOCATION = b'"ModelInvocationLog"'


@dataclass
class Contents:
    """What one block holds. `raws` are the events' texts, in the same order, read only when one is needed."""

    data: bytes | bytearray
    events: list[Event] = field(default_factory=list)
    places: list[Place] | None = None
    invocations: list[tuple[Place, Raw]] = field(default_factory=list)
    conversations: list[tuple[Place, Raw]] = field(default_factory=list)
    broken: list[tuple[Place, str]] = field(default_factory=list)
    other: int = 0
    texts: list[Raw] | None = None

    @property
    def count(self) -> int:
        return len(self.events) + len(self.invocations) + len(self.conversations) + len(self.broken) + self.other

    def text(self, number: int) -> Raw:
        if self.texts is None:
            self.texts = raws_of(self.data).Records
        return self.texts[number]

    def place(self, number: int) -> Place:
        return self.places[number] if self.places is not None else (0, number + 1)


def contents(block: Block) -> Contents:
    """All that a block holds. Raises NotJson."""
    try:
        return Contents(block.data, document_of(block.data).Records)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _each(replace(block, data=clean(block.data)))


def _each(block: Block) -> Contents:
    """Value by value: for all other forms, and for a document with a record that is not as it should be."""
    found = Contents(block.data, places=[], texts=[])
    values = list(_values(block))
    if values and not BEGINS.match(block.data) and not any(_is_json(value) for _, value in values):
        raise NotJson
    for place, value in values:
        if isinstance(value, str):
            found.broken.append((place, value))
        else:
            _sort(found, place, value, 0)
    if block.cut and found.broken and values[-1][1] == found.broken[-1][1]:
        found.broken.pop()
    return found


def _is_json(value: Raw | str) -> bool:
    """A number alone is none: other logs begin with one."""
    return not isinstance(value, str) and bool(BEGINS.match(bytes(value)))


def _values(block: Block) -> Iterator[tuple[Place, Raw | str]]:
    """Each JSON value of the text, or why it is none."""
    data = bytes(block.data)
    if not data.strip():
        return
    try:
        yield (0, 0), raw_of(data)
    except (msgspec.DecodeError, RecursionError):
        lines = data.split(b"\n")
        yield from _lines(lines, block.line) if _in_lines(lines) else _salvaged(data, (0, 0))


def _in_lines(lines: list[bytes]) -> bool:
    """Whether each line is a value of its own: every one begins like one, or an early one is one."""
    filled = [line for line in lines[:1000] if line.strip()]
    return all(map(_begins, filled)) or any(map(_is_object, filled[:100]))


def _begins(line: bytes) -> bool:
    return bool(BEGINS.match(line) or STAMPED.match(line))


def _is_object(line: bytes) -> bool:
    line = STAMPED.sub(b"", line, count=1).strip()
    try:
        return len(line) > 2 and line.startswith(b"{") and bool(raw_of(line))
    except (msgspec.DecodeError, RecursionError):
        return False


def _lines(lines: list[bytes], first: int) -> Iterator[tuple[Place, Raw | str]]:
    for number, line in enumerate(lines, first):
        text = STAMPED.sub(b"", line, count=1)
        if not text.strip():
            continue
        try:
            yield (number, 0), raw_of(text)
        except (msgspec.DecodeError, RecursionError):
            yield from _salvaged(text, (number, 0))


def _salvaged(data: bytes, place: Place) -> Iterator[tuple[Place, Raw | str]]:
    """What stands whole in text that is not sound JSON: the records of a document up to the break; values one after
    the other; values with control characters or half a surrogate pair in them, which Python forgives."""
    text = data.decode("utf-8", "replace")
    listed = LISTED.match(text)
    at, number = (listed.end() if listed else 0), 0
    while (at := _next(text, at)) < len(text):
        if listed and text[at] == "]":
            return
        number += 1
        try:
            value, at = _forgiving.raw_decode(text, at)
        except (ValueError, RecursionError) as problem:
            yield (place[0], number if listed else place[1]), _why(problem)
            return
        yield (place[0], number if listed else place[1]), Raw(_dumped(value))
    if listed:
        yield (place[0], number + 1), "broken JSON: the text ends before the document does"


_forgiving = json.JSONDecoder(strict=False, parse_constant=lambda _: None)


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    return at


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _why(problem: ValueError | RecursionError) -> str:
    if isinstance(problem, RecursionError):
        return "nested too deeply"
    return f"broken JSON: {problem.msg}" if isinstance(problem, json.JSONDecodeError) else "broken JSON"


def _sort(found: Contents, place: Place, value: Raw, depth: int) -> None:
    """Put one value where it belongs, out of its envelopes."""
    try:
        shape = shape_of(value)
    except (msgspec.DecodeError, RecursionError):
        return _open_list(found, place, value, depth)
    listed, single = _envelope(shape) if depth < DEEPEST else (ABSENT, ABSENT)
    if listed:
        _open_list(found, place, listed, depth)
    elif single:
        _open(found, place, single, depth)
    elif shape.eventSource or shape.eventsource:
        _event(found, place, value)
    elif _is_invocation(shape):
        found.invocations.append((place, value))
    elif shape.application_id and (shape.conversation_id or shape.log_type):
        found.conversations.append((place, value))
    else:
        found.other += 1
    return None


def _is_invocation(shape: Shape) -> bool:
    if shape.schemaType:
        return bytes(shape.schemaType) == INVOCATION
    return bool(shape.modelId and shape.operation)


def _envelope(shape: Shape) -> tuple[Raw, Raw]:
    """The list, or the one thing, that a value is wrapped around. CloudWatch's control messages hold no record."""
    if shape.eventSource or shape.eventsource or (shape.messageType and b"CONTROL" in bytes(shape.messageType)):
        return ABSENT, ABSENT
    texts = shape.CloudTrailEvent or shape.eventJson or shape.message or shape.insight
    return shape.Records or shape.Events or shape.logEvents, texts or shape.detail or shape.event


def _open(found: Contents, place: Place, inner: Raw, depth: int) -> None:
    text = bytes(inner)
    if text.startswith(b"{"):
        _sort(found, place, inner, depth + 1)
    elif text.startswith(b'"'):
        _open_text(found, place, text, depth)
    else:
        found.other += 1


def _open_text(found: Contents, place: Place, text: bytes, depth: int) -> None:
    """JSON in quotes. A message of text is nobody's record; one that begins like JSON and is not is broken."""
    inner = STAMPED.sub(b"", msgspec.json.decode(text, type=str).encode(), count=1)
    if not BEGINS.match(inner):
        found.other += 1
        return
    for _, value in _one(inner):
        if isinstance(value, str):
            found.broken.append((place, value))
        else:
            _sort(found, place, value, depth + 1)


def _one(text: bytes) -> Iterator[tuple[Place, Raw | str]]:
    try:
        yield (0, 0), raw_of(text)
    except (msgspec.DecodeError, RecursionError):
        yield from _salvaged(text, (0, 0))


def _open_list(found: Contents, place: Place, value: Raw, depth: int) -> None:
    try:
        values = list_of(value)
    except (msgspec.DecodeError, RecursionError):
        found.broken.append((place, "not an object"))
        return
    for number, one in enumerate(values, 1):
        _sort(found, (place[0], number), one, depth + 1)


def _event(found: Contents, place: Place, value: Raw) -> None:
    try:
        event, text = event_of(value), value
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            event, mended = mended_event(value)
        except NotARecord as problem:
            found.broken.append((place, str(problem)))
            return
        text = Raw(mended)
    found.events.append(event)
    found.places.append(place)  # type: ignore[union-attr]
    found.texts.append(text)  # type: ignore[union-attr]
