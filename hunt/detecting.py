"""Which detections answer: each file of lambdas/evidence/detections, asked of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from hunt.asking import at_once, span
from hunt.dialect import in_duckdb
from lambdas.core.errors import InputRefused
from lambdas.core.fields import clean
from lambdas.evidence.query import Query, Value, detections

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Json = dict[str, Any]
SEVERITIES = ("critical", "high", "medium", "low")
EVENTS = 100
"""So many event ids stand in an answer, the earliest; `n` counts them all."""
DETAIL = 500
NOWHEN = {"day_from": "0001/01/01", "day_to": "0001/01/01", "hour_from": "0001/01/01/00", "hour_to": "0001/01/01/00"}
"""The span of no records."""
TOLD = ("title", "question", "severity", "tactics", "attack", "atlas")


def detect(connection: DuckDBPyConnection, inputs: Mapping[str, Value] | None = None) -> list[Json]:
    """What the detections found, critical first, then by time: [{id, title, question, severity, ..., event_ids}].

    `inputs` change the span of time, the thresholds and the trusted, by the names in the declarations, for all of them
    or, as `denied_probing.denials`, for one detection; the span is else that of the records. Raises InputRefused for an
    input that no detection has or that is not of its kind, and DetectionFailed with the detection's id where its SQL
    cannot be run.
    """
    asked = list(detections())
    _known(asked, inputs or {})
    values = {**NOWHEN, **span(connection), **(inputs or {})}
    found = at_once(connection, lambda cursor, one: answers(cursor, one, values), asked)
    return sorted(chain.from_iterable(found), key=_urgency)


class DetectionFailed(Exception):
    """One detection's SQL could not be run; the message begins with its id."""


def answers(connection: DuckDBPyConnection, detection: Query, values: Mapping[str, Value]) -> list[Json]:
    """One detection's answers. Raises DetectionFailed and InputRefused."""
    import duckdb

    own = {name: values[f"{detection.id}.{name}"] for name in detection.inputs if f"{detection.id}.{name}" in values}
    given = {**detection.defaults, **values, **own}
    try:
        found = connection.execute(*in_duckdb(detection).bound(given))
        rows = found.fetchall()
    except duckdb.Error as error:
        raise DetectionFailed(f"{detection.id}: {error}") from error
    columns = [name for name, *_ in found.description or ()]
    if columns != list(detection.outputs):
        raise DetectionFailed(f"{detection.id}: answers {columns}, not {list(detection.outputs)}")
    return [_found(detection, dict(zip(columns, row, strict=True))) for row in rows]


def _known(asked: list[Query], inputs: Mapping[str, Value]) -> None:
    names = {name for one in asked for own in one.inputs for name in (own, f"{one.id}.{own}")}
    for name in sorted(set(inputs) - names):
        raise InputRefused(name, f"must be one of {', '.join(sorted(names))}")


def _found(detection: Query, row: Json) -> Json:
    told = {name: detection.declared[name] for name in TOLD}
    detail, events = clean(row["detail"] or "", DETAIL), [event for event in row["event_ids"] if event]
    return {"id": detection.id, **told, **row, "detail": detail, "event_ids": events[:EVENTS]}


def _urgency(row: Json) -> tuple[int, str, str, str]:
    return SEVERITIES.index(row["severity"]), row["first_seen"], row["id"], row["actor"] or ""
