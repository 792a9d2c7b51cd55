/*
title = "AgentCore changed"
question = "Did somebody without a habit of it change a runtime, gateway, policy or credential provider of AgentCore?"
severity = "high"
why = "It changes which code, tools and credentials agents use, and what holds them back."
tactics = ["persistence", "defense_evasion"]
attack = ["T1505"]
atlas = ["AML.T0081", "AML.T0053"]
sources = ["AWS Security Hub controls for Bedrock AgentCore: https://docs.aws.amazon.com/securityhub/"]
needs = "management events"
limits = """
No public rule was found; the events are the critical ones of the watch-list. Who changed AgentCore a week \
before in these logs is taken as known."""
[inputs]
day_from = "day"
day_to = "day"
known_seconds = "number"
trusted_actors = "texts"
[defaults]
known_seconds = 604800
trusted_actors = []
[[true]]
story = "A gateway gets another target"
records = [{eventSource = "bedrock-agentcore", eventName = "CreateGatewayTarget"}]
[[true]]
story = "A policy is deleted"
records = [{eventSource = "bedrock-agentcore", eventName = "DeletePolicy", role = "dev"}]
[[true]]
story = "A week of it, and then it is habit"
n = [2]
records = [
  {eventSource = "bedrock-agentcore", eventName = "CreateGatewayTarget"},
  {eventSource = "bedrock-agentcore", eventName = "CreateGatewayTarget", at = 604799},
  {eventSource = "bedrock-agentcore", eventName = "CreateGatewayTarget", at = 604800},
]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "bedrock-agentcore", eventName = "UpdateAgentRuntime", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventSource = "bedrock-agentcore", eventName = "DeletePolicy", errorCode = "AccessDeniedException"}]
[[false]]
story = "It is invoked"
records = [{eventSource = "bedrock-agentcore", eventName = "InvokeAgentRuntime"}]
*/
WITH changes AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname AS what,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock-agentcore.amazonaws.com'
    AND eventname IN (
        'CreateGatewayTarget', 'UpdateGatewayTarget', 'UpdateGateway', 'UpdateAgentRuntime',
        'UpdateAgentRuntimeEndpoint', 'UpdateHarness', 'UpdatePolicy', 'DeletePolicy', 'UpdatePolicyEngine',
        'DeletePolicyEngine', 'DeleteGatewayRule', 'SetTokenVaultCMK', 'UpdateOauth2CredentialProvider',
        'UpdateApiKeyCredentialProvider'
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
