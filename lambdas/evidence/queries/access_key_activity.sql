/*
catalogue = "ct03"
question = "What did this access key do?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
[inputs]
day_from = "day"
day_to = "day"
access_key_id = "text"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
eventsource = "text"
eventname = "text"
actor = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, awsregion, account, eventsource, eventname,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  sourceipaddress, useragent, errorcode, requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND useridentity.accesskeyid = :access_key_id
ORDER BY eventtime, eventid
