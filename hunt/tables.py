"""The tables that questions are asked of, in DuckDB: what Athena's tables of deploy/template.yaml are in AWS.

Names of columns are the records' own; DuckDB, as Athena, does not mind their case. Parameters, answers and bodies are
text that holds JSON, because every service has its own. `account`, `region`, `day` and `hour` are the partitions.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ISSUER = "STRUCT(type VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, userName VARCHAR)"
SESSION = f"STRUCT(attributes STRUCT(mfaAuthenticated VARCHAR, creationDate VARCHAR), sessionIssuer {ISSUER})"
IDENTITY = (
    "STRUCT(type VARCHAR, principalId VARCHAR, arn VARCHAR, accountId VARCHAR, invokedBy VARCHAR, accessKeyId VARCHAR, "
    f"userName VARCHAR, onBehalfOf STRUCT(userId VARCHAR, identityStoreArn VARCHAR), sessionContext {SESSION})"
)
CLOUDTRAIL = {
    "eventVersion": "VARCHAR",
    "userIdentity": IDENTITY,
    "eventTime": "VARCHAR",
    "eventSource": "VARCHAR",
    "eventName": "VARCHAR",
    "awsRegion": "VARCHAR",
    "sourceIPAddress": "VARCHAR",
    "userAgent": "VARCHAR",
    "errorCode": "VARCHAR",
    "errorMessage": "VARCHAR",
    "requestParameters": "VARCHAR",
    "responseElements": "VARCHAR",
    "additionalEventData": "VARCHAR",
    "requestID": "VARCHAR",
    "eventID": "VARCHAR",
    "readOnly": "VARCHAR",
    "resources": "STRUCT(ARN VARCHAR, accountId VARCHAR, type VARCHAR)[]",
    "eventType": "VARCHAR",
    "recipientAccountId": "VARCHAR",
    "sharedEventID": "VARCHAR",
    "vpcEndpointId": "VARCHAR",
    "eventCategory": "VARCHAR",
    "managementEvent": "BOOLEAN",
    "sessionCredentialFromConsole": "VARCHAR",
    "tlsDetails": "STRUCT(tlsVersion VARCHAR, cipherSuite VARCHAR, clientProvidedHostHeader VARCHAR)",
}
BODY = "{0}ContentType VARCHAR, {0}BodyJson VARCHAR, {0}BodyS3Path VARCHAR, {0}TokenCount BIGINT"
CACHED = "cacheReadInputTokenCount BIGINT, cacheWriteInputTokenCount BIGINT"
INVOCATIONS = {
    "schemaType": "VARCHAR",
    "schemaVersion": "VARCHAR",
    "timestamp": "VARCHAR",
    "accountId": "VARCHAR",
    "identity": "STRUCT(arn VARCHAR)",
    "region": "VARCHAR",
    "inferenceRegion": "VARCHAR",
    "requestId": "VARCHAR",
    "operation": "VARCHAR",
    "modelId": "VARCHAR",
    "errorCode": "VARCHAR",
    "requestMetadata": "VARCHAR",
    "input": f"STRUCT({BODY.format('input')}, {CACHED})",
    "output": f"STRUCT({BODY.format('output')})",
}
CONVERSATIONS = {
    "application_id": "VARCHAR",
    "event_timestamp": "VARCHAR",
    "log_type": "VARCHAR",
    "account_id": "VARCHAR",
    "conversation_id": "VARCHAR",
    "system_message_id": "VARCHAR",
    "user_message_id": "VARCHAR",
    "user_message": "VARCHAR",
    "system_message": "VARCHAR",
    "output_metrics_is_message_blocked": "VARCHAR",
    "output_metrics_is_message_with_no_answer": "VARCHAR",
    "user_email": "VARCHAR",
    "hallucinated_message": "VARCHAR",
    "usefulness": "VARCHAR",
    "usefulness_reason": "VARCHAR",
    "comment": "VARCHAR",
}
"""Amazon Q Business's conversation log. It has no table in Athena."""
COLUMNS = {"cloudtrail_logs": CLOUDTRAIL, "bedrock_invocations": INVOCATIONS, "q_conversations": CONVERSATIONS}
ACCOUNT = "coalesce(recipientAccountId, userIdentity.accountId)"
PARTITIONS = {
    "cloudtrail_logs": f"{ACCOUNT} AS account, awsRegion AS region, replace(substr(eventTime, 1, 10), '-', '/') AS day",
    "bedrock_invocations": "region AS log_region, translate(substr(\"timestamp\", 1, 13), '-T ', '///') AS hour",
    "q_conversations": "replace(substr(event_timestamp, 1, 10), '-', '/') AS day",
}
ONCE = {
    "cloudtrail_logs": "eventID",
    "bedrock_invocations": 'requestId || "timestamp" || hash(input, output)',
    "q_conversations": "conversation_id || system_message_id || log_type || event_timestamp",
}
"""What tells two records of a table apart. One that has none of it is kept."""


