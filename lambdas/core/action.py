"""The contract of a response action: one file declares it, and everything else is rendered from that.

An action is a module `lambdas/actions/<service>/<verb_noun>.py` that holds

    ACTION = Action(...)
    def read(session, target) -> dict             what is there now, as JSON; frozen in the plan as `before`
    def achieved(target, state) -> bool           does this state (an answer of `read`) show the change?
    def perform(session, target, before) -> None  the change; raises StateDrifted, Unsettled
    def settled(session, target) -> bool          only for calls that finish later: has it?
    def undo(session, target, before) -> None     the way back; absent where there is none

`read` never raises for a target that is gone: it says so in its answer. `perform` is called again after a crash or
`Unsettled`, with the same `before`, and then goes on from where it stood.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from lambdas.core.errors import InputRefused

Json = dict[str, Any]
Stage = Literal["containment", "eradication", "recovery", "notification"]
Approval = Literal["automatic", "one", "two"]
Reversibility = Literal["full", "partial", "none"]
Power = Literal["observe", "contain", "eradicate", "undo", "notify"]
Call = Literal["read", "perform", "settled", "undo"]

POWERS: tuple[Power, ...] = ("observe", "contain", "eradicate", "undo", "notify")
STRICTNESS: tuple[str, ...] = ("automatic", "one", "two", "never")
"""How much approval a step needs, from least to most. `never` keeps it out of every response."""

ACTIONS_FOLDER = Path(__file__).parents[1] / "actions"


@dataclass(frozen=True)
class Permission:
    """One IAM action on one resource, with the reason where it surprises.

    `resource` is an ARN template over the target's fields and `{partition}`, `{account}`, `{region}`; `*` only where
    the IAM service authorization reference gives the action no resource level. A field that is a list gives one ARN
    for each of its values. `condition` is an IAM condition block. `service` is the boto3 client, where the IAM prefix
    differs from it.
    """

    action: str
    resource: str = "*"
    reason: str = ""
    condition: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Target:
    """What an action acts on. `kind` names the file in `lambdas/planning/targets/` that finds such targets.

    `fields` is a JSON Schema `properties` object: schemas/actions/<id>.json is rendered from it. `label` is the
    one-line name that an approver reads; `arn` the ARN template of the thing itself.
    """

    kind: str
    fields: Mapping[str, Json]
    label: str
    arn: str
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """The declaration of a response action.

    catalogue      the action's id in the domain catalogue, for example `iam.access_key.deactivate`
    stage          where in the playbook it stands
    machine        the state machine in which it is a named state, for example `contain_credentials`
    power          whose credentials its `perform` runs with
    approval       the least that it ever needs; policy can demand more, never less
    reversibility  full, partial or none: what the approver is told
    impact         what it breaks for those who are innocent, in one sentence for the approver
    way_back       how it is undone, or why it cannot be, in one sentence for the approver
    playbooks      the playbooks in which it stands
    permissions    by function of the module: what each may call, on what
    volatile       fields of a state that change by themselves (last used, updated at): drift and undo look past them
    """

    title: str
    catalogue: str
    stage: Stage
    machine: str
    power: Power
    approval: Approval
    reversibility: Reversibility
    target: Target
    impact: str
    way_back: str
    permissions: Mapping[Call, tuple[Permission, ...]]
    playbooks: tuple[str, ...] = ("bedrock",)
    volatile: tuple[str, ...] = ()

    def same(self, one: Json, other: Json) -> bool:
        """Are two answers of `read` the same, but for the fields that change by themselves?"""
        return self._kept(one) == self._kept(other)

    def _kept(self, state: Json) -> Json:
        return {name: value for name, value in state.items() if name not in self.volatile}


@cache
def all_ids() -> tuple[str, ...]:
    """The ids of all actions, sorted: `<service>.<verb_noun>`, found by path."""
    files = ACTIONS_FOLDER.glob("*/*.py")
    return tuple(sorted(f"{f.parent.name}.{f.stem}" for f in files if not f.stem.startswith("_")))


def load(action_id: str) -> ModuleType:
    """The module of an action. Raises InputRefused for an id that no file stands for."""
    if action_id not in all_ids():
        raise InputRefused("action", "is not the id of an action; `responder actions` lists them")
    return importlib.import_module(f"lambdas.actions.{action_id}")


def all_actions() -> Iterator[tuple[str, ModuleType]]:
    for action_id in all_ids():
        yield action_id, load(action_id)


def state_name(action_id: str) -> str:
    """`iam.deactivate_access_key` stands in its state machine as state `DeactivateAccessKey`."""
    return "".join(word.capitalize() for word in action_id.split(".")[1].split("_"))
