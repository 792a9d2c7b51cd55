"""Renders all that is rendered: `python -m deploy.render` writes it, `--check` says what is stale and what to edit.

An action's declaration is the one source of its permissions, schema, page and catalogue entry; a schema is that of its
validator; a state machine's Python file that of its definition.
"""

from __future__ import annotations

import sys
from pathlib import Path

from deploy import member
from deploy.rendering import (
    catalogue,
    detections,
    notice,
    pages,
    permissions,
    policy,
    questions,
    schemas,
    validators,
)
from deploy.rendering.lined_yaml import FileRefused
from state_machines import render as state_machines

ROOT = Path(__file__).parents[1]
SOURCES = {
    "deploy/generated": "a declaration in lambdas/actions or PERMISSIONS in a room",
    "schemas/actions": "the declaration in lambdas/actions",
    "docs/actions": "the declaration or the docstring in lambdas/actions",
    "docs/questions.md": "the question in lambdas/evidence/queries",
    "docs/events.md": "lambdas/evidence/watchlist.json",
    "hunt/translated.json": "the SQL in lambdas/evidence/queries or lambdas/evidence/detections",
    "lambdas/core/validators": "the schema in schemas, or the declaration in lambdas/actions",
    "lambdas/planning/policy.json": "deploy/policy.yaml",
    "lambdas/notice/notice.json": "deploy/notice.yaml",
    "docs/detections.md": "the declaration in lambdas/evidence/detections",
}
"""Folders in which every file is rendered, or such a file, and what to edit instead."""


def rendered() -> dict[Path, str]:
    """The content of every rendered file of this module's folders, by path from the root."""
    rooms = (permissions, catalogue, schemas, pages, validators, member, policy, notice, questions, detections)
    return {path: content for room in rooms for path, content in sorted(room.files().items())}


def stale() -> list[str]:
    """One line for each rendered file that is not what its source says, or has no source."""
    wanted = rendered()
    changed = [path for path, content in wanted.items() if _now(path) != content]
    present = {p.relative_to(ROOT) for folder in SOURCES for p in (ROOT / folder).glob("*.*")}
    orphans = sorted(present - set(wanted))
    return [
        *(f"{path} is stale: edit {_source(path)}, then run `make render`." for path in changed),
        *(f"{path} has no source: delete it." for path in orphans),
        *state_machines.stale(),
    ]


def write() -> list[str]:
    """Write what is not what it should be; files that are fresh keep their time stamps. Returns no problems."""
    machines = {path.relative_to(ROOT): content for path, content in state_machines.render().items()}
    for path, content in {**rendered(), **machines}.items():
        if _now(path) != content:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(content)
    return []


def _now(path: Path) -> str | None:
    return (ROOT / path).read_text() if (ROOT / path).exists() else None


def _source(path: Path) -> str:
    return SOURCES.get(str(path)) or SOURCES.get(str(path.parent), "the declarations in lambdas/actions")


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python -m deploy.render [--check]", file=sys.stderr)
        return 2
    try:
        lines = stale() if arguments else write()
    except FileRefused as error:
        lines = [str(error)]
    print("\n".join(lines), file=sys.stderr, end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
