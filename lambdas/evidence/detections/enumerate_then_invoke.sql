/*
title = "Models listed, then called, with a long-term key"
question = "Did a long-term key look around in Bedrock and call a model within minutes?"
severity = "high"
why = "The walk of every tool that tests stolen keys; applications know their model and use roles."
tactics = ["discovery", "resource_abuse"]
attack = ["T1526", "T1078.004"]
atlas = ["AML.T0014", "AML.T0040"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
  "Permiso, exploiting hosted models: https://permiso.io/blog/exploiting-hosted-models",
]
needs = "management events"
limits = """
Only keys that begin with AKIA: a stolen session is seen by other detections. A script that lists models before \
it calls one, with a long-term key, looks the same."""
[inputs]
day_from = "day"
day_to = "day"
seconds = "number"
[defaults]
seconds = 900
[[true]]
story = "Listed, called at the last moment"
n = [1]
records = [
  {eventName = "ListFoundationModels"},
  {eventName = "InvokeModel", at = 900},
]
[[true]]
story = "Asked whether it is logged, in another Region, then called"
n = [3]
records = [
  {eventName = "GetModelInvocationLoggingConfiguration", awsRegion = "us-west-2"},
  {eventName = "Converse", at = 5, times = 3},
]
[[false]]
story = "A second too late"
records = [
  {eventName = "ListFoundationModels"},
  {eventName = "InvokeModel", at = 901},
]
[[false]]
story = "An application that only calls, in every way"
records = [
  {eventName = "InvokeModel"},
  {eventName = "InvokeModelWithResponseStream"},
  {eventName = "Converse"},
  {eventName = "ConverseStream"},
]
[[false]]
story = "Called first, listed after"
records = [
  {eventName = "InvokeModel"},
  {eventName = "ListFoundationModels", at = 5},
]
[[false]]
story = "A role's session"
records = [
  {eventName = "ListFoundationModels", role = "app"},
  {eventName = "InvokeModel", at = 5, role = "app"},
]
[[false]]
story = "Another key called"
records = [
  {eventName = "ListFoundationModels"},
  {eventName = "InvokeModel", at = 5, user = "app", key = "AKIAI44QH8DHBEXAMPLE"},
]
[[false]]
story = "The call was denied"
records = [
  {eventName = "ListFoundationModels"},
  {eventName = "InvokeModel", at = 5, errorCode = "AccessDeniedException"},
]
*/
WITH calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND useridentity.accesskeyid LIKE 'AKIA%' AND errorcode IS NULL
    AND (eventname IN (genai_model_calls) OR eventname IN (
      'ListFoundationModels', 'ListInferenceProfiles', 'ListCustomModels', 'ListImportedModels',
      'ListProvisionedModelThroughputs', 'ListFoundationModelAgreementOffers', 'GetFoundationModel',
      'GetFoundationModelAvailability', 'GetModelInvocationLoggingConfiguration', 'GetUseCaseForModelAccess'
    ))
),
looked AS (
  SELECT *, max(CASE WHEN eventname NOT IN (genai_model_calls) THEN t END)
    OVER (PARTITION BY access_key ORDER BY t) AS looked_at
  FROM calls
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'After ' || cast(cast(min(t - looked_at) AS bigint) AS varchar) || ' s: '
    || array_join(array_sort(array_agg(DISTINCT eventname)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM looked
WHERE eventname IN (genai_model_calls) AND t - looked_at <= cast(:seconds AS bigint)
GROUP BY 1, 2, 3, 4
