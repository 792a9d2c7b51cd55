"""Questions to the logs: one SQL file each, with what it asks, takes and answers declared on top.

The SQL is Athena's, over the tables of deploy/template.yaml; `responder hunt` runs the same text on DuckDB. A
declaration is TOML in the file's first comment:

    /*
    question = "What did this access key do?"
    playbooks = ["bedrock", "amazon_q"]
    needs = "management events"
    [inputs]
    since = "day"
    [outputs]
    eventtime = "text"
    */
    SELECT eventtime FROM cloudtrail_logs WHERE day >= :since

Inputs are named with a colon in the SQL, and bound, never written into it. An input of a plural kind is a list, and
stands in parentheses: `IN (:arns)`. Outputs are text, number, texts (a list) or json (text that holds JSON).

Facts that many questions share stand in one place each: `FROM genai_watchlist` has the rows of watchlist.json, and a
name of names.json, as in `eventsource IN (genai_bedrock_sources)`, its list.

With `evidence = true` a question is asked in Athena about every incident, and its answer preserved
(lambdas.evidence.questions).

A detection is a question whose answer is a suspicion. It declares in addition how severe that is and why, numbers of
ATT&CK and ATLAS, what it cannot see, `[defaults]` of its thresholds, and stories that the tests tell it; it answers
DETECTED, and does not declare that.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lambdas.core.errors import InputRefused

HERE = Path(__file__).parent
QUERIES = HERE / "queries"
DETECTIONS = HERE / "detections"
WATCHLIST = re.compile(r"\b(FROM|JOIN) genai_watchlist\b")
LISTS = re.compile(r"\((genai_[a-z_]+)\)")
# A named input; a remark, and text in quotes (an ARN has colons), is matched first, and kept as it is.
PLACES = re.compile(r"--[^\n]*|'(?:[^']|'')*'|:([a-z_]+)\b")
KINDS = {
    "day": r"\d{4}/\d\d/\d\d",
    "hour": r"\d{4}/\d\d/\d\d/\d\d",
    "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "number": r"\d{1,12}",
    "text": r"[^\x00-\x1f]{1,2048}",
}
"""What an input may look like. A kind with an s is a list of them."""
DETECTED = {
    **dict.fromkeys(("actor", "access_key", "account", "region", "first_seen", "last_seen"), "text"),
    "n": "number",
    "detail": "text",
    "event_ids": "texts",
}
"""What every detection answers; `event_ids` are request ids where it reads the invocation log."""

MOST_ROWS = 10_000
"""Rows that are kept of one answer, in evidence and in a hunt."""

Value = str | Sequence[str]


@dataclass(frozen=True)
class Query:
    """One question. `inputs` and `outputs` give each name its kind; `sql` is Athena's, with named inputs."""

    id: str
    sql: str
    declared: Mapping[str, Any]

    @property
    def question(self) -> str:
        return str(self.declared["question"])

    @property
    def inputs(self) -> dict[str, str]:
        return dict(self.declared.get("inputs", {}))

    @property
    def outputs(self) -> dict[str, str]:
        return dict(self.declared["outputs"])

    @property
    def defaults(self) -> dict[str, Value]:
        """Values of inputs that nobody gave: thresholds, and lists of what is trusted."""
        declared = self.declared.get("defaults", {})
        return {name: value if isinstance(value, list) else str(value) for name, value in declared.items()}

    def bound(self, values: Mapping[str, Value]) -> tuple[str, list[str]]:
        """The SQL with a question mark for every value, and the values in their order. Raises InputRefused."""
        given = {name: _checked(name, kind, values.get(name)) for name, kind in self.inputs.items()}
        parameters: list[str] = []

        def place(match: re.Match[str]) -> str:
            if match[1] is None:
                return match[0]
            parameters.extend(given[match[1]])
            # Nothing is in an empty list: NULL equals no value.
            return ", ".join("?" for _ in given[match[1]]) or "NULL"

        return PLACES.sub(place, self.sql), parameters


def _checked(name: str, kind: str, value: Value | None) -> list[str]:
    plural = kind not in KINDS
    if not isinstance(value, list | tuple if plural else str):
        raise InputRefused(name, f"must be {'a list' if plural else 'one value'} of kind {kind}")
    values = [value] if isinstance(value, str) else list(value or ())
    pattern = KINDS[kind.removesuffix("s") if plural else kind]
    if not all(isinstance(one, str) and re.fullmatch(pattern, one) for one in values):
        raise InputRefused(name, f"must match {pattern}")
    return values


@cache
def watchlist() -> list[dict[str, Any]]:
    """The event catalogue: every event to watch, by service and name.

    {eventSource, eventName, category, readOnly, resources, severity, tactics, playbooks}: the category is Management,
    Data or unknown; readOnly true, false or "unknown"; resources are the types by which a trail selects a data event.
    """
    rows: list[dict[str, Any]] = json.loads((HERE / "watchlist.json").read_text())
    return rows


@cache
def names() -> dict[str, list[str]]:
    """Lists that many questions share, by the name that stands for them in SQL."""
    lists: dict[str, list[str]] = json.loads((HERE / "names.json").read_text())
    return lists


def _expanded(sql: str) -> str:
    """The SQL with the facts of this folder's JSON files in it: no text from outside."""
    listed = LISTS.sub(lambda match: f"({_quoted(names()[match[1]])})", sql)
    return WATCHLIST.sub(lambda match: f"{match[1]} {_watchlist_rows()}", listed)


@cache
def _watchlist_rows() -> str:
    columns = ("eventSource", "eventName", "severity")
    rows = (_quoted([*(row[name] for name in columns), ", ".join(row["tactics"])]) for row in watchlist())
    values = ", ".join(f"({row})" for row in rows)
    return f"(VALUES {values}) AS genai_watchlist (eventsource, eventname, severity, tactics)"


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"'{text}'" for text in texts)


def load(path: Path) -> Query:
    """The question in one file; its name is the question's id."""
    head, _, sql = path.read_text().partition("*/")
    return Query(path.stem, _expanded(sql.strip()), tomllib.loads(head.removeprefix("/*")))


def queries() -> Iterator[Query]:
    """All questions, by name."""
    return (load(path) for path in sorted(QUERIES.glob("*.sql")))


def query(name: str) -> Query:
    """One question by its id. Raises InputRefused where there is none."""
    known = {path.stem: path for path in sorted(QUERIES.glob("*.sql"))}
    if name not in known:
        raise InputRefused("query", f"must be one of {', '.join(known)}")
    return load(known[name])


def detections() -> Iterator[Query]:
    """All detections, by name. Each answers DETECTED, so that none needs to declare it."""
    for path in sorted(DETECTIONS.glob("*.sql")):
        found = load(path)
        yield Query(found.id, found.sql, {**found.declared, "outputs": DETECTED})
