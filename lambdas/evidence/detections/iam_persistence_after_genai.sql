/*
title = "Ways back in laid after gen AI was used"
question = "Did credentials that used or changed gen AI then make users, keys or rights, within a day?"
severity = "high"
why = "Who uses a model does not make users; Wiz and Sysdig saw thieves do both."
tactics = ["persistence", "privilege_escalation"]
attack = ["T1098", "T1136.003"]
atlas = ["AML.T0012"]
sources = [
  "Wiz, JINX-2401: https://www.wiz.io/blog/jinx-2401-llm-hijacking-aws",
  "Sysdig, LLMjacking: https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/",
  "AWS incident response playbooks, Bedrock: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = """
Follows the access key. An administrator who sets up Bedrock and its roles looks the same: name them as \
trusted_actors."""
[inputs]
day_from = "day"
day_to = "day"
seconds = "number"
trusted_actors = "texts"
[defaults]
seconds = 86400
trusted_actors = []
[[true]]
story = "Calls a model, then makes a user with a key"
n = [2]
records = [
  {eventName = "InvokeModel"},
  {eventSource = "iam", eventName = "CreateUser", at = 60},
  {eventSource = "iam", eventName = "CreateAccessKey", at = 61},
]
[[true]]
story = "A day later to the second, after a change of an agent"
records = [
  {eventName = "UpdateAgent", role = "dev"},
  {eventSource = "iam", eventName = "UpdateAssumeRolePolicy", at = 86400, role = "dev"},
]
[[false]]
story = "The models were only listed"
records = [
  {eventName = "ListFoundationModels"},
  {eventSource = "iam", eventName = "CreateUser", at = 60},
]
[[false]]
story = "A second more than a day"
records = [
  {eventName = "InvokeModel"},
  {eventSource = "iam", eventName = "CreateUser", at = 86401},
]
[[false]]
story = "Another key made the user"
records = [
  {eventName = "InvokeModel"},
  {eventSource = "iam", eventName = "CreateUser", at = 60, user = "admin", key = "AKIAI44QH8DHBEXAMPLE"},
]
[[false]]
story = "Denied"
records = [
  {eventName = "InvokeModel"},
  {eventSource = "iam", eventName = "CreateUser", at = 60, errorCode = "AccessDenied"},
]
[[false]]
story = "A user of another service was made"
records = [
  {eventSource = "cognito-idp", eventName = "CreateUser"},
  {eventSource = "iam", eventName = "CreateUser", at = 60},
]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [
  {eventName = "CreateAgent", role = "deployer"},
  {eventSource = "iam", eventName = "PutRolePolicy", at = 9, role = "deployer"},
]
*/
WITH calls AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid, eventname,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t,
    CASE WHEN eventsource <> 'iam.amazonaws.com' THEN to_unixtime(from_iso8601_timestamp(eventtime)) END AS used
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND errorcode IS NULL
    AND (
      (eventsource = 'iam.amazonaws.com' AND eventname IN (
        'CreateUser', 'CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'AttachUserPolicy',
        'PutUserPolicy', 'AddUserToGroup', 'CreateRole', 'AttachRolePolicy', 'PutRolePolicy',
        'UpdateAssumeRolePolicy', 'CreatePolicyVersion', 'SetDefaultPolicyVersion', 'UpdateAccessKey',
        'CreateServiceSpecificCredential', 'ResetServiceSpecificCredential'
      ))
      OR ((eventsource IN (genai_bedrock_sources) OR eventsource IN (genai_q_sources))
        AND NOT regexp_like(eventname, '^(Get|List|Describe|Search|Check)'))
    )
),
traced AS (
  SELECT *, max(used) OVER (PARTITION BY account, coalesce(access_key, actor) ORDER BY t) AS used_at FROM calls
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT eventname)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM traced
WHERE used IS NULL AND t - used_at <= cast(:seconds AS bigint) AND NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
