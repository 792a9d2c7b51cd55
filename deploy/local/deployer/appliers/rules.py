"""EventBridge rules and their targets."""

from __future__ import annotations

import json

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect, expect_all


def rule(place: Place, properties: Properties) -> Applied:
    events, name = place.client("events"), properties.take("Name") or place.name(properties.owner)
    wanted = properties.taken("ScheduleExpression", "State", "Description")
    pattern = properties.take("EventPattern")
    filtering = {"EventPattern": json.dumps(pattern)} if pattern else {}
    made = events.put_rule(Name=name, **wanted, **filtering)
    found = events.describe_rule(Name=name)
    expect_all(properties.owner, wanted, found)
    expect(f"{properties.owner}.EventPattern", pattern, json.loads(found.get("EventPattern") or "null"))
    targets = properties.take("Targets", [])
    refused = events.put_targets(Rule=name, Targets=targets)["FailedEntries"]
    expect(f"{properties.owner}.Targets", [], refused)
    expect(f"{properties.owner}.Targets", targets, events.list_targets_by_rule(Rule=name)["Targets"])
    return Applied(name, {"Arn": made["RuleArn"]})
