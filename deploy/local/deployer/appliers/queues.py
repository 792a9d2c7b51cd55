"""SQS queues and their policies."""

from __future__ import annotations

import json

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all

ATTRIBUTES = ("MessageRetentionPeriod", "SqsManagedSseEnabled", "VisibilityTimeout", "KmsMasterKeyId")


def queue(place: Place, properties: Properties) -> Applied:
    sqs, name = place.client("sqs"), properties.take("QueueName") or place.name(properties.owner)
    wanted = {key: _text(value) for key, value in properties.taken(*ATTRIBUTES).items()}
    url = sqs.create_queue(QueueName=name, Attributes=wanted)["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    expect_all(properties.owner, wanted, found)
    return Applied(url, {"Arn": found["QueueArn"], "QueueName": name, "QueueUrl": url})


def queue_policy(place: Place, properties: Properties) -> Applied:
    sqs, policy = place.client("sqs"), properties.take("PolicyDocument")
    for url in properties.take("Queues"):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
        expect(f"{properties.owner}.PolicyDocument", policy, json.loads(found))
    return Applied(properties.owner)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
