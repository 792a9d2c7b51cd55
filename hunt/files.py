"""A story as files: one page, tables for a spreadsheet, and the records themselves as Parquet."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hunt.calls import Json
from hunt.tables import COLUMNS
from lambdas.core.fields import clean

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""
CELL = 8_000
TABLES = ("actors", "timeline", "detections", "lineage", "cost", "blind_spots", "unread")
FOUND = {
    "id": "VARCHAR", "title": "VARCHAR", "question": "VARCHAR", "severity": "VARCHAR", "tactics": "VARCHAR[]",
    "attack": "VARCHAR[]", "atlas": "VARCHAR[]", "actor": "VARCHAR", "access_key": "VARCHAR", "account": "VARCHAR",
    "region": "VARCHAR", "first_seen": "VARCHAR", "last_seen": "VARCHAR", "n": "BIGINT", "detail": "VARCHAR",
    "event_ids": "VARCHAR[]",
}  # fmt: skip


def write_html(story: Json, path: Path) -> list[Path]:
    """The page, at `path`. Raises OSError where that cannot be written."""
    from hunt.page import html

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html(story), encoding="utf-8")
    return [path]


def write_csv(story: Json, folder: Path) -> list[Path]:
    """One CSV file for each part of the story. Raises OSError where that cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {name: story[name] for name in ("actors", "timeline", "detections", "blind_spots")}
    parts["lineage"], parts["cost"] = story["lineage"]["links"], _spent(story["cost"])
    parts["unread"] = [{"file": "", "line": "", "record": "", "reason": "", **one}
                       for one in (*story["skipped_files"], *story["malformed"])]  # fmt: skip
    return [_table(folder / f"{name}.csv", parts[name]) for name in TABLES]


def _spent(cost: Json) -> list[Json]:
    known = [{**row, **row["tokens"]} for row in cost["rows"]]
    hidden = [
        {"actor": row["actor"], "model_id": row["model"], "calls": row["n"], "usd": None} for row in cost["unmetered"]
    ]
    columns = ("actor", "model_id", "model", "profile", "regions", "calls", "without_counts", "input", "output",
               "cache_read", "cache_write", "usd")  # fmt: skip
    return [{column: row.get(column) for column in columns} for row in (*known, *hidden)]


def _table(path: Path, rows: Sequence[Json]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL)
        flat = [_flat(row) for row in rows]
        names = list(dict.fromkeys(name for row in flat for name in row))
        out.writerow(names)
        out.writerows([cell(row.get(name)) for name in names] for row in flat)
    return path


def _flat(row: Json) -> Json:
    """A row whose values are text, numbers and lists; what is nested gets its parent's name before its own."""
    flat: Json = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update({f"{name}_{inner}": kept for inner, kept in value.items()})
        else:
            flat[name] = value
    return flat


def cell(value: Any) -> str:
    """A value as text that no spreadsheet runs: no control characters, and a quote before what begins a formula.

    Each of a list too: some spreadsheets take the semicolon between them for the end of a cell.
    """
    if isinstance(value, list | tuple):
        return "; ".join(cell(one) for one in value)
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else str(value)
    return "; ".join(_harmless(part) for part in clean(value, CELL).split(";"))


def _harmless(text: str) -> str:
    text = text.strip()
    return f"'{text}" if text.startswith(FORMULA) else text


def write_parquet(story: Json, connection: DuckDBPyConnection, folder: Path) -> list[Path]:
    """The relevant records and the detections, with all their columns. Raises OSError where that cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    there = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    names = [name for name in COLUMNS if name in there]
    paths = [folder / f"{name}.parquet" for name in (*names, "detections")]
    with tempfile.TemporaryDirectory() as temporary:
        lines = Path(temporary) / "detections.jsonl"
        lines.write_text("".join(json.dumps(found) + "\n" for found in story["detections"]))
        found = connection.read_json(str(lines), format="newline_delimited", columns=FOUND)
        records = (connection.sql(f"FROM {name}") for name in names)
        for relation, path in zip((*records, found), paths, strict=True):
            # DuckDB's own error on a folder that cannot be written to is no OSError.
            path.touch()
            relation.write_parquet(str(path))
    return paths
