/*
title = "Models called in several Regions at once"
question = "Did one identity call models in several Regions within half an hour?"
severity = "high"
why = "Thieves go where there is quota left; applications have their Region."
tactics = ["resource_abuse"]
attack = ["T1496.004", "T1535"]
atlas = ["AML.T0040", "AML.T0034"]
sources = [
  "BeyondTrust, Bedrock API keys and phantom users (Sigma and EventBridge rules)",
  "Splunk security content: https://github.com/splunk/security_content",
]
needs = "management events"
limits = """
Counts the Regions called, not those that cross-Region inference chose. Applications that fail over between \
Regions belong into trusted_actors."""
[inputs]
day_from = "day"
day_to = "day"
regions = "number"
seconds = "number"
trusted_actors = "texts"
[defaults]
regions = 2
seconds = 1800
trusted_actors = []
[[true]]
story = "Half an hour apart to the second"
n = [2]
records = [
  {eventName = "InvokeModel"},
  {eventName = "InvokeModel", at = 1800, awsRegion = "eu-west-1"},
]
[[true]]
story = "Many Regions, some denied"
n = [3]
records = [
  {eventName = "Converse"},
  {eventName = "Converse", at = 1, awsRegion = "eu-west-1", errorCode = "AccessDeniedException"},
  {eventName = "Converse", at = 2, awsRegion = "eu-west-3"},
]
[[true]]
story = "Where another was before it"
n = [2]
records = [
  {eventName = "InvokeModel", role = "app"},
  {eventName = "InvokeModel", at = 1},
  {eventName = "InvokeModel", at = 2, awsRegion = "eu-west-1"},
]
[[true]]
story = "The other endpoint in the other Region"
n = [2]
records = [
  {eventName = "Converse"},
  {eventSource = "bedrock-mantle", eventName = "CreateInference", at = 1, awsRegion = "eu-west-1"},
]
[[true]]
story = "Three asked for, three come"
inputs = {regions = "3"}
records = [
  {eventName = "Converse"},
  {eventName = "Converse", at = 900, awsRegion = "eu-west-1"},
  {eventName = "Converse", at = 1800, awsRegion = "eu-west-3"},
]
[[false]]
story = "A second more than half an hour apart"
records = [
  {eventName = "InvokeModel"},
  {eventName = "InvokeModel", at = 1801, awsRegion = "eu-west-1"},
]
[[false]]
story = "One Region, often"
records = [{eventName = "InvokeModel", times = 20, every = 60}]
[[false]]
story = "Two identities, a Region each"
records = [
  {eventName = "InvokeModel"},
  {eventName = "InvokeModel", awsRegion = "eu-west-1", user = "bob"},
]
[[false]]
story = "Another stayed in the first Region"
records = [
  {eventName = "InvokeModel"},
  {eventName = "InvokeModel", at = 100, role = "app"},
  {eventName = "InvokeModel", at = 4000, awsRegion = "eu-west-1"},
]
[[false]]
story = "Lists, in two Regions"
records = [
  {eventName = "ListFoundationModels"},
  {eventName = "ListFoundationModels", awsRegion = "eu-west-1"},
]
[[false]]
story = "Another's two Regions are not this one's"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [
  {eventName = "InvokeModel", role = "app", at = 5},
  {eventName = "InvokeModel", role = "deployer"},
  {eventName = "InvokeModel", role = "deployer", awsRegion = "eu-west-1"},
]
[[false]]
story = "Three asked for, never three at once"
inputs = {regions = "3"}
records = [
  {eventName = "Converse"},
  {eventName = "Converse", at = 900, awsRegion = "eu-west-1"},
  {eventName = "Converse", at = 1801, awsRegion = "eu-west-3"},
]
[[false]]
story = "An application that fails over"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [
  {eventName = "Converse", role = "deployer"},
  {eventName = "Converse", at = 9, awsRegion = "eu-west-1", role = "deployer"},
]
*/
WITH calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource IN (genai_bedrock_sources)
    AND (eventname IN (genai_model_calls) OR eventname = 'CreateInference')
),
spaced AS (
  SELECT *, cast(:seconds AS bigint) AS held,
    lag(t) OVER (PARTITION BY account, actor, region ORDER BY t) AS earlier,
    lead(t) OVER (PARTITION BY account, actor, region ORDER BY t) AS later
  FROM calls
),
-- A Region counts from a call until `seconds` after the last one there.
edges AS (
  SELECT account, actor, t, 1 AS step FROM spaced WHERE coalesce(t - earlier > held, true)
  UNION ALL
  SELECT account, actor, t + held AS t, -1 AS step FROM spaced WHERE coalesce(later - t > held, true)
),
counted AS (
  SELECT account, actor, sum(step) OVER (
    PARTITION BY account, actor ORDER BY t, step DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS at_once
  FROM edges
),
busy AS (
  SELECT account, actor, max(at_once) AS at_once FROM counted GROUP BY 1, 2
)
SELECT calls.actor, max(access_key) AS access_key, calls.account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  cast(max(at_once) AS varchar) || ' Regions at once' AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM calls
JOIN busy ON busy.account = calls.account AND busy.actor = calls.actor
WHERE at_once >= cast(:regions AS bigint) AND NOT coalesce(calls.actor IN (:trusted_actors), false)
GROUP BY 1, 3
