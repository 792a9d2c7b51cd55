"""Every function's handler is there, and every variable that the code reads is given to it."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from deploy import package
from deploy.checks.subject import Json, Subject

OF_THE_RUNTIME = "AWS_"
"""Lambda itself sets variables that begin so."""

POWER = "POWER"


def problems(subject: Subject) -> Iterator[str]:
    wanted = variables(package.CODE) - {POWER}
    for name, function in subject.of_type("AWS::Lambda::Function").items():
        if trouble := _missing(function["Handler"]):
            yield f"{name}: handler {function['Handler']}: {trouble}"
        given = function.get("Environment", {}).get("Variables", {})
        for variable in sorted(wanted - set(given)):
            yield f"{name}: the code reads {variable}, which its environment does not have"
        yield from _power(name, function, given)


def _missing(handler: str) -> str:
    module, _, attribute = handler.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), attribute, None)
    except ImportError as error:
        return str(error)
    return "" if callable(found) else f"{module} has no function {attribute}"


def _power(name: str, function: Json, given: Json) -> Iterator[str]:
    """The power that a function is told is the one whose role it has: `ContainRole` for `contain`."""
    role = function["Role"]["Fn::GetAtt"][0]
    if function["Handler"].startswith("lambdas.actions.") and POWER not in given and role != "ObserveRole":
        yield f"{name}: runs actions and is not told its POWER"
    if POWER in given and role != f"{given[POWER].capitalize()}Role":
        yield f"{name}: is told the power {given[POWER]} and has {role}"


def variables(code: Path) -> set[str]:
    """The environment variables that the code reads by `os.environ["X"]`."""
    trees = (ast.parse(file.read_text()) for file in code.rglob("*.py"))
    return {name for tree in trees for node in ast.walk(tree) if (name := _read(node))}


def _read(node: ast.AST) -> str:
    if (
        isinstance(node, ast.Subscript)
        and ast.unparse(node.value) == "os.environ"
        and isinstance(node.slice, ast.Constant)
    ):
        name = str(node.slice.value)
        return "" if name.startswith(OF_THE_RUNTIME) else name
    return ""
