/*
title = "A knowledge base tied to an agent"
question = "Did somebody tie another knowledge base to an agent?"
severity = "high"
why = "From then on the agent believes what stands there, and it may be another's."
tactics = ["persistence", "data_poisoning"]
attack = ["T1505"]
atlas = ["AML.T0070", "AML.T0081"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = "Whose the knowledge base is cannot be told from the record: look at its storage."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "By a thief"
records = [{eventName = "AssociateAgentKnowledgeBase", request = {agentId = "AG1", knowledgeBaseId = "KB9"}}]
[[true]]
story = "One of a third party"
records = [{eventName = "AssociateThirdPartyKnowledgeBase", role = "dev"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "AssociateAgentKnowledgeBase", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventName = "AssociateAgentKnowledgeBase", errorCode = "AccessDeniedException"}]
[[false]]
story = "They are listed"
records = [{eventName = "ListAgentKnowledgeBases"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' ' || json_extract_scalar(requestparameters, '$.knowledgeBaseId'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN ('AssociateAgentKnowledgeBase', 'UpdateAgentKnowledgeBase', 'AssociateThirdPartyKnowledgeBase')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
