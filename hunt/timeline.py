"""What happened when: the notable moments, so few that a person reads them in two minutes.

Detections, changes on the watch-list, when each identity used models, and when logs were off. Many of the same by the
same identity, one after the other, are one line with their number; what a detection tells is not told twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hunt.calls import INVOKES, Json, rows, severity_rank
from lambdas.evidence.query import watchlist

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINES = 1_000
"""The longest timeline; the least severe lines are left out first."""
USERS = 50
"""How many identities' use of models is told one by one."""
EVENTS = 20
"""How many event ids a line names."""
BURST_MINUTES = 15
CHANGES = """
WITH watched AS (
  SELECT unnest(from_json($1, '[{"source":"VARCHAR","name":"VARCHAR","severity":"VARCHAR","tactic":"VARCHAR"}]'),
    recursive := true)
), hits AS (
  SELECT calls.*, severity, tactic, error IS NOT NULL AS failed, try_cast(moment AS TIMESTAMP) AS clock
  FROM calls JOIN watched USING (source, name)
  WHERE log = 'cloudtrail' AND NOT (invocation AND name IN (SELECT unnest($2)))
    AND (event_id IS NULL OR event_id NOT IN (SELECT unnest(from_json($3, '["VARCHAR"]'))))
), marked AS (
  SELECT *, coalesce(date_diff('minute', lag(clock) OVER same, clock) > $4, true)::INT AS starts FROM hits
  WINDOW same AS (PARTITION BY actor, source, name, failed ORDER BY clock)
), bursts AS (
  SELECT *, sum(starts) OVER (PARTITION BY actor, source, name, failed ORDER BY clock ROWS UNBOUNDED PRECEDING) AS burst
  FROM marked
)
SELECT actor, source, name, failed, min(severity) AS severity, min(tactic) AS tactic, min(moment) AS "at",
  max(moment) AS until, count(*) AS n, min(account) AS account, list_sort(list_distinct(list(region))) AS regions,
  list_sort(list_distinct(list(error))) AS errors, list_slice(list_sort(list_distinct(list(target))), 1, 4) AS targets,
  list_slice(list_sort(list_distinct(list(event_id))), 1, $5) AS event_ids
FROM bursts GROUP BY actor, source, name, failed, burst ORDER BY "at", actor, name
"""
USES = """
SELECT actor, min(moment) AS "at", max(moment) AS until, count(*) AS n, count(error) AS errors, min(account) AS account,
  list_sort(list_distinct(list(region))) AS regions, list_sort(list_distinct(list(model))) AS models
FROM calls WHERE invocation GROUP BY actor ORDER BY n DESC, actor
"""
TALKS = """
SELECT actor, min(moment) AS "at", max(moment) AS until, count(*) AS n, count(error) AS errors, min(account) AS account,
  []::VARCHAR[] AS regions, list_sort(list_distinct(list(target))) AS applications
FROM calls WHERE log = 'conversations' AND name <> 'Feedback' GROUP BY actor ORDER BY n DESC, actor
"""


def timeline(connection: DuckDBPyConnection, detections: Sequence[Json], gaps: Sequence[Json]) -> list[Json]:
    """[{at, until, n, kind, severity, what, detail, actor, account, regions, tactics, attack, atlas,
    event_ids}], by time.

    `kind` is detection, watched (a call on the watch-list), failed (the same, which failed), use or gap.
    """
    told = [event_id for found in detections for event_id in found["event_ids"]]
    lines = [*map(_detection, detections), *_changes(connection, told), *_uses(connection), *_gaps(gaps)]
    worst = sorted(lines, key=lambda line: (-severity_rank(line["severity"]), line["at"]))[:LINES]
    return sorted(worst, key=lambda line: (line["at"], -severity_rank(line["severity"]), line["what"]))


