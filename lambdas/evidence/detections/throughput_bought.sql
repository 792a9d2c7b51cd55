/*
title = "Provisioned throughput bought"
question = "Did somebody who is not trusted buy or change provisioned throughput?"
severity = "high"
why = "It costs by the hour whether used or not, and a commitment cannot be ended."
tactics = ["resource_abuse"]
attack = ["T1496.004"]
atlas = ["AML.T0034"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = "What it costs is not in the record."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "Bought for six months"
records = [
  {eventName = "CreateProvisionedModelThroughput", request = {modelUnits = 10, commitmentDuration = "SixMonths"}},
]
[[true]]
story = "Changed by a session"
records = [{eventName = "UpdateProvisionedModelThroughput", role = "dev"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "CreateProvisionedModelThroughput", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventName = "CreateProvisionedModelThroughput", errorCode = "ServiceQuotaExceededException"}]
[[false]]
story = "It is ended"
records = [{eventName = "DeleteProvisionedModelThroughput"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' ' || json_extract_scalar(requestparameters, '$.modelUnits') || ' units', '')
      || coalesce(', ' || json_extract_scalar(requestparameters, '$.commitmentDuration'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN ('CreateProvisionedModelThroughput', 'UpdateProvisionedModelThroughput')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
