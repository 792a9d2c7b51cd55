/*
title = "Knowledge base, agent or model deleted"
question = "Did somebody delete a knowledge base, an agent or a model of ours?"
severity = "high"
why = "What took long to make is gone, and cannot be had back from AWS."
tactics = ["impact"]
attack = ["T1485"]
atlas = ["AML.T0029"]
sources = [
  "Splunk security content: https://github.com/splunk/security_content",
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
]
needs = "management events"
limits = "The vectors of a knowledge base lie in another service; their deletion is seen there only."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A knowledge base"
records = [{eventName = "DeleteKnowledgeBase", request = {knowledgeBaseId = "KB1"}}]
[[true]]
story = "A model, by a session"
records = [{eventName = "DeleteCustomModel", role = "dev"}]
[[false]]
story = "Denied"
records = [{eventName = "DeleteKnowledgeBase", errorCode = "AccessDeniedException"}]
[[false]]
story = "The deployer takes it down"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "DeleteAgent", role = "deployer"}]
[[false]]
story = "One is made"
records = [{eventName = "CreateKnowledgeBase"}]
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
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN ('DeleteKnowledgeBase', 'DeleteAgent', 'DeleteCustomModel', 'DeleteImportedModel')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
