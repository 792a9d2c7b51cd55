/*
catalogue = "ct10"
question = "Which calls were made with a Bedrock API key?"
playbooks = ["bedrock"]
needs = "management events"
limits = "Inference through bedrock-mantle is a data event."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
eventsource = "text"
eventname = "text"
actor = "text"
access_key = "text"
token_type = "text"
model = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
eventid = "text"
*/
SELECT eventtime, awsregion, account, eventsource, eventname,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key,
  coalesce(
    json_extract_scalar(requestparameters, '$.bearerTokenType'),
    json_extract_scalar(additionaleventdata, '$.bearerTokenType')
  ) AS token_type,
  coalesce(
    json_extract_scalar(requestparameters, '$.modelId'), json_extract_scalar(requestparameters, '$.model')
  ) AS model,
  sourceipaddress, useragent, errorcode, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource IN (genai_bedrock_sources)
  -- bedrock-runtime tells in additionalEventData, bedrock-mantle in requestParameters.
  AND 'true' IN (
    coalesce(json_extract_scalar(additionaleventdata, '$.callWithBearerToken'), 'false'),
    coalesce(json_extract_scalar(requestparameters, '$.callWithBearerToken'), 'false')
  )
ORDER BY eventtime, eventid
