"""Telling people of a moment: the function is only handed the event, so that no response fails or waits for a mail."""

from __future__ import annotations

from typing import Any

from state_machines import sdk
from state_machines.parts.flow import Leg, leg
from state_machines.parts.tasks import ANYTHING, THROTTLED_ERRORS

HANDING_OVER_SECONDS = 5
HANDING_OVER_LAGS = sdk.Retry(
    error_equals=THROTTLED_ERRORS,
    interval_seconds=1,
    max_attempts=2,
    backoff_rate=2,
    max_delay_seconds=2,
    jitter_strategy="FULL",
)
"""3 seconds in all: first containment comes after some of these tasks."""


def tell(name: str, **event: Any) -> Leg:
    """A task that tells of `moment` (lambdas/notice/tell.py says what belongs to it) and goes on, come what may.

    Lambda keeps the event, tries three times, and in the end puts it into the dead-letter queue, which has an alarm.
    """
    task = sdk.LambdaTask(
        name,
        parameters={
            "FunctionName": "${NoticeFunctionArn}",
            "InvocationType": "Event",
            "Payload": {"incident.$": "$.incident", **event},
        },
        timeout_seconds=HANDING_OVER_SECONDS,
        retry=[HANDING_OVER_LAGS],
        result_path=None,
    )
    untold = sdk.Catch(error_equals=ANYTHING, result_path="$.untold", next_step=None)
    task.add_catch(untold)
    return leg(task, untold)
