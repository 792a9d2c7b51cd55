"""Deactivate one long-term Bedrock API key, and nothing else of its user.

Facts of AWS, and where they stand:
* A long-term Bedrock API key is a service-specific credential of bedrock.amazonaws.com (IAM User Guide, "API keys for
  Amazon Bedrock"). It serves bedrock-runtime and bedrock-mantle alike, as bearer token and without any signature.
* UpdateServiceSpecificCredential sets it Inactive, reversibly. A key that was made with an end has the further status
  Expired, which nothing leaves again (IAM API reference; botocore's service model).
* A key from the console brings a user of its own, who stays. Short-term keys are no credentials of IAM's: they end with
  the session that they were made from.
"""

from __future__ import annotations

from lambdas.actions._answers import found
from lambdas.actions._fields import ACCOUNT, USER, USER_NAME
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import StateDrifted
from lambdas.core.session import Session

ARN = "arn:{partition}:iam::{account}:user/{user}"
SERVICE = "bedrock.amazonaws.com"
LIST = Permission("iam:ListServiceSpecificCredentials", ARN)
UPDATE = Permission("iam:UpdateServiceSpecificCredential", ARN)

ACTION = Action(
    title="Deactivate Bedrock API key",
    catalogue="iam.bedrock_api_key.deactivate",
    stage="containment",
    machine="contain_credentials",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="bedrock_api_key",
        fields={
            "account": ACCOUNT,
            "user": USER,
            "user_name": USER_NAME,
            "credential_id": {
                "type": "string",
                "pattern": "^[A-Z0-9]{20,128}$",
                "description": "id of the service-specific credential, which is not the key itself",
            },
        },
        label="Bedrock API key {credential_id} of user {user_name}",
        arn=ARN,
    ),
    impact="Every client that calls Bedrock with this key fails until it is activated again or replaced.",
    way_back="Undo activates the key again, if it was active before.",
    permissions={"read": (LIST,), "perform": (LIST, UPDATE), "undo": (LIST, UPDATE)},
)


def read(session: Session, target: Json) -> Json:
    """{exists, status: Active | Inactive | Expired | None, expires: ISO 8601 or None for never}."""
    key = _key(session, target)
    return {"exists": bool(key), "status": key.get("Status"), "expires": key.get("ExpirationDate")}


def achieved(target: Json, state: Json) -> bool:
    return state["status"] in ("Inactive", "Expired")


def perform(session: Session, target: Json, before: Json) -> None:
    """Set the key Inactive. Raises StateDrifted where its user does not have it (any more)."""
    if _present_status(session, target) == "Active":
        _set_status(session, target, "Inactive")


def undo(session: Session, target: Json, before: Json) -> None:
    """Set the key Active, if it was. Raises StateDrifted where it has gone, or has expired, in the meantime."""
    status = _present_status(session, target)
    if before["status"] == "Active" and status == "Expired":
        raise StateDrifted(f"Bedrock API key {target['credential_id']} has expired, and cannot be activated again.")
    if before["status"] == "Active" and status == "Inactive":
        _set_status(session, target, "Active")


def _key(session: Session, target: Json) -> Json:
    """What IAM lists of the key; {} where the user is gone or does not have it."""
    call = session.client("iam").list_service_specific_credentials
    answer = found(call, UserName=target["user_name"], ServiceName=SERVICE) or {}
    keys = answer.get("ServiceSpecificCredentials", [])
    return next((key for key in keys if key["ServiceSpecificCredentialId"] == target["credential_id"]), {})


def _present_status(session: Session, target: Json) -> str:
    key = _key(session, target)
    if not key:
        raise StateDrifted(
            f"User {target['user_name']} does not have Bedrock API key {target['credential_id']} any more: "
            "it was deleted, or the user was replaced. Nothing was changed."
        )
    return str(key["Status"])


def _set_status(session: Session, target: Json, status: str) -> None:
    session.client("iam").update_service_specific_credential(
        UserName=target["user_name"], ServiceSpecificCredentialId=target["credential_id"], Status=status
    )
