/*
catalogue = "inv01"
question = "How many tokens did who use, with which model, in which hour?"
playbooks = ["bedrock"]
needs = "model invocation logging"
evidence = true
limits = "Calls that were blocked or throttled have no counts: they are in without_tokens."
[inputs]
hour_from = "hour"
hour_to = "hour"
[outputs]
hour = "text"
account = "text"
region = "text"
inference_region = "text"
actor = "text"
model = "text"
operation = "text"
n = "number"
errors = "number"
in_tokens = "number"
out_tokens = "number"
cache_read_tokens = "number"
cache_write_tokens = "number"
without_tokens = "number"
*/
SELECT hour, accountid AS account, region, inferenceregion AS inference_region, identity.arn AS actor, modelid AS model,
  operation, count(*) AS n, count_if(errorcode IS NOT NULL) AS errors,
  coalesce(sum(input.inputtokencount), 0) AS in_tokens, coalesce(sum(output.outputtokencount), 0) AS out_tokens,
  coalesce(sum(input.cachereadinputtokencount), 0) AS cache_read_tokens,
  coalesce(sum(input.cachewriteinputtokencount), 0) AS cache_write_tokens,
  count_if(input.inputtokencount IS NULL) AS without_tokens
FROM bedrock_invocations
WHERE hour BETWEEN :hour_from AND :hour_to
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY in_tokens DESC, hour
