/*
catalogue = "ct01"
question = "Which watched events happened?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
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
*/
SELECT eventtime, awsregion, account, eventsource, eventname,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn) AS actor,
  useridentity.accesskeyid AS access_key, sourceipaddress, useragent, errorcode, requestparameters
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (eventsource, eventname) IN (SELECT eventsource, eventname FROM genai_watchlist)
ORDER BY eventtime
