/*
title = "Delivery of vended logs stopped"
question = "Did somebody delete a delivery of vended logs, by which Amazon Q Business logs its conversations?"
severity = "high"
why = "Amazon Q Business has no other log of what was asked and answered."
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002"]
atlas = []
sources = [
  "AWS incident response playbooks, Amazon Q: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = """
Other services deliver logs the same way, and the record does not always say whose delivery it was: read the \
name."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A delivery is deleted"
records = [{eventSource = "logs", eventName = "DeleteDelivery", request = {id = "d-1"}}]
[[true]]
story = "Its source is deleted"
records = [{eventSource = "logs", eventName = "DeleteDeliverySource", request = {name = "q-chats"}}]
[[false]]
story = "Denied"
records = [{eventSource = "logs", eventName = "DeleteDelivery", errorCode = "AccessDeniedException"}]
[[false]]
story = "A delivery is made"
records = [{eventSource = "logs", eventName = "CreateDelivery"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "logs", eventName = "DeleteDelivery", role = "deployer"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' ' || coalesce(
      json_extract_scalar(requestparameters, '$.name'), json_extract_scalar(requestparameters, '$.id'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'logs.amazonaws.com'
    AND eventname IN ('DeleteDelivery', 'DeleteDeliverySource', 'DeleteDeliveryDestination')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
