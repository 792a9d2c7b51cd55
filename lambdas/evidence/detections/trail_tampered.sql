/*
title = "CloudTrail tampered with"
question = "Did somebody stop, delete, redirect or narrow a trail or an event data store?"
severity = "critical"
why = "Everything here rests on CloudTrail."
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002"]
atlas = []
sources = [
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
  "Sigma: https://github.com/SigmaHQ/sigma",
  "GuardDuty IAM finding types: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
]
needs = "management events"
limits = """
Trails of another account (an organisation's) are not in these logs. Selectors that leave out only data events \
of Bedrock or Q are not told apart."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A trail is stopped"
records = [{eventSource = "cloudtrail", eventName = "StopLogging", request = {name = "main"}}]
[[true]]
story = "Management events are left out"
[[true.records]]
eventSource = "cloudtrail"
eventName = "PutEventSelectors"
request = {eventSelectors = [{includeManagementEvents = false}]}
[[true]]
story = "Global services are left out"
records = [{eventSource = "cloudtrail", eventName = "UpdateTrail", request = {includeGlobalServiceEvents = false}}]
[[true]]
story = "It is sent to another bucket"
records = [{eventSource = "cloudtrail", eventName = "UpdateTrail", request = {s3BucketName = "not-ours"}}]
[[false]]
story = "The trail was not there"
records = [{eventSource = "cloudtrail", eventName = "StopLogging", errorCode = "TrailNotFoundException"}]
[[false]]
story = "All events are selected"
[[false.records]]
eventSource = "cloudtrail"
eventName = "PutEventSelectors"
request = {eventSelectors = [{readWriteType = "All"}]}
[[false]]
story = "Logging is started"
records = [{eventSource = "cloudtrail", eventName = "StartLogging"}]
[[false]]
story = "The deployer deletes a trail"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "cloudtrail", eventName = "DeleteTrail", role = "deployer"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' ' || coalesce(
      json_extract_scalar(requestparameters, '$.name'),
      json_extract_scalar(requestparameters, '$.trailName'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'cloudtrail.amazonaws.com' AND (
      eventname IN ('StopLogging', 'DeleteTrail', 'DeleteEventDataStore', 'StopEventDataStoreIngestion')
      OR (eventname = 'PutEventSelectors' AND (
        regexp_like(requestparameters, '"includeManagementEvents"\s*:\s*false|"readWriteType"\s*:\s*"(Read|Write)Only"')
        OR (requestparameters LIKE '%advancedEventSelectors%' AND requestparameters NOT LIKE '%Management%')))
      OR (eventname = 'UpdateTrail' AND (
        json_extract_scalar(requestparameters, '$.isMultiRegionTrail') = 'false'
        OR json_extract_scalar(requestparameters, '$.includeGlobalServiceEvents') = 'false'
        OR json_extract_scalar(requestparameters, '$.s3BucketName') IS NOT NULL))
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
