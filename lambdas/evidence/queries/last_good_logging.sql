/*
catalogue = "ct06"
question = "Which logging configuration did a trusted actor set last, before the attack?"
playbooks = ["bedrock"]
needs = "management events"
limits = """
Whether CloudTrail writes the configuration itself into requestParameters is not verified: the signed baseline comes
first."""
[inputs]
day_from = "day"
day_to = "day"
trusted_actors = "texts"
before = "timestamp"
[outputs]
account = "text"
awsregion = "text"
set_at = "text"
actor = "text"
last_good_put = "json"
*/
WITH puts AS (
  SELECT account, awsregion, eventtime, requestparameters,
    coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor
  FROM cloudtrail_logs
  WHERE day BETWEEN :day_from AND :day_to
    AND eventsource = 'bedrock.amazonaws.com' AND eventname = 'PutModelInvocationLoggingConfiguration'
    AND errorcode IS NULL AND eventtime < :before
)
SELECT account, awsregion, max(eventtime) AS set_at, max_by(actor, eventtime) AS actor,
  max_by(requestparameters, eventtime) AS last_good_put
FROM puts
WHERE actor IN (:trusted_actors)
GROUP BY account, awsregion
ORDER BY account, awsregion
