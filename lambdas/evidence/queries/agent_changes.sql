/*
catalogue = "ct13"
question = "Which agents, action groups, aliases, flows, prompts and knowledge bases were changed?"
playbooks = ["bedrock"]
needs = "management events"
evidence = true
limits = "Most changes inside of AgentCore memory are data events."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
actor = "text"
access_key = "text"
eventsource = "text"
eventname = "text"
resource_id = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, awsregion, account,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventsource, eventname,
  coalesce(
    json_extract_scalar(requestparameters, '$.agentId'), json_extract_scalar(responseelements, '$.agent.agentId'),
    json_extract_scalar(requestparameters, '$.knowledgeBaseId'),
    json_extract_scalar(responseelements, '$.knowledgeBase.knowledgeBaseId'),
    json_extract_scalar(requestparameters, '$.flowIdentifier'), json_extract_scalar(responseelements, '$.id'),
    json_extract_scalar(requestparameters, '$.promptIdentifier'),
    json_extract_scalar(requestparameters, '$.agentRuntimeId'),
    json_extract_scalar(responseelements, '$.agentRuntimeId')
  ) AS resource_id,
  sourceipaddress, useragent, errorcode, requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (
    (
      eventsource = 'bedrock.amazonaws.com' AND regexp_like(
        eventname, '^(Create|Update|Delete|Associate|Disassociate|Prepare|Start|Stop|Ingest)'
      )
      AND regexp_like(eventname, 'Agent|KnowledgeBase|DataSource|Ingestion|Flow|Prompt')
    )
    OR (
      eventsource = 'bedrock-agentcore.amazonaws.com'
      AND regexp_like(eventname, '^(Batch)?(Create|Update|Delete|Put|Add|Start|Stop|Register|Set)')
    )
  )
ORDER BY eventtime, eventid
