"""Amazon Bedrock's inference: every model gives one short synthetic answer. That it was called is what matters here."""

from __future__ import annotations

import json
from typing import Any

from deploy.local.model_service import Call, extend
from deploy.local.services import invocation_logs

Json = dict[str, Any]
TEXT = "This is a synthetic answer of the embedded AWS; no model was asked."
_USAGE = {"inputTokens": 8, "outputTokens": 14, "totalTokens": 22}


def install() -> None:
    extend("bedrock-runtime", {"InvokeModel": invoke_model, "Converse": converse})


def invoke_model(call: Call, params: Json) -> Json:
    body = {
        "type": "message",
        "role": "assistant",
        "model": params["modelId"],
        "content": [{"type": "text", "text": TEXT}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": _USAGE["inputTokens"], "output_tokens": _USAGE["outputTokens"]},
    }
    _log(call, params["modelId"], _spoken(params.get("body")), body)
    return {"body": json.dumps(body).encode(), "contentType": "application/json"}


def converse(call: Call, params: Json) -> Json:
    output = {"message": {"role": "assistant", "content": [{"text": TEXT}]}}
    answer = {"output": output, "stopReason": "end_turn", "usage": _USAGE, "metrics": {"latencyMs": 1}}
    _log(call, params["modelId"], {"messages": params.get("messages", [])}, answer)
    return answer


def _log(call: Call, model: str, asked: Any, answered: Any) -> None:
    invocation_logs.deliver(call, model, asked, answered, (_USAGE["inputTokens"], _USAGE["outputTokens"]))


def _spoken(body: bytes | None) -> Any:
    """The request as JSON; what is none is not in the log."""
    try:
        return json.loads(body or b"null")
    except ValueError:
        return None
