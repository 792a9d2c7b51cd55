/*
title = "Many tokens within an hour"
question = "Did one identity use very many tokens within an hour?"
severity = "medium"
why = "Tokens are the cost; a million in an hour by one identity is a service, or a thief's customers."
tactics = ["resource_abuse"]
attack = ["T1496.004"]
atlas = ["AML.T0034"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
  "GuardDuty IAM finding types: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
]
needs = "the invocation log"
limits = """
Knows no habit: a busy application looks the same; name it as trusted_actors, as the ARN that the invocation log \
has, or raise tokens. Calls without a count (throttled, blocked) count as none."""
[inputs]
hour_from = "hour"
hour_to = "hour"
tokens = "number"
seconds = "number"
trusted_actors = "texts"
[defaults]
tokens = 1000000
seconds = 3600
trusted_actors = []
[[true]]
story = "A million, over two Regions and the turn of the hour"
n = [2]
records = [
  {operation = "Converse", at = 3000, tokens = [400000, 100000]},
  {operation = "Converse", at = 6600, region = "us-west-2", tokens = [400000, 100000]},
]
[[true]]
story = "A thousand in a minute, where that is much"
inputs = {tokens = "1000", seconds = "60"}
records = [{operation = "InvokeModel", role = "app", tokens = [501, 0], times = 2, every = 60}]
[[false]]
story = "One token fewer"
records = [
  {operation = "Converse", tokens = [400000, 100000]},
  {operation = "Converse", at = 60, tokens = [400000, 99999]},
]
[[false]]
story = "A second more than an hour apart"
records = [
  {operation = "Converse", tokens = [400000, 100000]},
  {operation = "Converse", at = 3601, tokens = [400000, 100000]},
]
[[false]]
story = "Two identities"
records = [
  {operation = "Converse", tokens = [400000, 100000]},
  {operation = "Converse", user = "bob", tokens = [400000, 100000]},
]
[[false]]
story = "A busy application that is known"
inputs = {trusted_actors = ["arn:aws:sts::111122223333:assumed-role/deployer/session"]}
records = [{operation = "Converse", tokens = [1000000, 0], role = "deployer"}]
[[false]]
story = "Throttled calls have no counts"
records = [{operation = "Converse", times = 50, errorCode = "ThrottlingException", input = {}, output = {}}]
*/
WITH calls AS (
  SELECT identity.arn AS actor, accountid AS account, region, "timestamp", requestid,
    to_unixtime(from_iso8601_timestamp("timestamp")) AS t, cast(:seconds AS bigint) AS span,
    coalesce(input.inputtokencount, 0) + coalesce(output.outputtokencount, 0) AS tokens
  FROM bedrock_invocations
  WHERE hour BETWEEN :hour_from AND :hour_to
),
burst AS (
  SELECT *, sum(tokens) OVER (
    PARTITION BY account, actor ORDER BY t RANGE BETWEEN span PRECEDING AND CURRENT ROW) AS used
  FROM calls
)
SELECT actor, cast(NULL AS varchar) AS access_key, account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min("timestamp") AS first_seen, max("timestamp") AS last_seen, count(*) AS n,
  cast(max(used) AS varchar) || ' tokens at a time, ' || cast(sum(tokens) AS varchar) || ' in all' AS detail,
  array_agg(requestid ORDER BY "timestamp", requestid) AS event_ids
FROM burst
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY actor, account
HAVING max(used) >= cast(:tokens AS bigint)
