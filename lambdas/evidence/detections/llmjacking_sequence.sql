/*
title = "Access to a model opened, then used, with the same credentials"
question = "Did the same credentials open access to a model and call a model within a day?"
severity = "critical"
why = """
Together they are LLMjacking as it was seen: who administers models does not call them, least of all within the \
day."""
tactics = ["resource_abuse"]
attack = ["T1496.004", "T1098"]
atlas = ["AML.T0040", "AML.T0034"]
sources = [
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
  "Prowler, threat detection LLMjacking: https://github.com/prowler-cloud/prowler",
  "Stratus Red Team: https://stratus-red-team.cloud/attack-techniques/AWS/aws.impact.bedrock-invoke-model/",
]
needs = "management events"
limits = """
Follows the access key: a thief who opens with one and calls with another is seen only by model_access_opened."""
[inputs]
day_from = "day"
day_to = "day"
seconds = "number"
[defaults]
seconds = 86400
[[true]]
story = "As Stratus Red Team does it, with a role's session"
n = [1]
records = [
  {eventName = "PutFoundationModelEntitlement", role = "dev"},
  {eventName = "InvokeModel", at = 92, role = "dev"},
]
[[true]]
story = "A day later to the second, at the other endpoint"
records = [
  {eventName = "CreateFoundationModelAgreement"},
  {eventSource = "bedrock-mantle", eventName = "CreateInference", at = 86400},
]
[[false]]
story = "A second more than a day"
records = [
  {eventName = "CreateFoundationModelAgreement"},
  {eventName = "InvokeModel", at = 86401},
]
[[false]]
story = "Opened by one, called by another"
records = [
  {eventName = "CreateFoundationModelAgreement", role = "admin", key = "ASIAI44QH8DHBEXAMPLE"},
  {eventName = "InvokeModel", at = 60, role = "app"},
]
[[false]]
story = "Opening was denied"
records = [
  {eventName = "CreateFoundationModelAgreement", errorCode = "AccessDenied"},
  {eventName = "InvokeModel", at = 60},
]
*/
WITH calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t,
    eventname IN (
      'PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess') AS opens
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource IN (genai_bedrock_sources) AND errorcode IS NULL
    AND (
      eventname IN (genai_model_calls)
      OR eventname IN (
        'PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess',
        'CreateModelInvocationJob', 'CreateInference'
      )
    )
),
opened AS (
  SELECT *, max(CASE WHEN opens THEN t END)
    OVER (PARTITION BY account, coalesce(access_key, actor) ORDER BY t) AS opened_at
  FROM calls
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Called after access was opened: ' || array_join(array_sort(array_agg(DISTINCT eventname)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM opened
WHERE NOT opens AND t - opened_at <= cast(:seconds AS bigint)
GROUP BY 1, 2, 3, 4
