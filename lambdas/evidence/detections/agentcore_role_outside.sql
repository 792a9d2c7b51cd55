/*
title = "An AgentCore role at work outside its runtime"
question = "Did the role of an AgentCore runtime call a service that runtimes do not call?"
severity = "high"
why = "The credentials of a runtime can be had by whoever makes its agent read them; then they are used elsewhere."
tactics = ["credential_access", "lateral_movement"]
attack = ["T1552.005", "T1078.004"]
atlas = ["AML.T0055", "AML.T0012"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = """
A role is known as a runtime's by its name or by a CreateAgentRuntime in these logs. Tools that rightly call \
other services belong into expected_sources."""
[inputs]
day_from = "day"
day_to = "day"
role_pattern = "text"
expected_sources = "texts"
[defaults]
role_pattern = '(?i)agentcore'
expected_sources = [
  "bedrock.amazonaws.com",
  "bedrock-agentcore.amazonaws.com",
  "bedrock-mantle.amazonaws.com",
  "logs.amazonaws.com",
  "xray.amazonaws.com",
  "monitoring.amazonaws.com",
  "ecr.amazonaws.com",
  "kms.amazonaws.com",
  "s3.amazonaws.com",
]
[[true]]
story = "It lists users"
records = [{role = "AmazonBedrockAgentCoreSDKRuntime-us-east-1", eventSource = "iam", eventName = "ListUsers"}]
[[true]]
story = "A role of another name, known from the runtime's creation"
n = [1]
[[true.records]]
role = "admin"
key = "ASIAI44QH8DHBEXAMPLE"
eventSource = "bedrock-agentcore"
eventName = "CreateAgentRuntime"
request = {roleArn = "arn:aws:iam::111122223333:role/shop-bot"}
[[true.records]]
role = "shop-bot"
at = 9
eventSource = "secretsmanager"
eventName = "ListSecrets"
errorCode = "AccessDenied"
[[false]]
story = "It calls a model"
records = [{role = "AmazonBedrockAgentCoreSDKRuntime-us-east-1", eventName = "InvokeModel"}]
[[false]]
story = "Another role"
records = [{role = "app", eventSource = "iam", eventName = "ListUsers"}]
[[false]]
story = "A role that was given to something else"
[[false.records]]
eventSource = "lambda"
eventName = "CreateFunction20150331"
request = {roleArn = "arn:aws:iam::111122223333:role/shop-bot"}
[[false.records]]
role = "shop-bot"
at = 9
eventSource = "secretsmanager"
eventName = "ListSecrets"
[[false]]
story = "A service calls on in its name"
[[false.records]]
eventSource = "iam"
eventName = "ListUsers"
role = "AgentCoreRole"
invokedBy = "bedrock-agentcore.amazonaws.com"
[[false]]
story = "A service that its tools need"
inputs = {expected_sources = ["dynamodb.amazonaws.com"]}
records = [{role = "AgentCoreRole", eventSource = "dynamodb", eventName = "GetItem"}]
*/
WITH runtimes AS (
  SELECT DISTINCT json_extract_scalar(requestparameters, '$.roleArn') AS role_arn
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock-agentcore.amazonaws.com' AND eventname IN ('CreateAgentRuntime', 'UpdateAgentRuntime')
),
hits AS (
  SELECT
    useridentity.sessioncontext.sessionissuer.arn AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventsource || ' ' || eventname AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND useridentity.type = 'AssumedRole' AND useridentity.invokedby IS NULL
    AND NOT coalesce(eventsource IN (:expected_sources), false)
    AND (
      regexp_like(useridentity.sessioncontext.sessionissuer.arn, :role_pattern)
      OR useridentity.sessioncontext.sessionissuer.arn IN (SELECT role_arn FROM runtimes WHERE role_arn IS NOT NULL)
    )
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
