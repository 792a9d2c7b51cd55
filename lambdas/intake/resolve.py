"""Who an IR lead means: the principal of a manual start, looked up in the attacked account.

Forms: the ARN of a user, role, role session, federated user or root; the id of a long-term access key; a user name.
"""

from __future__ import annotations

import re
from typing import Any

from botocore.exceptions import ClientError

from lambdas.core.action import Permission
from lambdas.core.errors import InputRefused, TargetNotFound
from lambdas.core.observe import ANYTHING, observe
from lambdas.core.session import Session
from lambdas.intake.principal import is_access_key_id, is_name, principal

Json = dict[str, Any]

_USER, _ROLE = "arn:{partition}:iam::{account}:user/", "arn:{partition}:iam::{account}:role/"
_PATH = "the path stands in the ARN, and is not known before it is read"
PERMISSIONS = (
    Permission("iam:GetUser", _USER + "{user_name}"),
    Permission("iam:GetUser", _USER + "*/{user_name}", reason=_PATH),
    Permission("iam:GetRole", _ROLE + "{user_name}"),
    Permission("iam:GetRole", _ROLE + "*/{user_name}", reason=_PATH),
    Permission("iam:GetAccessKeyLastUsed", _USER + "*", reason="whose key it is, is what it asks"),
)
NOT_THERE = ("NoSuchEntity", "AccessDenied")
"""GetAccessKeyLastUsed answers AccessDenied for a key of another account."""

_ARN = re.compile(
    r"arn:aws[a-z-]*:(?:iam|sts)::(?P<account>\d{12}):(?P<kind>user|role|assumed-role|federated-user|root)(?:/(?P<rest>\S+))?",
    re.ASCII,
)
_KINDS = {
    "user": "IAMUser",
    "role": "Role",
    "assumed-role": "AssumedRole",
    "federated-user": "FederatedUser",
    "root": "Root",
}


def resolve(start: Json, incident_id: str) -> Json:
    """The principal of a manual start, as intake writes it into an incident.

    Raises InputRefused (principal, account) for what names nothing, TargetNotFound for what does not exist.
    """
    named = named_by(start["principal"], start["account"])
    if named["type"] in ("Root", "FederatedUser"):
        return named
    names = {"user_name": named["user_name"] or ANYTHING}
    session = observe(incident_id, start["account"], start["region"], PERMISSIONS, names, "start")
    return _existing(session, named)


def named_by(text: str, account: str) -> Json:
    """What the text alone says of the principal. Raises InputRefused (principal)."""
    if text.startswith("arn:"):
        return _by_arn(text, account)
    if is_access_key_id(text):
        return _by_key(text)
    if not is_name(text):
        raise InputRefused("principal", "is neither an ARN, nor an access key id, nor the name of a user")
    return principal("IAMUser", text)


def _by_arn(text: str, account: str) -> Json:
    found = _ARN.fullmatch(text)
    if found is None:
        raise InputRefused("principal", "is not the ARN of a user, role, session, federated user or root")
    if found["account"] != account:
        raise InputRefused("principal", f"belongs to account {found['account']}, not to {account}")
    named = principal(_KINDS[found["kind"]], _name_in(found["kind"], found["rest"] or ""), arn=text)
    if named["user_name"] is None and named["type"] != "Root":
        raise InputRefused("principal", "names nobody that IAM could have")
    return named


def _name_in(kind: str, rest: str) -> str:
    """Paths stand before the name of a user or role; a session's name stands after its role's."""
    parts = rest.split("/")
    return parts[0] if kind == "assumed-role" else parts[-1]


def _by_key(text: str) -> Json:
    if not text.startswith("AKIA"):
        raise InputRefused("principal", "is a temporary access key, which names nobody: give the user or role session")
    return principal("IAMUser", access_key_id=text)


def _existing(session: Session, named: Json) -> Json:
    """The same, with what IAM knows of it."""
    iam = session.client("iam")
    try:
        if named["access_key_id"] and not named["user_name"]:
            named = {**named, "user_name": iam.get_access_key_last_used(AccessKeyId=named["access_key_id"])["UserName"]}
        if named["type"] == "IAMUser":
            user = iam.get_user(UserName=named["user_name"])["User"]
            return {**named, "principal_id": user["UserId"], "arn": user["Arn"]}
        role = iam.get_role(RoleName=named["user_name"])["Role"]
    except ClientError as error:
        if error.response["Error"]["Code"] not in NOT_THERE:
            raise
        raise TargetNotFound(f"principal: does not exist in account {session.account}") from error
    return {**named, "principal_id": role["RoleId"], "arn": named["arn"] or role["Arn"]}
