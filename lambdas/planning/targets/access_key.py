"""The incident's own access key, if it is a long-term one, with its owner as IAM itself names them."""

from __future__ import annotations

from typing import Any

from lambdas.actions._fields import in_arn
from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean, pick
from lambdas.core.session import Session
from lambdas.planning import suspect
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = suspect.PERMISSIONS
REFUSED = {
    "ASIA": "is temporary: it cannot be deactivated, only its session can be denied",
    "ABIA": "is a Bedrock API key: it is deactivated by another call",
}


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where the incident has no long-term key, or IAM does not know it."""
    key = pick(incident, "principal.access_key_id", "")
    _require_long_term(key)
    user = suspect.user(session, incident)
    target = {
        "account": incident["account"],
        "user": in_arn(user["Arn"].partition(":user/")[2]),
        "user_name": user["UserName"],
        "access_key_id": key,
    }
    why = "The suspicious calls were signed with this key."
    return [Candidate(target, why + suspect.misnamed(incident, user["UserName"]))]


def _require_long_term(key: str) -> None:
    if not key:
        raise NotOurs("The incident names no access key.")
    if not key.startswith("AKIA"):
        raise NotOurs(f"Access key {clean(key, 30)} {REFUSED.get(key[:4], 'is not a long-term key of an IAM user')}.")
