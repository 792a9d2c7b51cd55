/*
title = "An agent changed"
question = "Did somebody without a habit of it change an agent, its actions, alias, collaborators, flow or prompt?"
severity = "high"
why = "A changed agent acts with its own role and for every user who trusts it."
tactics = ["persistence", "execution"]
attack = ["T1505"]
atlas = ["AML.T0081", "AML.T0053"]
sources = [
  "Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules",
  "AWS incident response playbooks, Bedrock: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = """
Who changed agents a week before in these logs is taken as known. CloudTrail hides instructions: compare with \
the baseline."""
[inputs]
day_from = "day"
day_to = "day"
known_seconds = "number"
trusted_actors = "texts"
[defaults]
known_seconds = 604800
trusted_actors = []
[[true]]
story = "The instruction is changed, and the alias repointed"
n = [3]
records = [
  {eventName = "UpdateAgent", request = {agentId = "AG1"}},
  {eventName = "PrepareAgent", at = 1, request = {agentId = "AG1"}},
  {eventName = "UpdateAgentAlias", at = 2, request = {agentId = "AG1"}},
]
[[true]]
story = "An action group is added by a session"
records = [{eventName = "CreateAgentActionGroup", role = "dev", request = {agentId = "AG1"}}]
[[true]]
story = "A week of it, and then it is habit"
n = [2]
records = [
  {eventName = "UpdateAgent", request = {agentId = "AG1"}},
  {eventName = "UpdateAgent", request = {agentId = "AG1"}, at = 604799},
  {eventName = "UpdateAgent", request = {agentId = "AG1"}, at = 604800},
]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "UpdateAgent", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventName = "UpdateAgent", errorCode = "AccessDeniedException"}]
[[false]]
story = "It is asked something"
records = [{eventName = "InvokeAgent"}]
[[false]]
story = "Read"
records = [{eventName = "GetAgent"}]
*/
WITH changes AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' of ' || json_extract_scalar(requestparameters, '$.agentId'), '') AS what,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN (
        'UpdateAgent', 'CreateAgentActionGroup', 'UpdateAgentActionGroup', 'AssociateAgentCollaborator',
        'UpdateAgentCollaborator', 'CreateAgentAlias', 'UpdateAgentAlias', 'PrepareAgent', 'UpdateFlow',
        'UpdateFlowAlias', 'UpdatePrompt'
      )
    AND errorcode IS NULL
),
habits AS (
  SELECT *, min(t) OVER (PARTITION BY account, actor) AS began FROM changes
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM habits
WHERE t - began < cast(:known_seconds AS bigint) AND NOT coalesce(actor IN (:trusted_actors), false)
GROUP BY 1, 2, 3, 4
