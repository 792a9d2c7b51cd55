"""Renders the definitions: `python -m state_machines.render` writes them, `--check` says what is stale.

Each module of this folder with a function `definition` is one state machine. docs/state-machines.md shows them as
diagrams, rendered from the definitions too.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from state_machines.parts.diagram import diagram

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "state_machines"
PAGE = ROOT / "docs" / "state-machines.md"
BEGIN, END = "<!-- rendered: {} -->", "<!-- end of {} -->"

FIRST_KEYS = ("Comment", "Type", "StartAt", "Resource")
LAST_KEYS = ("Retry", "Catch", "ItemProcessor", "States", "Next", "Default", "End")

Json = dict[str, Any]


def machines() -> tuple[str, ...]:
    """The names of all state machines, sorted: the modules beside this one that define one."""
    sources = sorted(path for path in SOURCES.glob("*.py") if path.stem not in ("__init__", "sdk", "render"))
    return tuple(path.stem for path in sources)


def definition(machine: str) -> Json:
    """The definition of a machine as it is deployed, in reading order."""
    module = importlib.import_module(f"state_machines.{machine}")
    ordered: Json = in_reading_order(module.definition())
    return ordered


def ways_on(state: Json) -> Iterator[str]:
    """The names of the states that can follow, the likeliest first."""
    yield from (choice["Next"] for choice in state.get("Choices", ()))
    yield from (state[key] for key in ("Default", "Next") if key in state)
    yield from (catch["Next"] for catch in state.get("Catch", ()))


def in_reading_order(graph: Json) -> Json:
    """States in the order in which they happen when all goes well, and what a state is before what it does."""
    waiting, names = [graph["StartAt"]], list[str]()
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.append(name)
            waiting.extend(reversed(list(ways_on(graph["States"][name]))))
    return _sorted_keys({**graph, "States": {name: _state(graph["States"][name]) for name in names}})


def _state(state: Json) -> Json:
    if "ItemProcessor" in state:
        state = {**state, "ItemProcessor": in_reading_order(state["ItemProcessor"])}
    return _sorted_keys(state)


def _sorted_keys(block: Json) -> Json:
    middle = [key for key in block if key not in FIRST_KEYS + LAST_KEYS]
    return {key: block[key] for key in (*FIRST_KEYS, *middle, *LAST_KEYS) if key in block}


def with_diagrams(page: str, definitions: dict[str, Json]) -> str:
    """The page with the diagram of each machine between that machine's two marks; at the end where it has none yet."""
    for machine, graph in definitions.items():
        begin, end = BEGIN.format(machine), END.format(machine)
        if begin not in page:
            page += f"\n## {machine}\n\n{begin}\n{end}\n"
        before, rest = page.split(begin, 1)
        page = f"{before}{begin}\n\n```mermaid\n{diagram(graph)}```\n\n{end}{rest.split(end, 1)[1]}"
    return page


def render() -> dict[Path, str]:
    """The content of every file that is rendered from the state machines' sources, by path."""
    definitions = {machine: definition(machine) for machine in machines()}
    files = {
        SOURCES / "definitions" / f"{machine}.asl.json": json.dumps(graph, indent=2) + "\n"
        for machine, graph in definitions.items()
    }
    return {**files, PAGE: with_diagrams(PAGE.read_text(), definitions)}


def stale() -> list[str]:
    """One line for each rendered file that is not what its source says, naming the source to edit."""
    lines = []
    for path, content in render().items():
        if not path.exists() or path.read_text() != content:
            lines.append(f"{path.relative_to(ROOT)} is stale: {_remedy(path)}, then run `make render`.")
    known = {f"{machine}.asl.json" for machine in machines()}
    orphans = sorted(p.name for p in (SOURCES / "definitions").glob("*.json") if p.name not in known)
    return lines + [f"state_machines/definitions/{name} has no source: delete it." for name in orphans]


def _remedy(path: Path) -> str:
    if path == PAGE:
        return "its diagrams are rendered; edit the .py of the machine"
    return f"edit the .py, not the .json (state_machines/{path.name.removesuffix('.asl.json')}.py and its parts)"


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        lines = stale()
        print(*lines, sep="\n", end="\n" if lines else "", file=sys.stderr)
        return 1 if lines else 0
    for path, content in render().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
