"""The incident's own access key, if it is a long-term one, with its owner as IAM itself names them.

A finding's user name is not taken on trust: GetAccessKeyLastUsed answers the UserName that owns a key (IAM API
reference), and GetUser the path that stands in the user's ARN.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code, found
from lambdas.actions._fields import in_arn
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean, pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

ANY_USER = "arn:{partition}:iam::{account}:user/*"
PERMISSIONS = (
    Permission("iam:GetAccessKeyLastUsed", ANY_USER, reason="whose key it is, is what it asks"),
    Permission("iam:GetUser", ANY_USER, reason="the path in the user's ARN"),
)
REFUSED = {
    "ASIA": "is temporary: it cannot be deactivated, only its session can be denied",
    "ABIA": "is a Bedrock API key: it is deactivated by another call",
}


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where the incident has no long-term key, or IAM does not know it."""
    key = pick(incident, "principal.access_key_id", "")
    _require_long_term(key)
    iam = session.client("iam")
    owner = _owner(iam, key)
    user = found(iam.get_user, UserName=owner) if owner else None
    if user is None:
        raise NotOurs(f"IAM knows no owner of access key {key}: it is deleted, or of another account.")
    target = {
        "account": incident["account"],
        "user": in_arn(user["User"]["Arn"].partition(":user/")[2]),
        "user_name": owner,
        "access_key_id": key,
    }
    return [Candidate(target, _why(incident, target))]


def _owner(iam: Any, key: str) -> str | None:
    try:
        answer = found(iam.get_access_key_last_used, AccessKeyId=key)
    except ClientError as error:
        # Seen for keys of other accounts, which IAM does not tell from keys that one may not see.
        if error_code(error) != "AccessDenied":
            raise
        return None
    return answer["UserName"] if answer else None


def _require_long_term(key: str) -> None:
    if not key:
        raise NotOurs("The incident names no access key.")
    if not key.startswith("AKIA"):
        raise NotOurs(f"Access key {clean(key, 30)} {REFUSED.get(key[:4], 'is not a long-term key of an IAM user')}.")


def _why(incident: Json, target: Json) -> str:
    named = clean(pick(incident, "principal.user_name", ""), 64)
    why = "The suspicious calls were signed with this key."
    if named and named != target["user_name"]:
        return f"{why} The finding names its user as {named}; IAM says that it belongs to {target['user_name']}."
    return why
