"""The tables that questions are asked of, in DuckDB: what Athena's tables of deploy/template.yaml are in AWS.

Names of columns are the records' own; DuckDB, as Athena, does not mind their case. Parameters, answers and bodies are
text that holds JSON, because every service has its own. `account`, `region`, `day` and `hour` are the partitions.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
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
    "bedrock_invocations": 'requestId || "timestamp"',
    "q_conversations": "conversation_id || system_message_id || log_type || event_timestamp",
}
"""What tells two records of a table apart. One that has none of it is kept."""


MEMORY = "256MB"
"""What DuckDB keeps of its tables in memory; the rest is on disk."""


def connect(folder: Path) -> DuckDBPyConnection:
    """A database of its own in `folder`. It fetches nothing from anywhere."""
    import duckdb

    return duckdb.connect(
        str(folder / "hunt.duckdb"),
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spilled"),
            "autoinstall_known_extensions": "false",
        },
    )


def fill(connection: DuckDBPyConnection, table: str, *lines: Path) -> None:
    """Make `table` from files with one record a line, as AWS writes them. They may be empty, and none."""
    # Nothing in this text comes from outside: names and types are the ones above.
    nothing = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS[table].items())
    source = f"FROM read_json(?, format = 'newline_delimited', columns = {COLUMNS[table]!r})"
    rows = source if lines else f"SELECT {nothing} WHERE false"
    sql = f"CREATE OR REPLACE TABLE {table} AS SELECT *, {PARTITIONS[table]} FROM ({rows})"  # noqa: S608
    connection.execute(sql, [[str(path) for path in lines]] if lines else [])


def once(connection: DuckDBPyConnection, table: str) -> int:
    """Keep each record of `table` once, whichever file it came in; how many were dropped."""
    key = ONCE[table]
    several = f"SELECT {key} FROM {table} WHERE {key} <> '' GROUP BY 1 HAVING count(*) > 1"  # noqa: S608
    # Copies may differ, such as when a test was edited by hand: which one stays does not hang on the files' order.
    ranked = f"SELECT rowid AS r, row_number() OVER (PARTITION BY {key} ORDER BY {table}::VARCHAR) AS nth FROM {table}"  # noqa: S608
    sql = f"DELETE FROM {table} WHERE rowid IN (SELECT r FROM ({ranked} WHERE {key} IN ({several})) WHERE nth > 1)"  # noqa: S608
    (dropped,) = connection.execute(sql).fetchone() or (0,)
    return int(dropped)


def of_records(cloudtrail: Iterable[Any] = (), invocations: Iterable[Any] = ()) -> DuckDBPyConnection:
    """Both tables in memory, from records that were parsed already: for few of them."""
    import duckdb

    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        for table, records in (("cloudtrail_logs", cloudtrail), ("bedrock_invocations", invocations)):
            lines = Path(folder) / f"{table}.jsonl"
            lines.write_text("".join(json.dumps(record) + "\n" for record in records))
            fill(connection, table, lines)
    return connection
