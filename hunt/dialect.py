"""The same question in another tongue: Athena's SQL, which is the source, as DuckDB's.

The other way round is not safe: DuckDB has clauses that pass through unchanged and that Athena does not know. What the
questions and detections are in DuckDB is rendered to translated.json by `make render`, since loading sqlglot and
translating takes longer than all the answers; SQL that is not found there is translated when it is asked.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lambdas.evidence.query import Query

if TYPE_CHECKING:
    from sqlglot import exp

TRANSLATED = Path(__file__).parent / "translated.json"


def in_duckdb(query: Query) -> Query:
    """The same question with DuckDB's SQL, its inputs named as before."""
    return replace(query, sql=duckdb(query.sql))


@cache
def duckdb(sql: str) -> str:
    """`sql` of Athena for DuckDB. Raises sqlglot.errors.SqlglotError where it is not Athena's SQL."""
    return _translated().get(key(sql)) or translate(sql)


def key(sql: str) -> str:
    """By which a translation is found: another text, for example of a changed watch-list, has none."""
    return hashlib.sha256(sql.encode()).hexdigest()


@cache
def _translated() -> dict[str, str]:
    found: dict[str, str] = json.loads(TRANSLATED.read_text()) if TRANSLATED.exists() else {}
    return found


def translate(sql: str) -> str:
    """By sqlglot, with named inputs left as they are, and without remarks."""
    import sqlglot

    translated: str = sqlglot.parse_one(sql, read="athena").transform(_adapted).sql("duckdb", comments=False)
    return translated


def _adapted(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    # Athena's json_extract_scalar answers NULL for text that is no JSON; DuckDB would end the whole question.
    if isinstance(node, exp.JSONExtractScalar):
        return exp.Anonymous(this="try", expressions=[node.copy()])
    # A named input would become DuckDB's $name, which takes no list.
    if isinstance(node, exp.Placeholder) and node.name:
        return exp.Var(this=f":{node.name}")
    return node
