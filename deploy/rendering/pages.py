"""docs/actions/<id>.md and docs/actions.md: what people read of each action, from its declaration and its docstring."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from lambdas.core.action import Action, Permission, all_actions, state_name

APPROVAL = {"automatic": "none needed", "one": "one approver", "two": "two different approvers"}
NOTE = "<!-- Rendered from {source} by `make render`: edit that. -->"
INDEX = """# Actions

Every response action, rendered from the declarations in `lambdas/actions/`. How to add one: [adding an
action](adding-an-action.md). The approval is the least that an action ever needs; policy can demand more.

| action | stage | approval | reversible | playbooks |
|---|---|---|---|---|
"""
PAGE = """{note}
# {title}

`{id}`: {label}

| | |
|---|---|
| stage | {stage} |
| state | `{state}` in `{machine}` |
| power | {power} |
| approval | {approval} |
| reversible | {reversibility} |
| playbooks | {playbooks} |
| catalogue | `{catalogue}` |

**What it breaks.** {impact}

**The way back.** {way_back}

## How it works

{docstring}

## Target

{fields}

## Permissions

Each call is made with credentials that hold only these, on the step's own target.

{permissions}
"""


def files() -> dict[Path, str]:
    actions = list(all_actions())
    pages = {Path(f"docs/actions/{action_id}.md"): page(action_id, module) for action_id, module in actions}
    rows = "".join(_row(action_id, module.ACTION) for action_id, module in actions)
    return {Path("docs/actions.md"): INDEX + rows, **pages}


def page(action_id: str, module: ModuleType) -> str:
    action: Action = module.ACTION
    return PAGE.format(
        note=NOTE.format(source=f"lambdas/actions/{action_id.replace('.', '/')}.py"),
        id=action_id,
        state=state_name(action_id),
        label=action.target.label,
        docstring=inspect.getdoc(module),
        fields="\n".join(_fields(action)),
        permissions="\n".join(_permissions(action)),
        **{name: getattr(action, name) for name in ("title", "catalogue", "stage", "machine", "power")},
        **{name: getattr(action, name) for name in ("reversibility", "impact", "way_back")},
        approval=APPROVAL[action.approval],
        playbooks=", ".join(action.playbooks),
    )


def _row(action_id: str, action: Action) -> str:
    cells = (action.stage, APPROVAL[action.approval], action.reversibility, ", ".join(action.playbooks))
    return f"| [{action.title}](actions/{action_id}.md) `{action_id}` | {' | '.join(cells)} |\n"


def _fields(action: Action) -> Iterator[str]:
    for name, schema in action.target.fields.items():
        allowed = schema.get("pattern") or schema.get("items", {}).get("pattern") or _enumerated(schema)
        about = ", ".join(filter(None, (schema.get("description"), allowed and f"`{allowed}`")))
        yield f"* `{name}`{' (optional)' if name in action.target.optional else ''}: {about}"


def _enumerated(schema: dict[str, object]) -> str:
    return json.dumps(schema["enum"]) if "enum" in schema else ""


def _permissions(action: Action) -> Iterator[str]:
    for call, permissions in action.permissions.items():
        yield f"* **{call}**"
        yield from (f"  * `{p.action}` on `{p.resource}`{_because(p)}" for p in permissions)


def _because(permission: Permission) -> str:
    conditions = json.dumps(permission.condition) if permission.condition else ""
    return "".join(
        (f", if `{conditions}`" if conditions else "", f": {permission.reason}" if permission.reason else "")
    )
