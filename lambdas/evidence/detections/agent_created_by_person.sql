/*
title = "An agent made by a user or root"
question = "Did a user with long-term credentials, or root, make an agent?"
severity = "low"
why = "Agents come from pipelines and roles; a user's may be an experiment or a thief's."
tactics = ["persistence"]
attack = ["T1505"]
atlas = ["AML.T0053"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Sumo Logic Cloud SIEM rules MATCH-S00921 to S00924",
]
needs = "management events"
limits = "An agent that a stolen role's session makes is seen in the timeline only."
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "A user"
records = [{eventName = "CreateAgent"}]
[[true]]
story = "Root"
records = [{eventName = "CreateAgent", root = true}]
[[false]]
story = "A pipeline's role"
records = [{eventName = "CreateAgent", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventName = "CreateAgent", errorCode = "AccessDeniedException"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    'CreateAgent by ' || useridentity.type AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND eventname = 'CreateAgent'
    AND useridentity.type IN ('IAMUser', 'Root')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
