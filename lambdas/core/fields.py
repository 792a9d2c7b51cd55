"""Reading documents field by field, and making hostile text safe to show."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from lambdas.core.errors import InputRefused

SHOWN_CHARS = 500
"""Longest piece of text from the attacked account that is shown to a person."""
DEEPEST = 100
"""Levels of a document. A finding of GuardDuty has about ten."""


def pick(document: Any, path: str, default: Any = None) -> Any:
    """The value at a dotted path, or `default` where any part of the path is missing or null."""
    value = document
    for part in path.split("."):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return default
    return default if value is None else value


def require(document: Any, path: str, kind: type = str) -> Any:
    """The value at a dotted path. Raises InputRefused, naming the path, where it is missing or of another type."""
    value = pick(document, path)
    if value is None:
        raise InputRefused(path, "is missing")
    if not isinstance(value, kind):
        raise InputRefused(path, f"has the wrong type; a {kind.__name__} is expected")
    return value


def camel(value: Any, levels: int = DEEPEST) -> Any:
    """The same document with lowerCamelCase keys. Raises RecursionError where it is nested deeper than `levels`.

    EventBridge delivers GuardDuty findings in lowerCamelCase, GetFindings returns them in PascalCase. Python's own
    limit differs from version to version, and an event must not be refused by one and taken by another.
    """
    if isinstance(value, dict | list) and not levels:
        raise RecursionError(f"nested deeper than {DEEPEST} levels")
    if isinstance(value, dict):
        return {k[:1].lower() + k[1:] if isinstance(k, str) else k: camel(v, levels - 1) for k, v in value.items()}
    if isinstance(value, list):
        return [camel(v, levels - 1) for v in value]
    return value


def clean(text: Any, limit: int = SHOWN_CHARS) -> str:
    """Text from the attacked account made fit to show: one line, no control or formatting characters, cut at `limit`.

    Escaping for HTML or CSV is still the template's task. Bidirectional overrides and zero-width characters are
    category Cf and fall out, so that a name cannot pose as another.
    """
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in str(text))
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def canonical(document: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8. The same document always gives the same bytes.

    Half a surrogate pair, which UTF-8 cannot hold, stays the JSON escape that it came as.
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
