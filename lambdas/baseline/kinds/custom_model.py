"""Models of one Region that are the account's own: customised and imported ones."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import listed
from lambdas.core.action import Permission
from lambdas.core.session import Session

PERMISSIONS = (Permission("bedrock:ListCustomModels"), Permission("bedrock:ListImportedModels"))
EVENTS = (
    "CreateModelCustomizationJob",
    "CreateCustomModel",
    "DeleteCustomModel",
    "CreateModelImportJob",
    "DeleteImportedModel",
)


def read(session: Session) -> dict[str, Any]:
    """{custom: {arn: {modelName}}, imported: {arn: {modelName}}}."""
    client = session.client("bedrock")
    return {"custom": _models(client, "list_custom_models"), "imported": _models(client, "list_imported_models")}


def _models(client: Any, operation: str) -> dict[str, Any]:
    models = listed(client, operation, "modelSummaries")
    return {model["modelArn"]: {"modelName": model["modelName"]} for model in models}
