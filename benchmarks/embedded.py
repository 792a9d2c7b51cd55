"""The product on an embedded AWS, and one whole response on it with all that can be read about it afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import APPROVERS, SECOND, Scene

Json = dict[str, Any]
LOG_GROUP = "/responder/functions"


@contextmanager
def deployed() -> Iterator[EmbeddedAws]:
    """With whoever is asked, and no cap: one account is attacked again and again within the hour.

    A theft is GuardDuty's to report: with CloudTrail's events, its deleted logging would be an incident before.
    """
    people = {"FirstApprovers": ",".join(APPROVERS), "SecondApprovers": SECOND}
    limits = {"MaxAutomaticPerHour": "10000", "CloudTrailTriggers": "DISABLED"}
    with EmbeddedAws() as aws:
        aws.deploy({"MailFrom": "responder@example.com", **people, **limits})
        yield aws


@dataclass(frozen=True)
class Response:
    """What one response left: its calls as CloudTrail has them, its executions' events and its functions' reports."""

    scene: Scene
    incident_id: str
    calls: list[Json]
    histories: list[list[Json]]
    reports: list[str]


def respond(aws: EmbeddedAws) -> Response:
    """A stolen key and deleted logging: all of it is contained and restored unattended. Returns once it has ended."""
    scene = Scene(aws)
    scene.keep_logs()
    scene.delete_logging()
    # CloudTrail answers two look-ups a second: the last response's are none of this one's.
    time.sleep(1.1)
    calls, reported = len(aws.api_calls()), len(reports(aws))
    aws.fire(scene.finding())
    incident_id = scene.incident_id()
    assert scene.ended(incident_id) == "SUCCEEDED"
    mine = [execution["arn"] for execution in aws.executions() if execution["name"].startswith(incident_id)]
    histories = [history(aws, arn) for arn in mine]
    return Response(scene, incident_id, aws.api_calls()[calls:], histories, reports(aws)[reported:])


def reports(aws: EmbeddedAws) -> list[str]:
    """Lambda's own line on each invocation so far, in the order of their ends."""
    pages = aws.client("logs").get_paginator("filter_log_events").paginate(logGroupName=LOG_GROUP)
    lines = [event for page in pages for event in page["events"] if event["message"].startswith("REPORT")]
    return [event["message"] for event in sorted(lines, key=lambda event: event["timestamp"])]


def history(aws: EmbeddedAws, execution: str) -> list[Json]:
    pages = aws.client("stepfunctions").get_paginator("get_execution_history").paginate(executionArn=execution)
    return [event for page in pages for event in page["events"]]


def by_responder(record: Json) -> bool:
    return "/responder-" in record["userIdentity"].get("arn", "")
