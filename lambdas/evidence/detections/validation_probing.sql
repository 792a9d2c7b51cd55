/*
title = "Models probed with calls that cannot succeed"
question = "Did somebody call models with invalid requests, to learn whether the key may?"
severity = "high"
why = "A ValidationException proves access, costs nothing and shows no prompt: Sysdig saw max_tokens_to_sample = -1."
tactics = ["discovery"]
attack = ["T1580", "T1526"]
atlas = ["AML.T0040"]
sources = [
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
  "Falco rules: https://github.com/falcosecurity/rules",
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
]
needs = "management events"
limits = """
A developer's broken request repeated in a loop looks the same. One failure whose message speaks of the token \
limit is enough; others must come in number."""
[inputs]
day_from = "day"
day_to = "day"
failures = "number"
seconds = "number"
[defaults]
failures = 4
seconds = 60
[[true]]
story = "One call with -1 tokens"
n = [1]
[[true.records]]
eventName = "InvokeModel"
errorCode = "ValidationException"
errorMessage = "max_tokens_to_sample: range: 1..1,000,000"
[[true]]
story = "Five within seconds, at the other endpoint"
n = [5]
records = [
  {eventSource = "bedrock-mantle", eventName = "CreateInference", errorCode = "ValidationException", times = 5},
]
[[true]]
story = "Four in a minute"
n = [4]
records = [{eventName = "InvokeModel", errorCode = "ValidationException", times = 4, every = 20}]
[[false]]
story = "Three in a minute"
records = [{eventName = "InvokeModel", errorCode = "ValidationException", times = 3, every = 20}]
[[false]]
story = "Four in more than a minute"
records = [
  {eventName = "InvokeModel", errorCode = "ValidationException", times = 3},
  {eventName = "InvokeModel", errorCode = "ValidationException", at = 61},
]
[[false]]
story = "Two each by two"
[[false.records]]
eventName = "InvokeModel"
errorCode = "ValidationException"
times = 2
[[false.records]]
eventName = "InvokeModel"
errorCode = "ValidationException"
times = 2
user = "bob"
key = "AKIAI44QH8DHBEXAMPLE"
[[false]]
story = "Another call that is invalid"
records = [{eventName = "CreateGuardrail", errorCode = "ValidationException", times = 9}]
[[false]]
story = "Throttled"
records = [{eventName = "InvokeModel", errorCode = "ThrottlingException", times = 9}]
*/
WITH failed AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t,
    regexp_like(errormessage, '(?i)max_?(gen_?|new_?)?tokens') AS of_tokens
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource IN (genai_bedrock_sources) AND errorcode = 'ValidationException'
    AND (eventname IN (genai_model_calls) OR eventname = 'CreateInference')
),
spaced AS (
  SELECT *, t - lag(t, cast(:failures AS bigint) - 1) OVER (PARTITION BY account, actor, access_key ORDER BY t) AS apart
  FROM failed
)
SELECT actor, access_key, account,
  array_join(array_sort(array_agg(DISTINCT region)), ', ') AS region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT eventname)), ', ') || ' refused as invalid'
    || CASE WHEN count_if(of_tokens) > 0 THEN ', for the number of tokens asked' ELSE '' END AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM spaced
GROUP BY 1, 2, 3
HAVING min(apart) <= cast(:seconds AS bigint) OR count_if(of_tokens) > 0
