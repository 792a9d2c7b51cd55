"""Whom the responder never touches, whatever a finding says: itself, AWS's own roles, and the break-glass users.

Told by what an attacker cannot choose. Only AWS can make roles in the paths of service-linked roles and of IAM Identity
Center (IAM User Guide, "Create a service-linked role"; Identity Center User Guide, "Referencing permission sets");
the responder's own roles are named exactly, so that a role whose name merely begins alike is not spared.

The operator's own list holds ARNs, names, or patterns of either with `*`. Case makes no difference, as IAM keeps no two
users or roles of an account whose names differ by nothing else (IAM User Guide, "IAM identifiers").
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase

from lambdas.core.action import POWERS

ROOMS = ("intake", "resume", "reconcile", "ask", "notice", "page", "report", "machines")
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
    return "it is a protected principal (break-glass)" if is_listed(arn, name) else None


def own_roles() -> set[str]:
    return {f"{os.environ['PREFIX']}-{name}" for name in own_names()}


def own_names() -> tuple[str, ...]:
    """The names of the responder's own roles, there and in the members, behind the prefix."""
    return (*POWERS, *ROOMS, *(f"member-{power}" for power in POWERS))


def is_listed(arn: str, name: str) -> bool:
    """Does a pattern of the operator's list fit the ARN or the name?"""
    return any(fnmatchcase(text.lower(), pattern) for text in (arn, name) for pattern in listed())


def listed() -> set[str]:
    """What the operator protects, in lower case."""
    return {text.strip().lower() for text in os.environ["PROTECTED_PRINCIPALS"].split(",")} - {""}
