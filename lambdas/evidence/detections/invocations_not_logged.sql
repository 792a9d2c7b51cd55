/*
title = "Model calls missing from the invocation log"
question = "Which model calls in CloudTrail have no record in the invocation log, where that log was kept?"
severity = "high"
why = "What was asked in them is lost: logging was off or sent elsewhere meanwhile, and the dates say when."
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002"]
atlas = []
sources = ["Own idea: CloudTrail's requestID is the invocation log's requestId"]
needs = "management events and the invocation log"
limits = """
Only for accounts and Regions from which the invocation log has records in the span; for the others the whole \
span is blind. Records of the last minutes may not be delivered yet."""
[inputs]
day_from = "day"
day_to = "day"
hour_from = "hour"
hour_to = "hour"
missing = "number"
[defaults]
missing = 1
[[true]]
story = "One call is logged, the two after it are not"
n = [2]
records = [
  {operation = "InvokeModel", requestId = "r-1"},
  {eventName = "InvokeModel", requestID = "r-1"},
  {eventName = "InvokeModel", at = 60, times = 2},
]
[[true]]
story = "Another caller's call is not"
n = [1]
records = [
  {operation = "Converse", requestId = "r-1"},
  {eventName = "Converse", requestID = "r-1"},
  {eventName = "Converse", role = "app", at = 60},
]
[[false]]
story = "All are"
records = [
  {operation = "InvokeModel", requestId = "r-1"},
  {eventName = "InvokeModel", requestID = "r-1"},
]
[[false]]
story = "That Region keeps no invocation log"
records = [
  {operation = "InvokeModel", requestId = "r-1"},
  {eventName = "InvokeModel", awsRegion = "eu-west-1"},
]
[[false]]
story = "There is no invocation log at all"
records = [{eventName = "InvokeModel"}]
[[false]]
story = "Other calls leave none"
records = [
  {operation = "InvokeModel", requestId = "r-1"},
  {eventName = "ListFoundationModels"},
]
[[false]]
story = "Denied calls leave none"
records = [
  {operation = "InvokeModel", requestId = "r-1"},
  {eventName = "InvokeModel", errorCode = "AccessDeniedException"},
]
*/
WITH kept AS (
  SELECT accountid, region, requestid FROM bedrock_invocations WHERE hour BETWEEN :hour_from AND :hour_to
),
places AS (
  SELECT DISTINCT accountid, region FROM kept
),
calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, requestid
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND errorcode IS NULL
    AND eventname IN (genai_model_calls)
)
SELECT calls.actor, calls.access_key, calls.account, calls.region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  cast(count(*) AS varchar) || ' calls without a record' AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM calls
JOIN places ON places.accountid = calls.account AND places.region = calls.region
LEFT JOIN kept ON kept.requestid = calls.requestid
WHERE kept.requestid IS NULL
GROUP BY 1, 2, 3, 4
HAVING count(*) >= cast(:missing AS bigint)
