"""The same question in another tongue: Athena's SQL, which is the source, as DuckDB's.

The other way round is not safe: DuckDB has clauses that pass through unchanged and that Athena does not know.
"""

from __future__ import annotations

from functools import cache


@cache
def duckdb(sql: str) -> str:
    """`sql` of Athena for DuckDB. Raises sqlglot.errors.SqlglotError where it is not Athena's SQL."""
    import sqlglot

    (translated,) = sqlglot.transpile(sql, read="athena", write="duckdb")
    return translated
