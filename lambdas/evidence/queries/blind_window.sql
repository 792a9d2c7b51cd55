/*
catalogue = "inv04"
question = "Which model calls are in CloudTrail and not in the invocation log?"
playbooks = ["bedrock"]
needs = "management events and model invocation logging"
evidence = true
limits = "Give an hour more than the days have: a record can be delivered in the hour after its call."
[inputs]
day_from = "day"
day_to = "day"
hour_from = "hour"
hour_to = "hour"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
eventname = "text"
actor = "text"
access_key = "text"
model = "text"
requestid = "text"
eventid = "text"
*/
SELECT c.eventtime, c.awsregion, c.account, c.eventname,
  coalesce(
    c.useridentity.sessioncontext.sessionissuer.arn, c.useridentity.arn, c.useridentity.invokedby
  ) AS actor,
  c.useridentity.accesskeyid AS access_key, json_extract_scalar(c.requestparameters, '$.modelId') AS model, c.requestid,
  c.eventid
FROM cloudtrail_logs AS c
LEFT JOIN (
  SELECT requestid FROM bedrock_invocations WHERE hour BETWEEN :hour_from AND :hour_to
) AS i ON i.requestid = c.requestid
WHERE c.day BETWEEN :day_from AND :day_to
  AND c.eventsource = 'bedrock.amazonaws.com' AND c.eventname IN (genai_model_calls)
  AND c.errorcode IS NULL AND i.requestid IS NULL
ORDER BY c.eventtime, c.eventid
