"""The parameters of a template, checked as CloudFormation would, and its pseudo parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from deploy.local.deployer.errors import ParameterRefused

Json = dict[str, Any]


def values(declared: Mapping[str, Json], given: Mapping[str, Any]) -> dict[str, str]:
    """Every declared parameter's value as text. Raises ParameterRefused."""
    for name in sorted(set(given) - set(declared)):
        raise ParameterRefused(f"{name}: the template has no such parameter; it has {', '.join(sorted(declared))}")
    return {name: _value(name, declaration, given) for name, declaration in declared.items()}


def pseudo(account: str, region: str) -> dict[str, str]:
    return {
        "AWS::AccountId": account,
        "AWS::Region": region,
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
        "AWS::StackName": "genai-responder",
    }


def _value(name: str, declaration: Json, given: Mapping[str, Any]) -> str:
    if name not in given and "Default" not in declaration:
        raise ParameterRefused(f"{name}: is missing; {declaration.get('Description', 'it has no default')}")
    value = str(given.get(name, declaration.get("Default")))
    if not _allowed(value, declaration):
        raise ParameterRefused(f"{name}: must be {_what_is_allowed(declaration)}")
    return value


def _allowed(value: str, declaration: Json) -> bool:
    number = declaration["Type"] == "Number"
    if number and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return False
    if number and not _least(declaration) <= float(value) <= _most(declaration):
        return False
    choices = [str(choice) for choice in declaration.get("AllowedValues", [value])]
    return value in choices and re.fullmatch(declaration.get("AllowedPattern", "(?s:.*)"), value) is not None


def _least(declaration: Json) -> float:
    return float(declaration.get("MinValue", "-inf"))


def _most(declaration: Json) -> float:
    return float(declaration.get("MaxValue", "inf"))


def _what_is_allowed(declaration: Json) -> str:
    if "AllowedValues" in declaration:
        return "one of " + ", ".join(map(str, declaration["AllowedValues"]))
    if "MinValue" in declaration:
        return f"a number from {declaration['MinValue']} to {declaration['MaxValue']}"
    return str(declaration.get("ConstraintDescription", declaration.get("AllowedPattern", "a number")))
