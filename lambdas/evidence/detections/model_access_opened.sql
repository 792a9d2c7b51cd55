/*
title = "Access to a model opened"
question = "Did somebody open access to models: entitlement, agreement or use case?"
severity = "medium"
why = """
An administrator does it once for a model, and so does a thief before the first call. The sequence with a call \
is llmjacking_sequence."""
tactics = ["persistence", "resource_abuse"]
attack = ["T1098"]
atlas = ["AML.T0040"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
  "Stratus Red Team: https://stratus-red-team.cloud/attack-techniques/AWS/aws.impact.bedrock-invoke-model/",
  "Prowler, threat detection LLMjacking: https://github.com/prowler-cloud/prowler",
]
needs = "management events"
limits = "Since AWS opens most models by itself at the first call, a thief may need none of these."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A thief asks for a model"
n = [2]
records = [
  {eventName = "PutUseCaseForModelAccess"},
  {eventName = "PutFoundationModelEntitlement", at = 2, request = {modelId = "anthropic.claude-v2"}},
]
[[true]]
story = "A session accepts an agreement"
records = [{eventName = "CreateFoundationModelAgreement", role = "dev"}]
[[false]]
story = "The offers are only listed"
records = [{eventName = "ListFoundationModelAgreementOffers"}]
[[false]]
story = "Denied"
records = [{eventName = "PutFoundationModelEntitlement", errorCode = "AccessDeniedException"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "CreateFoundationModelAgreement", role = "deployer"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' ' || json_extract_scalar(requestparameters, '$.modelId'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN (
      'PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess'
    )
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
