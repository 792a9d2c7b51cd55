"""Asks Athena one question: starts the query, waits for it, reads its rows.

Athena runs in the responder's own account, in the workgroup of deploy/template.yaml, with the function's own role.
Sources: Athena API reference (StartQueryExecution, GetQueryExecution, GetQueryResults), Athena User Guide, "Use
execution parameters" (text stands in single quotes) and "Use partition projection".
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.core.errors import InputRefused, QueryFailed
from lambdas.core.fields import canonical, clean, sha256
from lambdas.core.refusals import patiently, said
from lambdas.core.session import own_client
from lambdas.evidence.query import MOST_ROWS, Query, Value

Json = dict[str, Any]

CALLS = ("athena:start_query_execution", "athena:get_query_execution", "athena:get_query_results")
PAGE = 1000
"""Rows in one answer of GetQueryResults, at most; the names of the columns are the first of them."""
LONGEST_PARAMETER = 1024
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 5.0
ENDED = ("SUCCEEDED", "FAILED", "CANCELLED")


@dataclass(frozen=True)
class Asked:
    """One question as it is put to Athena. `sql` has a question mark for each of `parameters`, which are literals."""

    query: Query
    sql: str
    parameters: list[str]
    token: str


@dataclass
class Answer:
    """`rows` by the declared outputs, at most MOST_ROWS: `more` says that some were left out."""

    execution_id: str
    bytes_scanned: int
    milliseconds: int
    rows: list[Json] = field(default_factory=list)
    more: bool = False


def asked(query: Query, values: Mapping[str, Value], incident_id: str) -> Asked:
    """The question with its inputs bound. Raises InputRefused for an input that is missing, wrong or too long.

    The token is of the incident and of all that is asked: asked once more, Athena answers with the same execution.
    """
    sql, bound = query.bound(values)
    parameters = [literal(value) for value in bound]
    if any(len(parameter) > LONGEST_PARAMETER for parameter in parameters):
        raise InputRefused("inputs", f"must have at most {LONGEST_PARAMETER - 2} characters each")
    return Asked(query, sql, parameters, sha256(canonical([incident_id, query.id, sql, parameters])))


def literal(value: str) -> str:
    """Text as SQL writes it: in single quotes, each quote within doubled. Nothing else ends it."""
    return "'" + value.replace("'", "''") + "'"


def start(question: Asked) -> str:
    """The id of the execution, of the one that an earlier attempt started if there is one. Raises QueryFailed."""
    given: Json = {"ExecutionParameters": question.parameters} if question.parameters else {}
    with _refused_by_name():
        answer = patiently(
            lambda: own_client("athena").start_query_execution(
                QueryString=question.sql,
                ClientRequestToken=question.token,
                QueryExecutionContext={"Database": os.environ["QUERY_DATABASE"]},
                WorkGroup=os.environ["QUERY_WORKGROUP"],
                **given,
            )
        )
    return str(answer["QueryExecutionId"])


def answer(question: Asked, execution_id: str, deadline: float) -> Answer | None:
    """What Athena found; None where `deadline` (of time.monotonic()) came first. Raises QueryFailed with its reason."""
    with _refused_by_name():
        execution = _ended(execution_id, deadline)
        if execution is None:
            return None
        status, statistics = execution["Status"], execution.get("Statistics", {})
        if status["State"] != "SUCCEEDED":
            raise QueryFailed(f"Athena: {clean(status.get('StateChangeReason', status['State']), 400)}")
        scanned, took = statistics.get("DataScannedInBytes", 0), statistics.get("TotalExecutionTimeInMillis", 0)
        found = Answer(execution_id, scanned, took)
        return found if _read(question.query, found, deadline) else None


def stop(execution_id: str) -> None:
    """End a query that takes too long, so that it costs no more. One that has ended stays as it is."""
    with _refused_by_name():
        own_client("athena").stop_query_execution(QueryExecutionId=execution_id)


def _ended(execution_id: str, deadline: float) -> Json | None:
    pause = FIRST_PAUSE_SECONDS
    while True:
        asked_for = patiently(lambda: own_client("athena").get_query_execution(QueryExecutionId=execution_id))
        execution: Json = asked_for["QueryExecution"]
        if execution["Status"]["State"] in ENDED:
            return execution
        if time.monotonic() + pause >= deadline:
            return None
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


def _read(query: Query, found: Answer, deadline: float) -> bool:
    """Read all pages into `found`; False where time ran out. They are there to be read again: nothing runs twice."""
    seen: set[str] = set()
    for rows, more in _pages(query, found.execution_id):
        found.rows += _once(rows, seen)
        found.more = more
        if more and len(found.rows) >= MOST_ROWS:
            found.rows = found.rows[:MOST_ROWS]
            return True
        if more and time.monotonic() >= deadline:
            return False
    return True


def _once(rows: list[Json], seen: set[str]) -> Iterator[Json]:
    """An event that stands in two of CloudTrail's files, as where two trails deliver to one place, is one row."""
    for row in rows:
        text = json.dumps(row)
        if text not in seen:
            seen.add(text)
            yield row


def _pages(query: Query, execution_id: str) -> Iterator[tuple[list[Json], bool]]:
    """(rows, whether there are more) of each page. The first row of the first one holds the names of the columns."""
    wanted: Json = {"QueryExecutionId": execution_id, "MaxResults": PAGE}
    heads = 1
    while True:
        page = patiently(lambda: own_client("athena").get_query_results(**wanted))
        kinds = _kinds(query, page["ResultSet"]["ResultSetMetadata"]["ColumnInfo"])
        rows = page["ResultSet"]["Rows"][heads:]
        yield [_row(kinds, row["Data"]) for row in rows], "NextToken" in page
        if "NextToken" not in page:
            return
        wanted["NextToken"], heads = page["NextToken"], 0


def _kinds(query: Query, columns: list[Json]) -> dict[str, str]:
    """The declared outputs in the order of the columns. Raises QueryFailed where they are not the same."""
    names = [column["Name"].lower() for column in columns]
    declared = {name.lower(): (name, kind) for name, kind in query.outputs.items()}
    if set(names) != set(declared):
        raise QueryFailed(f"{query.id} answers other columns than it declares: {clean(', '.join(names), 300)}")
    return dict(declared[name] for name in names)


def _row(kinds: Mapping[str, str], data: list[Json]) -> Json:
    cells = zip(kinds.items(), data, strict=True)
    return {name: _typed(kind, cell.get("VarCharValue")) for (name, kind), cell in cells}


def _typed(kind: str, text: str | None) -> Any:
    """Athena answers everything as text, a list as [a, b], and nothing at all for NULL."""
    if text is None:
        return None
    if kind == "number":
        return int(text) if text.lstrip("-").isdigit() else float(text)
    if kind == "boolean":
        return text == "true"
    if kind == "texts":
        inner = text.removeprefix("[").removesuffix("]")
        return inner.split(", ") if inner else []
    return text


@contextmanager
def _refused_by_name() -> Iterator[None]:
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise QueryFailed(f"Athena: {said(error, os.environ['AWS_REGION'])}") from error
