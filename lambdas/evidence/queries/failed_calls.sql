/*
catalogue = "ct07"
question = "Whose generative AI calls failed, and how?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
limits = "One ValidationException is enough to prove access: nothing is left out for being rare."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
actor = "text"
access_key = "text"
sourceipaddress = "text"
eventsource = "text"
eventname = "text"
errorcode = "text"
n = "number"
regions = "texts"
first_seen = "text"
last_seen = "text"
*/
SELECT coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, sourceipaddress, eventsource, eventname, errorcode,
  count(DISTINCT eventid) AS n,
  array_sort(array_agg(DISTINCT awsregion)) AS regions, min(eventtime) AS first_seen, max(eventtime) AS last_seen
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND errorcode IS NOT NULL
  AND (eventsource IN (genai_bedrock_sources) OR eventsource IN (genai_q_sources))
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY n DESC, first_seen
