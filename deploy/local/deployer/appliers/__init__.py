"""One applier for each resource type: (place, properties) -> Applied. It takes every property that it applies."""

from __future__ import annotations

from collections.abc import Callable

from deploy.local.deployer.appliers import (
    alarms,
    apis,
    buckets,
    functions,
    keys,
    logs,
    machines,
    mail,
    parameters,
    queries,
    queues,
    roles,
    rules,
    tables,
    topics,
)
from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties

Applier = Callable[[Place, Properties], Applied]

APPLIERS: dict[str, Applier] = {
    "AWS::ApiGateway::Account": apis.account,
    "AWS::ApiGateway::Deployment": apis.deployment,
    "AWS::ApiGateway::RestApi": apis.rest_api,
    "AWS::ApiGateway::Stage": apis.stage,
    "AWS::Athena::WorkGroup": queries.work_group,
    "AWS::CloudWatch::Alarm": alarms.alarm,
    "AWS::DynamoDB::Table": tables.table,
    "AWS::Events::Rule": rules.rule,
    "AWS::Glue::Database": queries.database,
    "AWS::Glue::Table": queries.table,
    "AWS::IAM::ManagedPolicy": roles.managed_policy,
    "AWS::IAM::Role": roles.role,
    "AWS::KMS::Key": keys.key,
    "AWS::Lambda::EventInvokeConfig": functions.event_invoke_config,
    "AWS::Lambda::Function": functions.function,
    "AWS::Lambda::Permission": functions.permission,
    "AWS::Logs::LogGroup": logs.log_group,
    "AWS::S3::Bucket": buckets.bucket,
    "AWS::S3::BucketPolicy": buckets.bucket_policy,
    "AWS::SES::EmailIdentity": mail.email_identity,
    "AWS::SNS::Subscription": topics.subscription,
    "AWS::SNS::Topic": topics.topic,
    "AWS::SNS::TopicPolicy": topics.topic_policy,
    "AWS::SQS::Queue": queues.queue,
    "AWS::SQS::QueuePolicy": queues.queue_policy,
    "AWS::SSM::Parameter": parameters.parameter,
    "AWS::StepFunctions::StateMachine": machines.state_machine,
}