def line(at: str, kind: str, what: str, **facts: object) -> Json:
    nothing: Json = {"until": at, "n": 1, "severity": None, "detail": "", "actor": None, "account": None, "regions": [],
                     "tactics": [], "attack": [], "atlas": [], "event_ids": []}  # fmt: skip
    return {"at": at, "kind": kind, "what": what, **nothing, **facts}


def _detection(found: Json) -> Json:
    return line(
        found["first_seen"], "detection", found["title"], until=found["last_seen"], n=found["n"],
        severity=found["severity"], detail=found["detail"], actor=found["actor"], account=found["account"],
        regions=[found["region"]] if found["region"] else [], tactics=found["tactics"], attack=found["attack"],
        atlas=found["atlas"], event_ids=found["event_ids"][:EVENTS],
    )  # fmt: skip


def _changes(connection: DuckDBPyConnection, told: Sequence[str]) -> Iterator[Json]:
    watched = [_watched(row) for row in watchlist()]
    # As JSON: for each text of a list, DuckDB's client looks anew for libraries that may have made it.
    long = json.dumps(watched), list(INVOKES), json.dumps(list(told))
    for row in rows(connection, CHANGES, (*long, BURST_MINUTES, EVENTS)):
        yield _change(row)


def _watched(row: Json) -> Json:
    source, name, tactic = row["eventSource"], row["eventName"], ", ".join(row["tactics"])
    return {"source": source, "name": name, "severity": row["severity"], "tactic": tactic}


def _change(row: Json) -> Json:
    service = str(row["source"]).removesuffix(".amazonaws.com")
    return line(
        row["at"], "failed" if row["failed"] else "watched", f"{row['name']} ({service})",
        until=row["until"], n=row["n"],
        # What failed changed nothing: it tells of intent.
        severity="low" if row["failed"] else row["severity"], detail=_on_what(row), actor=row["actor"],
        account=row["account"], regions=row["regions"], tactics=row["tactic"].split(", "), event_ids=row["event_ids"],
    )  # fmt: skip


def _on_what(row: Json) -> str:
    """What was changed, the first three by name, and why it failed."""
    targets, errors = row["targets"][:3], ", ".join(row["errors"])
    told = ", ".join(targets) + (" and more" if len(row["targets"]) > 3 else "")
    return f"{told}: {errors}" if told and errors else told or errors


def _uses(connection: DuckDBPyConnection) -> Iterator[Json]:
    """When each identity began to use models, and to talk to Amazon Q: never what about."""
    users, talkers = rows(connection, USES), rows(connection, TALKS)
    for row in users[:USERS]:
        failed = f", {row['errors']} of them failed" if row["errors"] else ""
        yield _use(row, "Model use begins", f"{_first(row['models']) or 'model not named'}{failed}")
    yield from _more(users[USERS:], "Model use by {} more identities")
    for row in talkers[:USERS]:
        blocked = f", {row['errors']} of them blocked" if row["errors"] else ""
        yield _use(row, "Amazon Q conversations begin", f"application {_first(row['applications'])}{blocked}")
    yield from _more(talkers[USERS:], "Amazon Q conversations of {} more people")


def _use(row: Json, what: str, detail: str) -> Json:
    return line(row["at"], "use", what, until=row["until"], n=row["n"], actor=row["actor"], account=row["account"],
                regions=row["regions"], severity="info", detail=detail)  # fmt: skip


def _first(names: Sequence[str]) -> str:
    """The first three, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _more(rest: Sequence[Json], what: str) -> Iterator[Json]:
    if rest:
        first, last = min(row["at"] for row in rest), max(row["until"] for row in rest)
        yield line(first, "use", what.format(len(rest)), until=last, severity="info", n=sum(row["n"] for row in rest))


def _gaps(gaps: Sequence[Json]) -> Iterator[Json]:
    for gap in gaps:
        yield line(gap["from"], "gap", gap["what"], until=gap["to"], severity="high", account=gap["account"],
                   regions=[gap["region"]] if gap["region"] else [], tactics=["defense_evasion"])  # fmt: skip
