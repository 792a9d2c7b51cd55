"""State machines: the definition with its substitutions, as CloudFormation fills them in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from deploy.local.deployer.errors import DeployError
from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect_all


def state_machine(place: Place, properties: Properties) -> Applied:
    client = place.client("stepfunctions")
    name = properties.take("StateMachineName") or place.name(properties.owner)
    logging = _logging(properties.within("LoggingConfiguration"))
    wanted = {
        "roleArn": properties.take("RoleArn"),
        "tracingConfiguration": properties.within("TracingConfiguration").lowered("Enabled"),
    }
    tags = [{"key": tag["Key"], "value": tag["Value"]} for tag in properties.take("Tags", [])]
    definition = substituted(
        properties.owner, properties.take("Definition"), properties.take("DefinitionSubstitutions", {})
    )
    made = client.create_state_machine(
        name=name, definition=definition, loggingConfiguration=logging, tags=tags, **wanted
    )
    found = client.describe_state_machine(stateMachineArn=made["stateMachineArn"])
    expect_all(properties.owner, {**wanted, "loggingConfiguration": logging, "definition": definition}, found)
    return Applied(made["stateMachineArn"], {"Arn": made["stateMachineArn"], "Name": name})


def substituted(owner: str, definition: Any, substitutions: Mapping[str, str]) -> str:
    """The definition as text, without any `${...}`. Raises DeployError for one that has no value."""
    text = json.dumps(definition)
    for name, value in substitutions.items():
        text = text.replace(f"${{{name}}}", str(value))
    if left := re.search(r"\$\{(\w+)\}", text):
        raise DeployError(f"{owner}.DefinitionSubstitutions: has no {left[1]}, and the definition uses it")
    return text


def _logging(logging: Properties) -> dict[str, Any]:
    destinations = [
        {"cloudWatchLogsLogGroup": {"logGroupArn": destination["CloudWatchLogsLogGroup"]["LogGroupArn"]}}
        for destination in logging.take("Destinations", [])
    ]
    return {**logging.lowered("Level", "IncludeExecutionData"), "destinations": destinations}
