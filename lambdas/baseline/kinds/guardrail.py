"""Guardrails of one Region with all their policies: a loosened filter is tampering, though the guardrail stands."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import found, listed
from lambdas.core.action import Permission
from lambdas.core.session import Session

PERMISSIONS = (
    Permission("bedrock:ListGuardrails", reason="asked for all guardrails, the call names none to be its resource"),
    Permission("bedrock:GetGuardrail", "arn:{partition}:bedrock:{region}:{account}:guardrail/*"),
)
EVENTS = ("CreateGuardrail", "UpdateGuardrail", "DeleteGuardrail", "CreateGuardrailVersion")
BY_ITSELF = ("status", "statusReasons", "failureRecommendations", "createdAt", "updatedAt")


def read(session: Session) -> dict[str, Any]:
    """{guardrails: {id: GetGuardrail's answer about its draft, without what changes by itself}}."""
    client = session.client("bedrock")
    ids = [summary["id"] for summary in listed(client, "list_guardrails", "guardrails")]
    answers = [found(client.get_guardrail, guardrailIdentifier=guardrail_id) for guardrail_id in ids]
    return {"guardrails": {answer["guardrailId"]: _facts(answer) for answer in answers if answer}}


def _facts(guardrail: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in guardrail.items() if name not in BY_ITSELF}
