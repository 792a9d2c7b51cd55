/*
title = "Many documents put into Amazon Q"
question = "Did somebody put documents into Amazon Q in many calls within minutes?"
severity = "medium"
why = "Poison or staging; people upload a few, connectors do not use these calls."
tactics = ["data_poisoning"]
attack = ["T1565.001"]
atlas = ["AML.T0070"]
sources = [
  "AWS incident response playbooks, Amazon Q: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "data events of AWS::QBusiness and AWS::QApps"
limits = """
Counts calls, of which one can bring ten documents. Files attached to a chat are not seen. An own importer \
belongs into trusted_actors."""
[inputs]
day_from = "day"
day_to = "day"
uploads = "number"
seconds = "number"
trusted_actors = "texts"
[defaults]
uploads = 10
seconds = 600
trusted_actors = []
[[true]]
story = "Ten in ten minutes"
n = [10]
records = [
  {eventSource = "qbusiness", eventName = "BatchPutDocument", times = 9},
  {eventSource = "qbusiness", eventName = "BatchPutDocument", at = 600},
]
[[true]]
story = "Code for Q Developer to change"
n = [10]
records = [{eventSource = "qdeveloper", eventName = "ImportArtifact", times = 10}]
[[true]]
story = "Into an app"
n = [10]
records = [{eventSource = "qapps", eventName = "ImportDocument", times = 10, every = 20}]
[[false]]
story = "Nine"
records = [{eventSource = "qbusiness", eventName = "BatchPutDocument", times = 9}]
[[false]]
story = "Ten in a second more"
records = [
  {eventSource = "qbusiness", eventName = "BatchPutDocument", times = 9},
  {eventSource = "qbusiness", eventName = "BatchPutDocument", at = 601},
]
[[false]]
story = "Two people, five each"
records = [
  {eventSource = "qbusiness", eventName = "BatchPutDocument", times = 5},
  {eventSource = "qbusiness", eventName = "BatchPutDocument", times = 5, user = "bob"},
]
[[false]]
story = "Denied"
records = [
  {eventSource = "qbusiness", eventName = "BatchPutDocument", times = 20, errorCode = "AccessDeniedException"},
]
[[false]]
story = "The importer that is known"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "qbusiness", eventName = "BatchPutDocument", times = 20, role = "deployer"}]
*/
WITH uploads AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to AND errorcode IS NULL
    AND (
      (eventsource = 'qbusiness.amazonaws.com' AND eventname = 'BatchPutDocument')
      OR (eventsource = 'qapps.amazonaws.com' AND eventname = 'ImportDocument')
      OR (eventsource = 'qdeveloper.amazonaws.com' AND eventname = 'ImportArtifact')
    )
),
spaced AS (
  SELECT *, t - lag(t, cast(:uploads AS bigint) - 1) OVER (PARTITION BY account, actor, region ORDER BY t) AS apart
  FROM uploads
)
SELECT actor, max(access_key) AS access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT eventname)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM spaced
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 3, 4
HAVING min(apart) <= cast(:seconds AS bigint)
