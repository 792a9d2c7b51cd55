/*
title = "A resource policy opened to others"
question = "Did somebody put a resource policy that lets another account, or everybody, in?"
severity = "high"
why = "It needs no credential afterwards: data and models are read from the thief's own account."
tactics = ["persistence", "exfiltration"]
attack = ["T1098"]
atlas = ["AML.T0085"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = """
An account is known by its twelve digits: whether it is a friend's must be asked. A policy that the record does \
not hold is reported. Deleting a policy is not."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "To another account"
[[true.records]]
eventName = "PutResourcePolicy"
request = {resourceArn = "m", resourcePolicy = '{"Principal":{"AWS":"arn:aws:iam::999988887777:root"}}'}
[[true]]
story = "To everybody"
records = [{eventName = "PutResourcePolicy", request = {resourcePolicy = '{"Principal": "*"}'}}]
[[true]]
story = "The policy is not in the record"
records = [{eventSource = "qbusiness", eventName = "PutResourcePolicy"}]
[[false]]
story = "To a role of our own"
[[false.records]]
eventName = "PutResourcePolicy"
request = {resourcePolicy = '{"Principal":{"AWS":"arn:aws:iam::111122223333:role/app"},"Resource":"*"}'}
[[false]]
story = "Denied"
records = [{eventName = "PutResourcePolicy", errorCode = "AccessDeniedException"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "PutResourcePolicy", role = "deployer"}]
*/
WITH puts AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    coalesce(
      json_extract_scalar(requestparameters, '$.resourceArn'),
      json_extract_scalar(requestparameters, '$.applicationId'), '?'
    ) AS opened,
    coalesce(
      json_extract_scalar(requestparameters, '$.resourcePolicy'),
      json_extract_scalar(requestparameters, '$.policy')
    ) AS policy
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND (eventsource IN (genai_bedrock_sources) OR eventsource = 'qbusiness.amazonaws.com')
    AND eventname = 'PutResourcePolicy' AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  'Policy of ' || array_join(array_sort(array_agg(DISTINCT opened)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM puts
WHERE NOT coalesce(actor IN (:trusted_actors), false)
  -- An account number that is left when ours is taken out, or everybody.
  AND coalesce(regexp_like(
    replace(policy, account, ''), '[0-9]{12}|"(AWS|Principal)"\s*:\s*\[?\s*"\*"'), true)
GROUP BY 1, 2, 3, 4
