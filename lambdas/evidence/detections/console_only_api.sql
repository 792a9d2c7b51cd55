/*
title = "The console's calls made with an access key"
question = "Did a long-term key or a Bedrock API key make the model-access calls that people make in the console?"
severity = "medium"
why = "Permiso saw thieves' tools make these by hand; people make them in the console."
tactics = ["discovery", "resource_abuse"]
attack = ["T1526", "T1078.004"]
atlas = ["AML.T0040"]
sources = [
  "Permiso, exploiting hosted models: https://permiso.io/blog/exploiting-hosted-models",
  "Datadog default rules: https://docs.datadoghq.com/security/default_rules/",
]
needs = "management events"
limits = """
Newer SDKs have most of these calls: scripts that set models up with a long-term key look the same. Temporary \
credentials are not looked at."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "Hand-made requests with a long-term key"
records = [{eventName = "GetFoundationModelAvailability", userAgent = "python-requests/2.31"}]
[[true]]
story = "Denied, which is the same sign"
records = [{eventName = "PutUseCaseForModelAccess", errorCode = "AccessDenied"}]
[[false]]
story = "A role's session"
records = [{eventName = "GetFoundationModelAvailability", role = "dev"}]
[[false]]
story = "A person in the console"
records = [{eventName = "GetFoundationModelAvailability", sessionCredentialFromConsole = "true"}]
[[false]]
story = "A call that SDKs make daily"
records = [{eventName = "ListFoundationModels"}]
[[false]]
story = "A script that is known"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:user/deployer"]}
records = [{eventName = "GetFoundationModelAvailability", user = "deployer"}]
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
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN (
      'GetFoundationModelAvailability', 'ListFoundationModelAgreementOffers', 'GetUseCaseForModelAccess',
      'PutUseCaseForModelAccess', 'PutFoundationModelEntitlement'
    )
    AND (useridentity.accesskeyid LIKE 'AKIA%'
      OR json_extract_scalar(additionaleventdata, '$.callWithBearerToken') = 'true')
    AND coalesce(sessioncredentialfromconsole, 'false') <> 'true'
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
