"""`make bench`: measures, prints, and writes benchmarks/results.json, an array of {name, value, unit, aim, met}."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import cold_imports, package_size, response_time

RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    subprocess.run([sys.executable, "-m", "deploy.package"], check=True)
    package = Path("build/package")
    figures = [*package_size.measure(package), *cold_imports.measure(package), *response_time.measure()]
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    Console().print(_table(figures))
    return 0


def _table(figures: list[dict[str, Any]]) -> Table:
    table = Table("figure", "value", "unit", "aim", "met")
    for figure in figures:
        met = {True: "yes", False: "[bold]no[/]", None: ""}[figure["met"]]
        table.add_row(figure["name"], str(figure["value"]), figure["unit"], figure["aim"] or "", met)
    return table


if __name__ == "__main__":
    sys.exit(main())
