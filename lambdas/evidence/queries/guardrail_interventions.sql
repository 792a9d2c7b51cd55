/*
catalogue = "inv03"
question = "Which model calls did a guardrail stop or alter?"
playbooks = ["bedrock"]
needs = "model invocation logging"
limits = """
Into a body that stands in S3 only `responder hunt` looks, where it was given to read. A guardrail that only detects \
leaves no marker."""
[inputs]
hour_from = "hour"
hour_to = "hour"
[outputs]
timestamp = "text"
account = "text"
region = "text"
actor = "text"
model = "text"
operation = "text"
requestid = "text"
marker = "text"
*/
SELECT "timestamp", accountid AS account, region, identity.arn AS actor, modelid AS model, operation, requestid,
  CASE
    WHEN regexp_like(output.outputbodyjson, '"stopReason"\s*:\s*"guardrail_intervened"')
      THEN 'stopReason guardrail_intervened'
    ELSE 'amazon-bedrock-guardrailAction INTERVENED'
  END AS marker
FROM bedrock_invocations
WHERE hour BETWEEN :hour_from AND :hour_to
  -- With the quotes: a prompt or an answer that only speaks of it has them escaped.
  AND (
    regexp_like(output.outputbodyjson, '"stopReason"\s*:\s*"guardrail_intervened"')
    OR regexp_like(output.outputbodyjson, '"amazon-bedrock-guardrailAction"\s*:\s*"INTERVENED"')
  )
ORDER BY "timestamp", requestid
