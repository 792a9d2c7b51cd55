"""CloudFormation's intrinsic functions, as far as a template can use them that knows only itself.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.local.deployer.errors import DeployError

Json = dict[str, Any]
NO_VALUE = object()
_PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")


@dataclass(frozen=True)
class Applied:
    """A resource that stands: what `Ref` gives, and what `Fn::GetAtt` gives by attribute."""

    ref: str
    attributes: Mapping[str, str] = field(default_factory=dict)


class Resolver:
    """Resolves values of one template. `resources` grows while the template is applied."""

    def __init__(self, parameters: Mapping[str, str], conditions: Mapping[str, Any]) -> None:
        self.parameters = parameters
        self.resources: dict[str, Applied] = {}
        self._conditions = conditions
        self._functions: dict[str, Callable[[Any], Any]] = {
            "Ref": self._ref,
            "Condition": self.holds,
            "Fn::GetAtt": self._get_att,
            "Fn::Sub": self._sub,
            "Fn::Join": lambda given: self._text(given[0]).join(self._text(v) for v in self.resolve(given[1])),
            "Fn::If": lambda given: self.resolve(given[1] if self.holds(given[0]) else given[2]),
            "Fn::Equals": lambda given: self._text(given[0]) == self._text(given[1]),
            "Fn::Not": lambda given: not self.resolve(given[0]),
            "Fn::And": lambda given: all(self.resolve(given)),
            "Fn::Or": lambda given: any(self.resolve(given)),
            "Fn::Select": lambda given: self.resolve(given[1])[int(self._text(given[0]))],
            "Fn::Split": lambda given: self._text(given[1]).split(given[0]),
        }

    def resolve(self, value: Any) -> Any:
        """The value without intrinsic functions; members that are `AWS::NoValue` fall out."""
        if isinstance(value, list):
            return [v for v in map(self.resolve, value) if v is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if (name := function_of(value)) is None:
            resolved = {k: self.resolve(v) for k, v in value.items()}
            return {k: v for k, v in resolved.items() if v is not NO_VALUE}
        if name not in self._functions:
            raise DeployError(f"{name}: the deployer of the embedded AWS does not resolve it")
        return self._functions[name](value[name])

    def holds(self, condition: str) -> bool:
        return bool(self.resolve(self._conditions[condition]))

    def _text(self, value: Any) -> str:
        return str(self.resolve(value))

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.parameters:
            return self.parameters[name]
        return self._resource(name).ref

    def _get_att(self, given: list[str]) -> str:
        name, attribute = given
        found = self._resource(name).attributes
        if attribute not in found:
            raise DeployError(
                f"{name}.{attribute}: the applier of this type gives only {', '.join(sorted(found)) or 'Ref'}"
            )
        return found[attribute]

    def _resource(self, name: str) -> Applied:
        if name not in self.resources:
            raise DeployError(f"{name}: is neither a parameter nor a resource that stands")
        return self.resources[name]

    def _sub(self, given: Any) -> str:
        text, names = (given, {}) if isinstance(given, str) else given

        def value(found: re.Match[str]) -> str:
            literal, name = found.groups()
            if literal:
                return f"${{{name}}}"
            if name in names:
                return self._text(names[name])
            return str(self._get_att(name.split(".", 1)) if "." in name else self._ref(name))

        return _PLACEHOLDER.sub(value, text)


def function_of(value: Any) -> str | None:
    """The name of the intrinsic function that a value is, or None."""
    if isinstance(value, dict) and len(value) == 1:
        name = next(iter(value))
        # `Condition` is a key of IAM statements as well; only its short form, a plain name, is a function.
        if name == "Ref" or str(name).startswith("Fn::") or (name == "Condition" and isinstance(value[name], str)):
            return str(name)
    return None


def names_in(value: Any) -> Iterator[str]:
    """The names of parameters and resources that a value refers to."""
    name = function_of(value)
    if name == "Ref":
        yield value["Ref"]
    elif name == "Fn::GetAtt":
        yield value["Fn::GetAtt"][0]
    elif name == "Fn::Sub":
        yield from _names_in_sub(value["Fn::Sub"])
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from names_in(part)


def _names_in_sub(given: Any) -> Iterator[str]:
    text, names = (given, {}) if isinstance(given, str) else given
    for literal, name in _PLACEHOLDER.findall(text):
        if not literal and name not in names:
            yield name.split(".", 1)[0]
    yield from names_in(names)
