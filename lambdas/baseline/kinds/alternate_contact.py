"""The account's security contact: whom AWS tells of abuse. The same in every Region, it stands in each record."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import found
from lambdas.core.action import Permission
from lambdas.core.session import Session

HOME = "us-east-1"
PERMISSIONS = (Permission("account:GetAlternateContact", "arn:{partition}:account::{account}:account"),)
EVENTS = ("PutAlternateContact", "DeleteAlternateContact")


def read(session: Session) -> dict[str, Any]:
    """{security: {Name, Title, EmailAddress, PhoneNumber, AlternateContactType}}: null where there is none."""
    answer = found(session.client("account", HOME).get_alternate_contact, AlternateContactType="SECURITY")
    return {"security": answer and answer["AlternateContact"]}
