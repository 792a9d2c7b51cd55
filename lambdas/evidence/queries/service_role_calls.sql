/*
catalogue = "ct14"
question = "What did the service roles of agents and knowledge bases do in AWS?"
playbooks = ["bedrock"]
needs = "management events"
limits = "What the role read from S3 or invoked in Lambda are data events of these services."
[inputs]
day_from = "day"
day_to = "day"
service_roles = "texts"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
role = "text"
eventsource = "text"
eventname = "text"
errorcode = "text"
sourceipaddress = "text"
useragent = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, awsregion, account, useridentity.sessioncontext.sessionissuer.arn AS role, eventsource, eventname,
  errorcode, sourceipaddress, useragent, requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND useridentity.sessioncontext.sessionissuer.arn IN (:service_roles)
ORDER BY eventtime, eventid
