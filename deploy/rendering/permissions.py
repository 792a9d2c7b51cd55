"""deploy/generated/member_policies.json: what each power's member role may do in an attacked account.

A member role holds the union of what its actions declare. The session policy of each call narrows that to one action on
one target (`lambdas.core.session`), so here the fields of targets are `*`, inside the ARN and never instead of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from deploy.rendering.targets import finders
from lambdas.core.action import POWERS, Action, Call, Json, Permission, Power, all_actions
from lambdas.core.session import declared
from lambdas.planning import observe

PLACES = {"{partition}": "${AWS::Partition}", "{account}": "${AWS::AccountId}", "{region}": "*"}
"""A member role serves every Region of its account."""
CALLS: dict[Power, tuple[Call, ...]] = {
    "observe": ("read",),
    "undo": ("read", "undo", "settled"),
    "contain": ("read", "perform", "settled"),
    "eradicate": ("read", "perform", "settled"),
    "notify": ("read", "perform", "settled"),
}


def files() -> dict[Path, str]:
    content = {power: statements(of_power(power)) for power in POWERS}
    return {Path("deploy/generated/member_policies.json"): json.dumps(content, indent=2) + "\n"}


def of_power(power: Power) -> list[Permission]:
    """All that is ever asked of the member role of this power."""
    permissions = [p for action in _actions_of(power) for p in declared(action, CALLS[power])]
    if power == "observe":
        permissions += observe.permissions()
        permissions += [p for finder in finders().values() for p in finder.PERMISSIONS]
    return permissions


def statements(permissions: Iterable[Permission]) -> list[Json]:
    """IAM statements in a steady order, one for each distinct resource and condition."""
    grouped: dict[str, set[str]] = {}
    for p in permissions:
        condition = {operator: dict(keys) for operator, keys in p.condition.items()}
        grouped.setdefault(json.dumps([widened(p.resource), condition], sort_keys=True), set()).add(p.action)
    return [_statement(key, sorted(actions)) for key, actions in sorted(grouped.items())]


def widened(template: str) -> str:
    """The ARN template with the place filled in by CloudFormation and every field of a target as `*`."""
    for field, place in PLACES.items():
        template = template.replace(field, place)
    return re.sub(r"(?<!\$)\{\w+\}", "*", template)


def _statement(key: str, actions: list[str]) -> Json:
    resource, condition = json.loads(key)
    statement: Json = {"Effect": "Allow", "Action": actions, "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


def _actions_of(power: Power) -> Iterator[Action]:
    for _, module in all_actions():
        reversible = hasattr(module, "undo")
        if power == "observe" or module.ACTION.power == power or (power == "undo" and reversible):
            yield module.ACTION
