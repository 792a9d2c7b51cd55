/*
title = "A model that its caller never called before"
question = "Did an identity with a known habit begin to call another model?"
severity = "low"
why = "Teams change models; a stolen application key that turns to the dearest model does it too."
tactics = ["resource_abuse"]
attack = ["T1496.004"]
atlas = ["AML.T0040"]
sources = ["AlphaSOC, AWS Bedrock unseen model: https://docs.alphasoc.com/"]
needs = "management events"
limits = """
Knows only what is in these logs: an identity must have called models for known_seconds before another model \
counts as new."""
[inputs]
day_from = "day"
day_to = "day"
known_seconds = "number"
[defaults]
known_seconds = 86400
[[true]]
story = "After a day with one model, another"
n = [1]
records = [
  {eventName = "InvokeModel", request = {modelId = "haiku"}},
  {eventName = "InvokeModel", at = 86400, request = {modelId = "opus"}},
]
[[true]]
story = "Twice, in two Regions"
n = [2]
records = [
  {eventName = "Converse", role = "app", request = {modelId = "haiku"}},
  {eventName = "Converse", role = "app", at = 90000, request = {modelId = "opus"}},
  {eventName = "Converse", role = "app", at = 90001, awsRegion = "eu-west-1", request = {modelId = "opus"}},
]
[[false]]
story = "A second less than a day"
records = [
  {eventName = "InvokeModel", request = {modelId = "haiku"}},
  {eventName = "InvokeModel", at = 86399, request = {modelId = "opus"}},
]
[[false]]
story = "The same model by its ARN"
records = [
  {eventName = "InvokeModel", request = {modelId = "haiku"}},
  {eventName = "InvokeModel", at = 90000, request = {modelId = "arn:aws:bedrock:us-east-1::foundation-model/haiku"}},
]
[[false]]
story = "Denied"
records = [
  {eventName = "InvokeModel", request = {modelId = "haiku"}},
  {eventName = "InvokeModel", at = 90000, errorCode = "AccessDeniedException", request = {modelId = "opus"}},
]
[[false]]
story = "It is only looked at"
records = [
  {eventName = "InvokeModel", request = {modelId = "haiku"}},
  {eventName = "GetFoundationModelAvailability", at = 90000, request = {modelId = "opus"}},
]
[[false]]
story = "A new identity's first model"
records = [
  {eventName = "InvokeModel", request = {modelId = "haiku"}},
  {eventName = "InvokeModel", at = 90000, user = "bob", request = {modelId = "opus"}},
]
*/
WITH calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t,
    nullif(regexp_extract(json_extract_scalar(requestparameters, '$.modelId'), '[^/]+$'), '') AS model
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND errorcode IS NULL
    AND eventname IN (genai_model_calls)
),
models AS (
  SELECT account, actor, model, min(t) AS model_began FROM calls WHERE model IS NOT NULL GROUP BY 1, 2, 3
),
begun AS (
  SELECT *, min(model_began) OVER (PARTITION BY account, actor) AS began FROM models
)
SELECT calls.actor, max(access_key) AS access_key, calls.account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'New: ' || calls.model AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM calls
JOIN begun ON begun.actor = calls.actor AND begun.model = calls.model
  AND begun.account IS NOT DISTINCT FROM calls.account
WHERE model_began - began >= cast(:known_seconds AS bigint)
GROUP BY calls.actor, calls.account, calls.model
