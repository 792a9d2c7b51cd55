"""How much approval a step needs: the first rule of deploy/policy.yaml that fits, and never less than its floors.

The rules are data, rendered into policy.json beside this file. The floors are code, so that no rule can go under them:

    it cannot be taken back                                  two
    the action's own minimum                                 that
    nothing may run unattended in this incident              one     (not confirmed, no generative AI call, ...)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from lambdas.core.action import STRICTNESS, Action

Json = dict[str, Any]

FILE = "deploy/policy.yaml"
RENDERED = Path(__file__).with_suffix(".json")
AUTOMATIC, ONE, TWO, NEVER = STRICTNESS


@dataclass(frozen=True)
class Rule:
    """One rule of the policy; `number` counts from 1 in the order of the file."""

    number: int
    name: str
    types: tuple[str, ...]
    actions: tuple[str, ...]
    stages: tuple[str, ...]
    approval: str
    why: str

    def fits(self, action: Action, finding_type: str) -> bool:
        return (
            (not self.stages or action.stage in self.stages)
            and any(fnmatchcase(finding_type, pattern) for pattern in self.types)
            and any(fnmatchcase(action.catalogue, pattern) for pattern in self.actions)
        )

    @property
    def said(self) -> str:
        return f"{FILE}, rule {self.number} ({self.name}): {self.approval}. {self.why}"


NO_RULE = Rule(0, "none", (), (), (), ONE, "No rule fits, so that people decide.")


@dataclass(frozen=True)
class Decision:
    """`rule` is shown to the approvers and stands in the report. `approval` may be `never`."""

    approval: str
    rule: str
    by: Rule = NO_RULE


@cache
def rules() -> tuple[Rule, ...]:
    return rules_of(json.loads(RENDERED.read_text(encoding="utf-8")))


def rules_of(document: Json) -> tuple[Rule, ...]:
    """The rules of a policy document (schemas/policy.json), in the order in which they are asked."""
    return tuple(
        Rule(n, r["name"], tuple(r["type"]), tuple(r["action"]), tuple(r.get("stage", ())), r["approval"], r["why"])
        for n, r in enumerate(document["rules"], 1)
    )


def rule_for(action: Action, finding_type: str, given: Sequence[Rule]) -> Rule:
    return next((rule for rule in given if rule.fits(action, finding_type)), NO_RULE)


def decide(action: Action, incident: Json, given: Sequence[Rule] | None = None) -> Decision:
    """What the policy (`given`, or the packaged one) and the floors say of this action in this incident."""
    rule = rule_for(action, incident["source"]["type"], rules() if given is None else given)
    approval, said = rule.approval, rule.said
    for least, why in floors(action, incident):
        if STRICTNESS.index(least) > STRICTNESS.index(approval):
            approval, said = least, f"{rule.said} Raised to {least}: {why}"
    return Decision(approval, said, rule)


def floors(action: Action, incident: Json) -> Iterator[tuple[str, str]]:
    """(least approval, why) of each floor that holds here."""
    yield own_floor(action), f"{action.catalogue} never needs less."
    if (why := why_attended(incident)) is not None:
        yield ONE, f"Nothing runs unattended in this incident: {why}"


def own_floor(action: Action) -> str:
    """The least that an action needs in any incident: two people for what cannot be taken back."""
    final = action.reversibility == "none" and action.stage != "notification"
    return TWO if final or action.power == "eradicate" else action.approval


def why_attended(incident: Json) -> str | None:
    """Why people decide on everything in this incident; None where the policy's rules hold."""
    if incident["withheld"]:
        return str(incident["withheld"])
    return None if incident["confirmed"] else "the finding is not confirmed by GuardDuty."


def decide_undo(step: Json) -> Decision:
    """Taking back containment gives power back to whoever was contained, so that one person approves it."""
    if step["stage"] == "containment":
        return Decision(ONE, "Taking back containment restores power: one person approves it.")
    return Decision(AUTOMATIC, f"Taking back a step of {step['stage']} restores nobody's power.")
