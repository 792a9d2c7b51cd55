"""No event is lost: what EventBridge invokes has a dead-letter queue, before the function and after it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from deploy.checks.subject import Json, Subject

QUEUE = {"Fn::GetAtt": ["DeadLetterQueue", "Arn"]}


def problems(subject: Subject) -> Iterator[str]:
    configured = _functions_with_destination(subject)
    for rule, properties in subject.of_type("AWS::Events::Rule").items():
        for target in properties["Targets"]:
            name = f"{rule}.{target['Id']}"
            if target.get("DeadLetterConfig", {}).get("Arn") != QUEUE:
                yield f"{name}: no DeadLetterConfig, so what cannot be delivered is lost"
            if (function := _function(target)) and function not in configured:
                yield f"{function}: {rule} invokes it, and it has no OnFailure destination: what fails for good is lost"
    yield from _unwatched(subject)


def _unwatched(subject: Subject) -> Iterator[str]:
    alarms = json.dumps(list(subject.of_type("AWS::CloudWatch::Alarm").values()))
    for queue in subject.of_type("AWS::SQS::Queue"):
        if f'["{queue}", "QueueName"]' not in alarms:
            yield f"{queue}: no alarm watches it"


def _functions_with_destination(subject: Subject) -> set[str]:
    configurations = subject.of_type("AWS::Lambda::EventInvokeConfig").values()
    return {
        c["FunctionName"]["Ref"]
        for c in configurations
        if c.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination") == QUEUE
    }


def _function(target: Json) -> str:
    name = target["Arn"].get("Fn::GetAtt", [""])[0]
    return str(name) if name.endswith("Function") else ""
