/*
title = "A model brought in"
question = "Did somebody who is not trusted import a model, or deploy one of his own or of the marketplace?"
severity = "medium"
why = "Such a model answers as its maker wants, or costs by the hour."
tactics = ["persistence", "resource_abuse"]
attack = ["T1525"]
atlas = ["AML.T0010", "AML.T0018"]
sources = ["Elastic detection rules, AWS Bedrock: https://github.com/elastic/detection-rules"]
needs = "management events"
limits = "What is in the model cannot be told from the log: look at the job's source."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "Imported"
records = [{eventName = "CreateModelImportJob", request = {importedModelName = "x"}}]
[[true]]
story = "From the marketplace, by a session"
records = [{eventName = "CreateMarketplaceModelEndpoint", role = "dev"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "CreateModelImportJob", role = "deployer"}]
[[false]]
story = "Denied"
records = [{eventName = "CreateModelImportJob", errorCode = "AccessDeniedException"}]
[[false]]
story = "Jobs are listed"
records = [{eventName = "ListModelImportJobs"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' ' || json_extract_scalar(requestparameters, '$.importedModelName'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND eventname IN (
      'CreateModelImportJob', 'CreateCustomModelDeployment', 'CreateMarketplaceModelEndpoint',
      'RegisterMarketplaceModelEndpoint'
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
