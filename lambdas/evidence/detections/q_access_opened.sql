/*
title = "Amazon Q opened to others"
question = "Did somebody who is not trusted let another account, application or the web into Amazon Q?"
severity = "high"
why = "Company documents are read through it, without an account here."
tactics = ["exfiltration", "persistence"]
attack = ["T1098", "T1213"]
atlas = ["AML.T0085"]
sources = [
  "AWS incident response playbooks, Amazon Q: https://github.com/aws-samples/aws-incident-response-playbooks",
]
needs = "management events"
limits = "No public rule was found; the events are the critical ones of the watch-list."
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
[defaults]
trusted_actors = []
[[true]]
story = "A permission for another principal"
[[true.records]]
eventSource = "qbusiness"
eventName = "AssociatePermission"
request = {principal = "arn:aws:iam::999988887777:root"}
[[true]]
story = "A web address without log-in"
records = [{eventSource = "qbusiness", eventName = "CreateAnonymousWebExperienceUrl", role = "dev"}]
[[false]]
story = "It is taken back"
records = [{eventSource = "qbusiness", eventName = "DisassociatePermission"}]
[[false]]
story = "Denied"
records = [{eventSource = "qbusiness", eventName = "AssociatePermission", errorCode = "AccessDeniedException"}]
[[false]]
story = "The deployer"
inputs = {trusted_actors = ["arn:aws:iam::111122223333:role/deployer"]}
records = [{eventSource = "qbusiness", eventName = "CreateWebExperience", role = "deployer"}]
*/
WITH hits AS (
  SELECT
    coalesce(
      useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby, sourceipaddress
    ) AS actor,
    useridentity.accesskeyid AS access_key, account, awsregion AS region, eventtime, eventid,
    eventname || coalesce(' for ' || json_extract_scalar(requestparameters, '$.principal'), '') AS what
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'qbusiness.amazonaws.com' AND eventname IN (
      'AssociatePermission', 'CreateDataAccessor', 'CreateDataAccessorWithTti', 'UpdateDataAccessor',
      'CreateAnonymousWebExperienceUrl', 'CreateWebExperience', 'UpdateWebExperience'
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
