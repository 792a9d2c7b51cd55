"""Findings in a file, in any of the shapes they come in, read into the events that EventBridge would deliver."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cli.failures import NOT_FOUND, USAGE, CommandFailed
from lambdas.core.fields import camel, pick

Json = dict[str, Any]
SOURCE, DETAIL_TYPE = "aws.guardduty", "GuardDuty Finding"


def read(path: Path) -> list[Json]:
    """The events in a file: an event, a finding, a list of either, GetFindings' answer, or JSON lines of them.

    Raises CommandFailed naming the file, and line and column where it is not JSON.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CommandFailed(NOT_FOUND, f"FILE: there is no file {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(USAGE, f"FILE: {path} cannot be read as text: {type(error).__name__}") from error
    documents = [inner for outer in _parsed(text, path) for inner in _spread(outer)]
    if not documents:
        raise CommandFailed(USAGE, f"FILE: {path} holds no finding")
    return [event_of(document, path) for document in documents]


def _parsed(text: str, path: Path) -> list[Any]:
    """One JSON document, or one on each line."""
    try:
        return [json.loads(text)]
    except json.JSONDecodeError as whole:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0][1]):
            raise _not_json(path, whole.lineno, whole) from whole
    return [_line(path, number, line) for number, line in lines]


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


def _line(path: Path, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise _not_json(path, number, error) from error


def _not_json(path: Path, line: int, error: json.JSONDecodeError) -> CommandFailed:
    return CommandFailed(USAGE, f"FILE: {path}, line {line}, column {error.colno}: is not JSON: {error.msg}")


def _spread(document: Any) -> list[Any]:
    findings = document.get("Findings") if isinstance(document, dict) else document
    return findings if isinstance(findings, list) else [document]


def event_of(document: Any, path: Path) -> Json:
    """An event, or a bare finding in the envelope of one; with an id of its own, and in EventBridge's spelling.

    EventBridge gives every event an id; sample files share theirs, and intake tells deliveries apart by it. Findings
    saved from GetFindings are in PascalCase, which the patterns of rules do not match.
    """
    if not isinstance(document, dict):
        raise CommandFailed(USAGE, f"FILE: {path}: each finding is a JSON object, and one here is not")
    event = document if "detail" in document else _envelope(document)
    return {**event, "detail": camel(event["detail"]), "id": str(uuid.uuid4())}


def _envelope(finding: Json) -> Json:
    return {
        "version": "0",
        "source": SOURCE,
        "detail-type": DETAIL_TYPE,
        "account": _either(finding, "accountId"),
        "region": _either(finding, "region"),
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [],
        "detail": finding,
    }


def facts(event: Json) -> Json:
    """What is shown of an event: {finding_id, type}, empty where it has none."""
    detail = pick(event, "detail", {})
    return {"finding_id": _either(detail, "id"), "type": _either(detail, "type")}


def _either(document: Any, name: str) -> str:
    """A field in lowerCamelCase (EventBridge) or PascalCase (GetFindings)."""
    return str(pick(document, name) or pick(document, name[0].upper() + name[1:]) or "")
