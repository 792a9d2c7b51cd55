/*
catalogue = "inv05"
question = "Were credentials sent to a model or answered by one?"
playbooks = ["bedrock"]
needs = "model invocation logging"
limits = """
Kinds that have a known form: passwords do not. Into a body that stands in S3 only `responder hunt` looks, where it \
was given to read."""
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
in_prompt = "text"
in_response = "text"
*/
WITH bodies AS (
  SELECT "timestamp", accountid AS account, region, identity.arn AS actor, modelid AS model, operation, requestid,
    input.inputbodyjson AS prompt, output.outputbodyjson AS response
  FROM bedrock_invocations
  WHERE hour BETWEEN :hour_from AND :hour_to
),
found AS (
  -- Which kinds, never the secret itself. No word boundaries: in JSON a line break before a key is the letter n.
  SELECT "timestamp", account, region, actor, model, operation, requestid,
    nullif(concat_ws(', ',
      CASE WHEN regexp_like(prompt, '(AKIA|ASIA)[A-Z0-9]{16}') THEN 'AWS access key' END,
      CASE WHEN regexp_like(prompt, 'ABSK[A-Za-z0-9+/]{40}') THEN 'Bedrock API key' END,
      CASE WHEN regexp_like(prompt, 'bedrock-api-key-[A-Za-z0-9+/=]{20}') THEN 'short-term Bedrock API key' END,
      CASE WHEN regexp_like(prompt, '-----BEGIN [A-Z ]*PRIVATE KEY') THEN 'private key' END,
      CASE WHEN regexp_like(prompt, 'gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}') THEN 'GitHub token' END,
      CASE WHEN regexp_like(prompt, 'glpat-[A-Za-z0-9_-]{20}') THEN 'GitLab token' END
    ), '') AS in_prompt,
    nullif(concat_ws(', ',
      CASE WHEN regexp_like(response, '(AKIA|ASIA)[A-Z0-9]{16}') THEN 'AWS access key' END,
      CASE WHEN regexp_like(response, 'ABSK[A-Za-z0-9+/]{40}') THEN 'Bedrock API key' END,
      CASE WHEN regexp_like(response, 'bedrock-api-key-[A-Za-z0-9+/=]{20}') THEN 'short-term Bedrock API key' END,
      CASE WHEN regexp_like(response, '-----BEGIN [A-Z ]*PRIVATE KEY') THEN 'private key' END,
      CASE WHEN regexp_like(response, 'gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}') THEN 'GitHub token' END,
      CASE WHEN regexp_like(response, 'glpat-[A-Za-z0-9_-]{20}') THEN 'GitLab token' END
    ), '') AS in_response
  FROM bodies
)
SELECT "timestamp", account, region, actor, model, operation, requestid, in_prompt, in_response
FROM found
WHERE in_prompt IS NOT NULL OR in_response IS NOT NULL
ORDER BY "timestamp", requestid
