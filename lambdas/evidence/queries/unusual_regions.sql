/*
catalogue = "ct16"
question = "Who used generative AI in Regions that are not approved?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
limits = """
A cross-Region inference profile runs elsewhere than awsRegion says: inferenceRegion stands in the invocation log."""
[inputs]
day_from = "day"
day_to = "day"
approved_regions = "texts"
[outputs]
awsregion = "text"
actor = "text"
n = "number"
errors = "number"
first_seen = "text"
last_seen = "text"
*/
SELECT awsregion,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  count(DISTINCT eventid) AS n,
  count(DISTINCT eventid) FILTER (WHERE errorcode IS NOT NULL) AS errors,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (eventsource IN (genai_bedrock_sources) OR eventsource IN (genai_q_sources))
  -- No Region approved: IN () is NULL, and every Region is unusual.
  AND NOT coalesce(awsregion IN (:approved_regions), false)
GROUP BY 1, 2
ORDER BY n DESC, first_seen