GROUP = 16_384
"""Rows that are in memory at a time, for each core: records are long, and DuckDB's usual number of them is not."""
GROUP_BYTES = "32MB"
MEMORY = "512MB"
"""What DuckDB may take, by its own count, which is about twice what it takes; what it needs beyond that lies on disk
for a while."""
LONG = "bedrock_invocations"
"""The table with bodies in it. One core writes it: each would read 2,048 records at a time, of 100 KB and more."""


def connect(folder: Path) -> DuckDBPyConnection:
    """DuckDB, with room in `folder`. It fetches nothing from anywhere."""
    import duckdb

    bounds: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(folder / "spilled")}
    quick = {"autoinstall_known_extensions": "false", "preserve_insertion_order": "false"}
    return duckdb.connect(config=bounds | quick)


def fill(connection: DuckDBPyConnection, table: str, *lines: Path) -> None:
    """Make `table` in memory from files with one record a line, as AWS writes them. They may be empty, and none."""
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS {_rows(table, lines)}")


def pack(connection: DuckDBPyConnection, table: str, lines: Sequence[Path], parquet: Path) -> int:
    """Write `table` to a file, each record once; how many copies were dropped."""
    key, packed = ONCE[table], f"read_parquet({_text(parquet)})"
    if table == LONG:
        connection.execute("SET threads = 1")
    _copy(connection, _rows(table, lines), parquet)
    copies = f"SELECT count(*) - count(DISTINCT {key}) FROM {packed} WHERE {key} <> ''"  # noqa: S608
    (dropped,) = connection.execute(copies).fetchone() or (0,)
    if dropped:
        # Copies may differ, as where somebody edited one: which one stays does not hang on the files' order. Numbers
        # and hashes are sorted in the records' stead, which are long.
        keyed = f"SELECT file_row_number AS n, {key} AS key, hash(one) AS hash FROM {packed} AS one"  # noqa: S608
        nth = "row_number() OVER (PARTITION BY key ORDER BY hash) AS nth"
        later = f"SELECT n FROM (SELECT n, {nth} FROM ({keyed}) WHERE key <> '') WHERE nth > 1"  # noqa: S608
        once = f"FROM {packed} WHERE file_row_number NOT IN ({later})"
        _copy(connection, once, parquet.with_suffix(".once"))
        parquet.with_suffix(".once").rename(parquet)
    connection.execute("RESET threads")
    return int(dropped)


def view(connection: DuckDBPyConnection, table: str, parquet: Path) -> None:
    """Make `table` from a packed file, which has to stay. Raises duckdb.Error where it is damaged."""
    connection.execute(f"CREATE OR REPLACE VIEW {table} AS FROM read_parquet({_text(parquet)})")


# Nothing in the text of these comes from a log: names and types are the ones above, and paths this product's own.
def _rows(table: str, lines: Sequence[Path]) -> str:
    files = ", ".join(map(_text, lines))
    nothing = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS[table].items())
    source = f"FROM read_json([{files}], format = 'newline_delimited', columns = {COLUMNS[table]!r})"
    return f"SELECT *, {PARTITIONS[table]} FROM ({source if lines else f'SELECT {nothing} WHERE false'})"  # noqa: S608


def _copy(connection: DuckDBPyConnection, query: str, parquet: Path) -> None:
    options = f"FORMAT parquet, ROW_GROUP_SIZE {GROUP}, ROW_GROUP_SIZE_BYTES '{GROUP_BYTES}'"
    connection.execute(f"COPY ({query}) TO {_text(parquet)} ({options})")


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def of_records(
    cloudtrail: Iterable[Any] = (), invocations: Iterable[Any] = (), conversations: Iterable[Any] = ()
) -> DuckDBPyConnection:
    """All tables in memory, from records that were parsed already: for few of them."""
    import duckdb

    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        for table, records in zip(COLUMNS, (cloudtrail, invocations, conversations), strict=True):
            lines = Path(folder) / f"{table}.jsonl"
            lines.write_text("".join(json.dumps(record) + "\n" for record in records))
            fill(connection, table, lines)
    return connection
