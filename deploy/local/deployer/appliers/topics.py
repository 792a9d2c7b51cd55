"""SNS topics, who may publish to them, and who listens."""

from __future__ import annotations

import json

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all


def topic(place: Place, properties: Properties) -> Applied:
    sns, name = place.client("sns"), properties.take("TopicName") or place.name(properties.owner)
    wanted = properties.taken("KmsMasterKeyId")
    arn = sns.create_topic(Name=name, Attributes=wanted)["TopicArn"]
    expect_all(properties.owner, wanted, sns.get_topic_attributes(TopicArn=arn)["Attributes"])
    return Applied(arn, {"TopicArn": arn, "TopicName": name})


def topic_policy(place: Place, properties: Properties) -> Applied:
    sns, policy = place.client("sns"), properties.take("PolicyDocument")
    for arn in properties.take("Topics"):
        sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(policy))
        found = sns.get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"]
        expect(f"{properties.owner}.PolicyDocument", policy, json.loads(found))
    return Applied(properties.owner)


def subscription(place: Place, properties: Properties) -> Applied:
    wanted = properties.taken("TopicArn", "Protocol", "Endpoint")
    made = place.client("sns").subscribe(**wanted, ReturnSubscriptionArn=True)
    return Applied(made["SubscriptionArn"])
