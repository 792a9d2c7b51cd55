/*
title = "Model calls refused, in the invocation log"
question = "Was one identity denied models, or refused as invalid, again and again by the invocation log?"
severity = "medium"
why = "The same sign as in CloudTrail, for who has only the invocation log. Elastic says High."
tactics = ["discovery"]
attack = ["T1580"]
atlas = ["AML.T0040"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "the invocation log"
limits = "Throttling is not counted. A broken application looks the same."
[inputs]
hour_from = "hour"
hour_to = "hour"
refusals = "number"
seconds = "number"
[defaults]
refusals = 4
seconds = 3600
[[true]]
story = "Five within seconds"
n = [5]
records = [{operation = "InvokeModel", errorCode = "ValidationException", times = 5}]
[[true]]
story = "Four models denied"
n = [4]
records = [{operation = "InvokeModel", errorCode = "AccessDeniedException", times = 4, every = 1200}]
[[true]]
story = "Invalid and denied, over Regions"
n = [4]
records = [
  {operation = "Converse", errorCode = "ValidationException", times = 2},
  {operation = "Converse", errorCode = "AccessDeniedException", times = 2, region = "eu-west-1"},
]
[[false]]
story = "Two each by two"
records = [
  {operation = "InvokeModel", errorCode = "AccessDeniedException", times = 2},
  {operation = "InvokeModel", errorCode = "AccessDeniedException", times = 2, user = "bob"},
]
[[false]]
story = "Three"
records = [{operation = "InvokeModel", errorCode = "AccessDeniedException", times = 3}]
[[false]]
story = "Throttled"
records = [{operation = "InvokeModel", errorCode = "ThrottlingException", times = 23}]
[[false]]
story = "Four in a second more than an hour"
records = [
  {operation = "InvokeModel", errorCode = "AccessDeniedException", times = 3},
  {operation = "InvokeModel", errorCode = "AccessDeniedException", at = 3601},
]
*/
WITH refused AS (
  SELECT identity.arn AS actor, accountid AS account, region, "timestamp", requestid, errorcode,
    to_unixtime(from_iso8601_timestamp("timestamp")) AS t
  FROM bedrock_invocations
  WHERE hour BETWEEN :hour_from AND :hour_to
    AND errorcode IN ('AccessDeniedException', 'ValidationException')
),
spaced AS (
  SELECT *, t - lag(t, cast(:refusals AS bigint) - 1) OVER (PARTITION BY account, actor ORDER BY t) AS apart
  FROM refused
)
SELECT actor, cast(NULL AS varchar) AS access_key, account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min("timestamp") AS first_seen, max("timestamp") AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT errorcode)), ', ') AS detail,
  array_agg(requestid ORDER BY "timestamp", requestid) AS event_ids
FROM spaced
GROUP BY 1, 3
HAVING min(apart) <= cast(:seconds AS bigint)
