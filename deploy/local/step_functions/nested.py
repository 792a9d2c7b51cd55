"""Machines that start machines: `states:startExecution.sync` and `.sync:2`.

Gaps in moto: it asks every half second whether the child has ended, so that each stage of a response would wait; and
dates in the child's description are text, where AWS gives milliseconds since 1970. A child is stopped with its
parent's task.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_callback
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_sfn import (
    StateTaskServiceSfn,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from deploy.local.step_functions.execution_api import ended, stop_execution

# How long a parent sleeps, at the longest, before it looks whether it was itself stopped.
LOOK_SECONDS = 0.25


def _child(arn: str) -> Execution:
    _, _, _, region, account, *_ = arn.split(":")
    execution: Any = stepfunctions_parser_backends[account][region].describe_execution(arn)
    return execution


def _waiting(build: Callable[..., Any]) -> Callable[..., Any]:
    """moto's resolver describes the child at once; ours first waits until it has ended."""

    def build_resolver(self: StateTaskServiceSfn, env: Environment, **rest: Any) -> Callable[[], Any]:
        child = _child(env.stack[-1]["ExecutionArn"])
        describe = build(self, env=env, **rest)
        threading.Thread(target=_stop_with_parent, args=(env, child), daemon=True).start()
        return lambda: describe() if ended(child).wait(LOOK_SECONDS) else None

    return build_resolver


def _stop_with_parent(env: Environment, child: Execution) -> None:
    while env.is_running() and not ended(child).wait(LOOK_SECONDS):
        pass
    stop_execution(child, None, None)


def _dates_in_milliseconds() -> None:
    original = StateTaskServiceSfn._normalise_response

    def normalise(self: StateTaskServiceSfn, response: Any, *args: Any, **options: Any) -> None:
        original(self, response, *args, **options)
        for name, value in response.items():
            if isinstance(value, datetime):
                response[name] = int(value.timestamp() * 1000)

    StateTaskServiceSfn._normalise_response = normalise


def install() -> None:
    state_task_service_callback._DELAY_SECONDS_SYNC_CONDITION_CHECK = 0
    StateTaskServiceSfn._build_sync_resolver = _waiting(StateTaskServiceSfn._build_sync_resolver)
    StateTaskServiceSfn._build_sync2_resolver = _waiting(StateTaskServiceSfn._build_sync2_resolver)
    _dates_in_milliseconds()
