"""From the event to the first containing call, and a whole response over the AWS calls that it makes."""

from __future__ import annotations

import io
import json
import statistics
import time
import zipfile
from datetime import UTC, datetime
from typing import Any

from benchmarks import replay
from benchmarks.embedded import deployed
from benchmarks.figures import figure
from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import Scene

Json = dict[str, Any]
WARM_RUNS = 5


def measure() -> list[Json]:
    """Cold is the first response after deployment; warm the median of the next ones."""
    with deployed() as aws:
        _warm_the_stand_in(aws)
        runs = [_respond(aws) for _ in range(1 + WARM_RUNS)]
    cold, warm = runs[0], runs[1:]
    first = statistics.median(run["first"] for run in warm)
    ratio = statistics.median(run["whole"] / run["bare"] for run in warm)
    return [
        figure("event to first containing call, cold", cold["first"], "s", 2.0),
        figure("event to first containing call, warm", first, "s", 0.5),
        figure("whole response over its AWS calls back to back, warm", ratio, "ratio", 3.0),
        figure("AWS calls in one response", statistics.median(run["calls"] for run in warm), "calls"),
    ]


def _warm_the_stand_in(aws: EmbeddedAws) -> None:
    """AWS's own services are never cold. The product's functions stay so: only a machine and function of no use run."""
    services = ["states.amazonaws.com", "lambda.amazonaws.com"]
    trust = {"Effect": "Allow", "Principal": {"Service": services}, "Action": "sts:AssumeRole"}
    role = aws.client("iam").create_role(RoleName="idle", AssumeRolePolicyDocument=_policy(trust))["Role"]["Arn"]
    invoke = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "*"}
    aws.client("iam").put_role_policy(RoleName="idle", PolicyName="idle", PolicyDocument=_policy(invoke))
    function = aws.client("lambda").create_function(
        FunctionName="idle", Runtime="python3.13", Role=role, Handler="idle.handler", Code={"ZipFile": _idle_code()}
    )["FunctionArn"]
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": function}}
    definition = json.dumps({"StartAt": "Idle", "States": {"Idle": {**task, "End": True}}})
    states = aws.client("stepfunctions")
    machine = states.create_state_machine(name="idle", definition=definition, roleArn=role)["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    Scene.wait(lambda: states.describe_execution(executionArn=execution)["status"] == "SUCCEEDED")


def _policy(statement: Json) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _idle_code() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("idle.py", "def handler(event, context):\n    return None\n")
    return content.getvalue()


def _respond(aws: EmbeddedAws) -> Json:
    """One stolen key with deleted logging: everything in it runs unattended, so that no person's time is measured."""
    scene = Scene(aws)
    scene.keep_logs()
    scene.delete_logging()
    # CloudTrail answers two look-ups a second: the last response's are none of this one's.
    time.sleep(1.1)
    began = datetime.now(UTC)
    start = time.perf_counter()
    aws.fire(scene.finding())
    incident_id = scene.incident_id()
    assert scene.ended(incident_id) == "SUCCEEDED"
    whole = time.perf_counter() - start
    # Records have whole seconds; the baseline's and the thief's calls are over by then.
    since = began.strftime("%Y-%m-%dT%H:%M:%SZ")
    records = replay.calls_of(_stable(aws), since)
    return {
        "first": (_first_change(scene) - began).total_seconds(),
        "whole": whole,
        "bare": replay.seconds(aws, records),
        "calls": len(records),
    }


def _stable(aws: EmbeddedAws) -> list[Json]:
    time.sleep(0.5)
    return aws.api_calls()


def _first_change(scene: Scene) -> datetime:
    """When IAM let the responder deactivate the stolen key."""
    changes = [
        decision["at"]
        for decision in scene.aws.decisions()
        if decision["action"] == "iam:UpdateAccessKey" and decision["resource"].endswith(f"/{scene.name}")
    ]
    return datetime.fromisoformat(changes[0])
