/*
title = "Where logs are kept was tampered with"
question = "Did somebody delete, open or shorten the store of gen-AI or CloudTrail logs?"
severity = "high"
why = "What was logged is lost, or will be, while the logging configuration still looks right."
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002", "T1070"]
atlas = []
sources = ["AWS incident response playbooks, Bedrock: https://github.com/aws-samples/aws-incident-response-playbooks"]
needs = "management events"
limits = """
A store is known by its name only: give the names that you use as log_store_pattern. Deleted objects are data \
events and not seen."""
[inputs]
day_from = "day"
day_to = "day"
log_store_pattern = "text"
trusted_actors = "texts"
[defaults]
log_store_pattern = '(?i)bedrock|modelinvocation|qbusiness|cloudtrail'
trusted_actors = []
[[true]]
story = "The log group of model invocations is deleted"
records = [
  {eventSource = "logs", eventName = "DeleteLogGroup", request = {logGroupName = "/aws/bedrock/invocations"}},
]
[[true]]
story = "The log bucket's objects are made to expire"
records = [{eventSource = "s3", eventName = "PutBucketLifecycle", request = {bucketName = "acme-bedrock-logs"}}]
[[false]]
story = "Another log group is deleted"
records = [{eventSource = "logs", eventName = "DeleteLogGroup", request = {logGroupName = "/aws/lambda/shop"}}]
[[false]]
story = "Denied"
[[false.records]]
eventSource = "logs"
eventName = "DeleteLogGroup"
errorCode = "AccessDenied"
request = {logGroupName = "/aws/bedrock/invocations"}
[[false]]
story = "The deployer sets the life cycle"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
[[false.records]]
eventSource = "s3"
eventName = "PutBucketLifecycle"
role = "deployer"
request = {bucketName = "acme-bedrock-logs"}
[[false]]
story = "No parameters are in the record"
records = [{eventSource = "s3", eventName = "PutBucketLifecycle"}]
[[false]]
story = "It is made"
records = [
  {eventSource = "logs", eventName = "CreateLogGroup", request = {logGroupName = "/aws/bedrock/invocations"}},
]
[[false]]
story = "Its policy is read"
records = [{eventSource = "s3", eventName = "GetBucketPolicy", request = {bucketName = "acme-bedrock-logs"}}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' ' || coalesce(
      json_extract_scalar(requestparameters, '$.logGroupName'),
      json_extract_scalar(requestparameters, '$.bucketName')) AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND (
      (eventsource = 'logs.amazonaws.com'
        AND eventname IN ('DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteSubscriptionFilter')
        AND regexp_like(json_extract_scalar(requestparameters, '$.logGroupName'), :log_store_pattern))
      OR (eventsource = 's3.amazonaws.com'
        AND eventname IN (
          'DeleteBucket', 'PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketLifecycle', 'PutBucketVersioning')
        AND regexp_like(json_extract_scalar(requestparameters, '$.bucketName'), :log_store_pattern))
    )
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
