/*
title = "A model called very often"
question = "Did one identity call one model very often within an hour?"
severity = "medium"
why = "Resold access shows as volume: Sysdig counted 75,000 calls in two days. A busy application has volume too."
tactics = ["resource_abuse", "exfiltration"]
attack = ["T1496.004"]
atlas = ["AML.T0034", "AML.T0024"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "BeyondTrust, Bedrock API keys and phantom users (Sigma and EventBridge rules)",
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
]
needs = "management events"
limits = "Busy applications look the same: name them as trusted_actors, or raise calls."
[inputs]
day_from = "day"
day_to = "day"
calls = "number"
seconds = "number"
trusted_actors = "texts"
[defaults]
calls = 500
seconds = 3600
trusted_actors = []
[[true]]
story = "Five hundred in an hour"
n = [500]
records = [{eventName = "InvokeModel", times = 500, every = 7, request = {modelId = "m"}}]
[[true]]
story = "Three in a minute, where that is much, at the other endpoint"
inputs = {calls = "3", seconds = "60"}
records = [{eventSource = "bedrock-mantle", eventName = "CreateInference", times = 3, every = 30}]
[[false]]
story = "One fewer"
records = [{eventName = "InvokeModel", times = 499, every = 7, request = {modelId = "m"}}]
[[false]]
story = "Three in a minute and a second, where a minute is asked"
inputs = {calls = "3", seconds = "60"}
records = [
  {eventName = "Converse", times = 2, every = 30},
  {eventName = "Converse", at = 61},
]
[[false]]
story = "Two identities, fewer each"
records = [
  {eventName = "InvokeModel", times = 300, request = {modelId = "m"}},
  {eventName = "InvokeModel", times = 300, user = "bob", request = {modelId = "m"}},
]
[[false]]
story = "Other calls, more of them"
records = [{eventName = "ListFoundationModels", times = 600}]
[[false]]
story = "Two models, fewer of each"
records = [
  {eventName = "InvokeModel", times = 300, request = {modelId = "m"}},
  {eventName = "InvokeModel", times = 300, request = {modelId = "n"}},
]
[[false]]
story = "A busy application that is known"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "InvokeModel", times = 500, role = "deployer"}]
*/
WITH calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t,
    coalesce(
      json_extract_scalar(requestparameters, '$.modelId'), json_extract_scalar(requestparameters, '$.model'), '?'
    ) AS model
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource IN (genai_bedrock_sources)
    AND (eventname IN (genai_model_calls) OR eventname = 'CreateInference')
),
spaced AS (
  SELECT *, t - lag(t, cast(:calls AS bigint) - 1) OVER (PARTITION BY account, actor, model ORDER BY t) AS apart
  FROM calls
)
SELECT actor, max(access_key) AS access_key, account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Calls of ' || model AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM spaced
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY actor, account, model
HAVING min(apart) <= cast(:seconds AS bigint)
