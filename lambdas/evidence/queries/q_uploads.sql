/*
catalogue = "q05"
question = "Which files were uploaded to Amazon Q?"
playbooks = ["amazon_q"]
needs = "data events AWS::QBusiness::Application, AWS::QBusiness::Index, AWS::QApps::QApp"
answers_seed = "Amazon Q, question 5: Was any type of file uploaded to Q?"
limits = """
Partly answerable: attachments of a chat stand only within ChatSync and Chat data events, and contents nowhere."""
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
awsregion = "text"
actor = "text"
access_key = "text"
eventsource = "text"
eventname = "text"
application = "text"
sourceipaddress = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, awsregion,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventsource, eventname,
  json_extract_scalar(requestparameters, '$.applicationId') AS application,
  sourceipaddress, errorcode, requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (
    (
      eventsource = 'qbusiness.amazonaws.com'
      AND eventname IN ('BatchPutDocument', 'ListAttachments', 'DeleteAttachment', 'StartDataSourceSyncJob')
    )
    OR (eventsource = 'qapps.amazonaws.com' AND eventname IN ('ImportDocument', 'CreatePresignedUrl'))
    OR (eventsource = 'qdeveloper.amazonaws.com' AND eventname = 'ImportArtifact')
  )
ORDER BY eventtime, eventid
