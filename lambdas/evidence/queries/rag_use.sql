/*
catalogue = "ct15"
question = "Who asked agents, flows and knowledge bases, and which?"
playbooks = ["bedrock"]
needs = """
data events AWS::Bedrock::KnowledgeBase, AWS::Bedrock::AgentAlias, AWS::Bedrock::InlineAgent, AWS::Bedrock::FlowAlias"""
[inputs]
day_from = "day"
day_to = "day"
[outputs]
actor = "text"
access_key = "text"
eventname = "text"
resource_arn = "text"
n = "number"
errors = "number"
first_seen = "text"
last_seen = "text"
*/
SELECT coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventname,
  -- UNNEST of rows gives columns in Athena and structs in DuckDB; a list of texts is the same in both.
  array_join(transform(resources, r -> r.arn), ', ') AS resource_arn,
  count(DISTINCT eventid) AS n,
  count(DISTINCT eventid) FILTER (WHERE errorcode IS NOT NULL) AS errors,
  min(eventtime) AS first_seen, max(eventtime) AS last_seen
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to AND eventsource = 'bedrock.amazonaws.com'
  AND eventname IN (
    'Retrieve', 'RetrieveAndGenerate', 'RetrieveAndGenerateStream', 'AgenticRetrieveStream', 'GenerateQuery',
    'GetDocumentContent', 'InvokeAgent', 'InvokeInlineAgent', 'InvokeFlow', 'StartFlowExecution'
  )
GROUP BY 1, 2, 3, 4
ORDER BY n DESC, first_seen
