"""Files that people edit as YAML: everything that is wrong with one is named by its line and field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import yaml

Json = dict[str, Any]
FieldPath = tuple[str | int, ...]
Lines = dict[FieldPath, int]
Problem = tuple[FieldPath, str]


class FileRefused(Exception):
    """One line of text for each thing that is wrong."""


def parsed(file: str, text: str) -> tuple[Any, Lines, list[Problem]]:
    """(the document, the line of each field, keys that stand twice). Raises FileRefused for what is no YAML."""
    loader = yaml.SafeLoader(text)
    lines: Lines = {}
    twice: list[Problem] = []
    try:
        node = loader.get_single_node()
        document = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = "; a lone * must stand in quotes" if error.problem and "alias" in f"{error.context}" else ""
        raise FileRefused(f"{file}:{mark.line + 1 if mark else 1}: is no YAML: {error.problem}{said}") from error
    finally:
        loader.dispose()
    _walk(node, (), lines, twice)
    return document, lines, twice


def _walk(node: Any, path: FieldPath, lines: Lines, twice: list[Problem]) -> None:
    lines[path] = node.start_mark.line + 1 if node else 1
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _walk(item, (*path, number), lines, twice)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if (inner := (*path, key.value)) in lines:
                twice.append((inner, f"stands twice, in line {key.start_mark.line + 1} too"))
            _walk(value, inner, lines, twice)
            lines[inner] = key.start_mark.line + 1


def unfit(schema: Path, document: Any) -> Iterator[Problem]:
    """What the schema refuses."""
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text()))
    for error in sorted(validator.iter_errors(document), key=lambda e: [str(part) for part in e.absolute_path]):
        yield tuple(error.absolute_path), error.message


def refuse(file: str, lines: Lines, problems: Iterable[Problem]) -> None:
    """Raises FileRefused where there are problems."""
    said = [f"{file}:{_line(lines, path)}: {_named(path)}: {what}" for path, what in problems]
    if said:
        raise FileRefused("\n".join(said))


def _line(lines: Lines, path: FieldPath) -> int:
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _named(path: FieldPath) -> str:
    """`rules[2].approval`, counted from 0 as JSON does."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".") or "document"
