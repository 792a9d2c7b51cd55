/*
catalogue = "ct11"
question = "What did these actors change in IAM to stay?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
limits = "IAM writes its events in us-east-1. Refused attempts are listed too."
[inputs]
day_from = "day"
day_to = "day"
actors = "texts"
[outputs]
eventtime = "text"
eventname = "text"
target = "text"
new_credential = "text"
new_user_id = "text"
service_name = "text"
actor = "text"
access_key = "text"
principal_id = "text"
account = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, eventname,
  coalesce(
    json_extract_scalar(requestparameters, '$.userName'), json_extract_scalar(requestparameters, '$.roleName'),
    json_extract_scalar(requestparameters, '$.groupName'), json_extract_scalar(requestparameters, '$.policyArn')
  ) AS target,
  coalesce(
    json_extract_scalar(responseelements, '$.accessKey.accessKeyId'),
    json_extract_scalar(responseelements, '$.serviceSpecificCredential.serviceSpecificCredentialId')
  ) AS new_credential,
  json_extract_scalar(responseelements, '$.user.userId') AS new_user_id,
  json_extract_scalar(requestparameters, '$.serviceName') AS service_name,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, useridentity.principalid AS principal_id, account, sourceipaddress, useragent,
  errorcode, requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource = 'iam.amazonaws.com' AND coalesce(readonly, 'false') <> 'true'
  AND (
    -- An actor is named by key, ARN, name or unique id; a session by those of its role too.
    useridentity.accesskeyid IN (:actors)
    OR useridentity.arn IN (:actors) OR useridentity.sessioncontext.sessionissuer.arn IN (:actors)
    OR useridentity.username IN (:actors) OR useridentity.sessioncontext.sessionissuer.username IN (:actors)
    OR useridentity.principalid IN (:actors) OR split_part(useridentity.principalid, ':', 1) IN (:actors)
  )
ORDER BY eventtime, eventid
