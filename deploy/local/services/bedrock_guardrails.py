"""Guardrails of Amazon Bedrock: made, listed, read and deleted. What a guardrail filters is not kept."""

from __future__ import annotations

from typing import Any

from deploy.local.model_service import ApiError, Call, extend
from deploy.local.services.later import becomes, settled
from deploy.local.services.paging import page

Json = dict[str, Any]
_KEPT = ("name", "description", "blockedInputMessaging", "blockedOutputsMessaging")


def install() -> None:
    extend("bedrock", HANDLERS)


def create_guardrail(call: Call, params: Json) -> Json:
    guardrail_id = call.new_id().lower()
    arn = call.arn(f"guardrail/{guardrail_id}")
    item = {
        **{name: params[name] for name in _KEPT if name in params},
        "guardrailId": guardrail_id,
        "id": guardrail_id,
        "guardrailArn": arn,
        "arn": arn,
        "version": "DRAFT",
        "createdAt": call.now,
        "updatedAt": call.now,
    }
    becomes(item, "status", "CREATING", "READY")
    call.state["guardrails"][guardrail_id] = item
    return call.fit(item)


def _guardrail(call: Call, params: Json) -> Json:
    name = params["guardrailIdentifier"].rsplit("/", 1)[-1]
    found = settled(call.state["guardrails"]).get(name)
    if found is None:
        raise ApiError("ResourceNotFoundException", f"The guardrail {name} could not be found.")
    return found


def get_guardrail(call: Call, params: Json) -> Json:
    return call.fit(_guardrail(call, params))


def list_guardrails(call: Call, params: Json) -> Json:
    if params.get("guardrailIdentifier"):
        kept = [_guardrail(call, params)]
    else:
        kept = list(settled(call.state["guardrails"]).values())
    return page([call.fit(item, "guardrails") for item in kept], params, "guardrails", most=1000)


def delete_guardrail(call: Call, params: Json) -> None:
    becomes(_guardrail(call, params), "status", "DELETING", None)


HANDLERS = {
    "CreateGuardrail": create_guardrail,
    "GetGuardrail": get_guardrail,
    "ListGuardrails": list_guardrails,
    "DeleteGuardrail": delete_guardrail,
}
