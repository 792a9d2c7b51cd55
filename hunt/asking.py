"""Questions asked of the tables in DuckDB: the SQL of lambdas/evidence/queries, with every value bound."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from hunt.dialect import in_duckdb
from lambdas.evidence.query import MOST_ROWS, Query, Value, queries

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]

ALL = sys.maxsize
AT_ONCE = 4
"""Queries that share the memory which the tables' connection may take."""

# Times that are none must not widen the span, nor stand where a day is expected.
SPAN = r"""
WITH hours AS (
  SELECT day || '/' || substr(eventtime, 12, 2) AS hour FROM cloudtrail_logs
  UNION ALL SELECT hour FROM bedrock_invocations
)
SELECT min(hour), max(hour) FROM hours WHERE regexp_full_match(hour, '\d{4}/\d\d/\d\d/\d\d')
"""


def ask(connection: DuckDBPyConnection, query: Query, values: Mapping[str, Value], most: int = ALL) -> list[Row]:
    """The answer, each row by the declared outputs in their order: text, numbers, lists of text, or None; the first
    `most` of them.

    What is declared as json is text that holds JSON. Raises InputRefused for a value that is missing or of another
    kind.
    """
    sql, parameters = in_duckdb(query).bound(values)
    rows = connection.execute(sql, parameters).fetchmany(most)
    return [dict(zip(query.outputs, row, strict=True)) for row in rows]


def span(connection: DuckDBPyConnection) -> dict[str, str]:
    """{day_from, day_to, hour_from, hour_to} of the records of both tables; empty where there are none."""
    first, last = connection.execute(SPAN).fetchall()[0]
    if first is None:
        return {}
    return {"day_from": first[:10], "day_to": last[:10], "hour_from": first, "hour_to": last}


def ask_all(connection: DuckDBPyConnection, inputs: Mapping[str, Value]) -> dict[str, list[Row]]:
    """The answers of every question whose inputs are known, by its id, each with its first 10,000 rows. Days and hours
    are those of the records, unless they are given.
    """
    known = {**span(connection), **inputs}
    asked = list(_askable(known))
    answers = at_once(connection, lambda cursor, query: ask(cursor, query, known, MOST_ROWS), asked)
    return {query.id: answer for query, answer in zip(asked, answers, strict=True)}


def at_once(
    connection: DuckDBPyConnection, work: Callable[[DuckDBPyConnection, Query], list[Row]], queries: Sequence[Query]
) -> list[list[Row]]:
    """The answer of each query, in their order. Few rows are one core's work to DuckDB: so each core has its query."""
    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as cores:
        return list(cores.map(lambda query: work(connection.cursor(), query), queries))


def _askable(known: Mapping[str, Value]) -> Iterator[Query]:
    return (query for query in queries() if set(query.inputs) <= set(known))
