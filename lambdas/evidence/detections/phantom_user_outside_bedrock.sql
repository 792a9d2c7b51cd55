/*
title = "A Bedrock API key's user at work outside Bedrock"
question = "Did a user that exists for a Bedrock API key call another service?"
severity = "high"
why = """
Such a user has no other work: somebody gave it other credentials. What was denied is reported too, for the \
attempt is the sign."""
tactics = ["persistence", "privilege_escalation"]
attack = ["T1078.004"]
atlas = ["AML.T0012"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "BeyondTrust, Bedrock API keys and phantom users (Sigma and EventBridge rules)",
]
needs = "management events"
limits = "The user is known by the name that the console gives; one that was named otherwise is not."
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "It lists buckets"
records = [{user = "BedrockAPIKey-ab12", eventSource = "s3", eventName = "ListBuckets"}]
[[true]]
story = "It is denied to"
records = [{user = "BedrockAPIKey-ab12", eventSource = "iam", eventName = "ListUsers", errorCode = "AccessDenied"}]
[[false]]
story = "It calls a model"
records = [{user = "BedrockAPIKey-ab12", eventName = "Converse"}]
[[false]]
story = "It calls through the other endpoint"
records = [{user = "BedrockAPIKey-ab12", eventSource = "bedrock-mantle", eventName = "CreateInference"}]
[[false]]
story = "Another user lists buckets"
records = [{user = "alice", eventSource = "s3", eventName = "ListBuckets"}]
[[false]]
story = "Bedrock itself calls on in its name"
records = [
  {eventSource = "kms", eventName = "Decrypt", user = "BedrockAPIKey-ab12", invokedBy = "bedrock.amazonaws.com"},
]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventsource || ' ' || eventname AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND useridentity.username LIKE 'BedrockAPIKey-%'
    AND eventsource NOT IN (genai_bedrock_sources) AND useridentity.invokedby IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
