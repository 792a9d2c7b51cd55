"""Patterns of IAM policies: wildcards and policy variables.

Source: IAM User Guide, "Policy elements: Variables and tags" and "Condition: wildcards". A variable's value is literal
text, never a pattern. A variable that the request has no value for, and no default, matches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(r"\$\{([^}]*)\}|[*?]")
_VARIABLE = re.compile(r"\s*([^,\s]+)\s*(?:,\s*'([^']*)')?\s*")
_ESCAPES = {"*", "?", "$"}
NOTHING = re.compile(r"(?!)")

Context = Mapping[str, Any]
"""Condition keys of one request, in lower case, with a string or a list of strings as the value."""


def matches(pattern: str, value: str, *, fold: bool = False) -> bool:
    """Whether `value` matches a pattern of `*` and `?` that holds no variables."""
    return _plain(pattern, fold).fullmatch(value) is not None


def matches_in(pattern: str, value: str, context: Context, *, fold: bool = False, wild: bool = True) -> bool:
    """Whether `value` matches a pattern whose variables are filled from the request's context."""
    if "${" in pattern:
        return _filled(pattern, context, fold, wild).fullmatch(value) is not None
    if wild:
        return matches(pattern, value, fold=fold)
    return value.lower() == pattern.lower() if fold else value == pattern


def filled(text: str, context: Context) -> str | None:
    """`text` with its variables replaced; None where the request has no value for one of them."""
    values = [_value(m[1], context) if m[1] is not None else m[0] for m in _TOKEN.finditer(text)]
    if None in values:
        return None
    answers = iter(values)
    return _TOKEN.sub(lambda _: str(next(answers)), text)


@lru_cache(maxsize=8192)
def _plain(pattern: str, fold: bool) -> re.Pattern[str]:
    return _compiled(pattern, lambda token: _wildcard(token[0]), fold)


def _filled(pattern: str, context: Context, fold: bool, wild: bool) -> re.Pattern[str]:
    values = {m[1]: _value(m[1], context) for m in _TOKEN.finditer(pattern) if m[1] is not None}
    if None in values.values():
        return NOTHING

    def replaced(token: re.Match[str]) -> str:
        if token[1] is not None:
            return re.escape(str(values[token[1]]))
        return _wildcard(token[0]) if wild else re.escape(token[0])

    return _compiled(pattern, replaced, fold)


def _compiled(pattern: str, replaced: Any, fold: bool) -> re.Pattern[str]:
    parts, end = [], 0
    for token in _TOKEN.finditer(pattern):
        parts += [re.escape(pattern[end : token.start()]), replaced(token)]
        end = token.end()
    flags = re.DOTALL | (re.IGNORECASE if fold else 0)
    return re.compile("".join(parts) + re.escape(pattern[end:]), flags)


def _wildcard(token: str) -> str:
    """The regular expression of a wildcard; an unfilled variable is literal text (policies before 2012-10-17)."""
    return {"*": ".*", "?": "."}.get(token, re.escape(token))


def _value(name: str, context: Context) -> str | None:
    if name in _ESCAPES:
        return name
    found = _VARIABLE.fullmatch(name)
    if found is None:
        return None
    value = context.get(found[1].lower(), found[2])
    if isinstance(value, list):
        return value[0] if len(value) == 1 else None
    return value
