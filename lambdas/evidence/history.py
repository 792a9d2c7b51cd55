"""The whole event history of a principal, in parts: each part is an artefact, and the ledger knows where it ended.

A rerun goes on behind the last part. The place is kept as a time and not as LookupEvents' token, which is bound to the
session that got it: history is read from the newest event back, so "until the oldest event that was read" says it
all, with the ids of the events of that very second, which are read once more and left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.core.ledger import Ledger
from lambdas.core.refusals import is_throttling, said
from lambdas.core.session import Session
from lambdas.evidence import cloudtrail
from lambdas.evidence.keeping import Keeper
from lambdas.evidence.reading import Reading

Json = dict[str, Any]

PART_PAGES = 10
MOST_PARTS = 20
"""10,000 events for each look-up: the trail's own files have the rest, and people wait to be asked."""
CALL = "cloudtrail:lookup_events"
SHORT = {"AccessKeyId": "key", "Username": "user"}


@dataclass
class Outcome:
    """What one look-up gave: manifest entries, gaps, and whether it has to be called again."""

    entries: list[Json] = field(default_factory=list)
    gaps: list[Json] = field(default_factory=list)
    unfinished: bool = False


@dataclass(frozen=True)
class Search:
    """One look-up of one principal in one Region. `deadline` is of time.monotonic()."""

    keeper: Keeper
    session: Session
    ledger: Ledger
    region: str
    sought: Json
    pace: cloudtrail.Pace
    deadline: float

    def run(self) -> Outcome:
        """Read on behind what is kept, until the history or the time ends."""
        parts = list(self.ledger.items(self.keeper.incident_id, f"{self._mark()}#"))
        outcome = Outcome([part["entry"] for part in parts])
        position = parts[-1]["position"] if parts else {"until": None, "seen": []}
        while position and not outcome.unfinished and len(outcome.entries) < MOST_PARTS:
            position = self._next(position, outcome)
        if position and not outcome.unfinished and not outcome.gaps:
            outcome.gaps.append(self._gap(f"there are more than the {len(outcome.entries)} parts that were read"))
        return outcome

    def _next(self, position: Json, outcome: Outcome) -> Json | None:
        """Read and keep one part; where the next one begins. None at the history's end, or where it cannot be read."""
        if time.monotonic() >= self.deadline:
            outcome.unfinished = True
            return position
        try:
            events, following = self._part(position)
        except (ClientError, BotoCoreError) as error:
            outcome.unfinished = is_throttling(error)
            outcome.gaps.append(self._gap(said(error, self.region)))
            return position if outcome.unfinished else None
        kept = self._keep(len(outcome.entries) + 1, events, following)
        outcome.entries.append(kept["entry"])
        place: Json | None = kept["position"]
        return place

    def _part(self, position: Json) -> tuple[list[Json], Json | None]:
        """(the records of some pages, where the next part begins). Raises what the first page raised."""
        events: list[Json] = []
        left = True
        try:
            for page, more in islice(self._pages(position), PART_PAGES):
                events, left = events + page, more
                if time.monotonic() >= self.deadline:
                    break
        except (ClientError, BotoCoreError):
            # What was read is kept, and the next part meets the error again.
            if not events:
                raise
            left = True
        following = _following(events, position) if left else None
        return [cloudtrail.record(e) for e in events if e["EventId"] not in position["seen"]], following

    def _pages(self, position: Json) -> Iterator[tuple[list[Json], bool]]:
        since = datetime.fromisoformat(self.keeper.incident["opened_at"]) - cloudtrail.HISTORY
        until = datetime.fromisoformat(position["until"]) if position["until"] else None
        return cloudtrail.lookup(self.session, self.region, self.sought, since, until, self.pace)

    def _keep(self, number: int, events: list[Json], following: Json | None) -> Json:
        """The artefact first, then the ledger: what a crash left between the two is taken up by its key."""
        reading = Reading(self.session, calls=[CALL])
        place = {"looked_up_by": self.sought, "region": self.region, "part": number}
        reading.content |= {**place, "events": events, "position": following}
        stored, entry = self.keeper.keep(self._name(number), reading)
        facts = {"entry": entry, "position": stored["content"]["position"]}
        self.ledger.put_new(self.keeper.incident_id, f"{self._mark()}#{number:03d}", facts)
        return facts

    def _mark(self) -> str:
        return f"history#{self.region}#{self.sought['AttributeKey']}"

    def _name(self, number: int) -> str:
        return f"04-cloudtrail-{self.region}-{SHORT[self.sought['AttributeKey']]}-{number:02d}"

    def _gap(self, why: str) -> Json:
        return {"what": f"{CALL} by {self.sought['AttributeKey']} in {self.region}", "why": why[:500]}


def preserve(keeper: Keeper, session: Session, ledger: Ledger, deadline: float) -> Outcome:
    """Every look-up of the incident's principal, Region by Region at the same time."""
    sought = cloudtrail.attributes(keeper.incident["principal"])
    if not sought:
        return Outcome(gaps=[{"what": CALL, "why": "neither a key nor a user name is known to look up by"}])
    regions = cloudtrail.regions(keeper.incident["region"])
    with ThreadPoolExecutor(len(regions)) as pool:
        outcomes = pool.map(lambda region: _of_region(keeper, session, ledger, region, sought, deadline), regions)
        return _together(outcome for of_region in outcomes for outcome in of_region)


def _of_region(
    keeper: Keeper, session: Session, ledger: Ledger, region: str, sought: list[Json], deadline: float
) -> list[Outcome]:
    """One look-up after the other: the limit is the Region's."""
    pace = cloudtrail.Pace()
    return [Search(keeper, session, ledger, region, one, pace, deadline).run() for one in sought]


def _together(outcomes: Iterator[Outcome]) -> Outcome:
    whole = Outcome()
    for outcome in outcomes:
        whole.entries += outcome.entries
        whole.gaps += outcome.gaps
        whole.unfinished = whole.unfinished or outcome.unfinished
    return whole


def _following(events: list[Json], position: Json) -> Json:
    """Where to go on: until the oldest event's second, without those of that second that were read."""
    if not events:
        return position
    oldest = min(event["EventTime"] for event in events)
    same = {event["EventId"] for event in events if event["EventTime"] == oldest}
    until = oldest.astimezone(UTC).isoformat()
    before = position["seen"] if position["until"] == until else []
    return {"until": until, "seen": sorted(same.union(before))}
