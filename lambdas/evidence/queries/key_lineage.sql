/*
catalogue = "ct04"
question = "Who issued this access key, what did it do, and which keys did it issue in turn?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
limits = """
One generation in each direction: ask again with an issued key. Credentials of IAM Identity Center name no key when
they are issued."""
[inputs]
day_from = "day"
day_to = "day"
access_key_id = "text"
[outputs]
eventtime = "text"
part = "text"
eventsource = "text"
eventname = "text"
actor = "text"
access_key = "text"
issued_key = "text"
role_arn = "text"
session_name = "text"
issued_to = "text"
awsregion = "text"
account = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
eventid = "text"
*/
WITH calls AS (
  SELECT eventtime, eventsource, eventname,
    coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
    useridentity.accesskeyid AS access_key,
    coalesce(
      json_extract_scalar(responseelements, '$.credentials.accessKeyId'),
      json_extract_scalar(responseelements, '$.accessKey.accessKeyId')
    ) AS issued_key,
    json_extract_scalar(requestparameters, '$.roleArn') AS role_arn,
    json_extract_scalar(requestparameters, '$.roleSessionName') AS session_name,
    json_extract_scalar(responseelements, '$.assumedRoleUser.assumedRoleId') AS issued_to,
    awsregion, account, sourceipaddress, useragent, errorcode, eventid
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
)
SELECT eventtime, CASE WHEN issued_key = :access_key_id THEN 'issued it' ELSE 'was done with it' END AS part,
  eventsource, eventname, actor, access_key, issued_key, role_arn, session_name, issued_to, awsregion, account,
  sourceipaddress, useragent, errorcode, eventid
FROM calls
WHERE access_key = :access_key_id OR issued_key = :access_key_id
ORDER BY eventtime, eventid
