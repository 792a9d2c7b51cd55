"""Log groups."""

from __future__ import annotations

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect


def log_group(place: Place, properties: Properties) -> Applied:
    logs = place.client("logs")
    name = properties.take("LogGroupName") or place.name(properties.owner)
    logs.create_log_group(logGroupName=name, **properties.lowered("KmsKeyId"))
    (found,) = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    if days := properties.take("RetentionInDays"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=int(days))
        (found,) = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        expect(f"{properties.owner}.RetentionInDays", int(days), found.get("retentionInDays"))
    return Applied(name, {"Arn": f"{found['arn'].removesuffix(':*')}:*"})
