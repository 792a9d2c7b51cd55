/*
title = "Permissions in gen AI tried out"
question = "Was somebody denied several gen-AI calls within an hour?"
severity = "medium"
why = "Who does not know what a key may do tries it out. It gained nothing yet."
tactics = ["discovery"]
attack = ["T1580", "T1078.004"]
atlas = ["AML.T0040"]
sources = [
  "Splunk security content: https://github.com/splunk/security_content",
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Sumo Logic Cloud SIEM rules MATCH-S00921 to S00924",
]
needs = "management events"
limits = """
An application that lost a permission and tries again looks the same; the detail names the calls: many different \
ones are a person or a tool."""
[inputs]
day_from = "day"
day_to = "day"
denials = "number"
seconds = "number"
[defaults]
denials = 4
seconds = 3600
[[true]]
story = "Four calls in the last moment of an hour, over Regions"
n = [4]
records = [
  {eventName = "ListFoundationModels", errorCode = "AccessDenied", times = 3},
  {eventName = "InvokeModel", errorCode = "AccessDeniedException", at = 3600, awsRegion = "eu-west-1"},
]
[[true]]
story = "Amazon Q"
[[true.records]]
eventSource = "qbusiness"
eventName = "ListApplications"
errorCode = "AccessDeniedException"
times = 4
every = 60
[[false]]
story = "Three"
records = [{eventName = "ListFoundationModels", errorCode = "AccessDenied", times = 3}]
[[false]]
story = "Four, a second more than an hour apart"
records = [
  {eventName = "ListFoundationModels", errorCode = "AccessDenied", times = 3},
  {eventName = "InvokeModel", errorCode = "AccessDenied", at = 3601},
]
[[false]]
story = "Throttled, not denied"
records = [{eventName = "InvokeModel", errorCode = "ThrottlingException", times = 9}]
[[false]]
story = "Two each by two"
records = [
  {eventName = "InvokeModel", errorCode = "AccessDenied", times = 2},
  {eventName = "InvokeModel", errorCode = "AccessDenied", times = 2, user = "bob", key = "AKIAI44QH8DHBEXAMPLE"},
]
[[false]]
story = "Denied elsewhere"
records = [{eventSource = "s3", eventName = "ListBuckets", errorCode = "AccessDenied", times = 5}]
*/
WITH denied AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND errorcode IN ('AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation')
    AND (eventsource IN (genai_bedrock_sources) OR eventsource IN (genai_q_sources))
),
spaced AS (
  SELECT *, t - lag(t, cast(:denials AS bigint) - 1) OVER (PARTITION BY account, actor, access_key ORDER BY t) AS apart
  FROM denied
)
SELECT actor, access_key, account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Denied: ' || array_join(array_sort(array_agg(DISTINCT eventname)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM spaced
GROUP BY 1, 2, 3
HAVING min(apart) <= cast(:seconds AS bigint)
