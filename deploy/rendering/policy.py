"""lambdas/planning/policy.json: deploy/policy.yaml, checked and made JSON, since no Lambda has a YAML reader.

What is wrong is named by its line and field: what does not fit schemas/policy.json, keys and names that stand twice, an
id that is no action's, a type that no finding has, and a rule that contradicts an earlier one or a floor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from lambdas.core.action import STRICTNESS, Action, Json, all_actions
from lambdas.intake.finding_types import known
from lambdas.planning.policy import FILE, Rule, own_floor, rule_for, rules_of

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas/policy.json"
RENDERED = Path("lambdas/planning/policy.json")
LISTS = ("type", "action", "stage")
"""Fields that may hold one text instead of a list."""

FieldPath = tuple[str | int, ...]
Lines = dict[FieldPath, int]


class PolicyRefused(Exception):
    """One line of text for each thing that is wrong."""


def files() -> dict[Path, str]:
    """The rendered file by its path. Raises PolicyRefused."""
    return {RENDERED: json.dumps(read((ROOT / FILE).read_text()), indent=2) + "\n"}


def read(text: str) -> Json:
    """The policy as JSON. Raises PolicyRefused, naming the line and the field of everything that is wrong."""
    document, lines, twice = _parsed(text)
    problems = twice or list(_unfit(document)) or list(contradictions(rules_of(document)))
    if problems:
        raise PolicyRefused(
            "\n".join(f"{FILE}:{_line(lines, path)}: {_named(path)}: {what}" for path, what in problems)
        )
    return document


def _parsed(text: str) -> tuple[Json, Lines, list[tuple[FieldPath, str]]]:
    """(the document, the line of each field, keys that stand twice)."""
    loader = yaml.SafeLoader(text)
    lines: Lines = {}
    twice: list[tuple[FieldPath, str]] = []
    try:
        node = loader.get_single_node()
        document = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = "; a lone * must stand in quotes" if error.problem and "alias" in f"{error.context}" else ""
        raise PolicyRefused(f"{FILE}:{mark.line + 1 if mark else 1}: is no YAML: {error.problem}{said}") from error
    finally:
        loader.dispose()
    _walk(node, (), lines, twice)
    return _listed(document), lines, twice


def _walk(node: Any, path: FieldPath, lines: Lines, twice: list[tuple[FieldPath, str]]) -> None:
    lines[path] = node.start_mark.line + 1 if node else 1
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _walk(item, (*path, number), lines, twice)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if (inner := (*path, key.value)) in lines:
                twice.append((inner, f"stands twice, in line {key.start_mark.line + 1} too"))
            _walk(value, inner, lines, twice)
            lines[inner] = key.start_mark.line + 1


def _listed(document: Any) -> Any:
    """The same with a list where one text stands for one."""
    if not isinstance(document, dict) or not isinstance(document.get("rules"), list):
        return document
    return {**document, "rules": [_listed_rule(rule) for rule in document["rules"]]}


def _listed_rule(rule: Any) -> Any:
    if not isinstance(rule, dict):
        return rule
    return {name: [v] if name in LISTS and isinstance(v, str) else v for name, v in rule.items()}


def _unfit(document: Any) -> Iterator[tuple[FieldPath, str]]:
    """What the schema refuses."""
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text()))
    for error in sorted(validator.iter_errors(document), key=lambda e: [str(part) for part in e.absolute_path]):
        yield tuple(error.absolute_path), error.message


def contradictions(rules: tuple[Rule, ...]) -> Iterator[tuple[FieldPath, str]]:
    """What fits the schema and still cannot be meant."""
    actions = [module.ACTION for _, module in all_actions()]
    for rule in rules:
        at: FieldPath = ("rules", rule.number - 1)
        found = {
            (*at, "name"): _named_twice(rule, rules),
            (*at, "action"): _no_action(rule, actions),
            (*at, "type"): _no_type(rule),
            (*at, "approval"): _under(rule, actions),
            at: _never_asked(rule, rules, actions),
        }
        yield from ((path, what) for path, problems in found.items() for what in problems)
    if (last := rules[-1]).types != ("*",) or last.actions != ("*",) or last.stages:
        yield (
            ("rules", last.number - 1),
            'the last rule must have type "*", action "*" and no stage, to decide the rest',
        )


def _named_twice(rule: Rule, rules: tuple[Rule, ...]) -> Iterator[str]:
    for other in rules[: rule.number - 1]:
        if other.name == rule.name:
            yield f"{rule.name} is the name of rule {other.number} already"


def _no_action(rule: Rule, actions: list[Action]) -> Iterator[str]:
    """A pattern may wait for actions to come; a name that is spelled out must be one's."""
    ids = {action.catalogue for action in actions}
    for name in rule.actions:
        if "*" not in name and name not in ids:
            yield f"{name} is the catalogue id of no action; `responder actions --json` has them all"


def _no_type(rule: Rule) -> Iterator[str]:
    for name in rule.types:
        if "*" not in name and name not in known():
            yield f"{name} is no finding type that opens an incident (lambdas/intake/finding_types.json)"


def _under(rule: Rule, actions: list[Action]) -> Iterator[str]:
    for action in actions:
        if action.catalogue in rule.actions and STRICTNESS.index(own_floor(action)) > STRICTNESS.index(rule.approval):
            yield f"{rule.approval} is less than {action.catalogue} ever needs, which is {own_floor(action)}"


def _never_asked(rule: Rule, rules: tuple[Rule, ...], actions: list[Action]) -> Iterator[str]:
    """Everything that it fits is decided by rules above it."""
    fits = [(a, t) for a in actions for t in known() if rule.fits(a, t)]
    deciding = {rule_for(action, finding_type, rules).number for action, finding_type in fits}
    if deciding and rule.number not in deciding:
        names = ", ".join(f"rule {number} ({rules[number - 1].name})" for number in sorted(deciding))
        yield f"rule {rule.number} ({rule.name}) never decides anything: {names} above it does; move or delete it"


def _line(lines: Lines, path: FieldPath) -> int:
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _named(path: FieldPath) -> str:
    """`rules[2].approval`, counted from 0 as JSON does."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".") or "document"
