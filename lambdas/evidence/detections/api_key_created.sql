/*
title = "Bedrock API key created"
question = "Did somebody create or reset a long-term Bedrock API key?"
severity = "medium"
why = "It is a new way in that outlives the access key; developers make them in the console too."
tactics = ["persistence"]
attack = ["T1098.001"]
atlas = ["AML.T0012"]
sources = [
  "BeyondTrust, Bedrock API keys and phantom users (Sigma and EventBridge rules)",
  "AWS incident response playbooks, Bedrock: https://github.com/aws-samples/aws-incident-response-playbooks",
  "Prowler, threat detection LLMjacking: https://github.com/prowler-cloud/prowler",
]
needs = "management events"
limits = """
Short-term keys are made on the caller's machine and leave no record. A reset whose service is not in the record \
is reported. IAM's records are in us-east-1 only."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A thief creates one"
[[true.records]]
eventSource = "iam"
eventName = "CreateServiceSpecificCredential"
request = {serviceName = "bedrock.amazonaws.com", userName = "bob"}
[[true]]
story = "One is reset, which gives a new secret"
records = [
  {eventSource = "iam", eventName = "ResetServiceSpecificCredential", request = {userName = "BedrockAPIKey-ab12"}},
]
[[false]]
story = "Credentials of CodeCommit"
[[false.records]]
eventSource = "iam"
eventName = "CreateServiceSpecificCredential"
request = {serviceName = "codecommit.amazonaws.com"}
[[false]]
story = "Denied"
[[false.records]]
eventSource = "iam"
eventName = "CreateServiceSpecificCredential"
errorCode = "AccessDenied"
request = {serviceName = "bedrock.amazonaws.com"}
[[false]]
story = "They are listed"
[[false.records]]
eventSource = "iam"
eventName = "ListServiceSpecificCredentials"
request = {serviceName = "bedrock.amazonaws.com"}
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
[[false.records]]
eventSource = "iam"
eventName = "CreateServiceSpecificCredential"
role = "deployer"
request = {serviceName = "bedrock.amazonaws.com"}
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' for ' || coalesce(
      json_extract_scalar(requestparameters, '$.userName'), useridentity.username, 'the caller') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'iam.amazonaws.com'
    AND eventname IN ('CreateServiceSpecificCredential', 'ResetServiceSpecificCredential')
    AND coalesce(
      json_extract_scalar(requestparameters, '$.serviceName'),
      json_extract_scalar(responseelements, '$.serviceSpecificCredential.serviceName'),
      'bedrock.amazonaws.com'
    ) LIKE 'bedrock%'
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
