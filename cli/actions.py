"""`responder actions`: what the responder can do, from the catalogue rendered from the actions' declarations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli.failures import NOT_FOUND, CommandFailed
from cli.screen import console, plain, print_json, table

CATALOGUE = Path(__file__).parents[1] / "deploy" / "generated" / "catalogue.json"
FIELDS = ("id", "catalogue", "title", "stage", "approval", "reversibility", "permissions", "playbooks")


def run(as_json: bool) -> None:
    actions = catalogue(CATALOGUE)
    if as_json:
        print_json(actions)
        return
    console().print(table("Response actions", ("Action", "Stage", "Approval", "Undo"), map(_row, actions)))


def catalogue(path: Path) -> list[dict[str, Any]]:
    """The actions with FIELDS each. Raises CommandFailed where the catalogue was not rendered."""
    try:
        rendered = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise CommandFailed(NOT_FOUND, f"{path.name} is not there: run `make render`") from error
    return [{name: action[name] for name in FIELDS} for action in rendered]


def _row(action: dict[str, Any]) -> list[str]:
    named = f"{plain(action['title'])}\n[dim]{plain(action['id'])}[/]"
    return [named, *(plain(action[name]) for name in ("stage", "approval", "reversibility"))]
