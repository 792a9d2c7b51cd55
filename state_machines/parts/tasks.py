"""The two kinds of task: a function of ours, and a state machine of ours. How long each may take, what is retried."""

from __future__ import annotations

from typing import Any

from state_machines import sdk
from state_machines.parts.flow import Leg, leg

FUNCTION_SECONDS = 300
"""How long one call of a function may take. The functions' own timeouts in deploy/template.yaml are at most this."""

STAGE_SECONDS = 6 * 3600
GATE_SECONDS = 7 * 24 * 3600
"""How long a nested machine may take. A gate's own two deadlines must fit in."""

THROTTLED_ERRORS = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.ClientExecutionTimeoutException",
    "Throttled",
    "ThrottlingException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "ServiceUnavailableException",
    "InternalServerException",
    "EndpointConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
]
THROTTLED = sdk.Retry(
    error_equals=THROTTLED_ERRORS,
    interval_seconds=1,
    max_attempts=6,
    backoff_rate=2,
    max_delay_seconds=30,
    jitter_strategy="FULL",
)
CRASHED = sdk.Retry(
    error_equals=["Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout", "States.Timeout"],
    interval_seconds=2,
    max_attempts=2,
    backoff_rate=2,
    max_delay_seconds=10,
    jitter_strategy="FULL",
)
ASKING_CRASHED = sdk.Retry(
    error_equals=["Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout"],
    interval_seconds=2,
    max_attempts=2,
    backoff_rate=2,
    max_delay_seconds=10,
    jitter_strategy="FULL",
)
"""As CRASHED, but for a task that waits for a person: there States.Timeout is their silence, not a crash."""

NOT_STARTED = sdk.Retry(
    error_equals=[
        "StepFunctions.ThrottlingException",
        "StepFunctions.ExecutionLimitExceededException",
        "StepFunctions.AWSStepFunctionsException",
        "StepFunctions.SdkClientException",
    ],
    interval_seconds=1,
    max_attempts=6,
    backoff_rate=2,
    max_delay_seconds=30,
    jitter_strategy="FULL",
)

# No jitter in these three: how long they wait in all is promised, and no crowd waits with them.
FINDING_LAGS = sdk.Retry(
    error_equals=["FindingNotFound"], interval_seconds=5, max_attempts=5, backoff_rate=2, max_delay_seconds=20
)
"""75 seconds in all: GuardDuty's API shows a finding later than its event does."""

UNSETTLED = sdk.Retry(
    error_equals=["Unsettled"], interval_seconds=2, max_attempts=34, backoff_rate=1.5, max_delay_seconds=20
)
"""10 minutes in all."""

READ_BACK_LAGS = sdk.Retry(error_equals=["NotAchieved"], interval_seconds=5, max_attempts=2, backoff_rate=2)
"""15 seconds in all: IAM shows a change later than it makes it. An action done twice is done once."""

ANYTHING = ["States.ALL"]


def failure(name: str, next_step: Any = None) -> Any:
    """Catches whatever a state may raise, and notes it under its name for the report."""
    return sdk.Catch(error_equals=ANYTHING, result_path=f"$.failure.{name}", next_step=next_step)


def call(name: str, function: str, payload: dict[str, Any], *retries: Any, **fields: Any) -> Any:
    """A task that invokes a function of the template, named by its logical id."""
    return sdk.LambdaTask(
        name,
        parameters={"FunctionName": f"${{{function}Arn}}", **payload},
        timeout_seconds=FUNCTION_SECONDS,
        retry=[*retries, THROTTLED, CRASHED],
        **fields,
    )


def room(name: str, function: str, payload: dict[str, Any], *retries: Any, report: Any, **fields: Any) -> Leg:
    """A room of the house. Its failure ends the response, by way of the report."""
    task = call(name, function, {"Payload": payload}, *retries, **fields)
    task.add_catch(failure(name, report))
    return leg(task)


def nested(name: str, machine: str, suffix: str, given: dict[str, Any], seconds: int, **fields: Any) -> Any:
    """A task that runs another machine and waits for its end.

    Its execution is named after this one and `suffix`, so that a repeated start finds the first instead of doubling it.
    """
    return sdk.NestedTask(
        name,
        parameters={
            "StateMachineArn": f"${{{machine}Arn}}",
            "Name.$": f"States.Format('{{}}-{suffix}', $$.Execution.Name)",
            "Input": {"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id", **given},
        },
        timeout_seconds=seconds,
        retry=[NOT_STARTED],
        **fields,
    )
