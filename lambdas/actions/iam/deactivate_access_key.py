"""Deactivate one long-term access key, and nothing else of its user.

Facts of AWS, and where they stand:
* UpdateAccessKey sets a key Inactive, reversibly; it takes long-term keys only. Ids that begin with ASIA are
  temporary and have no status (IAM API reference, UpdateAccessKey; IAM User Guide, "Unique identifiers").
* Sessions that were made from the key before (GetSessionToken, GetFederationToken) stay valid until they expire, up to
  36 hours. That is another action's task (IAM User Guide, "Disabling permissions for temporary credentials").
* Setting a key Inactive that is Inactive already is no error. So only `read` can tell whether it was us, and a key that
  its owner had switched off before stays off after an undo.
"""

from __future__ import annotations

from lambdas.actions._answers import listed, plain
from lambdas.actions._fields import ACCOUNT, USER, USER_NAME
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import StateDrifted
from lambdas.core.session import Session

ARN = "arn:{partition}:iam::{account}:user/{user}"
LIST = Permission("iam:ListAccessKeys", ARN)
UPDATE = Permission("iam:UpdateAccessKey", ARN)
LAST_USED = Permission("iam:GetAccessKeyLastUsed", ARN, reason="shows the approver which workload may break")

ACTION = Action(
    title="Deactivate access key",
    catalogue="iam.access_key.deactivate",
    stage="containment",
    machine="contain_credentials",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="access_key",
        fields={
            "account": ACCOUNT,
            "user": USER,
            "user_name": USER_NAME,
            "access_key_id": {
                "type": "string",
                "pattern": "^AKIA[A-Z0-9]{12,124}$",
                "description": "a long-term key; an ASIA key is temporary and cannot be deactivated",
            },
        },
        label="access key {access_key_id} of user {user_name}",
        arn=ARN,
    ),
    impact="Every workload that signs with this key fails until it is activated again or replaced.",
    way_back="Undo activates the key again, if it was active before.",
    playbooks=("bedrock", "amazon_q"),
    permissions={
        "read": (LIST, LAST_USED),
        "perform": (LIST, UPDATE),
        "undo": (LIST, UPDATE),
    },
    volatile=("last_used",),
)


def read(session: Session, target: Json) -> Json:
    """{exists, status: Active | Inactive | None, user_name, last_used: {LastUsedDate, ServiceName, Region} | None}."""
    status = _status(session, target)
    return {
        "exists": status is not None,
        "status": status,
        "user_name": target["user_name"],
        "last_used": _last_used(session, target) if status else None,
    }


def achieved(target: Json, state: Json) -> bool:
    return bool(state["exists"] and state["status"] == "Inactive")


def perform(session: Session, target: Json, before: Json) -> None:
    """Set the key Inactive. Raises StateDrifted where its user does not have it (any more)."""
    if _present_status(session, target) == "Active":
        _set_status(session, target, "Inactive")


def undo(session: Session, target: Json, before: Json) -> None:
    """Set the key Active, if it was. Raises StateDrifted where its user does not have it any more."""
    if before["status"] == "Active" and _present_status(session, target) == "Inactive":
        _set_status(session, target, "Active")


def _status(session: Session, target: Json) -> str | None:
    """The key's status; None where the user is gone or does not have that key."""
    keys = listed(session.client("iam"), "list_access_keys", "AccessKeyMetadata", UserName=target["user_name"])
    return next((key["Status"] for key in keys if key["AccessKeyId"] == target["access_key_id"]), None)


def _present_status(session: Session, target: Json) -> str:
    status = _status(session, target)
    if status is None:
        raise StateDrifted(
            f"User {target['user_name']} does not have access key {target['access_key_id']} any more: "
            "it was deleted, or the user was replaced. Nothing was changed."
        )
    return status


def _last_used(session: Session, target: Json) -> Json:
    answer = session.client("iam").get_access_key_last_used(AccessKeyId=target["access_key_id"])
    used: Json = plain(answer["AccessKeyLastUsed"])
    return used


def _set_status(session: Session, target: Json, status: str) -> None:
    session.client("iam").update_access_key(
        UserName=target["user_name"], AccessKeyId=target["access_key_id"], Status=status
    )
