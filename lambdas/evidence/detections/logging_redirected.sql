/*
title = "Model invocation logging changed"
question = "Did somebody who is not trusted to, or to a bucket that is not ours, put the logging configuration?"
severity = "critical"
why = """
Sent to a thief's bucket or stripped of its text, the log is as good as off, and GuardDuty has no finding for \
it."""
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002"]
atlas = []
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Sumo Logic Cloud SIEM rules MATCH-S00921 to S00924",
]
needs = "management events"
limits = """
Until trusted_actors are given, whoever sets logging up is reported too. The bucket is judged only where \
log_buckets are given and the record holds it, which AWS does not promise."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
log_buckets = "texts"
[defaults]
trusted_actors = []
log_buckets = []
[[true]]
story = "An unknown key puts another bucket"
[[true.records]]
eventName = "PutModelInvocationLoggingConfiguration"
request = {loggingConfig = {s3Config = {bucketName = "not-ours"}}}
[[true]]
story = "A trusted role, to a bucket that is not on the list"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"], log_buckets = ["ours"]}
[[true.records]]
eventName = "PutModelInvocationLoggingConfiguration"
role = "deployer"
request = {loggingConfig = {s3Config = {bucketName = "not-ours"}}}
[[true]]
story = "A trusted role stops the delivery of text"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
[[true.records]]
eventName = "PutModelInvocationLoggingConfiguration"
role = "deployer"
request = {loggingConfig = {textDataDeliveryEnabled = false}}
[[true]]
story = "The record does not hold the configuration"
records = [{eventName = "PutModelInvocationLoggingConfiguration"}]
[[false]]
story = "The deployer puts it"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "PutModelInvocationLoggingConfiguration", role = "deployer"}]
[[false]]
story = "The deployer puts the bucket that is ours"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"], log_buckets = ["ours"]}
[[false.records]]
eventName = "PutModelInvocationLoggingConfiguration"
role = "deployer"
request = {loggingConfig = {s3Config = {bucketName = "ours"}}}
[[false]]
story = "Denied"
records = [{eventName = "PutModelInvocationLoggingConfiguration", errorCode = "AccessDeniedException"}]
[[false]]
story = "It was only read"
records = [{eventName = "GetModelInvocationLoggingConfiguration"}]
*/
WITH puts AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    json_extract_scalar(requestparameters, '$.loggingConfig.s3Config.bucketName') AS bucket,
    json_extract_scalar(requestparameters, '$.loggingConfig.textDataDeliveryEnabled') AS text_delivered
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND eventname = 'PutModelInvocationLoggingConfiguration'
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Logging configuration put: ' || array_join(array_sort(array_agg(DISTINCT
    coalesce('to bucket ' || bucket, 'the bucket is not in the record')
    || CASE WHEN text_delivered = 'false' THEN ', without text' ELSE '' END)), '; ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM puts
WHERE NOT coalesce(actor IN (:trusted_actors), false)
  OR text_delivered = 'false'
  OR NOT coalesce(bucket IN (:log_buckets), true)
GROUP BY 1, 2, 3, 4
