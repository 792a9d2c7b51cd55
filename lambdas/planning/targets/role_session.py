"""The one session of a role that made the suspicious calls.

A session is told by its aws:userid, `<unique id of the role>:<name of the session>` (IAM User Guide, "AWS global
condition context keys"). A finding has it as principal id, an IR lead's start by ARN has the session's name in the ARN.
"""

from __future__ import annotations

import re
from typing import Any

from lambdas.actions._answers import found
from lambdas.actions._fields import in_arn
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = (
    Permission("iam:GetRole", "arn:{partition}:iam::{account}:role/*", reason="the path in the role's ARN, and its id"),
)
_USER_ID = re.compile(r"(?P<role_id>AROA[A-Z0-9]+)(?::(?P<session>[\w+=,.@-]{2,64}))?", re.ASCII)
_ARN = re.compile(r"arn:[^:]+:sts::\d{12}:assumed-role/[^/]+/(?P<session>[\w+=,.@-]{2,64})", re.ASCII)


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where the principal is no session of a role, or IAM does not know that role."""
    role_id, name = _told(incident["principal"])
    role_name = incident["principal"]["user_name"]
    role = found(session.client("iam").get_role, RoleName=role_name) if role_name else None
    if role is None or role["Role"]["RoleId"] != role_id:
        raise NotOurs("IAM knows no such role: it is deleted, was made again since, or is of another account.")
    target = {
        "account": incident["account"],
        "incident_id": incident["incident_id"],
        "role": in_arn(role["Role"]["Arn"].partition(":role/")[2]),
        "role_name": role_name,
        "role_id": role_id,
        "session_name": name,
        "since": f"{incident['opened_at'][:19]}Z",
    }
    return [Candidate(target, "The suspicious calls were made in this session of the role, and in no other.")]


def _told(principal: Json) -> tuple[str, str]:
    """(the role's unique id, the session's name)."""
    if principal["type"] != "AssumedRole":
        raise NotOurs("The incident's principal is no session of a role.")
    by_id = _USER_ID.fullmatch(pick(principal, "principal_id", ""))
    by_arn = _ARN.fullmatch(pick(principal, "arn", ""))
    name = (by_id and by_id["session"]) or (by_arn and by_arn["session"])
    if by_id is None or not name:
        raise NotOurs("The incident does not say which session of the role it was.")
    return by_id["role_id"], name
