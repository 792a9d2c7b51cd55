/*
catalogue = "ct12"
question = "Who used the bedrock-mantle endpoint, and with which models?"
playbooks = ["bedrock"]
needs = "data events AWS::BedrockMantle::Project"
limits = "Model invocation logging does not cover this endpoint: prompts and tokens are nowhere."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
actor = "text"
access_key = "text"
sourceipaddress = "text"
useragent = "text"
eventname = "text"
model = "text"
token_type = "text"
n = "number"
errors = "number"
first_seen = "text"
last_seen = "text"
*/
SELECT coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, sourceipaddress, useragent, eventname,
  json_extract_scalar(requestparameters, '$.model') AS model,
  json_extract_scalar(requestparameters, '$.bearerTokenType') AS token_type,
  count(DISTINCT eventid) AS n,
  count(DISTINCT eventid) FILTER (WHERE errorcode IS NOT NULL) AS errors,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource = 'bedrock-mantle.amazonaws.com'
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY n DESC, first_seen
