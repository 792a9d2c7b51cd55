"""One look at one file: counts of everything in it, and the relevant records, line by line, for the tables.

A first look takes what is relevant by itself and what was made by identities that are known to be implicated by then;
it tells which identities occurred of whom that is not known. Once all are known, a second look takes, from the files
where such an identity occurred, what the first one left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from msgspec import Struct, field

from hunt.content import Damaged, Refused, blocks
from hunt.forms import Contents, NotJson, Place, contents
from hunt.records import (
    Event,
    NotARecord,
    conversation_of,
    invocation_of,
    line_of,
    record_of,
    time_of,
    usual,
    usual_records,
)
from hunt.relevance import Wanted, acts, relevant, watched

NAMED = (".json", ".jsonl", ".ndjson")
"""A file of this name that holds no JSON is malformed; any other is no log, and passed over."""
REPORTED = 1_000
"""Malformed records that are told of, each with place and reason; the count is whole."""
AT_ONCE = 1_000
"""Records that are decoded together: as objects they take several times the room of their text."""
GROUP = attrgetter("eventSource", "eventName", "awsRegion", "recipientAccountId", "eventCategory")
TOKENS = attrgetter("userIdentity.accessKeyId", "userIdentity.sessionContext.sessionIssuer.arn", "userIdentity.arn")
"""An identity's names: the access key, who issued its session, and the user or session, which the invocation log names
too. A user is one by whichever key."""
TIME = attrgetter("eventTime")


class Found(Struct):
    """What looks at some files gave. `seen` counts, by kind of coverage, what was covered; `missed` are each file's
    identities that were not known to be implicated when it was looked at."""

    files: int = 0
    read: int = 0
    relevant: int = 0
    malformed: int = 0
    first: str | None = None
    last: str | None = None
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    reports: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    implicated: set[str] = field(default_factory=set)
    missed: dict[int, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def add(self, other: Found) -> None:
        """Take in what other looks gave, but for whom they missed."""
        self.files += other.files
        self.read += other.read
        self.relevant += other.relevant
        self.malformed += other.malformed
        self.span(other.first, other.last)
        for kind, counts in other.seen.items():
            for name, count in counts.items():
                self.count(kind, name, count)
        self.reports = (self.reports + other.reports)[:REPORTED]
        self.skipped += other.skipped
        self.implicated |= other.implicated
        self.names |= other.names

    def count(self, kind: str, name: str | None, count: int) -> None:
        counts = self.seen.setdefault(kind, {})
        counts[name or "unknown"] = counts.get(name or "unknown", 0) + count

    def span(self, *times: str | None) -> None:
        known = [time for time in (*times, self.first, self.last) if time]
        self.first, self.last = (min(known), max(known)) if known else (None, None)

    def broke(self, file: str, place: Place, reason: str) -> None:
        self.malformed += 1
        if len(self.reports) < REPORTED:
            where = {name: number for name, number in zip(("line", "record"), place, strict=True) if number}
            self.reports.append({"file": file, **where, "reason": reason})


class Look:
    """One process's looks at files. `lines` are open files, by table; `known` the identities implicated so far."""

    def __init__(self, wanted: Wanted, lines: dict[str, IO[bytes]], known: set[str]) -> None:
        self.wanted = wanted
        self.actors = [actor.encode() for actor in wanted.actors]
        self.lines = lines
        self.known = known
        self.found = Found()
        self.groups: Counter[tuple[Any, ...]] = Counter()

    def first(self, number: int, name: str, path: Path) -> None:
        """Take what matters from file `number`, known to people as `name`. Whom its first block implicates is known
        from then on; whom a later one does, after the file, or else a second look could not tell what was taken."""
        missed: set[str | None] = set()
        for nth, block in enumerate(self._blocks(name, path)):
            self.found.read += block.count
            for place, reason in block.broken:
                self.found.broke(name, place, reason)
            self._logs(name, block)
            self._events(name, block, missed, learn=nth == 0)
        self.known |= self.found.implicated
        self.found.files += 1
        if missed - {None}:
            self.found.missed[number] = [one for one in missed if one]

    def second(self, name: str, path: Path, missed: set[str]) -> None:
        """Take what the first look left: it did not know yet that `missed` are implicated."""
        for block in self._blocks(name, path, quiet=True):
            left = {n for n, tokens in enumerate(map(TOKENS, block.events)) if self._left(tokens, missed)}
            if left:
                taken = self._by_itself(block, list(map(GROUP, block.events)))
                self._take(name, block, left - taken - self._untimed(list(map(TIME, block.events))))

    def result(self) -> Found:
        """What all looks since the last result gave."""
        for (source, _, region, account, category), count in self.groups.items():
            self.found.count("event_sources", source, count)
            self.found.count("regions", region, count)
            self.found.count("accounts", account, count)
            self.found.count("categories", category, count)
        found, self.found = self.found, Found()
        self.groups.clear()
        return found

    def _left(self, tokens: tuple[str | None, ...], missed: set[str]) -> bool:
        implicated = self.known.intersection(tokens)
        return bool(implicated) and implicated <= missed

    def _blocks(self, name: str, path: Path, *, quiet: bool = False) -> Iterator[Contents]:
        """The file's blocks. What cannot be read is told of, but for a second look."""
        found = Found() if quiet else self.found
        try:
            for block in blocks(path):
                yield contents(block)
        except NotJson:
            _no_json(found, name)
        except Refused as reason:
            found.skipped.append({"file": name, "reason": str(reason)})
        except Damaged as reason:
            found.read += 1
            found.broke(name, (0, 0), str(reason))
        except OSError as problem:
            found.skipped.append({"file": name, "reason": problem.strerror or "cannot be read"})

    def _events(self, name: str, block: Contents, missed: set[str | None], *, learn: bool) -> None:
        groups, tokens = list(map(GROUP, block.events)), list(map(TOKENS, block.events))
        self.groups.update(groups)
        untimed = self._times(list(map(TIME, block.events)))
        for n in untimed:
            self.found.broke(name, block.place(n), "eventTime is not a time")
        chosen = self._by_itself(block, groups) - untimed
        self._take(name, block, chosen)
        if learn:
            self.known |= self.found.implicated
        distinct = set(tokens)
        theirs = {one for one in distinct if not self.known.isdisjoint(one)}
        if theirs:
            self._take(name, block, {n for n, one in enumerate(tokens) if one in theirs} - chosen - untimed)
        missed.update(chain.from_iterable(distinct - theirs))

    def _times(self, times: list[str]) -> set[int]:
        """Count the hours that the events cover; which of them have no time."""
        untimed = self._untimed(times)
        known = [time for time in map(time_of, times) if time] if untimed or not usual(times) else times
        if known:
            first, last = min(known), max(known)
            self.found.span(first, last)
            hours = [time[:13] for time in known] if first[:13] != last[:13] else []
            for hour, count in Counter(hours).items() if hours else [(first[:13], len(known))]:
                self.found.count("hours", hour, count)
        return untimed

    def _untimed(self, times: list[str]) -> set[int]:
        return set() if usual(times) else {n for n, time in enumerate(times) if time_of(time) is None}

    def _by_itself(self, block: Contents, groups: list[tuple[str, ...]]) -> set[int]:
        """Relevant whoever made it, or made by a wanted actor."""
        wanted = {group for group in set(groups) if relevant(group[0], group[1])}
        return {n for n, group in enumerate(groups) if group in wanted} | self._by_actors(block)

    def _by_actors(self, block: Contents) -> set[int]:
        """Only the records that hold an actor's name are read as a whole; a backslash might hide one."""
        needles = [*self.actors, b"\\"]
        if not self.actors or not any(needle in block.data for needle in needles):
            return set()
        texts = ((n, bytes(block.text(n))) for n in range(len(block.events)))
        return {n for n, text in texts if any(needle in text for needle in needles) and self._is_actors(text)}

    def _is_actors(self, text: bytes) -> bool:
        try:
            identity = record_of(text).userIdentity
        except NotARecord:
            return False
        return identity is not None and self.wanted.named(_names(identity))

    def _take(self, name: str, block: Contents, numbers: set[int]) -> None:
        """Write the lines of some events, those within the hunt's bounds, and learn whom they implicate."""
        ordered = sorted(numbers)
        for first in range(0, len(ordered), AT_ONCE):
            self._take_some(name, block, ordered[first : first + AT_ONCE])

    def _take_some(self, name: str, block: Contents, chosen: list[int]) -> None:
        try:
            records, lines = usual_records([block.text(n) for n in chosen])
            found = list(zip(chosen, records, lines, strict=True))
        except NotARecord:
            found = list(self._each(name, block, chosen))
        if self.wanted.bounds:
            found = [one for one in found if self.wanted.covers(one[1].eventTime, _account(one[1]))]
        self._write("cloudtrail_logs", [line for _, _, line in found])
        self._learn([(block.events[n], record) for n, record, _ in found])

    def _each(self, name: str, block: Contents, numbers: list[int]) -> Iterator[tuple[int, Any, bytes]]:
        """Each event's record and line. What is none is told of."""
        for n in numbers:
            try:
                record = record_of(block.text(n))
                yield n, record, line_of(record)
            except NotARecord as reason:
                self.found.broke(name, block.place(n), str(reason))

    def _learn(self, taken: list[tuple[Event, Any]]) -> None:
        called = {(record.eventSource, record.eventName) for _, record in taken}
        self.found.names.update(name for source, name in called if watched(source, name))
        who = {TOKENS(event) for event, record in taken if acts(record.eventSource, record.eventName, record.readOnly)}
        self.found.implicated.update(filter(None, chain.from_iterable(who)))

    def _logs(self, name: str, block: Contents) -> None:
        """Records of invocations and of conversations: all of them matter."""
        kinds = {"cloudtrail": len(block.events), "bedrock_invocations": len(block.invocations)}
        kinds |= {"q_conversations": len(block.conversations), "other": block.other}
        for kind, count in kinds.items():
            if count:
                self.found.count("kinds", kind, count)
        invocations = self._whole(name, block.invocations, invocation_of)
        called = self._logged("bedrock_invocations", [(one, one.timestamp, one.accountId) for one in invocations])
        self.found.implicated.update(one.identity.arn for one in called if one.identity and one.identity.arn)
        talks = self._whole(name, block.conversations, conversation_of)
        self._logged("q_conversations", [(one, one.event_timestamp, one.account_id) for one in talks])

    def _whole(self, name: str, texts: list[tuple[Place, Any]], record: Callable[[Any], Any]) -> Iterator[Any]:
        for place, text in texts:
            try:
                yield record(text)
            except NotARecord as reason:
                self.found.broke(name, place, str(reason))

    def _logged(self, table: str, records: list[tuple[Any, str, str | None]]) -> list[Any]:
        """Write the records within the hunt's bounds; which these are."""
        self.found.span(*(time for _, time, _ in records))
        covered = [record for record, time, account in records if self.wanted.covers(time, account)]
        self._write(table, list(map(line_of, covered)))
        return covered

    def _write(self, table: str, lines: list[bytes]) -> None:
        self.found.relevant += len(lines)
        if lines:
            self.lines[table].write(b"\n".join(lines) + b"\n")


def _no_json(found: Found, name: str) -> None:
    if name.lower().removesuffix(".gz").endswith(NAMED):
        found.read += 1
        found.broke(name, (0, 0), "not JSON")
    else:
        found.skipped.append({"file": name, "reason": "no JSON in it"})


def _account(record: Any) -> str | None:
    identity = record.userIdentity
    account: str | None = record.recipientAccountId or (identity and identity.accountId)
    return account


def _names(identity: Any) -> list[str | None]:
    session = identity.sessionContext and identity.sessionContext.sessionIssuer
    issuer = [session.arn, session.userName, session.principalId] if session else []
    return [identity.accessKeyId, identity.arn, identity.userName, identity.principalId, *issuer]
