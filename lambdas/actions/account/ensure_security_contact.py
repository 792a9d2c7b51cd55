"""Set the account's SECURITY alternate contact to the one that is recognised: whom AWS tells of abuse and compromise.

Facts of AWS, and where they stand:
* An account has one contact of each type. PutAlternateContact replaces it whole; GetAlternateContact answers
  ResourceNotFoundException where there is none (AWS Account Management reference guide).
* The parameter AccountId is for the management account and delegated administrators. Here the account's own role calls,
  which gives none.
* Whoever wants to stay unnoticed changes this contact: one that differs from the baseline is itself an indicator. The
  plan keeps it, and it is replaced only with approval.
"""

from __future__ import annotations

from lambdas.actions._answers import found
from lambdas.actions._fields import ACCOUNT
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import StateDrifted
from lambdas.core.session import Session

HOME = "us-east-1"
SECURITY = "SECURITY"
FIELDS = ("Name", "Title", "EmailAddress", "PhoneNumber")
OWN = "arn:{partition}:account::{account}:account"
GET = Permission("account:GetAlternateContact", OWN)
PUT = Permission("account:PutAlternateContact", OWN)
DELETE = Permission("account:DeleteAlternateContact", OWN, reason="undo, where there was none before")

ACTION = Action(
    title="Set security contact",
    catalogue="account.security_contact.ensure",
    stage="notification",
    machine="notify",
    power="notify",
    approval="one",
    reversibility="full",
    target=Target(
        kind="security_contact",
        fields={
            "account": ACCOUNT,
            "contact": {
                "type": "object",
                "required": list(FIELDS),
                "additionalProperties": False,
                "properties": {
                    "Name": {"type": "string", "minLength": 1, "maxLength": 64},
                    "Title": {"type": "string", "minLength": 1, "maxLength": 50},
                    "EmailAddress": {"type": "string", "pattern": r"^[\w+=.#|!&-]+@[\w.-]+\.\w+$", "maxLength": 254},
                    "PhoneNumber": {"type": "string", "pattern": r"^[\s0-9()+-]{1,25}$"},
                },
                "description": "the recognised contact: from the baseline, or as configured where that has none",
            },
        },
        label="security contact of account {account}",
        arn=OWN,
    ),
    impact="AWS's mails about security go to the recognised contact, and no longer to whoever is set now.",
    way_back="Undo puts the former contact back, or removes ours if there was none.",
    playbooks=("bedrock", "amazon_q"),
    permissions={"read": (GET,), "perform": (GET, PUT), "undo": (GET, PUT, DELETE)},
)


def read(session: Session, target: Json) -> Json:
    """{contact: {Name, Title, EmailAddress, PhoneNumber} | None}."""
    answer = found(session.client("account", HOME).get_alternate_contact, AlternateContactType=SECURITY)
    return {"contact": answer and {name: answer["AlternateContact"].get(name) for name in FIELDS}}


def achieved(target: Json, state: Json) -> bool:
    return bool(state["contact"] == target["contact"])


def perform(session: Session, target: Json, before: Json) -> None:
    """Set the contact. Raises StateDrifted where somebody changed it since the plan was made."""
    now = read(session, target)
    if achieved(target, now):
        return
    _require_same(now, before)
    _put(session, target["contact"])


def undo(session: Session, target: Json, before: Json) -> None:
    """Put the former contact back, or none. Raises StateDrifted where what is set now is neither ours nor that."""
    now = read(session, target)
    if now == before:
        return
    _require_same(now, {"contact": target["contact"]})
    if before["contact"]:
        _put(session, before["contact"])
    else:
        session.client("account", HOME).delete_alternate_contact(AlternateContactType=SECURITY)


def _require_same(now: Json, expected: Json) -> None:
    if now != expected:
        raise StateDrifted("Somebody changed the security contact in the meantime. Nothing was changed.")


def _put(session: Session, contact: Json) -> None:
    session.client("account", HOME).put_alternate_contact(AlternateContactType=SECURITY, **contact)
