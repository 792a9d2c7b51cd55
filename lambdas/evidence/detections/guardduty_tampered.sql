/*
title = "GuardDuty tampered with"
question = "Did somebody turn GuardDuty or a feature of it off, or have findings archived?"
severity = "critical"
why = "The responder begins with GuardDuty's findings; without them nobody is told."
tactics = ["defense_evasion"]
attack = ["T1562.001", "T1685"]
atlas = []
sources = [
  "Sigma: https://github.com/SigmaHQ/sigma",
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
]
needs = "management events"
limits = "A change in the administrator's account is in that account's logs."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "The detector is turned off"
records = [{eventSource = "guardduty", eventName = "UpdateDetector", request = {enable = false}}]
[[true]]
story = "It is deleted"
records = [{eventSource = "guardduty", eventName = "DeleteDetector", role = "admin"}]
[[true]]
story = "A filter archives findings"
records = [{eventSource = "guardduty", eventName = "CreateFilter", request = {action = "ARCHIVE"}}]
[[false]]
story = "It is turned on"
records = [{eventSource = "guardduty", eventName = "UpdateDetector", request = {enable = true}}]
[[false]]
story = "A filter archives nothing"
records = [{eventSource = "guardduty", eventName = "CreateFilter", request = {action = "NOOP"}}]
[[false]]
story = "Denied"
records = [{eventSource = "guardduty", eventName = "DeleteDetector", errorCode = "AccessDenied"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "guardduty", eventName = "DeleteDetector", role = "deployer"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'guardduty.amazonaws.com' AND (
      eventname IN ('DeleteDetector', 'DisassociateFromAdministratorAccount', 'StopMonitoringMembers', 'DeleteMembers')
      OR (eventname = 'UpdateDetector' AND (
        json_extract_scalar(requestparameters, '$.enable') = 'false' OR requestparameters LIKE '%DISABLED%'))
      OR (eventname IN ('CreateFilter', 'UpdateFilter')
        AND json_extract_scalar(requestparameters, '$.action') = 'ARCHIVE')
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
