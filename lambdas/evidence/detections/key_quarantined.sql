/*
title = "AWS found a key in public"
question = "Was a user put into AWS's quarantine for compromised keys?"
severity = "high"
why = "AWS attaches this policy when it finds a key published. It leaves most of gen AI open."
tactics = ["initial_access"]
attack = ["T1552.001", "T1078.004"]
atlas = ["AML.T0012"]
sources = ["Panther analysis: https://github.com/panther-labs/panther-analysis"]
needs = "management events"
limits = "It denies five Bedrock actions and none of agents, knowledge bases, bedrock-mantle or Amazon Q."
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "The managed policy is attached"
[[true.records]]
eventSource = "iam"
eventName = "AttachUserPolicy"
request = {userName = "bob", policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
[[true]]
story = "It is put in line"
[[true.records]]
eventSource = "iam"
eventName = "PutUserPolicy"
request = {userName = "bob", policyName = "AWSCompromisedKeyQuarantineV2"}
[[false]]
story = "Another policy"
[[false.records]]
eventSource = "iam"
eventName = "AttachUserPolicy"
request = {userName = "bob", policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess"}
[[false]]
story = "No parameters in the record"
records = [{eventSource = "iam", eventName = "PutUserPolicy"}]
[[false]]
story = "It is taken away"
[[false.records]]
eventSource = "iam"
eventName = "DetachUserPolicy"
request = {policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
[[false]]
story = "Denied"
[[false.records]]
eventSource = "iam"
eventName = "AttachUserPolicy"
errorCode = "AccessDenied"
request = {policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    json_extract_scalar(requestparameters, '$.userName') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'iam.amazonaws.com' AND eventname IN ('AttachUserPolicy', 'PutUserPolicy')
    AND regexp_like(
      coalesce(
        json_extract_scalar(requestparameters, '$.policyArn'), json_extract_scalar(requestparameters, '$.policyName')),
      'AWSCompromisedKeyQuarantine')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'AWS or a responder quarantined the user ' || array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
