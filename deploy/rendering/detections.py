"""docs/detections.md: what each detection sees and cannot see, from its declaration in lambdas/evidence/detections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lambdas.evidence.query import Query, detections

SEVERITIES = ("critical", "high", "medium", "low")
RENUMBERED = "T1685"
PAGE = """<!-- Rendered from lambdas/evidence/detections/*.sql by `make render`: edit those. -->
# Detections

`responder hunt` asks the logs all of these. Each is one file: its SQL, in Athena's dialect, and on top of it what it
asks, how severe an answer is, and stories of records on which it must speak or be silent; the tests tell it all.
How to add one: [contributing](../CONTRIBUTING.md#adding-a-detection). ATT&CK moves the impairing of defences from T1562
to T1685: both numbers stand there.

An answer says who (`actor`, `access_key`), where (`account`, `region`), when (`first_seen`, `last_seen`), how often
(`n`), what (`detail`), and by which records (`event_ids`). `trusted_actors` are the ARNs of those whose changes are
expected, such as the role that deploys. The list is empty until you give it, and then whoever changes something is
reported. The invocation log has a session's ARN where CloudTrail has the role's too: give both.

| severity | detection | sees | ATT&CK | new number | ATLAS | needs |
|---|---|---|---|---|---|---|
{rows}
{sections}"""
SECTION = """
## {title}

[`{id}`](../lambdas/evidence/detections/{id}.sql), {severity}: {why}

**Cannot see.** {limits}
{inputs}
{stories}

Published: {sources}
"""


def files() -> dict[Path, str]:
    found = sorted(detections(), key=lambda one: (SEVERITIES.index(one.declared["severity"]), one.id))
    rows, sections = "".join(map(_row, found)), "".join(map(_section, found))
    return {Path("docs/detections.md"): PAGE.format(rows=rows, sections=sections)}


def _row(one: Query) -> str:
    said = one.declared
    link = f"[{said['title']}](#{_anchor(said['title'])})"
    new = [number for number in said["attack"] if number.startswith(RENUMBERED)]
    old = [number for number in said["attack"] if number not in new]
    cells = (said["severity"], link, one.question, *map(_listed, (old, new, said["atlas"])), said["needs"])
    return f"| {' | '.join(cells)} |\n"


def _anchor(title: str) -> str:
    """As GitHub makes it of a heading."""
    return "".join(c for c in title.lower().replace(" ", "-") if c.isalnum() or c == "-")


def _listed(numbers: list[str]) -> str:
    return ", ".join(numbers)


def _section(one: Query) -> str:
    said = {name: one.declared[name] for name in ("title", "severity", "why", "limits")}
    return SECTION.format(
        id=one.id, **said, inputs=_inputs(one), stories="\n".join(_stories(one)), sources="; ".join(_sources(one))
    )


def _inputs(one: Query) -> str:
    said = [f"`{name}` = {_value(value)}" for name, value in one.defaults.items()]
    return f"\n**Can be changed.** {', '.join(said)}\n" if said else ""


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{one}`" for one in value) or "none"
    return value if value.isdigit() else f"`{value}`"


def _stories(one: Query) -> Iterator[str]:
    for kind, label in (("true", "speaks"), ("false", "is silent")):
        yield from (f"* {label}: {story['story']}" for story in one.declared[kind])


def _sources(one: Query) -> Iterator[str]:
    for source in one.declared["sources"]:
        name, _, url = source.partition(": https://")
        yield f"[{name}](https://{url})" if url else name
