"""docs/questions.md and docs/events.md: what can be asked of the logs, and which events are watched.

And hunt/translated.json: the SQL of all questions and detections for DuckDB, by the hash of what it is for Athena.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from hunt.dialect import key, translate
from lambdas.evidence.query import HERE, QUERIES, Query, load, queries, watchlist

Json = dict[str, Any]
DETECTIONS = HERE / "detections"
NOTE = "<!-- Rendered from {source} by `make render`: edit that. -->\n"
QUESTIONS = (
    NOTE.format(source="lambdas/evidence/queries")
    + """# Questions to the logs

{count} questions, one file each in `lambdas/evidence/queries`. The SQL is Athena's; `responder hunt` runs the same text
on DuckDB. Inputs are bound, never written into the SQL. A question with a limit says so: what is not logged is not
answered by silence.

| question | file | playbooks |
|---|---|---|
{rows}
{sections}"""
)
SECTION = """
## {question}

[`{id}`](../lambdas/evidence/queries/{id}.sql) ({catalogue}){answers}

* **Inputs:** {inputs}
* **Answers:** {outputs}
* **Needs:** {needs}
{limits}"""
EVENTS = (
    NOTE.format(source="lambdas/evidence/watchlist.json")
    + """# Events to watch

{count} CloudTrail events, {critical} of them critical. `responder events` lists and searches them; `responder events
--not-logged` tells which of them the trails of your account do not record. The key is service and name together:
CreateUser, for one, is a name in many services.

* **Flag** is CloudTrail's `readOnly`. It is `read` or `write` where a real record, AWS's documentation, or the
  service's own model with a name that agrees says so, and `?` where nothing does. Calling a model is flagged as a read:
  a trail or rule for writes only does not see it.
* **Selected by** are the `resources.type` by which a trail selects a data event; `?` where AWS does not document it.
{sections}"""
)
GROUP = """
## {source}

| event | severity | tactics | kind | flag | selected by |
|---|---|---|---|---|---|
{rows}
"""
FLAGS = {True: "read", False: "write", "unknown": "?"}


def files() -> dict[Path, str]:
    return {
        Path("docs/questions.md"): _questions(),
        Path("docs/events.md"): _events(),
        Path("hunt/translated.json"): json.dumps(translated(), indent=1) + "\n",
    }


def translated() -> dict[str, str]:
    asked = (load(path).sql for folder in (QUERIES, DETECTIONS) for path in sorted(folder.glob("*.sql")))
    return {key(sql): translate(sql) for sql in asked}


def _questions() -> str:
    asked = sorted(queries(), key=lambda query: _order(query.declared["catalogue"]))
    rows = "\n".join(
        f"| [{q.question}]({_anchor(q.question)}) | `{q.id}` | {', '.join(q.declared['playbooks'])} |" for q in asked
    )
    return QUESTIONS.format(count=len(asked), rows=rows, sections="".join(map(_section, asked)))


def _order(catalogue: str) -> tuple[int, str]:
    return ("ct", "q", "inv").index(catalogue.rstrip("0123456789")), catalogue


def _anchor(question: str) -> str:
    """As GitHub makes it: lower case, spaces as hyphens, no other signs."""
    kept = "".join(sign for sign in question.lower() if sign.isalnum() or sign in " -")
    return "#" + kept.replace(" ", "-")


def _section(query: Query) -> str:
    declared = query.declared
    answers = f", answers: {declared['answers_seed']}" if "answers_seed" in declared else ""
    return SECTION.format(
        id=query.id,
        question=query.question,
        catalogue=declared["catalogue"],
        answers=answers,
        inputs=_named(query.inputs),
        outputs=_named(query.outputs),
        needs=_line(declared["needs"]),
        limits=f"* **Limits:** {_line(declared['limits'])}\n" if "limits" in declared else "",
    )


def _named(kinds: Json) -> str:
    return ", ".join(f"`{name}`" + (f" ({kind})" if kind != "text" else "") for name, kind in kinds.items())


def _line(text: str) -> str:
    return " ".join(text.split())


def _events() -> str:
    groups = groupby(watchlist(), lambda row: row["eventSource"])
    sections = (GROUP.format(source=source, rows="\n".join(_rows(group))) for source, group in groups)
    critical = sum(row["severity"] == "critical" for row in watchlist())
    return EVENTS.format(count=len(watchlist()), critical=critical, sections="".join(sections))


def _rows(group: Iterator[Json]) -> Iterator[str]:
    for row in group:
        is_management = row["category"] == "Management"
        selected = ", ".join(row["resources"]) or ("" if is_management else "?")
        cells = (row["severity"], ", ".join(row["tactics"]), row["category"].lower(), FLAGS[row["readOnly"]], selected)
        yield f"| `{row['eventName']}` | {' | '.join(cells)} |"
