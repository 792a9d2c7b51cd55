"""Imported models of Amazon Bedrock: an import is done at once. moto has custom models."""

from __future__ import annotations

from typing import Any

from deploy.local.model_service import ApiError, Call, extend
from deploy.local.services.paging import page

Json = dict[str, Any]


def install() -> None:
    extend("bedrock", HANDLERS)


def create_model_import_job(call: Call, params: Json) -> Json:
    name = params["importedModelName"]
    if any(model["modelName"] == name for model in call.state["imported_models"].values()):
        raise ApiError("ConflictException", f"A model with the name {name} exists already.")
    arn = call.arn(f"imported-model/{call.new_id(12).lower()}")
    call.state["imported_models"][arn] = {"modelArn": arn, "modelName": name, "creationTime": call.now}
    return {"jobArn": call.arn(f"model-import-job/{call.new_id(12).lower()}")}


def list_imported_models(call: Call, params: Json) -> Json:
    wanted = params.get("nameContains", "")
    kept = [model for model in call.state["imported_models"].values() if wanted in model["modelName"]]
    return page(kept, params, "modelSummaries", most=1000)


def delete_imported_model(call: Call, params: Json) -> None:
    name = params["modelIdentifier"]
    models = call.state["imported_models"]
    arn = next((arn for arn, model in models.items() if name in (arn, model["modelName"])), None)
    if arn is None:
        raise ApiError("ResourceNotFoundException", f"The imported model {name} could not be found.")
    del models[arn]


HANDLERS = {
    "CreateModelImportJob": create_model_import_job,
    "ListImportedModels": list_imported_models,
    "DeleteImportedModel": delete_imported_model,
}
