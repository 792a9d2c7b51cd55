/*
title = "Model invocation logging turned off"
question = "Did somebody turn model invocation logging off?"
severity = "critical"
why = "It blinds the answer to every later question, and nobody does it in daily work. GuardDuty calls it Medium."
tactics = ["defense_evasion"]
attack = ["T1562.008", "T1685.002"]
atlas = []
sources = [
  "GuardDuty IAM finding types: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Splunk security content: https://github.com/splunk/security_content",
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
  "Datadog default rules: https://docs.datadoghq.com/security/default_rules/",
  "Sumo Logic Cloud SIEM rules MATCH-S00921 to S00924",
]
needs = "management events"
limits = """
The configuration is per Region: one row for each. A log destination that is destroyed instead is seen by \
log_store_tampered."""
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "A thief deletes the configuration"
records = [{eventName = "DeleteModelInvocationLoggingConfiguration"}]
[[true]]
story = "In two Regions, by a role's session"
n = [1, 1]
records = [
  {eventName = "DeleteModelInvocationLoggingConfiguration", role = "admin"},
  {eventName = "DeleteModelInvocationLoggingConfiguration", role = "admin", awsRegion = "us-west-2"},
]
[[false]]
story = "The call was denied"
records = [{eventName = "DeleteModelInvocationLoggingConfiguration", errorCode = "AccessDenied"}]
[[false]]
story = "It was only read"
records = [{eventName = "GetModelInvocationLoggingConfiguration"}]
[[false]]
story = "Another service's call of the same name"
records = [{eventSource = "example", eventName = "DeleteModelInvocationLoggingConfiguration"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND eventname = 'DeleteModelInvocationLoggingConfiguration'
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Model invocation logging was deleted: ' || array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
