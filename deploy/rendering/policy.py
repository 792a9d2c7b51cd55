"""lambdas/planning/policy.json: deploy/policy.yaml, checked and made JSON, since no Lambda has a YAML reader.

What is wrong is named by its line and field: what does not fit schemas/policy.json, keys and names that stand twice, an
id that is no action's, a type that no finding has, and a rule that contradicts an earlier one or a floor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.rendering import lined_yaml
from deploy.rendering.lined_yaml import FieldPath
from lambdas.core.action import STRICTNESS, Action, Json, all_actions
from lambdas.intake.finding_types import known
from lambdas.planning.policy import FILE, Rule, own_floor, rule_for, rules_of

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas/policy.json"
RENDERED = Path("lambdas/planning/policy.json")
LISTS = ("type", "action", "stage")
"""Fields that may hold one text instead of a list."""


def files() -> dict[Path, str]:
    """The rendered file by its path. Raises FileRefused."""
    return {RENDERED: json.dumps(read((ROOT / FILE).read_text()), indent=2) + "\n"}


def read(text: str) -> Json:
    """The policy as JSON. Raises FileRefused, naming the line and the field of everything that is wrong."""
    document, lines, twice = lined_yaml.parsed(FILE, text)
    policy: Json = _listed(document)
    lined_yaml.refuse(FILE, lines, twice or list(lined_yaml.unfit(SCHEMA, policy)))
    lined_yaml.refuse(FILE, lines, contradictions(rules_of(policy)))
    return policy


def _listed(document: Any) -> Any:
    """The same with a list where one text stands for one."""
    if not isinstance(document, dict) or not isinstance(document.get("rules"), list):
        return document
    return {**document, "rules": [_listed_rule(rule) for rule in document["rules"]]}


def _listed_rule(rule: Any) -> Any:
    if not isinstance(rule, dict):
        return rule
    return {name: [v] if name in LISTS and isinstance(v, str) else v for name, v in rule.items()}


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
