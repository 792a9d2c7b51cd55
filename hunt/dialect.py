"""The same question in another tongue: Athena's SQL, which is the source, as DuckDB's.

The other way round is not safe: DuckDB has clauses that pass through unchanged and that Athena does not know.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp


@cache
def duckdb(sql: str) -> str:
    """`sql` of Athena for DuckDB. Raises sqlglot.errors.SqlglotError where it is not Athena's SQL."""
    import sqlglot

    translated: str = sqlglot.parse_one(sql, read="athena").transform(_forgiving).sql("duckdb")
    return translated


def _forgiving(node: exp.Expression) -> exp.Expression:
    """Athena's json_extract_scalar answers NULL for text that is no JSON; DuckDB would end the whole question."""
    from sqlglot import exp

    if isinstance(node, exp.JSONExtractScalar):
        return exp.Anonymous(this="try", expressions=[node.copy()])
    return node
