"""The IAM user that an incident is about, as IAM itself knows them.

A finding's user name is not taken on trust: GetAccessKeyLastUsed answers the UserName that owns a long-term key (IAM
API reference), and GetUser the path and the unique id. A user who was deleted and made again under the same name has
another id (IAM User Guide, "Unique identifiers").
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code, found
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean, pick
from lambdas.core.session import Session

Json = dict[str, Any]

ANY_USER = "arn:{partition}:iam::{account}:user/*"
PERMISSIONS = (
    Permission("iam:GetAccessKeyLastUsed", ANY_USER, reason="whose key it is, is what it asks"),
    Permission("iam:GetUser", ANY_USER, reason="the path in the user's ARN"),
)
OTHERS = {
    "FederatedUser": "is a federated user, whose name anybody may choose: contain the user who issued the session",
    "Root": "is the root user, whose credentials only a person can take back",
}


def user(session: Session, incident: Json) -> Json:
    """{UserName, UserId, Arn, ...} as GetUser answers it. Raises NotOurs where the principal is no user of IAM's."""
    iam, key = session.client("iam"), pick(incident, "principal.access_key_id", "")
    return _owner(iam, key) if key.startswith("AKIA") else _named(iam, incident["principal"])


def _owner(iam: Any, key: str) -> Json:
    owner = _owner_name(iam, key)
    answer = found(iam.get_user, UserName=owner) if owner else None
    if answer is None:
        raise NotOurs(f"IAM knows no owner of access key {key}: it is deleted, or of another account.")
    user: Json = answer["User"]
    return user


def _owner_name(iam: Any, key: str) -> str | None:
    try:
        answer = found(iam.get_access_key_last_used, AccessKeyId=key)
    except ClientError as error:
        # Seen for keys of other accounts, which IAM does not tell from keys that one may not see.
        if error_code(error) != "AccessDenied":
            raise
        return None
    return answer["UserName"] if answer else None


def _named(iam: Any, principal: Json) -> Json:
    """The user of that name, if it is still the same one. A temporary key's user cannot be asked for."""
    if principal["type"] != "IAMUser" or not principal["user_name"]:
        raise NotOurs(f"The incident's principal {OTHERS.get(principal['type'], 'is no IAM user')}.")
    answer = found(iam.get_user, UserName=principal["user_name"])
    if answer is None:
        raise NotOurs(f"IAM knows no user {principal['user_name']}: it is deleted, or of another account.")
    user: Json = answer["User"]
    given = pick(principal, "principal_id", "")
    if given.startswith("AIDA") and given != user["UserId"]:
        raise NotOurs(f"User {principal['user_name']} was deleted and made again since: it is not who is reported.")
    return user


def misnamed(incident: Json, user_name: str) -> str:
    """A sentence for the approver where the finding names another user than IAM, else nothing."""
    named = clean(pick(incident, "principal.user_name", ""), 64)
    if not named or named == user_name:
        return ""
    return f" The finding names its user as {named}; IAM says that it belongs to {user_name}."
