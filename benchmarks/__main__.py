"""`make bench`: measures, prints, and writes benchmarks/results.json, an array of {name, value, unit, aim, met}."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import baseline, cold_imports, dollars, flood, hunt, package_size, response_time, step_overhead
from benchmarks.figures import Json

RESULTS = Path(__file__).with_name("results.json")
BENCHMARKS: dict[str, Callable[[], list[Json]]] = {
    module.__name__.removeprefix("benchmarks."): module.measure
    for module in (package_size, cold_imports, response_time, step_overhead, dollars, baseline, flood, hunt)
}


def main() -> int:
    figures = [figure for name in _wanted() for figure in BENCHMARKS[name]()]
    RESULTS.write_text(json.dumps(_with_others(figures), indent=2) + "\n", encoding="utf-8")
    Console().print(_table(figures))
    return 0


def _wanted() -> list[str]:
    """The benchmarks that were asked for; all of them without a name."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure, and write benchmarks/results.json. benchmarks/README.md says what the figures mean.",
        epilog=f"Benchmarks: {', '.join(BENCHMARKS)}.",
    )
    parser.add_argument("name", nargs="*", help="a benchmark; without one, all are run")
    named: list[str] = parser.parse_args().name
    unknown = sorted(set(named) - set(BENCHMARKS))
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    return named or list(BENCHMARKS)


def _with_others(figures: list[Json]) -> list[Json]:
    """Where some benchmarks ran alone, the figures of the others stay as they were."""
    if len(sys.argv) == 1 or not RESULTS.exists():
        return figures
    known = {figure["name"]: figure for figure in json.loads(RESULTS.read_text(encoding="utf-8"))}
    return list((known | {figure["name"]: figure for figure in figures}).values())


def _table(figures: list[Json]) -> Table:
    table = Table("figure", "value", "unit", "aim", "met")
    for figure in figures:
        met = {True: "yes", False: "[bold]no[/]", None: ""}[figure["met"]]
        table.add_row(figure["name"], str(figure["value"]), figure["unit"], figure["aim"] or "", met)
    return table


if __name__ == "__main__":
    sys.exit(main())
