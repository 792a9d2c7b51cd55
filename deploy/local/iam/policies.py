"""Policy documents: parsed once for each text, evaluated for each request.

Source: IAM User Guide, "Policy evaluation logic": an explicit Deny ends it, else one Allow is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from deploy.local.iam.conditions import satisfied
from deploy.local.iam.patterns import Context, matches, matches_in

Effect = Literal["Allow", "Deny"]


@dataclass(frozen=True)
class Principal:
    """Who asks: `arns` is every ARN that names the caller (session, role, user, account), or a service's name."""

    arns: tuple[str, ...] = ()
    service: str = ""
    account: str = ""


@dataclass(frozen=True)
class Asked:
    """One action on one resource, with the condition keys of the request (keys in lower case)."""

    action: str
    resource: str
    context: Context = field(default_factory=dict)
    principal: Principal = Principal()


@dataclass(frozen=True)
class Statement:
    effect: Effect
    actions: tuple[str, ...] | None
    not_actions: tuple[str, ...] | None
    resources: tuple[str, ...] | None
    not_resources: tuple[str, ...] | None
    principals: Mapping[str, tuple[str, ...]] | None
    not_principals: Mapping[str, tuple[str, ...]] | None
    condition: Mapping[str, Mapping[str, Any]]
    variables: bool
    sid: str = ""

    def applies(self, asked: Asked) -> bool:
        """Whether this statement speaks of the request. Raises UnknownOperatorError for a condition it cannot judge."""
        return (
            self._names_action(asked)
            and self._names_resource(asked)
            and self._names_principal(asked)
            and satisfied(self.condition, asked.context)
        )

    def _names_action(self, asked: Asked) -> bool:
        if self.actions is not None:
            return any(matches(a, asked.action, fold=True) for a in self.actions)
        return not any(matches(a, asked.action, fold=True) for a in self.not_actions or ())

    def _names_resource(self, asked: Asked) -> bool:
        if self.resources is not None:
            return self._any_resource(self.resources, asked)
        return self.not_resources is None or not self._any_resource(self.not_resources, asked)

    def _any_resource(self, patterns: tuple[str, ...], asked: Asked) -> bool:
        if not self.variables:
            return any(matches(p, asked.resource) for p in patterns)
        return any(matches_in(p, asked.resource, asked.context) for p in patterns)

    def _names_principal(self, asked: Asked) -> bool:
        if self.principals is not None:
            return _is_one_of(asked.principal, self.principals)
        return self.not_principals is None or not _is_one_of(asked.principal, self.not_principals)


def _is_one_of(principal: Principal, named: Mapping[str, tuple[str, ...]]) -> bool:
    if "*" in named.get("AWS", ()) or "*" in named.get("*", ()):
        return True
    if principal.service:
        return any(matches(name, principal.service) for name in named.get("Service", ()))
    account = (principal.account, f"arn:aws:iam::{principal.account}:root")
    return any(name in account or name in principal.arns for name in named.get("AWS", ()))


@lru_cache(maxsize=4096)
def parse(text: str) -> tuple[Statement, ...]:
    """The statements of a policy document. Raises ValueError where it is not JSON."""
    document = json.loads(text)
    variables = document.get("Version") == "2012-10-17"
    return tuple(_statement(s, variables) for s in _listed(document.get("Statement")) or ())


def _statement(raw: Mapping[str, Any], variables: bool) -> Statement:
    return Statement(
        effect=raw["Effect"],
        actions=_listed(raw.get("Action")),
        not_actions=_listed(raw.get("NotAction")),
        resources=_listed(raw.get("Resource")),
        not_resources=_listed(raw.get("NotResource")),
        principals=_principals(raw.get("Principal")),
        not_principals=_principals(raw.get("NotPrincipal")),
        condition=raw.get("Condition") or {},
        variables=variables,
        sid=raw.get("Sid", ""),
    )


def _listed(value: Any) -> tuple[Any, ...] | None:
    if value is None:
        return None
    return tuple(value) if isinstance(value, list) else (value,)


def _principals(value: Any) -> Mapping[str, tuple[str, ...]] | None:
    if value is None or isinstance(value, str):
        return None if value is None else {value: (value,)}
    return {kind: _listed(names) or () for kind, names in value.items()}


def effect(statements: Iterable[Statement], asked: Asked) -> Effect | None:
    """ "Deny" if one statement denies, else "Allow" if one allows, else None."""
    answer: Effect | None = None
    for statement in statements:
        if not statement.applies(asked):
            continue
        if statement.effect == "Deny":
            return "Deny"
        answer = "Allow"
    return answer
