/*
title = "Credentials or rights given to a Bedrock API key's user"
question = "Did somebody give a user that exists for a Bedrock API key other credentials or more rights?"
severity = "critical"
why = "There is no honest reason, and nobody looks at these users: a hidden way back in."
tactics = ["persistence", "privilege_escalation"]
attack = ["T1098.001"]
atlas = ["AML.T0012"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "BeyondTrust, Bedrock API keys and phantom users (Sigma and EventBridge rules)",
]
needs = "management events"
limits = "The user is known by the name that the console gives."
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "An access key is made for it"
records = [{eventSource = "iam", eventName = "CreateAccessKey", request = {userName = "BedrockAPIKey-ab12"}}]
[[true]]
story = "It makes a key for itself"
records = [{user = "BedrockAPIKey-ab12", eventSource = "iam", eventName = "CreateAccessKey"}]
[[true]]
story = "An inline policy allows it more"
[[true.records]]
eventSource = "iam"
eventName = "PutUserPolicy"
request = {userName = "BedrockAPIKey-ab12", policyDocument = "{Effect: Allow}"}
[[true]]
story = "It becomes administrator"
[[true.records]]
eventSource = "iam"
eventName = "AttachUserPolicy"
request = {userName = "BedrockAPIKey-ab12", policyArn = "arn:aws:iam::aws:policy/AdministratorAccess"}
[[false]]
story = "The console gives it its own policy"
[[false.records]]
eventSource = "iam"
eventName = "AttachUserPolicy"
request = {userName = "BedrockAPIKey-ab12", policyArn = "arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess"}
[[false]]
story = "A responder denies it everything"
[[false.records]]
eventSource = "iam"
eventName = "PutUserPolicy"
request = {userName = "BedrockAPIKey-ab12", policyDocument = "{Effect: Deny}"}
[[false]]
story = "Another user's key"
records = [{eventSource = "iam", eventName = "CreateAccessKey", request = {userName = "alice"}}]
[[false]]
story = "Denied"
[[false.records]]
eventSource = "iam"
eventName = "CreateAccessKey"
errorCode = "AccessDenied"
request = {userName = "BedrockAPIKey-ab12"}
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' for ' || coalesce(
      json_extract_scalar(requestparameters, '$.userName'), useridentity.username) AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'iam.amazonaws.com'
    AND coalesce(json_extract_scalar(requestparameters, '$.userName'), useridentity.username) LIKE 'BedrockAPIKey-%'
    AND (
      eventname IN ('CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'AddUserToGroup')
      OR (eventname = 'AttachUserPolicy' AND NOT regexp_like(
        json_extract_scalar(requestparameters, '$.policyArn'),
        ':policy/(AmazonBedrockLimitedAccess|AWSCompromisedKeyQuarantine.*)$'))
      OR (eventname = 'PutUserPolicy' AND json_extract_scalar(requestparameters, '$.policyDocument') LIKE '%Allow%')
    )
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
