"""Results as Athena gives them: a type for each column, text for each value, and a CSV in S3.

Source: Athena User Guide, "Data types in Amazon Athena", and "Work with query results" (values in double quotes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

# Of DuckDB's types, those that Athena calls otherwise. Sums of whole numbers are HUGEINT in DuckDB.
TYPES = {"HUGEINT": "bigint", "UBIGINT": "bigint", "FLOAT": "real", "BLOB": "varbinary", '"NULL"': "unknown"}
Texts = list[str | None]


def columns(description: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """ColumnInfo of each column; names are in lower case, as Athena's are."""
    return [_column(str(name).lower(), athena_type(str(kind))) for name, kind, *_ in description]


def _column(name: str, kind: str) -> dict[str, Any]:
    facts = {"CatalogName": "hive", "SchemaName": "", "TableName": "", "Name": name, "Label": name, "Type": kind}
    return {**facts, "Precision": 0, "Scale": 0, "Nullable": "UNKNOWN", "CaseSensitive": kind == "varchar"}


def athena_type(kind: str) -> str:
    if kind.endswith("[]"):
        return "array"
    plain = re.split(r"[( ]", kind)[0]
    return TYPES.get(plain, {"STRUCT": "row"}.get(plain, plain.lower()))


def text(value: Any) -> str | None:
    """One value as text: lists as [a, b], structures as {a=1, b=2}. Nothing in them is quoted."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inner(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={_inner(item)}" for name, item in value.items()) + "}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "milliseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _inner(value: Any) -> str:
    found = text(value)
    return "null" if found is None else found


def csv(rows: Sequence[Texts]) -> bytes:
    """Every value in double quotes; NULL is nothing at all."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows).encode("utf-8", "backslashreplace")


def _quoted(value: str | None) -> str:
    return "" if value is None else '"' + value.replace('"', '""') + '"'
