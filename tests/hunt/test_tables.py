"""The tables' files: written within bounds, however long the records are."""

from __future__ import annotations

import json
from pathlib import Path

from hunt import tables
from tests.hunt.logs import invocation


def test_long_records_fit_into_memory(tmp_path: Path) -> None:
    """Half a gigabyte of prompts, half of them copies, is written and counted within DuckDB's bound, on any number of
    cores: a record of the invocation log is a hundred times as long as one of CloudTrail."""
    lines = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in lines:
        with path.open("w") as out:
            for n in range(1_800):
                body = {"inputBodyJson": {"prompt": f"{n} " + "lorem ipsum " * 12_000}}
                out.write(json.dumps(invocation(requestId=f"r-{n}", input=body)) + "\n")
    connection = tables.connect(tmp_path)
    connection.execute("SET threads = 8")
    assert tables.pack(connection, "bedrock_invocations", lines, tmp_path / "packed.parquet") == 1_800
    tables.view(connection, "bedrock_invocations", tmp_path / "packed.parquet")
    assert connection.execute("SELECT count(*), count(DISTINCT requestId) FROM bedrock_invocations").fetchall() == [
        (1_800, 1_800)
    ]
