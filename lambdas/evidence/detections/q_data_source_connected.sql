/*
title = "A data source of Amazon Q connected or changed"
question = "Did somebody who is not trusted connect, change or unlock a data source of Amazon Q?"
severity = "high"
why = "What is connected can be asked for by every user; without access lists, all of it."
tactics = ["data_poisoning", "exfiltration"]
attack = ["T1565.001", "T1213"]
atlas = ["AML.T0070", "AML.T0085"]
sources = [
  "AWS incident response playbooks, Amazon Q: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = """
No public rule was found; it answers the playbook's question on data sources. What is in the source is not in \
the log."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A source is connected"
records = [{eventSource = "qbusiness", eventName = "CreateDataSource", request = {displayName = "wiki"}}]
[[true]]
story = "Access lists are turned off"
records = [{eventSource = "qbusiness", eventName = "DisableAclOnDataSource", role = "dev"}]
[[false]]
story = "Bedrock's call of the same name"
records = [{eventName = "CreateDataSource"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "qbusiness", eventName = "CreateDataSource", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventSource = "qbusiness", eventName = "CreateDataSource", errorCode = "AccessDeniedException"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' ' || json_extract_scalar(requestparameters, '$.displayName'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'qbusiness.amazonaws.com' AND eventname IN (
      'CreateDataSource', 'UpdateDataSource', 'CreateRetriever', 'UpdateRetriever', 'CreateIndex',
      'DisableAclOnDataSource'
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
