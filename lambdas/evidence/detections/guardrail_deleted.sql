/*
title = "Guardrail deleted"
question = "Did somebody delete a guardrail, the enforced configuration of one, or an automated reasoning policy?"
severity = "high"
why = """
What the guardrail blocked goes through from that moment, for every application that used it. Panther and \
Elastic say Medium."""
tactics = ["defense_evasion", "impact"]
attack = ["T1562.001", "T1685"]
atlas = ["AML.T0054"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "Splunk security content: https://github.com/splunk/security_content",
  "Panther analysis: https://github.com/panther-labs/panther-analysis",
  "Sigma: https://github.com/SigmaHQ/sigma",
  "Sumo Logic Cloud SIEM rules MATCH-S00921 to S00924",
]
needs = "management events"
limits = "A guardrail that is kept and no longer named in the calls is not seen."
[inputs]
day_from = "day"
day_to = "day"
[[true]]
story = "A thief deletes a guardrail"
records = [{eventName = "DeleteGuardrail", request = {guardrailIdentifier = "gr1"}}]
[[true]]
story = "The enforced configuration of the account is deleted"
records = [{eventName = "DeleteEnforcedGuardrailConfiguration"}]
[[false]]
story = "Denied"
records = [{eventName = "DeleteGuardrail", errorCode = "AccessDeniedException"}]
[[false]]
story = "They are listed"
records = [{eventName = "ListGuardrails"}]
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
      'DeleteGuardrail', 'DeleteEnforcedGuardrailConfiguration', 'DeleteAutomatedReasoningPolicy'
    )
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
