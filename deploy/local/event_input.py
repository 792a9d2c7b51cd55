"""What a rule's target receives of an event: all of it, a part of it, or a text made from it.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
# A placeholder, an escaped character, or any other one.
_PIECE = re.compile(r"<([A-Za-z0-9_.-]+)>|(\\.)|(.)", re.DOTALL)


def target_input(target: dict[str, Any], event: dict[str, Any], rule_name: str, rule_arn: str) -> str:
    """The target's input as JSON text. Raises ValueError if a template does not give JSON."""
    if target.get("Input"):
        return str(target["Input"])
    if target.get("InputPath"):
        return json.dumps(at_path(event, target["InputPath"]))
    if target.get("InputTransformer"):
        return _transformed(target["InputTransformer"], event, _predefined(event, rule_name, rule_arn))
    return json.dumps(event)


def at_path(event: Any, path: str) -> Any:
    """The value at a JSON path as EventBridge knows them (`$.detail.resource[0]`), None where there is none."""
    for name, index in _STEP.findall(path.removeprefix("$")):
        if name:
            event = event.get(name) if isinstance(event, dict) else None
        else:
            event = event[int(index)] if isinstance(event, list) and int(index) < len(event) else None
    return event


def _predefined(event: dict[str, Any], rule_name: str, rule_arn: str) -> dict[str, Any]:
    return {
        "aws.events.rule-arn": rule_arn,
        "aws.events.rule-name": rule_name,
        "aws.events.event.ingestion-time": event["time"],
        "aws.events.event": {name: value for name, value in event.items() if name != "detail"},
        "aws.events.event.json": event,
    }


def _transformed(transformer: dict[str, Any], event: dict[str, Any], predefined: dict[str, Any]) -> str:
    paths = transformer.get("InputPathsMap") or {}
    values = predefined | {name: at_path(event, path) for name, path in paths.items()}
    text = "".join(_pieces(transformer["InputTemplate"], values))
    return json.dumps(json.loads(text))


def _pieces(template: str, values: dict[str, Any]) -> Iterator[str]:
    """The template with its placeholders filled in. In quotes a value stands as text, outside as JSON."""
    quoted = False
    for name, escaped, character in _PIECE.findall(template):
        if name:
            yield _filled(values.get(name), quoted) if name in values else f"<{name}>"
        else:
            quoted ^= character == '"'
            yield escaped or character


def _filled(value: Any, quoted: bool) -> str:
    if not quoted:
        return json.dumps("" if value is None else value)
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value)
    return json.dumps(text)[1:-1]
