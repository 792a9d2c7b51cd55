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
eventsource = "text"
eventname = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
*/
SELECT eventtime, awsregion, eventsource, eventname, sourceipaddress, useragent, errorcode, requestparameters
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND useridentity.accesskeyid = :access_key_id
ORDER BY eventtime
