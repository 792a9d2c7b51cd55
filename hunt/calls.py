"""The calls that a story is made of: each once, whichever log tells of it.

CloudTrail knows who called, from where and with what; the invocation log knows the tokens. One invocation may stand in
both, under the same request id: then it is one call. Amazon Q's conversation log knows who asked which application;
nothing in it tells which call of CloudTrail that was, nor which identity of IAM.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Json = dict[str, Any]
INVOKES = (
    "InvokeModel", "InvokeModelWithResponseStream", "InvokeModelWithBidirectionalStream", "Converse", "ConverseStream",
    "CreateInference", "StartAsyncInvoke",
)  # fmt: skip
"""Calls that make a model answer, and so cost money."""
METERED = ("InvokeModel", "InvokeModelWithResponseStream", "Converse", "ConverseStream")
"""Those that model invocation logging covers; not bedrock-mantle, asynchronous and bidirectional ones."""
SEVERITIES = (None, "info", "low", "medium", "high", "critical")
TARGETS = ("userName", "roleName", "name", "trailName", "bucketName", "functionName", "logGroupName", "agentId",
           "guardrailIdentifier", "knowledgeBaseId", "applicationId", "detectorId", "modelId")  # fmt: skip
"""Parameters that name what a call was made on; the first that is there is told."""
GENAI = r"^(bedrock[a-z-]*|qbusiness|qapps|q|codewhisperer|qdeveloper|user-subscriptions|chatbot)\.amazonaws\.com$"

# An invocation record names a role's session; CloudTrail's actor is the role. A role's path is only in the latter.
# Who talks to Amazon Q has no ARN, and an e-mail address only where the log was set to hold it: one that looks like an
# ARN must not become one.
CALLS = """
CREATE OR REPLACE TEMP TABLE calls AS
WITH trail AS (
  SELECT 'cloudtrail' AS log, eventTime AS moment,
    coalesce(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn, userIdentity.invokedBy,
      sourceIPAddress, 'unknown') AS actor,
    coalesce(userIdentity.type, 'Unknown') AS kind,
    coalesce(account, '') AS account, coalesce(awsRegion, '') AS region, userIdentity.accessKeyId AS access_key,
    sourceIPAddress AS address, userAgent AS agent, eventSource AS source, eventName AS name, errorCode AS error,
    readOnly AS read_only, try(json_extract_string(requestParameters, '$.modelId')) AS model,
    list_value(userIdentity.arn, userIdentity.accessKeyId, userIdentity.userName, userIdentity.principalId,
      userIdentity.sessionContext.sessionIssuer.userName, split_part(userIdentity.principalId, ':', 1)) AS names,
    -- Of a model's call nobody tells the target by name, and there are many of them.
    CASE WHEN eventName NOT IN (SELECT unnest($invokes))
      THEN try(list_filter(json_extract_string(requestParameters, $targets), x -> x IS NOT NULL)[1]) END AS target,
    requestID AS request_id, eventID AS event_id, regexp_matches(coalesce(eventSource, ''), $genai) AS genai,
    eventName IN (SELECT unnest($invokes)) AND eventSource LIKE 'bedrock%' AS invocation
  FROM cloudtrail_logs
), roles AS (
  SELECT regexp_replace(actor, ':role/.*/', ':role/') AS bare, min(actor) AS arn
  FROM trail WHERE actor LIKE '%:role/%' GROUP BY 1
), logged AS (
  SELECT *, regexp_replace(coalesce(identity.arn, 'unknown'),
    '^arn:(aws[a-z-]*):sts::([0-9]+):assumed-role/([^/]+)/.*$', 'arn:\\1:iam::\\2:role/\\3') AS bare
  FROM bedrock_invocations
)
SELECT * FROM trail UNION ALL
SELECT 'invocations', "timestamp", coalesce(roles.arn, logged.bare),
  CASE WHEN identity.arn LIKE '%:assumed-role/%' THEN 'AssumedRole' WHEN identity.arn LIKE '%:user/%' THEN 'IAMUser'
    WHEN identity.arn LIKE '%:root' THEN 'Root' ELSE 'Unknown' END,
  coalesce(accountId, ''), coalesce(region, ''), NULL, NULL, NULL, 'bedrock.amazonaws.com', operation, errorCode,
  NULL, modelId, [identity.arn, regexp_extract(identity.arn, '([^/:]+)$')], NULL, requestId, NULL, true, true
FROM logged LEFT JOIN roles USING (bare)
WHERE requestId IS NULL OR requestId NOT IN (SELECT request_id FROM trail WHERE request_id IS NOT NULL)
UNION ALL
SELECT 'conversations', event_timestamp, 'qbusiness:' || coalesce(nullif(user_email, ''), 'unknown'), 'QUser',
  coalesce(account_id, ''), '', NULL, NULL, NULL, 'qbusiness.amazonaws.com', coalesce(log_type, 'Message'),
  CASE WHEN lower(output_metrics_is_message_blocked) = 'true' THEN 'blocked' END,
  NULL, NULL, [user_email], application_id, NULL, NULL, true, false
FROM q_conversations
"""
# Tokens stand in the invocation log alone, so this is made of it, and not of the calls.
METERS = """
CREATE OR REPLACE TEMP TABLE metered AS
WITH roles AS (
  SELECT regexp_replace(actor, ':role/.*/', ':role/') AS bare, min(actor) AS arn
  FROM calls WHERE actor LIKE '%:role/%' GROUP BY 1
), logged AS (
  SELECT *, regexp_replace(coalesce(identity.arn, 'unknown'),
    '^arn:(aws[a-z-]*):sts::([0-9]+):assumed-role/([^/]+)/.*$', 'arn:\\1:iam::\\2:role/\\3') AS bare
  FROM bedrock_invocations
)
SELECT coalesce(roles.arn, bare) AS actor, coalesce(modelId, '') AS model, coalesce(region, '') AS region,
  coalesce(accountId, '') AS account, "timestamp" AS moment, errorCode AS error, requestId AS request_id,
  input.inputTokenCount AS input, output.outputTokenCount AS output,
  input.cacheReadInputTokenCount AS cache_read, input.cacheWriteInputTokenCount AS cache_write
FROM logged LEFT JOIN roles USING (bare)
"""


# An actor is asked for by any of its names: ARN, key, user's or role's name, principal id.
WANTED = "SELECT actor FROM calls WHERE list_has_any(list_append(names, actor), $1)"


def prepare(connection: DuckDBPyConnection, wanted: Sequence[str] = ()) -> None:
    """Make the tables `calls` and `metered` on this connection, of the wanted actors only, if there are any."""
    paths = [f"$.{name}" for name in TARGETS]
    connection.execute(CALLS, {"genai": GENAI, "invokes": list(INVOKES), "targets": paths})
    connection.execute(METERS)
    if wanted:
        connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS " + WANTED, [list(wanted)])
        for table in ("calls", "metered"):
            # Nothing in this text comes from outside: the names are the two above.
            connection.execute(f"DELETE FROM {table} WHERE actor NOT IN (FROM wanted)")  # noqa: S608


def rows(connection: DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[Json]:
    """The answer to `sql` as dicts by column."""
    answer = connection.execute(sql, list(values))
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def severity_rank(severity: str | None) -> int:
    """Larger is worse; nothing is 0."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0
