"""What credentials for each call cost: AssumeRole with a session policy, as a share of the step that it is made for."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks import replay
from benchmarks.embedded import Response, by_responder, deployed, respond
from benchmarks.figures import figure
from deploy.local.stack import EmbeddedAws

Json = dict[str, Any]
WARM_RUNS = 3
TIMES = 20


def measure() -> list[Json]:
    """Over all steps of warm responses. A step is one task of a stage, and takes as long as Step Functions saw it."""
    with deployed() as aws:
        respond(aws)
        responses = [respond(aws) for _ in range(WARM_RUNS)]
        steps = [seconds for response in responses for _, seconds in _tasks(response.histories)]
        calls = [record for response in responses for record in _of_steps(response)]
        assumed = [record for record in calls if record["eventName"] == "AssumeRole"]
        seconds = statistics.median(_seconds(aws, record) for record in assumed)
    share = seconds * len(assumed) / len(steps) / statistics.median(steps)
    return [
        figure("AssumeRole with a session policy, of the time of its step", share, "ratio"),
        figure("AssumeRole with a session policy", seconds * 1000, "ms"),
        figure("AssumeRole calls in a step", len(assumed) / len(steps), "calls"),
        figure("AWS calls in a step", len(calls) / len(steps), "calls"),
    ]


def _of_steps(response: Response) -> list[Json]:
    """What the functions that carry out steps called, as their own roles and as those that they assumed."""
    powers = {function.rsplit("-", 1)[1] for function, _ in _tasks(response.histories)}
    ours = [record for record in response.calls if by_responder(record)]
    return [record for record in ours if record["userIdentity"]["arn"].split("/")[1].rsplit("-", 1)[1] in powers]


def _tasks(histories: list[list[Json]]) -> Iterator[tuple[str, float]]:
    """(the function's name, seconds) of each task that carries out a step."""
    for events in histories:
        for scheduled, ended in _pairs(events):
            given = json.loads(scheduled["taskScheduledEventDetails"]["parameters"])
            if "step_id" in given.get("Payload", {}):
                seconds = (ended["timestamp"] - scheduled["timestamp"]).total_seconds()
                yield given["FunctionName"].rsplit(":", 1)[1], seconds


def _pairs(events: list[Json]) -> Iterator[tuple[Json, Json]]:
    """A stage does one step after the other: what succeeded is what was scheduled last."""
    scheduled = None
    for event in events:
        scheduled = event if event["type"] == "TaskScheduled" else scheduled
        if event["type"] == "TaskSucceeded" and scheduled:
            yield scheduled, event


def _seconds(aws: EmbeddedAws, record: Json) -> float:
    """How long it takes when the function's role makes the same call once more, with the same policy and tags."""
    role = record["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"]
    keys = aws.client("sts").assume_role(RoleArn=role, RoleSessionName="bench")["Credentials"]
    sts = aws.client("sts", credentials=_credentials(keys))
    shape = sts.meta.service_model.operation_model("AssumeRole").input_shape
    parameters = replay.rebuild(shape, record["requestParameters"])
    return statistics.median(_timed(sts, parameters) for _ in range(TIMES))


def _timed(sts: Any, parameters: Json) -> float:
    began = time.perf_counter()
    sts.assume_role(**parameters)
    return time.perf_counter() - began


def _credentials(keys: Json) -> dict[str, str]:
    return {
        "aws_access_key_id": keys["AccessKeyId"],
        "aws_secret_access_key": keys["SecretAccessKey"],
        "aws_session_token": keys["SessionToken"],
    }
