"""`responder policy`: which rule decides what, as this version packages deploy/policy.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from cli.failures import NOT_FOUND, CommandFailed
from cli.screen import console, plain, print_json, table
from lambdas.core.action import Action, all_actions
from lambdas.intake.finding_types import known
from lambdas.planning.policy import FILE, Rule, decide, rules

Json = dict[str, Any]
COLOURS = {"automatic": "green", "one": "yellow", "two": "red", "never": "dim"}
EVERYTHING = "*"


def run(finding_type: str | None, action: str | None, as_json: bool) -> None:
    """The rules; with a type or an action what they come to, for a confirmed finding."""
    decided = decisions(finding_type or EVERYTHING, action or EVERYTHING)
    if as_json:
        print_json({"file": FILE, "rules": [_shown(rule) for rule in rules()], "decisions": decided})
    elif finding_type or action:
        print_decisions(decided)
    else:
        print_rules()


def decisions(finding_type: str, action: str) -> list[Json]:
    """{type, action, approval, rule, decided_by} of each pair that fits both patterns. Raises CommandFailed."""
    types = _fitting("finding type", sorted(known()), finding_type)
    ours = {module.ACTION.catalogue: module.ACTION for _, module in all_actions()}
    return [_decided(t, ours[name]) for name in _fitting("action", sorted(ours), action) for t in types]


def _fitting(what: str, names: Iterable[str], pattern: str) -> list[str]:
    found = [name for name in names if fnmatchcase(name, pattern)]
    if not found:
        raise CommandFailed(NOT_FOUND, f"no {what} is, or fits, {pattern}")
    return found


def _decided(finding_type: str, action: Action) -> Json:
    decision = decide(action, {"source": {"type": finding_type}, "confirmed": True, "withheld": None})
    return {
        "type": finding_type,
        "action": action.catalogue,
        "approval": decision.approval,
        "rule": f"{decision.by.number} {decision.by.name}",
        "decided_by": decision.rule,
    }


def _shown(rule: Rule) -> Json:
    return {
        "number": rule.number,
        "name": rule.name,
        "type": list(rule.types),
        "action": list(rule.actions),
        "stage": list(rule.stages),
        "approval": rule.approval,
        "why": rule.why,
    }


def print_rules() -> None:
    rows = (
        [f"{r.number} {plain(r.name)}", _approval(r.approval), "\n".join(map(plain, r.types)), _what(r)]
        for r in rules()
    )
    columns = ("Rule", "Approval", "Finding types", "Actions")
    console().print(table(f"{FILE}: the first rule that fits decides", columns, rows))


def _what(rule: Rule) -> str:
    stages = f" ({' or '.join(rule.stages)})" if rule.stages else ""
    return "\n".join(map(plain, rule.actions)) + stages


def print_decisions(decided: list[Json]) -> None:
    rows = ([plain(d["action"]), _approval(d["approval"]), plain(d["type"]), plain(d["rule"])] for d in decided)
    columns = ("Action", "Approval", "Finding type", "Rule")
    console().print(table("For a finding that GuardDuty confirms", columns, rows))


def _approval(approval: str) -> str:
    return f"[{COLOURS[approval]}]{approval}[/]"
