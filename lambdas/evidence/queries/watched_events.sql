/*
catalogue = "ct01"
question = "Which watched events happened?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
answers_seed = "Bedrock backlog: monitor all critical Bedrock events"
limits = "Watched data events are there only if a trail selects them: responder events --not-logged tells."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
severity = "text"
tactics = "text"
awsregion = "text"
account = "text"
eventsource = "text"
eventname = "text"
actor = "text"
access_key = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, severity, tactics, awsregion, account, cloudtrail_logs.eventsource, cloudtrail_logs.eventname,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, sourceipaddress, useragent, errorcode, requestparameters, eventid
FROM cloudtrail_logs
JOIN genai_watchlist
  ON genai_watchlist.eventsource = cloudtrail_logs.eventsource AND genai_watchlist.eventname = cloudtrail_logs.eventname
WHERE day BETWEEN :day_from AND :day_to
ORDER BY eventtime, eventid
