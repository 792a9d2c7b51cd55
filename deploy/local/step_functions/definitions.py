"""Definitions: refused where AWS refuses them, and read once.

Gaps in moto: nothing is executed unless asked for; a transition to a state that does not exist is found only when it is
taken; JSONata is taken and then fails; every execution reads its definition anew, and every step its paths.
"""

import copy
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jsonpath_ng.ext import parse as parse_path
from moto.core.config import default_user_config
from moto.stepfunctions.parser.api import InvalidDefinition
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.asl.utils import json_path
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from deploy.local.model_service import ApiError


def _entrypoint(self: ExecutionWorker) -> Any:
    """A copy for this execution: the states keep notes about their evaluation."""
    return copy.deepcopy(AmazonStateLanguageParser.parse(self._evaluation_details.state_machine_details.definition)[0])


def faults(definition: dict[str, Any], where: str = "") -> Iterator[str]:
    """What AWS would refuse in a definition or in one of its branches."""
    states = definition.get("States", {})
    if definition.get("QueryLanguage") == "JSONata":
        yield f"QUERY_LANGUAGE: the embedded AWS does not evaluate JSONata at {where}/"
    if definition.get("StartAt") not in states:
        yield f"MISSING_TRANSITION_TARGET: Missing 'StartAt' target: {definition.get('StartAt')} at {where}/StartAt"
    for name, state in states.items():
        yield from _state_faults(state, states, f"{where}/States/{name}")


def _state_faults(state: dict[str, Any], states: dict[str, Any], where: str) -> Iterator[str]:
    if state.get("QueryLanguage") == "JSONata":
        yield f"QUERY_LANGUAGE: the embedded AWS does not evaluate JSONata at {where}"
    for target in _targets(state):
        if target not in states:
            yield f"MISSING_TRANSITION_TARGET: Missing 'Next' target: {target} at {where}"
    for branch in (*state.get("Branches", ()), *(state[key] for key in ("ItemProcessor", "Iterator") if key in state)):
        yield from faults(branch, where)


def _targets(state: dict[str, Any]) -> Iterator[str]:
    yield from (state[key] for key in ("Next", "Default") if key in state)
    yield from (rule["Next"] for key in ("Catch", "Choices") for rule in state.get(key, ()) if "Next" in rule)


def _refuse_faulty() -> None:
    original = StepFunctionsParserBackend._validate_definition

    def validate(definition: str) -> None:
        try:
            original(definition)
            found = list(faults(json.loads(definition)))
        except InvalidDefinition as error:
            found = [str(error)]
        if found:
            raise ApiError("InvalidDefinition", "Invalid State Machine Definition: '" + ", ".join(found) + "'")

    StepFunctionsParserBackend._validate_definition = staticmethod(validate)


def install() -> None:
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    AmazonStateLanguageParser.parse = staticmethod(lru_cache(maxsize=256)(AmazonStateLanguageParser.parse))
    json_path.parse = lru_cache(maxsize=4096)(parse_path)
    ExecutionWorker._get_evaluation_entrypoint = _entrypoint
    _refuse_faulty()
