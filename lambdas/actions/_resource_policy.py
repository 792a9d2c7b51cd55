"""Does a resource policy let an AWS service do something? As much of IAM's evaluation as that question needs.

Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements". An Allow counts when its principal,
action and resource match and its conditions on the source account or ARN hold. A Deny counts only where it is
unconditional, because the usual conditional ones (no TLS, wrong key) do not concern an AWS service's own calls.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What the service would ask for. `context` holds condition keys in lower case, such as `aws:sourceaccount`."""

    service: str
    action: str
    resource: str
    context: Mapping[str, str]


def allows(policy: Json, request: Request) -> bool:
    """True if a statement of the policy allows the request and none denies it unconditionally."""
    matching = [s for s in _list(policy.get("Statement")) if _matches(s, request)]
    denied = any(s["Effect"] == "Deny" and not s.get("Condition") for s in matching)
    return not denied and any(s["Effect"] == "Allow" and _conditions_hold(s, request) for s in matching)


def _matches(statement: Json, request: Request) -> bool:
    return (
        _principal_matches(statement.get("Principal"), request.service)
        and _any(statement.get("Action"), request.action.lower(), lower=True)
        # A role's trust policy has no Resource: it stands on the role itself.
        and ("Resource" not in statement or _any(statement["Resource"], request.resource))
    )


def _principal_matches(principal: Any, service: str) -> bool:
    if isinstance(principal, dict):
        return service in _list(principal.get("Service")) or "*" in _list(principal.get("AWS"))
    return bool(principal == "*")


def _conditions_hold(statement: Json, request: Request) -> bool:
    """Every condition on a key that the service is known to send; others are left for AWS's own test to judge."""
    tests = [
        (operator, request.context[key.lower()], values)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
        if key.lower() in request.context
    ]
    return all(_any(values, sent) != ("Not" in operator) for operator, sent, values in tests)


def _any(patterns: Any, value: str, lower: bool = False) -> bool:
    return any(_like(p.lower() if lower else p, value) for p in _list(patterns))


def _like(pattern: str, value: str) -> bool:
    return bool(re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), value, re.DOTALL))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
