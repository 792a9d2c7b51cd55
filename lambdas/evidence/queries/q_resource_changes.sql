/*
catalogue = "q01"
question = "Which Amazon Q resources were created, changed and deleted?"
playbooks = ["amazon_q"]
needs = "management events"
answers_seed = "Amazon Q, question 1: What resources were created and deleted?"
limits = "Documents, users, groups and conversations are data events AWS::QBusiness::*."
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
application = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
responseelements = "json"
eventid = "text"
*/
SELECT eventtime, awsregion, account,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventsource, eventname,
  coalesce(
    json_extract_scalar(requestparameters, '$.applicationId'), json_extract_scalar(responseelements, '$.applicationId')
  ) AS application,
  sourceipaddress, useragent, errorcode, requestparameters, responseelements, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource IN (genai_q_sources)
  AND regexp_like(
    eventname, '^(Batch)?(Create|Update|Delete|Put|Associate|Disassociate|Cancel|Start|Stop|Import|Disable)'
  )
ORDER BY eventtime, eventid
