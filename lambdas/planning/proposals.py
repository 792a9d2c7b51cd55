"""From an incident to what could be done about it: targets found, and each read as it is now.

What goes wrong with one target is said of that target, and costs no other target its step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.core.action import Action, Permission, all_actions
from lambdas.core.errors import NotOurs, ResponderError
from lambdas.core.fields import canonical, clean
from lambdas.core.observe import names_of, observe, observe_with, places
from lambdas.core.refusals import is_throttling, patiently, said
from lambdas.core.schema import validate
from lambdas.core.session import Session, declared, statements
from lambdas.planning.outline import MACHINES
from lambdas.planning.protected import why_protected
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

THREADS = 4
LARGEST_POLICY = 2000
"""STS takes 2,048 characters of session policy, the frame included (STS API reference, AssumeRole)."""
AGAIN = "Start another response for it (responder start) when AWS answers again."
FAILURES = (ResponderError, ClientError, BotoCoreError, LookupError, TypeError, ValueError)
"""What looking at one target may end in. The last three: an answer, or a finding, of a form that nobody expected."""


@dataclass(frozen=True)
class Proposal:
    """One action on one target. `before` is what was read; `problem` says why it is not proposed after all."""

    action_id: str
    module: ModuleType
    region: str
    target: Json = field(default_factory=dict)
    why: str = ""
    before: Json = field(default_factory=dict)
    achieved: bool = False
    problem: str | None = None

    @property
    def action(self) -> Action:
        action: Action = self.module.ACTION
        return action

    @property
    def names(self) -> Json:
        return {**places(self.target["account"], self.region), **self.target}

    @property
    def arn(self) -> str:
        return self.action.target.arn.format_map(self.names)

    @property
    def label(self) -> str:
        return clean(self.action.target.label.format_map(self.names))


def propose(incident: Json, baseline: Json) -> list[Proposal]:
    """Every action of the incident's playbook on every target that it has, read, in the order of the machines.

    `baseline` is by kind of resource. An action without a target is there once, with its problem.
    """
    actions = playbook(incident)
    kinds = sorted({module.ACTION.target.kind for _, module in actions})
    found = find_all(incident, baseline, kinds)
    return read_all(incident, [p for name, module in actions for p in _proposed(name, module, incident, found)])


def playbook(incident: Json) -> list[tuple[str, ModuleType]]:
    """The actions of the playbook, in the order in which the machines run and then by id."""
    ours = [(name, module) for name, module in all_actions() if incident["playbook"] in module.ACTION.playbooks]
    return sorted(ours, key=lambda item: (MACHINES.index(item[1].ACTION.machine), item[0]))


def find_all(incident: Json, baseline: Json, kinds: Iterable[str]) -> dict[str, list[Candidate] | str]:
    """By kind of target its candidates, or why there are none. One session for all, one thread for each."""
    kinds = list(kinds)
    try:
        session = finding(incident, kinds)
    except FAILURES as error:
        return {kind: _said(error) for kind in kinds}
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(lambda kind: find(kind, session, incident, baseline), kinds)
        return dict(zip(kinds, found, strict=True))


def finding(incident: Json, kinds: Iterable[str]) -> Session:
    """A session that may call what the finders of these kinds call. Raises NotEnrolled."""
    permissions: list[Permission] = [p for kind in kinds for p in _finder(kind).PERMISSIONS]
    where = (incident["incident_id"], incident["account"], incident["region"])
    return observe(*where, permissions, names_of(incident), "plan-find")


def find(kind: str, session: Session, incident: Json, baseline: Json) -> list[Candidate] | str:
    """The candidates of one kind, or why there are none."""
    try:
        found = patiently(lambda: _finder(kind).find(session, incident, baseline))
        return sorted(found, key=lambda candidate: canonical(candidate.target))
    except NotOurs as error:
        return str(error)
    except FAILURES as error:
        return f"Its target could not be looked for: {_said(error, session.region)}"


def _finder(kind: str) -> ModuleType:
    return import_module(f"lambdas.planning.targets.{kind}")


def _proposed(name: str, module: ModuleType, incident: Json, found: dict[str, list[Candidate] | str]) -> list[Proposal]:
    candidates = found[module.ACTION.target.kind]
    if isinstance(candidates, str):
        return [Proposal(name, module, incident["region"], problem=candidates)]
    return [checked(name, module, one, incident) for one in candidates]


def checked(name: str, module: ModuleType, candidate: Candidate, incident: Json) -> Proposal:
    """The proposal, with its problem where the target does not fit, lies elsewhere or must not be touched."""
    proposal = Proposal(name, module, incident["region"], candidate.target, clean(candidate.why, 1000))
    try:
        validate(f"actions/{proposal.action_id}", proposal.target)
        protected = why_protected(proposal.arn)
    except FAILURES as error:
        return replace(proposal, problem=f"Its target does not fit the action: {_said(error)}")
    if proposal.target["account"] != incident["account"]:
        return replace(proposal, problem="Its target lies in another account than the incident.")
    return replace(proposal, problem=protected and f"{proposal.label} is not touched: {protected}.")


def read_all(incident: Json, proposals: list[Proposal]) -> list[Proposal]:
    """The same proposals, read: as few sessions as the size of their policies lets be, several reads at once."""
    done = {id(p): p for p in proposals}
    for allowed, pack in packs([p for p in proposals if p.problem is None]):
        for old, new in zip(pack, _read_pack(incident, allowed, pack), strict=True):
            done[id(old)] = new
    return list(done.values())


def packs(proposals: Iterable[Proposal]) -> list[tuple[list[Json], list[Proposal]]]:
    """Proposals whose statements fit into one session policy together."""
    packed: list[tuple[list[Json], list[Proposal]]] = []
    for proposal in proposals:
        own = statements(declared(proposal.action, ("read",)), proposal.names)
        if not packed or len(json.dumps(packed[-1][0] + own)) > LARGEST_POLICY:
            packed.append(([], []))
        packed[-1][0].extend(statement for statement in own if statement not in packed[-1][0])
        packed[-1][1].append(proposal)
    return packed


def _read_pack(incident: Json, allowed: list[Json], pack: list[Proposal]) -> list[Proposal]:
    where = (incident["incident_id"], incident["account"], incident["region"])
    try:
        session = observe_with(*where, allowed, "plan-read")
    except FAILURES as error:
        return [replace(p, problem=f"{p.label} could not be read: {_said(error)}") for p in pack]
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(partial(_read, session), pack))


def _read(session: Session, proposal: Proposal) -> Proposal:
    try:
        before = patiently(lambda: proposal.module.read(session, proposal.target))
        return replace(proposal, before=before, achieved=bool(proposal.module.achieved(proposal.target, before)))
    except FAILURES as error:
        return replace(proposal, problem=f"{proposal.label} could not be read: {_said(error, session.region)}")


def _said(error: BaseException, region: str = "") -> str:
    """What an error says, with its kind where that is Python's and says nothing by itself, and with what to do."""
    if isinstance(error, ClientError | BotoCoreError):
        return f"{said(error, region)} {AGAIN}" if is_throttling(error) else said(error, region)
    return clean(error if isinstance(error, ResponderError) else f"{type(error).__name__}: {error}")
