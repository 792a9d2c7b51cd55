/*
catalogue = "inv02"
question = "What did these actors ask, and what were they answered?"
playbooks = ["bedrock"]
needs = "model invocation logging"
limits = """
The first 4,000 characters; bodies over 100 KB stand in S3 at the path, and `responder hunt` puts in those that it \
was given to read. A role with a path is named by its sessions."""
[inputs]
hour_from = "hour"
hour_to = "hour"
actors = "texts"
[outputs]
timestamp = "text"
account = "text"
region = "text"
actor = "text"
model = "text"
operation = "text"
requestid = "text"
errorcode = "text"
prompt = "text"
response = "text"
prompt_s3_path = "text"
response_s3_path = "text"
*/
SELECT "timestamp", accountid AS account, region, identity.arn AS actor, modelid AS model, operation, requestid,
  errorcode, substr(input.inputbodyjson, 1, 4000) AS prompt, substr(output.outputbodyjson, 1, 4000) AS response,
  input.inputbodys3path AS prompt_s3_path, output.outputbodys3path AS response_s3_path
FROM bedrock_invocations
WHERE hour BETWEEN :hour_from AND :hour_to
  AND (
    identity.arn IN (:actors) OR split_part(identity.arn, '/', 2) IN (:actors)
    -- A role is meant with all its sessions, whose ARNs have its name and not its path.
    OR (
      identity.arn LIKE '%:assumed-role/%'
      AND concat(
        'arn:', split_part(identity.arn, ':', 2), ':iam::', split_part(identity.arn, ':', 5), ':role/',
        split_part(identity.arn, '/', 2)
      ) IN (:actors)
    )
  )
ORDER BY "timestamp", requestid
