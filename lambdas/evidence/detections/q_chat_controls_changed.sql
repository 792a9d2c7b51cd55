/*
title = "Chat controls of Amazon Q changed"
question = "Did somebody who is not trusted change or delete what Amazon Q may talk about?"
severity = "high"
why = "They are its guardrail: blocked phrases, topics, and whether it may answer beyond the documents."
tactics = ["defense_evasion"]
attack = ["T1562.001", "T1685"]
atlas = ["AML.T0054"]
sources = [
  "AWS incident response playbooks, Amazon Q: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = "Stricter or looser is not judged: compare with the baseline."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "Changed"
records = [{eventSource = "qbusiness", eventName = "UpdateChatControlsConfiguration"}]
[[true]]
story = "Deleted"
records = [{eventSource = "qbusiness", eventName = "DeleteChatControlsConfiguration", role = "dev"}]
[[false]]
story = "Read"
records = [{eventSource = "qbusiness", eventName = "GetChatControlsConfiguration"}]
[[false]]
story = "Denied"
records = [
  {eventSource = "qbusiness", eventName = "UpdateChatControlsConfiguration", errorCode = "AccessDeniedException"},
]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "qbusiness", eventName = "UpdateChatControlsConfiguration", role = "deployer"}]
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
    AND eventsource = 'qbusiness.amazonaws.com'
    AND eventname IN ('UpdateChatControlsConfiguration', 'DeleteChatControlsConfiguration')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
