/*
title = "A batch of model calls started"
question = "Did somebody without a habit of it start a batch of model calls?"
severity = "medium"
why = "One call that costs as thousands, with prompts that are not in the CloudTrail record."
tactics = ["resource_abuse"]
attack = ["T1496.004"]
atlas = ["AML.T0034"]
sources = [
  "Prowler, threat detection LLMjacking: https://github.com/prowler-cloud/prowler",
  "suzaku-rules: https://github.com/Yamato-Security/suzaku-rules",
]
needs = "management events"
limits = "StartAsyncInvoke is a data event. Who started batches a week before in these logs is taken as known."
[inputs]
day_from = "day"
day_to = "day"
known_seconds = "number"
trusted_actors = "texts"
[defaults]
known_seconds = 604800
trusted_actors = []
[[true]]
story = "By a thief"
records = [{eventName = "CreateModelInvocationJob"}]
[[true]]
story = "Asynchronous, twice, by a session"
n = [2]
records = [{eventName = "StartAsyncInvoke", role = "dev", times = 2}]
[[true]]
story = "A week of it, and then it is habit"
n = [2]
records = [
  {eventName = "CreateModelInvocationJob"},
  {eventName = "CreateModelInvocationJob", at = 604799},
  {eventName = "CreateModelInvocationJob", at = 604800},
]
[[false]]
story = "A nightly job that is known"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventName = "CreateModelInvocationJob", role = "deployer", times = 9, every = 86400}]
[[false]]
story = "Denied"
records = [{eventName = "CreateModelInvocationJob", errorCode = "AccessDeniedException"}]
[[false]]
story = "It is stopped"
records = [{eventName = "StopModelInvocationJob"}]
*/
WITH changes AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(
      ' to ' || json_extract_scalar(requestparameters, '$.outputDataConfig.s3OutputDataConfig.s3Uri'), '') AS what,
    to_unixtime(from_iso8601_timestamp(eventtime)) AS t
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND eventname IN ('CreateModelInvocationJob', 'StartAsyncInvoke')
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
