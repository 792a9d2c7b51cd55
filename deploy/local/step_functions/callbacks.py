"""Task tokens: each is answered once, in time, and with its reason kept.

Gaps in moto: the cause of SendTaskFailure is dropped; a token may be answered again, also after its task or its
execution is over, in silence; the errors for that are answered as HTTP 500; a heartbeat for a task that wants none is
refused.
"""

import json
import threading
from collections.abc import Callable
from typing import Any

from moto.core.responses import EmptyResult
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.eval.callback.callback import (
    CallbackEndpoint,
    CallbackOutcome,
    CallbackOutcomeFailure,
    CallbackOutcomeSuccess,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.models import StepFunctionsParserBackend as Backend
from moto.stepfunctions.responses import StepFunctionResponse

from deploy.local.model_service import ApiError

_answering = threading.Lock()


def _open_task(backend: Backend, token: str) -> CallbackEndpoint:
    """The task that waits for this token. Raises InvalidToken or, when it is too late, TaskTimedOut."""
    for execution in backend._get_executions():
        env = execution.exec_worker and execution.exec_worker.env
        task = env.callback_pool_manager.get(token) if env else None
        if task is not None:
            return _refuse_late(task, execution.status)
    raise ApiError("InvalidToken", "Invalid Token: 'Invalid token'")


def _refuse_late(task: CallbackEndpoint, status: str) -> CallbackEndpoint:
    frame: Environment | None = getattr(task, "frame", None)
    waiting = task.get_outcome() is None and (frame is None or frame.is_running())
    if status != "RUNNING" or not waiting:
        raise ApiError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
    return task


def _answer(backend: Backend, outcome: CallbackOutcome) -> None:
    with _answering:
        _open_task(backend, outcome.callback_id).notify(outcome)


def _send_task_success(self: StepFunctionResponse) -> EmptyResult:
    output = self._get_param("output")
    try:
        json.loads(output)
    except ValueError as error:
        raise ApiError("InvalidOutput", f"Invalid Output: '{error}'") from None
    _answer(self.stepfunction_backend, CallbackOutcomeSuccess(self._get_param("taskToken"), output))
    return EmptyResult()


def _send_task_failure(self: StepFunctionResponse) -> EmptyResult:
    token, error, cause = (self._get_param(name) for name in ("taskToken", "error", "cause"))
    _answer(self.stepfunction_backend, CallbackOutcomeFailure(token, error, cause))
    return EmptyResult()


def _send_task_heartbeat(self: StepFunctionResponse) -> EmptyResult:
    with _answering:
        _open_task(self.stepfunction_backend, self._get_param("taskToken")).notify_heartbeat()
    return EmptyResult()


def _mark_the_end_of_waiting() -> None:
    """A token is good while the frame of its task runs: the frame ends with success, failure and timeout alike."""
    original: Callable[..., None] = StateTaskServiceCallback._eval_integration_pattern

    def wait(self: StateTaskServiceCallback, env: Environment, **rest: Any) -> None:
        token = env.states.context_object.context_object_data.get("Task", {}).get("Token")
        task = env.callback_pool_manager.get(token) if token else None
        if task is not None:
            task.frame = env
        original(self, env=env, **rest)

    StateTaskServiceCallback._eval_integration_pattern = wait


def install() -> None:
    StepFunctionResponse.send_task_success = _send_task_success
    StepFunctionResponse.send_task_failure = _send_task_failure
    StepFunctionResponse.send_task_heartbeat = _send_task_heartbeat
    _mark_the_end_of_waiting()
