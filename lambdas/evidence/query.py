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
stands in parentheses: `IN (:arns)`. The name `genai_watchlist` stands for the rows of watchlist.json. With
`evidence = true` it is asked in Athena about every incident, and its answer preserved (lambdas.evidence.questions).
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
WATCHLIST = "genai_watchlist"
# A named input; text in quotes (an ARN has colons) is matched first, and kept as it is.
PLACES = re.compile(r"'(?:[^']|'')*'|:([a-z_]+)\b")
KINDS = {
    "day": r"\d{4}/\d\d/\d\d",
    "hour": r"\d{4}/\d\d/\d\d/\d\d",
    "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "text": r"[^\x00-\x1f]{1,2048}",
}
"""What an input may look like. A kind with an s is a list of them."""

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

        sql = PLACES.sub(place, self.sql)
        return re.sub(rf"\b{WATCHLIST}\b", _watchlist_rows, sql, count=1), parameters


def _checked(name: str, kind: str, value: Value | None) -> list[str]:
    plural = kind not in KINDS
    if value is None or isinstance(value, str) is plural:
        raise InputRefused(name, f"must be {'a list' if plural else 'one value'} of kind {kind}")
    values = [value] if isinstance(value, str) else list(value)
    pattern = KINDS[kind.removesuffix("s") if plural else kind]
    if not all(re.fullmatch(pattern, one) for one in values):
        raise InputRefused(name, f"must match {pattern}")
    return values


@cache
def watchlist() -> list[dict[str, Any]]:
    """The events to watch, [{eventSource, eventName, category, severity, tactics}]."""
    rows: list[dict[str, Any]] = json.loads((HERE / "watchlist.json").read_text())
    return rows


def _watchlist_rows(match: re.Match[str]) -> str:
    rows = ", ".join(f"('{row['eventSource']}', '{row['eventName']}', '{row['severity']}')" for row in watchlist())
    return f"(VALUES {rows}) AS {WATCHLIST} (eventsource, eventname, severity)"


def load(path: Path) -> Query:
    """The question in one file; its name is the question's id."""
    head, _, sql = path.read_text().partition("*/")
    return Query(path.stem, sql.strip(), tomllib.loads(head.removeprefix("/*")))


def queries() -> Iterator[Query]:
    """All questions, by name."""
    return (load(path) for path in sorted(QUERIES.glob("*.sql")))


def query(name: str) -> Query:
    """One question by its id. Raises InputRefused where there is none."""
    known = {path.stem: path for path in sorted(QUERIES.glob("*.sql"))}
    if name not in known:
        raise InputRefused("query", f"must be one of {', '.join(known)}")
    return load(known[name])
