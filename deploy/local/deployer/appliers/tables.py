"""DynamoDB tables, with what protects them."""

from __future__ import annotations

from typing import Any

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all

CREATED_WITH = (
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "DeletionProtectionEnabled",
    "GlobalSecondaryIndexes",
)


def table(place: Place, properties: Properties) -> Applied:
    dynamodb, name = place.client("dynamodb"), properties.take("TableName") or place.name(properties.owner)
    encryption = properties.within("SSESpecification")
    sse = {"Enabled": encryption.take("SSEEnabled", False), **encryption.taken("SSEType", "KMSMasterKeyId")}
    wanted = properties.taken(*CREATED_WITH)
    made = dynamodb.create_table(TableName=name, SSESpecification=sse, **wanted)["TableDescription"]
    expect(
        f"{properties.owner}.SSESpecification",
        sse.get("KMSMasterKeyId"),
        made.get("SSEDescription", {}).get("KMSMasterKeyArn"),
    )
    protected = wanted.get("DeletionProtectionEnabled", False)
    expect(f"{properties.owner}.DeletionProtectionEnabled", protected, made["DeletionProtectionEnabled"])
    for index, kept in zip(
        wanted.get("GlobalSecondaryIndexes", []), made.get("GlobalSecondaryIndexes", []), strict=True
    ):
        expect_all(f"{properties.owner}.GlobalSecondaryIndexes", index, kept)
    _recovery(dynamodb, name, properties)
    _expiry(dynamodb, name, properties)
    return Applied(name, {"Arn": made["TableArn"]})


def _recovery(dynamodb: Any, name: str, properties: Properties) -> None:
    if wanted := properties.take("PointInTimeRecoverySpecification"):
        dynamodb.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=wanted)
        backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
        status = backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]
        wanted_status = "ENABLED" if wanted["PointInTimeRecoveryEnabled"] else "DISABLED"
        expect(f"{properties.owner}.PointInTimeRecoverySpecification", wanted_status, status)


def _expiry(dynamodb: Any, name: str, properties: Properties) -> None:
    if wanted := properties.take("TimeToLiveSpecification"):
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=wanted)
        found = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        expect(f"{properties.owner}.TimeToLiveSpecification", wanted["AttributeName"], found.get("AttributeName"))
