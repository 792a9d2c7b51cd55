"""The long-term Bedrock API keys of the incident's user: whoever holds one needs neither access key nor signature."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import plain
from lambdas.actions._fields import in_arn
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import pick
from lambdas.core.session import Session
from lambdas.planning import suspect
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

SERVICE = "bedrock.amazonaws.com"
PERMISSIONS = (
    *suspect.PERMISSIONS,
    Permission("iam:ListServiceSpecificCredentials", suspect.ANY_USER, reason="whose keys, is known only by the read"),
)


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate for each key. Raises NotOurs where the incident's principal is no IAM user, or has none."""
    user = suspect.user(session, incident)
    # There is no paginator, and a user has at most two (IAM User Guide, "API keys for Amazon Bedrock").
    answer = session.client("iam").list_service_specific_credentials(UserName=user["UserName"], ServiceName=SERVICE)
    keys = plain(answer)["ServiceSpecificCredentials"]
    if not keys:
        raise NotOurs(f"User {user['UserName']} has no Bedrock API key.")
    return [Candidate(_target(incident, user, key), _why(incident, key)) for key in keys]


def _target(incident: Json, user: Json, key: Json) -> Json:
    return {
        "account": incident["account"],
        "user": in_arn(user["Arn"].partition(":user/")[2]),
        "user_name": user["UserName"],
        "credential_id": key["ServiceSpecificCredentialId"],
    }


def _why(incident: Json, key: Json) -> str:
    if key["ServiceSpecificCredentialId"] == pick(incident, "principal.access_key_id"):
        return "The suspicious calls were made with this Bedrock API key."
    return "It belongs to the user who made the suspicious calls, and works without any other of their credentials."
