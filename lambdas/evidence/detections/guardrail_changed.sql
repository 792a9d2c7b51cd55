/*
title = "Guardrail changed"
question = "Did somebody who is not trusted to change a guardrail or what enforces it?"
severity = "medium"
why = """
It may be a weakening or daily work; the record hides the policies, so compare the guardrail with the baseline."""
tactics = ["defense_evasion"]
attack = ["T1562.001", "T1685"]
atlas = ["AML.T0054"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
  "Sigma: https://github.com/SigmaHQ/sigma",
]
needs = "management events"
limits = """
CloudTrail hides what the guardrail says (HIDDEN_DUE_TO_SECURITY_REASONS): weaker or stronger cannot be told \
from the log."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A session changes one; its policies are hidden"
[[true.records]]
eventName = "UpdateGuardrail"
role = "dev"
request = {guardrailIdentifier = "gr1", name = "HIDDEN_DUE_TO_SECURITY_REASONS"}
[[true]]
story = "A thief puts another enforced configuration"
records = [{eventName = "PutEnforcedGuardrailConfiguration"}]
[[false]]
story = "The deployer changes it"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "UpdateGuardrail", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventName = "UpdateGuardrail", errorCode = "AccessDenied"}]
[[false]]
story = "One is made"
records = [{eventName = "CreateGuardrail"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' ' || json_extract_scalar(requestparameters, '$.guardrailIdentifier'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN (
      'UpdateGuardrail', 'PutEnforcedGuardrailConfiguration', 'UpdateAutomatedReasoningPolicy',
      'UpdateAutomatedReasoningPolicyAnnotations'
    )
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
WHERE NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
