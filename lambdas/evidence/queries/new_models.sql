/*
catalogue = "ct09"
question = "Which models did an identity call for the first time since this moment?"
playbooks = ["bedrock"]
needs = "management events"
limits = "Compares with the days before that moment that are in the logs: with none of these, every model is new."
[inputs]
day_from = "day"
day_to = "day"
since = "timestamp"
[outputs]
actor = "text"
model = "text"
first_seen = "text"
last_seen = "text"
n = "number"
errors = "number"
regions = "texts"
*/
SELECT coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  coalesce(
    json_extract_scalar(requestparameters, '$.modelId'), json_extract_scalar(requestparameters, '$.model')
  ) AS model,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(DISTINCT eventid) AS n,
  count(DISTINCT eventid) FILTER (WHERE errorcode IS NOT NULL) AS errors,
  array_sort(array_agg(DISTINCT awsregion)) AS regions
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND ((eventsource IN (genai_bedrock_sources) AND eventname IN (genai_model_calls)) OR eventname = 'CreateInference')
GROUP BY 1, 2
HAVING min(eventtime) >= :since
ORDER BY first_seen, actor, model
