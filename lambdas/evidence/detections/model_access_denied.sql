/*
title = "Opening access to a model was denied"
question = "Did somebody try to open access to models and was denied?"
severity = "low"
why = "Nothing was gained; it shows an intent and names a key to look at."
tactics = ["persistence"]
attack = ["T1098"]
atlas = ["AML.T0040"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = "A person in the console who lacks the permission looks the same."
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "Denied"
records = [{eventName = "PutFoundationModelEntitlement", errorCode = "AccessDenied"}]
[[true]]
story = "Denied in Bedrock's words"
records = [{eventName = "CreateFoundationModelAgreement", errorCode = "AccessDeniedException"}]
[[false]]
story = "It succeeded"
records = [{eventName = "PutFoundationModelEntitlement"}]
[[false]]
story = "It failed for another reason"
records = [{eventName = "CreateFoundationModelAgreement", errorCode = "ValidationException"}]
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
      'PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess'
    )
    AND errorcode IN ('AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation')
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
