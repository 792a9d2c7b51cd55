"""The report as one HTML file that needs nothing else: no script, no link, fit for screen, phone and paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdas.reporting import words

if TYPE_CHECKING:
    from jinja2 import Environment

Json = dict[str, Any]
TEMPLATES = Path(__file__).parent / "templates"
GROUPS = (
    ("Needs attention", words.BROKEN),
    ("Done", ("performed", "undone")),
    ("Was so already", ("nothing_to_do",)),
)
"""Headings and the statuses under them; what was never begun stands in the list of what was not done."""


@cache
def environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(time=time, day=day, status=words.status)
    return made


def html(report: Json) -> str:
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            title=words.OUTCOME_TITLES[report["outcome"]],
            suspect=words.suspect(report["incident"]["principal"]),
            groups=list(groups(report["steps"])),
        )
    )


def groups(steps: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    """The steps by how they ended, each group with its heading; empty groups are left out."""
    for heading, statuses in GROUPS:
        found = [step for step in steps if step["status"] in statuses]
        if found:
            yield heading, found


def time(at: str | None) -> str:
    """`2026-01-02T03:04:05.678Z` as `03:04:05`."""
    return (at or "")[11:19]


def day(at: str | None) -> str:
    """`2026-01-02T03:04:05.678Z` as `2026-01-02 03:04 UTC`."""
    return f"{at[:10]} {at[11:16]} UTC" if at else ""
