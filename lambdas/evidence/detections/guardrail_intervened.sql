/*
title = "A guardrail intervened, more than once"
question = "Whose prompts or answers did guardrails block, again and again?"
severity = "medium"
why = "Once is chance; again is somebody who tries to get round it. It held, as far as it says."
tactics = ["execution"]
attack = []
atlas = ["AML.T0051", "AML.T0054"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
  "GuardDuty IAM finding types: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
]
needs = "the invocation log"
limits = """
Only what a guardrail caught; a stream may have been read before it was blocked. Which policy it was stands in \
the log's record."""
[inputs]
hour_from = "hour"
hour_to = "hour"
interventions = "number"
[defaults]
interventions = 2
[[true]]
story = "Three times, as Converse says it"
n = [3]
records = [{operation = "Converse", times = 3, output = {outputBodyJson = {stopReason = "guardrail_intervened"}}}]
[[true]]
story = "Twice, as InvokeModel says it, once in a stream's list"
n = [2]
[[true.records]]
operation = "InvokeModel"
output = {outputBodyJson = {amazon-bedrock-guardrailAction = "INTERVENED"}}
[[true.records]]
operation = "InvokeModelWithResponseStream"
output = {outputBodyJson = [{amazon-bedrock-guardrailAction = "INTERVENED"}]}
[[false]]
story = "Once"
records = [{operation = "Converse", output = {outputBodyJson = {stopReason = "guardrail_intervened"}}}]
[[false]]
story = "It looked and let pass"
records = [
  {operation = "InvokeModel", times = 3, output = {outputBodyJson = {amazon-bedrock-guardrailAction = "NONE"}}},
]
[[false]]
story = "An answer that speaks of it"
records = [{operation = "Converse", times = 3, answer = 'set "stopReason":"guardrail_intervened"'}]
[[false]]
story = "Once each by two"
records = [
  {operation = "Converse", output = {outputBodyJson = {stopReason = "guardrail_intervened"}}},
  {operation = "Converse", user = "bob", output = {outputBodyJson = {stopReason = "guardrail_intervened"}}},
]
*/
WITH blocked AS (
  SELECT identity.arn AS actor, accountid AS account, region, "timestamp", requestid
  FROM bedrock_invocations
  WHERE hour BETWEEN :hour_from AND :hour_to
    AND regexp_like(output.outputbodyjson,
      '"stopReason"\s*:\s*"guardrail_intervened"'
      || '|"amazon-bedrock-guardrailAction"\s*:\s*"INTERVENED"')
)
SELECT actor, cast(NULL AS varchar) AS access_key, account, region,
  min("timestamp") AS first_seen, max("timestamp") AS last_seen, count(*) AS n,
  cast(count(*) AS varchar) || ' blocked' AS detail,
  array_agg(requestid ORDER BY "timestamp", requestid) AS event_ids
FROM blocked
GROUP BY 1, 3, 4
HAVING count(*) >= cast(:interventions AS bigint)
