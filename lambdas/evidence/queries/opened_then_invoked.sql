/*
catalogue = "ct08"
question = "Who opened model access and called models within a day of it?"
playbooks = ["bedrock"]
needs = "management events"
limits = "A role that many people share is one actor. Calls through bedrock-mantle are data events."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
actor = "text"
first_opened = "text"
opened_with = "texts"
first_invoked = "text"
last_invoked = "text"
invocations = "number"
models = "texts"
regions = "texts"
access_keys = "texts"
*/
WITH calls AS (
  SELECT coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
    useridentity.accesskeyid AS access_key, eventsource, eventname, eventtime, eventid, awsregion,
    coalesce(
      json_extract_scalar(requestparameters, '$.modelId'), json_extract_scalar(requestparameters, '$.model')
    ) AS model,
    to_unixtime(try(from_iso8601_timestamp(eventtime))) AS seconds
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to AND errorcode IS NULL AND eventsource IN (genai_bedrock_sources)
),
opened AS (
  SELECT * FROM calls
  WHERE eventname IN ('PutFoundationModelEntitlement', 'CreateFoundationModelAgreement', 'PutUseCaseForModelAccess')
),
invoked AS (
  SELECT * FROM calls
  WHERE eventname IN (genai_model_calls)
    OR eventname IN ('CreateModelInvocationJob', 'StartAsyncInvoke', 'CreateInference')
)
SELECT opened.actor, min(opened.eventtime) AS first_opened,
  array_sort(array_agg(DISTINCT opened.eventname)) AS opened_with,
  min(invoked.eventtime) AS first_invoked, max(invoked.eventtime) AS last_invoked,
  count(DISTINCT invoked.eventid) AS invocations,
  array_sort(array_agg(DISTINCT invoked.model) FILTER (WHERE invoked.model IS NOT NULL)) AS models,
  array_sort(array_agg(DISTINCT invoked.awsregion)) AS regions,
  array_sort(array_agg(DISTINCT invoked.access_key) FILTER (WHERE invoked.access_key IS NOT NULL)) AS access_keys
FROM opened
JOIN invoked
  ON invoked.actor = opened.actor AND invoked.seconds BETWEEN opened.seconds AND opened.seconds + 24 * 60 * 60
GROUP BY opened.actor
ORDER BY first_opened
