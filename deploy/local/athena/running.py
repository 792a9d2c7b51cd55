"""One execution: from QUEUED over RUNNING to SUCCEEDED, FAILED or CANCELLED.

EMBEDDED_QUERY_SECONDS is how long a query stays queued: AWS has its moments, too.
"""

from __future__ import annotations

import contextlib
import gzip
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from deploy.local.athena import catalog, results, statements
from deploy.local.athena.errors import QueryCancelled, QueryFault
from deploy.local.athena.objects import Objects
from deploy.local.iam.afterwards import refusal

log = logging.getLogger(__name__)
Json = dict[str, Any]
AT_ONCE = threading.Semaphore(2)
OVER_LIMIT = "Bytes scanned limit was exceeded"
ENDED = ("SUCCEEDED", "FAILED", "CANCELLED")


@dataclass
class Execution:
    """A query on its way. `described` is what GetQueryExecution answers, `rows` the answer in text, names first."""

    account: str
    described: Json
    workgroup: Json
    objects: Objects
    columns: list[Json] = field(default_factory=list)
    rows: list[results.Texts] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    connection: Any = None

    @property
    def state(self) -> str:
        return str(self.described["Status"]["State"])

    def begin(self) -> None:
        threading.Thread(target=self._run, name="athena", daemon=True).start()

    def cancel(self, reason: str = "Query cancelled by user") -> None:
        """Does nothing where it has ended."""
        self._end("CANCELLED", reason)
        if self.connection is not None:
            self.connection.interrupt()

    def _run(self) -> None:
        time.sleep(float(os.environ.get("EMBEDDED_QUERY_SECONDS", "0")))
        with AT_ONCE:
            if self._turn("RUNNING"):
                self._to_its_end()

    def _to_its_end(self) -> None:
        import duckdb

        started = time.monotonic()
        try:
            self._answer()
        except QueryCancelled as limit:
            self._end("CANCELLED", str(limit))
        except QueryFault as fault:
            self._end("FAILED", str(fault))
        except duckdb.Error as error:
            self._end("FAILED", f"{_kind(error)}: {error}")
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            log.exception("query %s", self.described["QueryExecutionId"])
            self._end("FAILED", f"GENERIC_INTERNAL_ERROR: {error!r}")
        else:
            took = max(1, round(1000 * (time.monotonic() - started)))
            self.described["Statistics"] |= {"EngineExecutionTimeInMillis": took, "TotalExecutionTimeInMillis": took}
            self._end("SUCCEEDED")

    def _answer(self) -> None:
        sql = statements.bound(self.described["Query"], self.described.get("ExecutionParameters", ()))
        places = statements.tables(statements.parsed(sql))
        found = {name: self._table(name) for name in places}
        keys = {name: self._keys(found[name], places[name]) for name in found}
        self._count(found, keys)
        records = {name: self._records(found[name], keys[name]) for name in found}
        self.connection = _filled(records, found)
        self._ask(sql)
        self._write()

    def _table(self, name: str) -> catalog.GlueTable:
        database, region = self.described["QueryExecutionContext"]["Database"], self.objects.region
        asked = {"DatabaseName": database, "Name": name}
        if refused := refusal(self.objects.caller, "glue", "GetTable", region, **asked):
            raise QueryFault(f"Insufficient permissions to execute the query. {refused}")
        found = catalog.table(self.account, region, database, name)
        if found is None:
            raise QueryFault(f"TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.{database}.{name}' does not exist")
        return found

    def _keys(self, table: catalog.GlueTable, places: list[Any]) -> list[str]:
        return catalog.pruned(table, self.objects.keys(*table.place), statements.wanted(places, table.partitions))

    def _count(self, tables: dict[str, catalog.GlueTable], keys: dict[str, list[str]]) -> None:
        """Raises QueryCancelled where the workgroup does not let so much be read."""
        scanned = sum(self.objects.size(tables[name].place[0], keys[name]) for name in tables)
        limit = self.workgroup.get("BytesScannedCutoffPerQuery")
        self.described["Statistics"]["DataScannedInBytes"] = min(scanned, limit or scanned)
        if limit and scanned > limit:
            raise QueryCancelled(OVER_LIMIT)

    def _records(self, table: catalog.GlueTable, keys: list[str]) -> Iterator[bytes]:
        """Each as JSON in one line."""
        bucket = table.place[0]
        for key, content in self.objects.read(bucket, keys):
            read = _document if table.is_cloudtrail else _lines
            yield from read(content, f"s3://{bucket}/{key}")

    def _ask(self, sql: str) -> None:
        from sqlglot.errors import SqlglotError

        from hunt.dialect import duckdb

        try:
            cursor = self.connection.execute(duckdb(sql))
        except SqlglotError as error:
            raise QueryFault(f"SYNTAX_ERROR: {error}") from error
        self.columns = results.columns(cursor.description)
        names: results.Texts = [column["Name"] for column in self.columns]
        self.rows = [names, *([results.text(value) for value in row] for row in cursor.fetchall())]

    def _write(self) -> None:
        configuration = self.described["ResultConfiguration"]
        bucket, _, key = configuration["OutputLocation"].removeprefix("s3://").partition("/")
        self.objects.write(bucket, key, results.csv(self.rows), configuration.get("EncryptionConfiguration", {}))

    def _turn(self, state: str, reason: str | None = None) -> bool:
        """Whether the state was changed: one that has ended stays."""
        with self.lock:
            if self.state in ENDED:
                return False
            self.described["Status"] |= {"State": state} | ({"StateChangeReason": reason} if reason else {})
            return True

    def _end(self, state: str, reason: str | None = None) -> None:
        if self._turn(state, reason):
            self.described["Status"]["CompletionDateTime"] = datetime.now(UTC)


