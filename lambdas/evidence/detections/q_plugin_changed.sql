/*
title = "A plug-in of Amazon Q made or changed"
question = "Did somebody who is not trusted make or change a plug-in or connection of Amazon Q?"
severity = "high"
why = "A plug-in acts in other systems with users' rights, at an address that its maker chooses."
tactics = ["persistence", "exfiltration"]
attack = ["T1505"]
atlas = ["AML.T0053", "AML.T0086"]
sources = [
  "AWS incident response playbooks, Amazon Q: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = """
No public rule was found; it answers the playbook's question on plug-ins. Use of a plug-in within a chat is not \
in CloudTrail."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "One with another server"
records = [{eventSource = "qbusiness", eventName = "UpdatePlugin", request = {serverUrl = "https://example.com"}}]
[[true]]
story = "Made for Q Developer, by a session"
records = [{eventSource = "q", eventName = "CreatePlugin", role = "dev"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "qbusiness", eventName = "CreatePlugin", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventSource = "qbusiness", eventName = "CreatePlugin", errorCode = "AccessDeniedException"}]
[[false]]
story = "Listed"
records = [{eventSource = "qbusiness", eventName = "ListPlugins"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' to ' || json_extract_scalar(requestparameters, '$.serverUrl'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource IN ('qbusiness.amazonaws.com', 'q.amazonaws.com') AND eventname IN (
      'CreatePlugin', 'UpdatePlugin', 'CreateOAuthAppConnection', 'UpdateOAuthAppConnection', 'UpdateAuthGrant'
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
