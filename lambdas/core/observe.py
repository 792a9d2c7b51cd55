"""A session that can only read: what every room uses that looks into the attacked account before anything is changed.

A room declares `PERMISSIONS: tuple[Permission, ...]` at module level. The observe member role is rendered from all of
them (`lambdas/planning/observe.py` lists the rooms), and each session is narrowed to those of its own room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lambdas.core.action import Permission
from lambdas.core.session import Session, assume, statements

ANYTHING = "*"


def places(account: str, region: str, names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What permission templates are filled with. A principal's name that is unknown widens to every name."""
    return {"partition": "aws", "account": account, "region": region, "user_name": ANYTHING, **(names or {})}


def names_of(incident: Mapping[str, Any]) -> dict[str, str]:
    return {"user_name": incident["principal"]["user_name"] or ANYTHING}


def observe(
    incident_id: str,
    account: str,
    region: str,
    permissions: Iterable[Permission],
    names: Mapping[str, Any] | None = None,
    step_id: str = "observe",
) -> Session:
    """A read-only session in `account`, allowed only `permissions` on what `names` fill in.

    Raises NotEnrolled where the account's observe role cannot be assumed.
    """
    allowed = statements(permissions, places(account, region, names))
    return observe_with(incident_id, account, region, allowed, step_id)


def observe_with(
    incident_id: str, account: str, region: str, allowed: list[dict[str, Any]], step_id: str = "observe"
) -> Session:
    """The same with IAM statements that are made already."""
    return assume("observe", account, region, incident_id=incident_id, step_id=step_id, allowed=allowed)
