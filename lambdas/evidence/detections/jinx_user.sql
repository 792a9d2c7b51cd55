/*
title = "A user named as a known thief names them"
question = "Was a user created whose name has the form that the group JINX-2401 gives?"
severity = "high"
why = "Published of an LLMjacking group; the form (Abcdef123) is rare as a user's name in companies."
tactics = ["persistence"]
attack = ["T1136.003"]
atlas = []
sources = ["Wiz, JINX-2401: https://www.wiz.io/blog/jinx-2401-llm-hijacking-aws"]
needs = "management events"
limits = "A group can change its habits; a company that names users so needs another user_pattern."
[inputs]
day_from = "day"
day_to = "day"
user_pattern = "text"
[defaults]
user_pattern = '^[A-Z][a-z]{5}[0-9]{3}$'
[[true]]
story = "A user of that form"
records = [{eventSource = "iam", eventName = "CreateUser", request = {userName = "Qwerty123"}}]
[[true]]
story = "A console password for it"
records = [{eventSource = "iam", eventName = "CreateLoginProfile", request = {userName = "Qwerty123"}}]
[[false]]
story = "One letter more"
records = [{eventSource = "iam", eventName = "CreateUser", request = {userName = "Qwertyu123"}}]
[[false]]
story = "It is only looked at"
records = [{eventSource = "iam", eventName = "GetUser", request = {userName = "Qwerty123"}}]
[[false]]
story = "An ordinary name"
records = [{eventSource = "iam", eventName = "CreateUser", request = {userName = "alice.doe"}}]
[[false]]
story = "Denied"
records = [
  {eventSource = "iam", eventName = "CreateUser", errorCode = "AccessDenied", request = {userName = "Qwerty123"}},
]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || ' ' || json_extract_scalar(requestparameters, '$.userName') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'iam.amazonaws.com' AND eventname IN ('CreateUser', 'CreateLoginProfile')
    AND regexp_like(json_extract_scalar(requestparameters, '$.userName'), :user_pattern)
    AND errorcode IS NULL
)
SELECT actor, access_key, account, region,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen, count(*) AS n,
  array_join(array_sort(array_agg(DISTINCT what)), ', ') AS detail,
  array_agg(eventid ORDER BY eventtime, eventid) AS event_ids
FROM hits
GROUP BY 1, 2, 3, 4
