"""What could not be seen, and what to switch on: an empty answer is only as good as the logs behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from hunt.calls import METERED, Json, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from hunt.reading import Logs

HOUR = timedelta(hours=1)
GLOBAL_REGION = "us-east-1"
MANTLE = "bedrock-mantle.amazonaws.com"
# What switches a log off, what switches it on again, and what names the log.
SWITCHES = (
    ("invocation_logging", "bedrock.amazonaws.com", ("DeleteModelInvocationLoggingConfiguration",),
     ("PutModelInvocationLoggingConfiguration",), None),
    ("trail", "cloudtrail.amazonaws.com", ("StopLogging", "DeleteTrail"), ("StartLogging", "CreateTrail"), "$.name"),
)  # fmt: skip
KINDS = {
    "unlogged_invocations": (
        "Model invocations of CloudTrail have no record in the invocation logs: prompts, answers, tokens are unknown",
        "Read this Region's invocation logs too; if there are none, switch model invocation logging on.",
    ),
    "no_cloudtrail": (
        "No relevant CloudTrail record was read: from where and with which key is not known",
        "Read CloudTrail of the same time too.",
    ),
    "no_invocation_log": (
        "No model-invocation log was read: no prompts, no tokens, no cost",
        "Read the invocation logs too, or switch them on in every Region.",
    ),
    "no_conversation_log": (
        "Amazon Q Business was called, and no conversation log was read: what was asked and answered is not known",
        "Read the conversation logs too, or switch their delivery on for every application.",
    ),
    "no_data_events": (
        "No data event was read: calls of agents, knowledge bases, flows and Amazon Q need selectors to be logged",
        "Add data-event selectors for Bedrock and Amazon Q to the trail.",
    ),
    "mantle_unlogged": (
        "Inference through bedrock-mantle: no invocation log has its prompts and tokens",
        "Deny bedrock-mantle to who does not need it.",
    ),
    "no_mantle": (
        "No event of bedrock-mantle was read: its inference is a data event, off by default, and in no invocation log",
        "Add data-event selectors for bedrock-mantle to the trail.",
    ),
    "no_read_only": (
        "No read-only event is among the relevant ones: enumeration, and model calls, may not be logged",
        "Have the trail log read and write management events.",
    ),
    "no_global_region": (
        f"No record of {GLOBAL_REGION} was read: IAM's changes are recorded there",
        f"Read {GLOBAL_REGION} too.",
    ),
    "region_unread": (
        "Models answered in a Region of which no CloudTrail record was read",
        "Read this Region's CloudTrail too.",
    ),
    "missing_hours": (
        "Hours have no record at all; the longest stretch is given",
        "Check that the files of these hours are there; quiet hours look the same.",
    ),
    "skipped_files": ("Files could not be read", "See the list of skipped files."),
    "malformed_records": ("Records could not be read", "See the list of malformed records."),
}
"""What is said of each kind, and what is advised."""
SWITCHED = """
SELECT eventTime AS moment, account, awsRegion AS region, eventName AS name,
  coalesce(try(json_extract_string(requestParameters, $4)), '') AS what
FROM cloudtrail_logs
WHERE errorCode IS NULL AND eventSource = $1 AND eventName IN (SELECT unnest($2) UNION SELECT unnest($3))
ORDER BY moment
"""
UNLOGGED = """
SELECT account, region, count(*) AS n, min(moment) AS first, max(moment) AS last FROM calls
WHERE log = 'cloudtrail' AND source = 'bedrock.amazonaws.com' AND error IS NULL AND name IN (SELECT unnest($1))
  AND (request_id IS NULL OR request_id NOT IN (SELECT request_id FROM metered WHERE request_id IS NOT NULL))
GROUP BY account, region ORDER BY n DESC
"""
# Bodies that are not in their records and were not among the files that were read.
BODIES = """
WITH paths AS (
  SELECT accountId AS account, region, "timestamp" AS moment,
    unnest([CASE WHEN input.inputBodyJson IS NULL THEN input.inputBodyS3Path END,
      CASE WHEN output.outputBodyJson IS NULL THEN output.outputBodyS3Path END]) AS path
  FROM bedrock_invocations
)
SELECT split_part(path, '/', 3) AS bucket, account, region, count(*) AS n, min(moment) AS first, max(moment) AS last
FROM paths WHERE path <> '' GROUP BY ALL ORDER BY n DESC, bucket, account, region
"""
TOTALS = """
SELECT count(*) FILTER (log = 'cloudtrail') AS trail, count(*) FILTER (read_only = 'true') AS reads,
  count(*) FILTER (source = 'bedrock-mantle.amazonaws.com' AND invocation) AS mantle,
  count(*) FILTER (log = 'cloudtrail' AND source = 'qbusiness.amazonaws.com') AS q_calls,
  (SELECT count(*) FROM bedrock_invocations) AS logged, (SELECT count(*) FROM q_conversations) AS conversations
FROM calls
"""
ELSEWHERE = """
SELECT place AS region, count(*) AS n FROM (
  SELECT region AS place FROM bedrock_invocations UNION ALL SELECT inferenceRegion FROM bedrock_invocations)
