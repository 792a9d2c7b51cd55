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
COLUMNS = {"cloudtrail_logs": CLOUDTRAIL, "bedrock_invocations": INVOCATIONS}
ACCOUNT = "coalesce(recipientAccountId, userIdentity.accountId)"
PARTITIONS = {
    "cloudtrail_logs": f"{ACCOUNT} AS account, awsRegion AS region, replace(substr(eventTime, 1, 10), '-', '/') AS day",
    "bedrock_invocations": "region AS log_region, translate(substr(\"timestamp\", 1, 13), '-T ', '///') AS hour",
}


def fill(connection: DuckDBPyConnection, table: str, lines: Path) -> None:
    """Make `table` from a file with one record a line, as AWS writes them. The file may be empty."""
    source = f"read_json(?, format = 'newline_delimited', columns = {COLUMNS[table]!r})"
    # Nothing in this text comes from outside: names and types are the ones above.
    sql = f"CREATE OR REPLACE TABLE {table} AS SELECT *, {PARTITIONS[table]} FROM {source}"  # noqa: S608
    connection.execute(sql, [str(lines)])


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
