/*
catalogue = "q02"
question = "Which Amazon Q plug-ins were created, changed or used?"
playbooks = ["amazon_q"]
needs = "management events"
answers_seed = "Amazon Q, question 2: What PlugIns were utilized?"
limits = "Partly answerable: use of a plug-in within a chat is not in CloudTrail, since chat bodies are not."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
awsregion = "text"
actor = "text"
access_key = "text"
eventsource = "text"
eventname = "text"
application = "text"
plugin = "text"
plugin_type = "text"
server_url = "text"
sourceipaddress = "text"
errorcode = "text"
eventid = "text"
*/
SELECT eventtime, awsregion,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventsource, eventname,
  json_extract_scalar(requestparameters, '$.applicationId') AS application,
  coalesce(
    json_extract_scalar(requestparameters, '$.pluginId'), json_extract_scalar(responseelements, '$.pluginId')
  ) AS plugin,
  json_extract_scalar(requestparameters, '$.type') AS plugin_type,
  json_extract_scalar(requestparameters, '$.serverUrl') AS server_url,
  sourceipaddress, errorcode, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource IN (genai_q_sources)
  AND regexp_like(eventname, 'Plugin|OAuthAppConnection|AuthGrant|ConnectorResource')
ORDER BY eventtime, eventid
