/*
catalogue = "ct05"
question = "Who touched logging, trails, detection, or the places that logs are kept in?"
playbooks = ["bedrock", "amazon_q"]
needs = "management events"
evidence = true
limits = "Names every bucket, key and log group of the account, not only those that logs are kept in."
[inputs]
day_from = "day"
day_to = "day"
[outputs]
eventtime = "text"
awsregion = "text"
account = "text"
actor = "text"
access_key = "text"
eventsource = "text"
eventname = "text"
sourceipaddress = "text"
useragent = "text"
errorcode = "text"
requestparameters = "json"
eventid = "text"
*/
SELECT eventtime, awsregion, account,
  coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor,
  useridentity.accesskeyid AS access_key, eventsource, eventname, sourceipaddress, useragent, errorcode,
  requestparameters, eventid
FROM cloudtrail_logs
WHERE day BETWEEN :day_from AND :day_to
  AND (
    (eventsource = 'bedrock.amazonaws.com' AND regexp_like(eventname, '^(Put|Delete)ModelInvocationLogging'))
    OR (
      eventsource = 'cloudtrail.amazonaws.com'
      AND regexp_like(eventname, '^(Delete|Update|Stop|Put).*(Trail|Logging|Selectors|EventDataStore)')
    )
    OR (
      eventsource = 'guardduty.amazonaws.com'
      AND regexp_like(eventname, '^(Create|Delete|Update|Stop|Disassociate)')
      AND regexp_like(eventname, 'Detector|Filter|Member|Administrator|Master|PublishingDestination')
    )
    -- Conversation logging of Q Business is a delivery of CloudWatch Logs.
    OR (
      eventsource = 'logs.amazonaws.com'
      AND regexp_like(eventname, '^(Put|Delete|Update|Disassociate)')
      AND regexp_like(eventname, 'Delivery|SubscriptionFilter|LogGroup|LogStream|RetentionPolicy|KmsKey')
    )
    OR (
      eventsource = 's3.amazonaws.com'
      AND regexp_like(eventname, '^(Put|Delete)Bucket(Policy|Lifecycle|Replication|Versioning|Encryption)?$')
    )
    OR (eventsource = 'kms.amazonaws.com' AND regexp_like(eventname, '^(DisableKey|ScheduleKeyDeletion|PutKeyPolicy)$'))
    OR (eventsource = 'events.amazonaws.com' AND regexp_like(eventname, '^((Delete|Disable|Put)Rule|RemoveTargets)$'))
  )
ORDER BY eventtime, eventid