WHERE place IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1
"""


def spot(kind: str, what: str, advice: str, **facts: Any) -> Json:
    """One thing that could not be seen. `from` and `to` bound it where that is known; `to` is null while it lasts."""
    given = {"from": facts.pop("since", None), "to": facts.pop("until", None)}
    return {"kind": kind, "what": what, "advice": advice, "account": None, "region": None, "n": None, **given, **facts}


def known(kind: str, **facts: Any) -> Json:
    """A spot in the words that stand in KINDS."""
    return spot(kind, *KINDS[kind], **facts)


def blind_spots(logs: Logs) -> list[Json]:
    """All of them, what an attacker did first, then what is not logged, then what could not be read."""
    totals = rows(logs.connection, TOTALS)[0]
    told = (gaps(logs.connection), _unlogged(logs.connection), _bodies(logs.connection))
    return [*chain.from_iterable(told), *_coverage(logs, totals), *_unread(logs)]


def gaps(connection: DuckDBPyConnection) -> Iterator[Json]:
    """The times between switching a log off and on again."""
    for kind, source, off, on, path in SWITCHES:
        open_since: dict[tuple[str, str, str], str] = {}
        for row in rows(connection, SWITCHED, (source, list(off), list(on), path or "$.none")):
            key = (row["account"] or "", row["region"] or "", row["what"])
            if row["name"] in off:
                open_since.setdefault(key, row["moment"])
            elif key in open_since:
                yield _gap(kind, key, open_since.pop(key), row["moment"])
        for key, since in open_since.items():
            yield _gap(kind, key, since, None)


def _gap(kind: str, key: tuple[str, str, str], since: str, until: str | None) -> Json:
    account, region, name = key
    what = "Model invocation logging" if kind == "invocation_logging" else f"Trail {name}".strip()
    ended = "was off" if until else "was switched off, and not on again in these records"
    advice = "Switch it on again, and take what happened meanwhile from the other log."
    return spot(f"{kind}_off", f"{what} {ended}", advice, since=since, until=until, account=account, region=region)


def _unlogged(connection: DuckDBPyConnection) -> Iterator[Json]:
    for row in rows(connection, UNLOGGED, (list(METERED),)):
        where = {"account": row["account"], "region": row["region"]}
        yield known("unlogged_invocations", since=row["first"], until=row["last"], n=row["n"], **where)


def _bodies(connection: DuckDBPyConnection) -> Iterator[Json]:
    for row in rows(connection, BODIES):
        what = f"Prompts or answers stand only in the bucket {row['bucket'] or 'unknown'}, and could not be read there"
        advice = "Read the objects under data/ beside this invocation log too."
        bounds = {"since": row["first"], "until": row["last"], "account": row["account"], "region": row["region"]}
        yield spot("bodies_unread", what, advice, n=row["n"], **bounds)


def _coverage(logs: Logs, totals: Json) -> Iterator[Json]:
    if (totals["logged"] or totals["conversations"]) and not totals["trail"]:
        yield known("no_cloudtrail")
    if not totals["logged"]:
        yield known("no_invocation_log")
    if totals["q_calls"] and not totals["conversations"]:
        yield known("no_conversation_log", n=totals["q_calls"])
    if totals["trail"]:
        yield from _trail_coverage(logs.seen, totals)
    yield from _elsewhere(logs)
    yield from _missing_hours(logs.seen.get("hours") or {})


def _trail_coverage(seen: Json, totals: Json) -> Iterator[Json]:
    if not (seen.get("categories") or {}).get("Data"):
        yield known("no_data_events")
    if totals["mantle"]:
        yield known("mantle_unlogged", n=totals["mantle"])
    elif MANTLE not in (seen.get("event_sources") or {}):
        yield known("no_mantle")
    if not totals["reads"]:
        yield known("no_read_only")
    if seen.get("regions") and GLOBAL_REGION not in seen["regions"]:
        yield known("no_global_region", region=GLOBAL_REGION)


def _elsewhere(logs: Logs) -> Iterator[Json]:
    """Regions where models answered, of which CloudTrail told nothing."""
    if not logs.seen.get("event_sources"):
        return
    for row in rows(logs.connection, ELSEWHERE):
        if row["region"] not in (logs.seen.get("regions") or {}):
            yield known("region_unread", region=row["region"], n=row["n"])


def _missing_hours(hours: Iterable[str]) -> Iterator[Json]:
    """One spot for all hours without any record between the first and the last, with the longest stretch."""
    hours_read = sorted({_hour(hour) for hour in hours})
    stretches = [(a + HOUR, b) for a, b in pairwise(hours_read) if b - a > HOUR]
    if stretches:
        longest = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
        total = sum(int((b - a) / HOUR) for a, b in stretches)
        yield known("missing_hours", since=_text(longest[0]), until=_text(longest[1]), n=total)


def _hour(text: str) -> datetime:
    year, month, day, hour = (int(part) for part in re.findall(r"\d+", text)[:4])
    return datetime(year, month, day, hour, tzinfo=UTC)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _unread(logs: Logs) -> Iterator[Json]:
    if logs.skipped_files:
        yield known("skipped_files", n=len(logs.skipped_files))
    if logs.records["malformed"]:
        yield known("malformed_records", n=logs.records["malformed"])
