/*
title = "Credentials in prompts or answers"
question = "Are there credentials in what models were asked, or in what they answered?"
severity = "high"
why = "They lie in the invocation log from then on, and who asked a model for them may have got them."
tactics = ["credential_access"]
attack = ["T1552"]
atlas = ["AML.T0055", "AML.T0057"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "the invocation log"
limits = """
Knows keys of AWS, Bedrock, GitHub and GitLab and private keys; AWS's published example keys are reported too. \
Bodies of more than 100 KB lie beside the log and are not read. The secret itself is not repeated here."""
[inputs]
hour_from = "hour"
hour_to = "hour"
secrets = "texts"
[defaults]
secrets = [
  '\b(AKIA|ASIA)[0-9A-Z]{16}\b',
  '\bABSK[A-Za-z0-9+/]{40}',
  'bedrock-api-key-[A-Za-z0-9+/=]{40}',
  '-----BEGIN [A-Z ]*PRIVATE KEY',
  '\bgh[pousr]_[A-Za-z0-9]{36}',
  '\bgithub_pat_[A-Za-z0-9_]{22}',
  '\bglpat-[A-Za-z0-9_-]{20}',
]
[[true]]
story = "An access key in a prompt"
records = [{operation = "Converse", prompt = "use AKIAIOSFODNN7EXAMPLE please"}]
[[true]]
story = "A private key in an answer"
records = [{operation = "InvokeModel", answer = "-----BEGIN RSA PRIVATE KEY-----"}]
[[false]]
story = "Talk of keys"
records = [{operation = "Converse", prompt = "What is an AKIA key, and what begins with glpat-?"}]
[[false]]
story = "A longer word that holds the form"
records = [{operation = "Converse", prompt = "XAKIAIOSFODNN7EXAMPLEX"}]
[[false]]
story = "Neither input nor output"
records = [{operation = "Converse", input = {}, output = {}}]
*/
WITH found AS (
  SELECT identity.arn AS actor, accountid AS account, region, "timestamp", requestid,
    coalesce(regexp_like(
      input.inputbodyjson, nullif(array_join(ARRAY[cast(NULL AS varchar), :secrets], '|'), '')), false) AS asked,
    coalesce(regexp_like(
      output.outputbodyjson, nullif(array_join(ARRAY[cast(NULL AS varchar), :secrets], '|'), '')), false) AS answered
  FROM bedrock_invocations
  WHERE hour BETWEEN :hour_from AND :hour_to
)
SELECT actor, cast(NULL AS varchar) AS access_key, account, region,
  min("timestamp") AS first_seen, max("timestamp") AS last_seen, count(*) AS n,
  cast(count_if(asked) AS varchar) || ' in prompts, ' || cast(count_if(answered) AS varchar) || ' in answers' AS detail,
  array_agg(requestid ORDER BY "timestamp", requestid) AS event_ids
FROM found
WHERE asked OR answered
GROUP BY 1, 3, 4
