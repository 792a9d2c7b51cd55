"""The report as one HTML file that needs nothing else: no script, no link, fit for screen, phone and paper.

Everything in it comes from the logs of an attacked account: it is cleaned here, and escaped by the template.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hunt import charts, summary
from hunt.actors import short
from hunt.calls import Json, severity_rank
from hunt.story import worst
from lambdas.core.fields import clean

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
TEXT = 2_000
PEOPLE, LEAST_PEOPLE, MORE_PEOPLE, FOUND, SHOWN, FILES = 10, 3, 200, 25, 24, 100
"""How many are shown: suspects in full, identities in full where fewer are suspect, identities by name, occurrences
of a detection, moments unfolded, unread files."""


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
    made.filters.update(
        moment=summary.moment,
        money=summary.money,
        count=summary.count,
        passed_over=summary.passed_over,
        short=short,
        attack=attack,
        atlas=atlas,
    )
    return made


def html(story: Json) -> str:
    """The page of a story."""
    safe = cleaned(story)
    css = (TEMPLATES / "hunt.css").read_text()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return environment().get_template("hunt.html.j2").render(css=css, digest=digest, **view(safe))


def cleaned(document: Any) -> Any:
    """The same document with every text made fit to show: one line, no control or formatting characters."""
    if isinstance(document, str):
        return clean(document, TEXT)
    if isinstance(document, dict):
        return {clean(key): cleaned(value) for key, value in document.items()}
    if isinstance(document, list | tuple):
        return [cleaned(value) for value in document]
    return document


def view(story: Json) -> Json:
    """What the template shows of a story: the pictures' geometry, and what is folded."""
    lines = charts.numbered(story["timeline"])
    people = [person for person in story["actors"] if person["severity"]][:PEOPLE]
    people = people if len(people) >= LEAST_PEOPLE else story["actors"][:LEAST_PEOPLE]
    widths = (("wide", charts.WIDE), ("narrow", charts.NARROW))
    return {
        "story": story,
        "worst": worst(story),
        "lines": lines,
        "notable": notable(lines),
        "detections": grouped(story["detections"]),
        "people": people,
        "more_people": story["actors"][len(people) : MORE_PEOPLE],
        "unlisted_people": max(0, len(story["actors"]) - MORE_PEOPLE),
        "next_step": summary.next_step(story),
        "pictures": {
            "timeline": [(name, charts.timeline(notable(lines), width)) for name, width in widths],
            "heat": [(name, charts.heat(story["activity"], width)) for name, width in widths],
            "bars": [(name, charts.bars(story["cost"], width)) for name, width in widths],
            "graph": [(name, charts.graph(story["lineage"], width)) for name, width in widths],
        },
        "limits": {"found": FOUND, "files": FILES},
    }


def notable(lines: list[Json], limit: int = SHOWN) -> list[Json]:
    """The moments that are told at once: the worst ones, in their order."""
    kinds = {"detection": 3, "gap": 2, "use": 1}
    order = sorted(lines, key=lambda line: (-severity_rank(line["severity"]), -kinds.get(line["kind"], 0), line["at"]))
    chosen = {line["number"] for line in order[:limit]}
    return [line for line in lines if line["number"] in chosen]


def grouped(detections: list[Json]) -> list[Json]:
    """Detections of one kind together, in the order in which they come: the first one's facts, and all as `found`."""
    ordered = sorted(detections, key=lambda one: (-severity_rank(one["severity"]), one["title"], one["first_seen"]))
    groups = [list(found) for _, found in groupby(ordered, key=lambda one: (one["severity"], one["title"], one["id"]))]
    return [{**found[0], "found": found, "total": sum(one["n"] for one in found)} for found in groups]


def attack(technique: str) -> str:
    """Where ATT&CK explains a technique, as text: nothing in the report is a link."""
    return f"attack.mitre.org/techniques/{technique.replace('.', '/')}"


def atlas(technique: str) -> str:
    return f"atlas.mitre.org/techniques/{technique}"
