"""deploy/generated/catalogue.json: all actions as `responder actions --json` prints them."""

from __future__ import annotations

import json
from pathlib import Path

from lambdas.core.action import Action, Json, all_actions


def files() -> dict[Path, str]:
    return {Path("deploy/generated/catalogue.json"): json.dumps(catalogue(), indent=2) + "\n"}


def catalogue() -> list[Json]:
    return [_entry(action_id, module.ACTION) for action_id, module in all_actions()]


def _entry(action_id: str, action: Action) -> Json:
    return {
        "id": action_id,
        "catalogue": action.catalogue,
        "title": action.title,
        "stage": action.stage,
        "approval": action.approval,
        "reversibility": action.reversibility,
        "permissions": sorted({p.action for declared in action.permissions.values() for p in declared}),
        "playbooks": list(action.playbooks),
        "machine": action.machine,
        "power": action.power,
    }
