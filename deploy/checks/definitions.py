"""What neither cfn-lint nor asl-validator sees in a definition."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from deploy.checks.subject import Json, Subject, states

JITTER = ("FULL", "NONE")


def problems(subject: Subject) -> Iterator[str]:
    machines = subject.of_type("AWS::StepFunctions::StateMachine")
    for machine, definition in subject.definitions.items():
        yield from _undefined(machine, definition, machines[machine].get("DefinitionSubstitutions", {}))
        for name, state in states(definition):
            yield from _heartbeat(f"{machine}.{name}", state)
            yield from _jitter(f"{machine}.{name}", state)


def _undefined(machine: str, definition: Json, substitutions: Json) -> Iterator[str]:
    used = set(re.findall(r"\$\{(\w+)\}", json.dumps(definition)))
    for name in sorted(used - set(substitutions)):
        yield f"{machine}: ${{{name}}} has no value in DefinitionSubstitutions of deploy/template.yaml"


def _heartbeat(name: str, state: Json) -> Iterator[str]:
    beat, timeout = state.get("HeartbeatSeconds"), state.get("TimeoutSeconds")
    if beat is not None and timeout is not None and beat >= timeout:
        yield f"{name}: HeartbeatSeconds {beat} is not below TimeoutSeconds {timeout}, so it never counts"


def _jitter(name: str, state: Json) -> Iterator[str]:
    for retry in state.get("Retry", []):
        if retry.get("JitterStrategy", "NONE") not in JITTER:
            yield f"{name}: JitterStrategy {retry['JitterStrategy']} is none of {', '.join(JITTER)}"
