/*
catalogue = "q06"
question = "Who used Amazon Q from an IDE or command line?"
playbooks = ["amazon_q"]
needs = "data events AWS::CodeWhisperer::Profile"
answers_seed = "Amazon Q, question 6: Does Q have access to any IDE environment?"
limits = "Only the Pro tier: use with a Builder ID is in no log of the account."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
identity_center_user = "text"
actor = "text"
useragent = "text"
eventsource = "text"
eventname = "text"
n = "number"
first_seen = "text"
last_seen = "text"
*/
SELECT useridentity.onbehalfof.userid AS identity_center_user,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useragent, eventsource, eventname, count(DISTINCT eventid) AS n,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (
    eventsource IN ('codewhisperer.amazonaws.com', 'user-subscriptions.amazonaws.com')
    OR (
      eventsource = 'q.amazonaws.com'
      AND eventname IN ('CreateAssignment', 'DeleteAssignment', 'GenerateCodeRecommendations')
    )
  )
GROUP BY 1, 2, 3, 4, 5
ORDER BY n DESC, first_seen
