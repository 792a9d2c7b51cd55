"""Executions as the API shows them.

Gaps in moto: an execution without a name is called None, and the next such start collides with it; string outputs
lose their quotes and dates end in HTTP 500; a stopped execution forgets error and cause, and stays RUNNING while its
task does; one that timed out has no end.
"""

import re
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.exceptions import InvalidName
from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication, Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend as Backend
from moto.stepfunctions.parser.models import stepfunctions_parser_backends
from moto.stepfunctions.responses import StepFunctionResponse

from deploy.local.model_service import ApiError

# Step Functions limits an execution's input, and every state's, to 256 KiB.
INPUT_BYTES = 256 * 1024
NAME = re.compile(r"[^\s<>{}\[\]?*\"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f]{1,80}")
_starting = threading.Lock()
# Status, output and end change together.
_changing = threading.RLock()


def executions() -> list[dict[str, str]]:
    """Every execution in every account and Region: name, machine, status, arn, started."""
    return [_summary(execution) for execution in all_executions()]


def all_executions() -> list[Execution]:
    found = [backend._get_executions() for _, _, backend in list(stepfunctions_parser_backends.iter_backends())]
    return sorted((execution for some in found for execution in some), key=lambda execution: execution.start_date)


def _summary(execution: Execution) -> dict[str, str]:
    return {
        "name": execution.name,
        "machine": execution.state_machine.name,
        "status": execution.status,
        "arn": execution.exec_arn,
        "started": execution.start_date.isoformat(),
    }


def ended(execution: Execution) -> threading.Event:
    """Set when the execution has ended and its output can be read."""
    event: threading.Event = execution.__dict__.setdefault("ended", threading.Event())
    return event


def _start_with_a_name() -> None:
    original = Backend.start_execution

    def start(
        self: Backend, state_machine_arn: str, name: Any = None, execution_input: Any = None, trace_header: Any = None
    ) -> Execution:
        _refuse_bad_start(name, execution_input)
        with _starting:
            return original(self, state_machine_arn, name or str(uuid.uuid4()), execution_input, trace_header)

    Backend.start_execution = start


def _refuse_bad_start(name: str | None, execution_input: str | None) -> None:
    if name and not NAME.fullmatch(name):
        raise InvalidName(f"Invalid Name: '{name}'")
    if len((execution_input or "").encode()) > INPUT_BYTES:
        limit = f"Member must have length less than or equal to {INPUT_BYTES}"
        raise ApiError(
            "ValidationException",
            f"1 validation error detected: Value at 'input' failed to satisfy constraint: {limit}",
        )


def _describe(self: StepFunctionResponse) -> ActionResult:
    execution: Any = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
    with _changing:
        described = dict(execution.to_describe_output())
    described |= {"input": execution.execution_input, "status": execution.status}
    return ActionResult({name: value for name, value in described.items() if value is not None})


def _end_at_once() -> None:
    """The end of an execution in one step. One that was stopped stays as it was stopped, when its last task returns."""

    def terminated(self: BaseExecutionWorkerCommunication) -> None:
        with _changing:
            if self.execution.exec_status == ExecutionStatus.RUNNING:
                self._reflect_execution_status()
        ended(self.execution).set()

    BaseExecutionWorkerCommunication.terminated = terminated


def _stop(self: StepFunctionResponse) -> ActionResult:
    execution: Any = self.stepfunction_backend.describe_execution(self._get_param("executionArn"))
    stop_execution(execution, self._get_param("error"), self._get_param("cause"))
    return ActionResult({"stopDate": execution.stop_date})


def stop_execution(execution: Execution, error: str | None, cause: str | None) -> None:
    """End an execution as ABORTED. Does nothing to one that has ended."""
    while execution.exec_worker.env is None:
        time.sleep(0.001)
    with _changing:
        if execution.exec_status != ExecutionStatus.RUNNING:
            return
        execution.stop_date = datetime.now(UTC)
        execution.exec_status = ExecutionStatus.ABORTED
        execution.error, execution.cause = error, cause
        execution.stop(stop_date=execution.stop_date, error=error, cause=cause)
    ended(execution).set()


def install() -> None:
    _start_with_a_name()
    _end_at_once()
    StepFunctionResponse.describe_execution = _describe
    StepFunctionResponse.stop_execution = _stop
