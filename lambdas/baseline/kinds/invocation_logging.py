"""Model invocation logging of one Region. The whole configuration is kept: a flag that was flipped is tampering too."""

from __future__ import annotations

from typing import Any

from lambdas.core.action import Permission
from lambdas.core.session import Session

PERMISSIONS = (Permission("bedrock:GetModelInvocationLoggingConfiguration"),)
EVENTS = ("PutModelInvocationLoggingConfiguration", "DeleteModelInvocationLoggingConfiguration")


def read(session: Session) -> dict[str, Any]:
    """{loggingConfig}: null where logging is off, for which Bedrock leaves the field out."""
    answer = session.client("bedrock").get_model_invocation_logging_configuration()
    return {"loggingConfig": answer.get("loggingConfig")}
