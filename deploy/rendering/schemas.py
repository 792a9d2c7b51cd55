"""schemas/actions/<id>.json: the JSON Schema of what a step of each action acts on."""

from __future__ import annotations

import json
from pathlib import Path

from lambdas.core.action import Action, Json, all_actions

FOLDER = Path("schemas/actions")


def files() -> dict[Path, str]:
    return {
        FOLDER / f"{action_id}.json": json.dumps(target_schema(action_id, module.ACTION), indent=2) + "\n"
        for action_id, module in all_actions()
    }


def target_schema(action_id: str, action: Action) -> Json:
    target = action.target
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Target of {action_id}",
        "description": f"What a step of this action acts on: {target.label}",
        "type": "object",
        "required": [name for name in target.fields if name not in target.optional],
        "additionalProperties": False,
        "properties": dict(target.fields),
    }
