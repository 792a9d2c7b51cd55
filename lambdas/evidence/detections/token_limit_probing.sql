/*
title = "Prompts that ask for no tokens"
question = "Were models called with a token limit of zero or less?"
severity = "high"
why = "No application does: it proves that the key may call, without cost. Sysdig saw it in LLMjacking."
tactics = ["discovery"]
attack = ["T1580"]
atlas = ["AML.T0040"]
sources = [
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
]
needs = "the invocation log"
limits = """
The invocation log does not hold every call that was refused as invalid; validation_probing sees those in \
CloudTrail."""
[inputs]
hour_from = "hour"
hour_to = "hour"
[[true]]
story = "-1, as published"
[[true.records]]
operation = "InvokeModel"
errorCode = "ValidationException"
input = {inputBodyJson = {max_tokens_to_sample = -1}}
[[true]]
story = "0, in Converse's words"
records = [{operation = "Converse", input = {inputBodyJson = {inferenceConfig = {maxTokens = 0, temperature = 1}}}}]
[[false]]
story = "1 is few, and allowed"
records = [{operation = "InvokeModel", input = {inputBodyJson = {max_tokens = 1}}}]
[[false]]
story = "A prompt that speaks of it"
records = [{operation = "Converse", prompt = 'use "max_tokens": -1'}]
[[false]]
story = "No limit"
records = [{operation = "Converse"}]
*/
WITH probes AS (
  SELECT identity.arn AS actor, accountid AS account, region, "timestamp", requestid, modelid
  FROM bedrock_invocations
  WHERE hour BETWEEN :hour_from AND :hour_to
    AND regexp_like(input.inputbodyjson,
      '"(max_tokens|max_tokens_to_sample|maxTokens|maxTokenCount|max_gen_len|max_new_tokens)"\s*:\s*(-[0-9]+|0)\s*[,}]')
)
SELECT actor, cast(NULL AS varchar) AS access_key, account, region,
  min("timestamp") AS first_seen, max("timestamp") AS last_seen, count(*) AS n,
  'Asked of ' || array_join(array_sort(array_agg(DISTINCT modelid)), ', ') AS detail,
  array_agg(requestid ORDER BY "timestamp", requestid) AS event_ids
FROM probes
GROUP BY 1, 3, 4
