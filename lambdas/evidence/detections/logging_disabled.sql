/*
question = "Did somebody turn model invocation logging off?"
severity = "critical"
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002"]
atlas = []
sources = ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html"]
needs = "management events"
[inputs]
day_from = "day"
day_to = "day"
[outputs]
actor = "text"
access_key = "text"
account = "text"
region = "text"
first_seen = "text"
last_seen = "text"
n = "number"
detail = "text"
event_ids = "texts"
[[true]]
story = "A thief deletes the configuration"
records = [{eventSource = "bedrock.amazonaws.com", eventName = "DeleteModelInvocationLoggingConfiguration"}]
[[false]]
story = "The call was denied"
records = [{eventSource = "bedrock.amazonaws.com", eventName = "DeleteModelInvocationLoggingConfiguration", errorCode = "AccessDenied"}]
*/
SELECT
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn) AS actor,
  useridentity.accesskeyid AS access_key, account, awsregion AS region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Model invocation logging was deleted' AS detail,
  array_agg(eventid) AS event_ids
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND eventsource = 'bedrock.amazonaws.com' AND eventname = 'DeleteModelInvocationLoggingConfiguration'
  AND errorcode IS NULL
GROUP BY 1, 2, 3, 4
