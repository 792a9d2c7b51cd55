"""Whom the responder never touches, whatever a finding says: itself, AWS's own roles, and the break-glass users.

Told by what an attacker cannot choose. Only AWS can make roles in the paths of service-linked roles and of IAM Identity
Center (IAM User Guide, "Create a service-linked role"; Identity Center User Guide, "Referencing permission sets");
the responder's own roles are named exactly, so that a role whose name merely begins alike is not spared.
"""

from __future__ import annotations

import os
import re

from lambdas.core.action import POWERS

ROOMS = ("intake", "ask", "page", "report", "machines", "events")
_IDENTITY = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:(?P<kind>user|role)/(?P<path>(?:[^/]+/)*)(?P<name>[^/]+)", re.ASCII)


def why_protected(arn: str) -> str | None:
    """Why nothing may be done to this user or role, in words; None for everything else."""
    found = _IDENTITY.fullmatch(arn)
    if found is None:
        return None
    kind, path, name = found["kind"], found["path"], found["name"]
    if kind == "role" and path.startswith("aws-service-role/"):
        return "it is a service-linked role, which only AWS can change"
    if kind == "role" and path.startswith("aws-reserved/"):
        return "it is a role of IAM Identity Center, which is changed there"
    if kind == "role" and name in own_roles():
        return "it is a role of the responder itself"
    return "it is a protected principal (break-glass)" if {arn, name} & listed() else None


def own_roles() -> set[str]:
    prefix = os.environ["PREFIX"]
    return {f"{prefix}-{name}" for name in (*POWERS, *ROOMS, *(f"member-{power}" for power in POWERS))}


def listed() -> set[str]:
    """Names or ARNs that the operator protects."""
    return {text.strip() for text in os.environ.get("PROTECTED_PRINCIPALS", "").split(",")} - {""}
