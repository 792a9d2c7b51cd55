/*
catalogue = "q03"
question = "Which applications and data sources could Amazon Q reach?"
playbooks = ["amazon_q"]
needs = "management events"
answers_seed = "Amazon Q, question 3: What applications did Q have access to during the security incident?"
limits = "Only what changed in these days: take it together with the inventory of what was there before."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
awsregion = "text"
actor = "text"
access_key = "text"
eventname = "text"
application = "text"
index_id = "text"
name = "text"
role_arn = "text"
principal = "text"
errorcode = "text"
eventid = "text"
*/
SELECT eventtime, awsregion,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventname,
  json_extract_scalar(requestparameters, '$.applicationId') AS application,
  json_extract_scalar(requestparameters, '$.indexId') AS index_id,
  json_extract_scalar(requestparameters, '$.displayName') AS name,
  json_extract_scalar(requestparameters, '$.roleArn') AS role_arn,
  json_extract_scalar(requestparameters, '$.principal') AS principal,
  errorcode, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource = 'qbusiness.amazonaws.com'
  AND regexp_like(eventname, '^(Create|Update|Delete|Associate|Disassociate|Disable)')
  AND regexp_like(eventname, 'DataSource|Plugin|DataAccessor|Permission|Retriever|Integration')
ORDER BY eventtime, eventid
