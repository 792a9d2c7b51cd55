/*
title = "Knowledge put into a knowledge base"
question = "Did somebody without a habit of it change what a knowledge base knows?"
severity = "high"
why = "What is retrieved is believed: poisoned documents steer every answer and agent."
tactics = ["data_poisoning"]
attack = ["T1565.001"]
atlas = ["AML.T0070", "AML.T0020"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = """
A document put into the bucket that a scheduled job ingests is a data event of S3 and not seen. Who changed \
knowledge a week before in these logs is taken as known."""
[inputs]
day_from = "day"
day_to = "day"
known_seconds = "number"
trusted_actors = "texts"
[defaults]
known_seconds = 604800
trusted_actors = []
[[true]]
story = "Documents are ingested directly"
records = [{eventName = "IngestKnowledgeBaseDocuments", request = {knowledgeBaseId = "KB1"}}]
[[true]]
story = "Another source is connected and read in"
n = [2]
records = [
  {eventName = "CreateDataSource", request = {knowledgeBaseId = "KB1"}},
  {eventName = "StartIngestionJob", at = 30, request = {knowledgeBaseId = "KB1"}},
]
[[true]]
story = "A week of it, and then it is habit"
n = [2]
records = [
  {eventName = "IngestKnowledgeBaseDocuments", request = {knowledgeBaseId = "KB1"}},
  {eventName = "IngestKnowledgeBaseDocuments", request = {knowledgeBaseId = "KB1"}, at = 604799},
  {eventName = "IngestKnowledgeBaseDocuments", request = {knowledgeBaseId = "KB1"}, at = 604800},
]
[[false]]
story = "The deployer's nightly job"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "StartIngestionJob", role = "deployer", times = 3, every = 86400}]
[[false]]
story = "Amazon Q's call of the same name"
records = [{eventSource = "qbusiness", eventName = "CreateDataSource"}]
[[false]]
story = "Denied"
records = [{eventName = "IngestKnowledgeBaseDocuments", errorCode = "AccessDeniedException"}]
[[false]]
story = "It is asked"
records = [{eventName = "Retrieve"}]
*/
WITH changes AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' of ' || json_extract_scalar(requestparameters, '$.knowledgeBaseId'), '') AS what,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com'
    AND eventname IN (
        'IngestKnowledgeBaseDocuments', 'DeleteKnowledgeBaseDocuments', 'UpdateKnowledgeBase', 'CreateDataSource',
        'UpdateDataSource', 'DeleteDataSource', 'StartIngestionJob'
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
