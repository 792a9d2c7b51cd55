/*
title = "A quarantine was lifted"
question = "Did somebody take a user's quarantine policy away?"
severity = "critical"
why = "Until the key was replaced, it frees the thief again."
tactics = ["defense_evasion", "privilege_escalation"]
attack = ["T1562.001", "T1685", "T1098"]
atlas = []
sources = ["AWS: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html"]
needs = "management events"
limits = "A policy with another name is not known as a quarantine. Name those who may lift one as trusted_actors."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "AWS's policy is detached"
[[true.records]]
eventSource = "iam"
eventName = "DetachUserPolicy"
request = {userName = "bob", policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
[[true]]
story = "An inline quarantine is deleted"
[[true.records]]
eventSource = "iam"
eventName = "DeleteUserPolicy"
request = {userName = "bob", policyName = "genai-responder-quarantine"}
[[false]]
story = "Another policy"
[[false.records]]
eventSource = "iam"
eventName = "DetachUserPolicy"
request = {userName = "bob", policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess"}
[[false]]
story = "Denied"
[[false.records]]
eventSource = "iam"
eventName = "DetachUserPolicy"
errorCode = "AccessDenied"
request = {policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
[[false]]
story = "It is put on"
[[false.records]]
eventSource = "iam"
eventName = "AttachUserPolicy"
request = {userName = "bob", policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
[[false]]
story = "A responder who is trusted to"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
[[false.records]]
eventSource = "iam"
eventName = "DeleteUserPolicy"
role = "deployer"
request = {userName = "bob", policyName = "quarantine"}
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' ' || json_extract_scalar(requestparameters, '$.userName') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'iam.amazonaws.com' AND eventname IN ('DetachUserPolicy', 'DeleteUserPolicy')
    AND regexp_like(
      coalesce(
        json_extract_scalar(requestparameters, '$.policyArn'), json_extract_scalar(requestparameters, '$.policyName')),
      '(?i)quarantine')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