class Document(msgspec.Struct):
    """A file of CloudTrail's."""

    Records: list[msgspec.Raw]


def _document(content: bytes, place: str) -> Iterator[bytes]:
    """One that is broken fails the query, as in AWS."""
    try:
        records = msgspec.json.decode(_plain(content), type=Document).Records
    except (OSError, EOFError, ValueError) as error:
        raise QueryFault(f"HIVE_BAD_DATA: Error reading {place}: {error}") from error
    # Between its values JSON may be on many lines; within a text a line's end is written \n.
    return (bytes(record).replace(b"\n", b" ") for record in records)


def _lines(content: bytes, place: str) -> Iterator[bytes]:
    """One record a line; what is no JSON is left out ('ignore.malformed.json')."""
    try:
        lines = _plain(content).splitlines()
    except (OSError, EOFError) as error:
        raise QueryFault(f"HIVE_BAD_DATA: Error reading {place}: {error}") from error
    for line in lines:
        with contextlib.suppress(ValueError):
            msgspec.json.decode(line)
            yield line


def _plain(content: bytes) -> bytes:
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def _filled(records: Mapping[str, Iterable[bytes]], found: Mapping[str, catalog.GlueTable]) -> Any:
    """A database with the tables that Glue describes. Raises QueryFault where hunt/tables.py has other columns."""
    import duckdb

    from hunt.tables import COLUMNS, fill

    for name, table in found.items():
        if [column.lower() for column in COLUMNS.get(name, ())] != table.columns:
            raise QueryFault(f"NOT_SUPPORTED: the embedded Athena reads {name} only with the columns of hunt/tables.py")
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in records.items():
            whole = Path(folder) / name
            whole.write_bytes(b"".join(line + b"\n" for line in lines))
            fill(connection, name, whole)
    # The SQL is a caller's: it is to see these tables and nothing else of this machine.
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _kind(error: Exception) -> str:
    import duckdb

    syntax = (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException)
    return "SYNTAX_ERROR" if isinstance(error, syntax) else "GENERIC_USER_ERROR"
