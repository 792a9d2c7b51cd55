"""Errors by the names that definitions catch.

Gaps in moto: a Choice that nothing matches, and without a default, fails as States.Runtime, where AWS says
States.NoChoiceMatched; a Choice about a value that is not there takes the default, where AWS fails with
States.Runtime; a missed heartbeat is called States.Timeout; an invocation that IAM denies has a name of moto's own.
"""

from typing import Any

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.api import ExecutionFailedEventDetails, HistoryEventType
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent, FailureEventException
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.choice.comparison.comparison_operator_type import (
    ComparisonOperatorType,
)
from moto.stepfunctions.parser.asl.component.state.choice.comparison.comparison_variable import ComparisonVariable
from moto.stepfunctions.parser.asl.component.state.choice.comparison.variable import NoSuchVariable
from moto.stepfunctions.parser.asl.component.state.choice.state_choice import StateChoice
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_lambda import (
    StateTaskServiceLambda,
)
from moto.stepfunctions.parser.asl.eval.callback.callback import HeartbeatTimeoutError
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails


def failure(env: Environment, kind: StatesErrorNameType, cause: str) -> FailureEventException:
    """An error that ends the execution under one of AWS's own names."""
    details = EventDetails(executionFailedEventDetails=ExecutionFailedEventDetails(error=kind.to_name(), cause=cause))
    event = FailureEvent(
        env=env,
        error_name=StatesErrorName(typ=kind),
        event_type=HistoryEventType.ExecutionFailed,
        event_details=details,
    )
    return FailureEventException(event)


def _choose(self: StateChoice, env: Environment) -> None:
    for rule in self.choices_decl.rules:
        rule.eval(env)
        if env.stack.pop() is True:
            env.stack.append(rule.next_stmt.name)
            return
    if self.default_state is None:
        cause = "Failed to transition out of the state. The state does not point to a next state."
        raise failure(env, StatesErrorNameType.StatesNoChoiceMatched, cause)
    env.stack.append(self.default_state.state_name)


def _compare(self: ComparisonVariable, env: Environment) -> None:
    self.variable.eval(env)
    asks_presence = self.comparison_function.operator_type == ComparisonOperatorType.IsPresent
    if isinstance(env.stack[-1], NoSuchVariable) and not asks_presence:
        path = self.variable.string_sampler.literal_value
        cause = f"Invalid path '{path}': The choice state's condition path references an invalid value."
        raise failure(env, StatesErrorNameType.StatesRuntime, cause)
    self.comparison_function.eval(env)


def _missed_heartbeats_by_name() -> None:
    original = StateTaskServiceCallback._from_error

    def from_error(self: StateTaskServiceCallback, env: Environment, ex: Exception) -> FailureEvent:
        event = original(self, env=env, ex=ex)
        if isinstance(ex, HeartbeatTimeoutError):
            event.error_name = StatesErrorName(typ=StatesErrorNameType.StatesHeartbeatTimeout)
            for details in event.event_details.values():
                details["error"] = StatesErrorNameType.StatesHeartbeatTimeout.to_name()
        return event

    StateTaskServiceCallback._from_error = from_error


def _denied_invocations_by_name() -> None:
    """Step Functions reports what Lambda's model does not declare, a denial among it, as Lambda.AWSLambdaException."""
    original = StateTaskServiceLambda._error_cause_from_client_error

    def error_and_cause(client_error: ClientError) -> Any:
        error, cause = original(client_error)
        return ("Lambda.AWSLambdaException" if "AccessDenied" in error else error), cause

    StateTaskServiceLambda._error_cause_from_client_error = staticmethod(error_and_cause)


def install() -> None:
    StateChoice._eval_state = _choose
    ComparisonVariable._eval_body = _compare
    _missed_heartbeats_by_name()
    _denied_invocations_by_name()
