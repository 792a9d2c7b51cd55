/*
title = "An API key deletes or changes"
question = "Was a Bedrock API key used to delete, stop or change something?"
severity = "high"
why = "API keys are made to call models; what they delete was deleted by whoever holds a leaked text."
tactics = ["impact", "defense_evasion"]
attack = ["T1485"]
atlas = ["AML.T0012"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = """
The mark that a call came by API key stands in either of two places; a record that has it in neither is not \
seen."""
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "A guardrail is deleted by API key"
records = [{eventName = "DeleteGuardrail", additionalEventData = {callWithBearerToken = true}}]
[[true]]
story = "The mark stands in the parameters"
records = [{eventSource = "bedrock-mantle", eventName = "DeleteFile", request = {callWithBearerToken = true}}]
[[false]]
story = "By an access key"
records = [{eventName = "DeleteGuardrail"}]
[[false]]
story = "A call of a model"
records = [{eventName = "Converse", additionalEventData = {callWithBearerToken = true}}]
[[false]]
story = "Denied"
records = [
  {eventName = "DeleteGuardrail", errorCode = "AccessDenied", additionalEventData = {callWithBearerToken = true}},
]
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
    AND eventsource IN (genai_bedrock_sources) 
    AND regexp_like(eventname, '^(Delete|Put|Deregister|Disassociate|Stop|Update)')
    AND (json_extract_scalar(additionaleventdata, '$.callWithBearerToken') = 'true'
      OR json_extract_scalar(requestparameters, '$.callWithBearerToken') = 'true')
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
