/*
catalogue = "ct02"
question = "Who used generative AI, where, when and how much?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
answers_seed = "Bedrock backlog: querying Bedrock CloudTrail events at scale"
[inputs]
day_from = "day"
day_to = "day"
[outputs]
day = "text"
account = "text"
awsregion = "text"
eventsource = "text"
eventname = "text"
actor = "text"
n = "number"
errors = "number"
addresses = "number"
first_seen = "text"
last_seen = "text"
*/
SELECT day, account, awsregion, eventsource, eventname,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  count(DISTINCT eventid) AS n,
  count(DISTINCT eventid) FILTER (WHERE errorcode IS NOT NULL) AS errors, count(DISTINCT sourceipaddress) AS addresses,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (eventsource IN (genai_bedrock_sources) OR eventsource IN (genai_q_sources))
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY n DESC, first_seen
