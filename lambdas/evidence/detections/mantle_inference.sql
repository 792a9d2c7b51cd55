/*
title = "Models called through bedrock-mantle"
question = "Did somebody who is not trusted call models through the endpoint that is not logged?"
severity = "medium"
why = "Model invocation logging does not cover this endpoint, and denying bedrock:* does not close it."
tactics = ["resource_abuse", "defense_evasion"]
attack = ["T1496.004"]
atlas = ["AML.T0040"]
sources = [
  "Amazon Bedrock, bedrock-mantle endpoint: https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html",
  "GuardDuty IAM finding types: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
]
needs = "data events of AWS::BedrockMantle::Project"
limits = "Seen only where the trail records these data events, which it does not by default."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "By a key"
[[true.records]]
eventSource = "bedrock-mantle"
eventName = "CreateInference"
request = {model = "openai.gpt-oss-120b"}
eventCategory = "Data"
[[true]]
story = "By API key"
[[true.records]]
eventSource = "bedrock-mantle"
eventName = "CreateInference"
user = "BedrockAPIKey-ab12"
request = {callWithBearerToken = true}
[[false]]
story = "An application that is known"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "bedrock-mantle", eventName = "CreateInference", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventSource = "bedrock-mantle", eventName = "CreateInference", errorCode = "AccessDenied"}]
[[false]]
story = "The other endpoint"
records = [{eventName = "Converse"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    coalesce(json_extract_scalar(requestparameters, '$.model'), 'model unknown') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock-mantle.amazonaws.com' AND eventname = 'CreateInference'
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Unlogged calls of ' || array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
