/*
catalogue = "q04"
question = "What did Amazon Q itself call in AWS, and on whose behalf?"
playbooks = ["amazon_q"]
needs = "management events"
answers_seed = "Amazon Q, question 4: Were these applications accessed by Q?"
limits = "What it read from S3 are data events of S3."
[inputs]
day_from = "day"
day_to = "day"
service_roles = "texts"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
eventsource = "text"
eventname = "text"
on_behalf_of = "text"
invoked_by = "text"
role = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, awsregion, account, eventsource, eventname, useridentity.arn AS on_behalf_of,
  useridentity.invokedby AS invoked_by, useridentity.sessioncontext.sessionissuer.arn AS role, errorcode,
  requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (
    useridentity.invokedby IN (genai_q_sources) OR sourceipaddress IN (genai_q_sources)
    OR useridentity.sessioncontext.sessionissuer.arn IN (:service_roles)
  )
ORDER BY eventtime, eventid
