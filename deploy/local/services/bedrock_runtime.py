"""Amazon Bedrock's inference: every model gives one short synthetic answer. That it was called is what matters here."""

from __future__ import annotations

import json
from typing import Any

from deploy.local.model_service import Call, extend

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
    return {"body": json.dumps(body).encode(), "contentType": "application/json"}


def converse(call: Call, params: Json) -> Json:
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": TEXT}]}},
        "stopReason": "end_turn",
        "usage": _USAGE,
        "metrics": {"latencyMs": 1},
    }
