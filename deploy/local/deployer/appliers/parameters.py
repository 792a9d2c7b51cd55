"""SSM parameters."""

from __future__ import annotations

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect_all


def parameter(place: Place, properties: Properties) -> Applied:
    ssm, name = place.client("ssm"), properties.take("Name") or place.name(properties.owner)
    wanted = properties.taken("Type", "Value", "Description")
    ssm.put_parameter(Name=name, **wanted)
    found = ssm.get_parameter(Name=name)["Parameter"]
    expect_all(properties.owner, {part: wanted[part] for part in ("Type", "Value")}, found)
    return Applied(name, {"Type": found["Type"], "Value": found["Value"]})
