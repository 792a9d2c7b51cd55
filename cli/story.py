"""A story of `responder hunt` on the terminal: what happened, detections, who, cost, what could not be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from cli.hunt import tell_next
from cli.screen import console, plain, table
from hunt.actors import short
from hunt.charts import numbered
from hunt.page import grouped, notable
from hunt.summary import count, moment, money, passed_over
from lambdas.core.fields import clean

Json = dict[str, Any]
COLOURS = {"critical": "red bold", "high": "red", "medium": "yellow", "low": "cyan", "info": "blue"}
DETECTIONS, MOMENTS, PEOPLE, MODELS, SPOTS, FILES = 12, 12, 6, 6, 8, 5
"""How many lines of each are shown; the page and the files have all."""
CELL, PATH = 90, 44


def show(story: Json) -> None:
    """Print the story. Text of the logs is cleaned and cannot colour or move anything."""
    for part in parts(story):
        console().print(part)
    tell_next(story)


def parts(story: Json) -> Iterator[RenderableType]:
    yield from _headline(story)
    yield from _detections(story["detections"])
    yield from _timeline(story["timeline"])
    yield from _people(story["actors"])
    yield from _cost(story["cost"])
    yield from _unseen(story["blind_spots"])
    yield from _unread(story)


def _headline(story: Json) -> Iterator[RenderableType]:
    records = story["records"]
    told = [f"{records['read']:,} read", f"{records['relevant']:,} relevant", f"{records['duplicates']:,} duplicates"]
    if records["malformed"]:
        told.append(f"{records['malformed']:,} malformed")
    yield Text.from_markup(f"[dim]{plain(count(story['files'], 'file'))}, records: {', '.join(told)}[/]")
    if story["passed_over"]:
        yield Text.from_markup(f"[dim]Not opened: {plain(passed_over(story))}[/]")
    for number, line in enumerate(story["summary"]):
        yield Text.from_markup(f"[bold]{plain(line, 2000)}[/]" if number == 0 else plain(line, 2000))


def section(
    title: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]], left_out: int
) -> Iterator[RenderableType]:
    """A titled table, and how many rows it leaves out."""
    yield Text()
    yield table(title, columns, rows)
    if left_out > 0:
        yield Text.from_markup(f"[dim]and {left_out:,} more: --html, --json or --csv[/]")


def severity(level: str | None) -> str:
    return f"[{COLOURS[level]}]{level}[/]" if level in COLOURS else plain(level or "-")


def _detections(detections: list[Json]) -> Iterator[RenderableType]:
    kinds = grouped(detections)
    if kinds:
        rows = (_kind(kind) for kind in kinds[:DETECTIONS])
        columns = ("Severity", "What", "Who and where", "First seen", "Calls")
        yield from section("Detections (UTC)", columns, rows, len(kinds) - DETECTIONS)


def _kind(kind: Json) -> tuple[str, ...]:
    first = kind["found"][0]
    more = f" and {len(kind['found']) - 1} more" if len(kind["found"]) > 1 else ""
    where = plain(f"{first['account'] or ''} {first['region'] or ''}".strip())
    who = f"{plain(first['actor_name'], CELL)}\n[dim]{where}{more}[/]"
    what = f"{plain(kind['title'], CELL)}\n[dim]{plain(', '.join([*kind['attack'][:1], *kind['atlas'][:1]]))}[/]"
    return severity(kind["severity"]), what, who, plain(moment(kind["first_seen"])), f"{kind['total']:,}"


def _timeline(lines: list[Json]) -> Iterator[RenderableType]:
    told = notable(numbered(lines), MOMENTS)
    if told:
        columns = ("When (UTC)", "What", "Who")
        yield from section("Timeline", columns, map(_moment, told), len(lines) - len(told))


def _moment(line: Json) -> tuple[str, ...]:
    times = f" × {line['n']:,}" if line["n"] > 1 else ""
    failed = " failed" if line["kind"] == "failed" else ""
    detail = f"\n[dim]{plain(line['detail'], CELL)}[/]" if line["detail"] else ""
    level = COLOURS.get(line["severity"] or "") if line["kind"] in ("detection", "gap") else None
    what = f"[{level}]{plain(line['what'], CELL)}[/]" if level else plain(line["what"], CELL)
    return (
        plain(moment(line["at"])),
        f"{what}{failed}{times}{detail}",
        plain(short(line["actor"]) if line["actor"] else "", CELL),
    )


def _people(people: list[Json]) -> Iterator[RenderableType]:
    suspects = [person for person in people if person["severity"]] or people[:PEOPLE]
    if suspects:
        columns = ("Who", "Severity", "Calls", "Models", "From", "Last seen")
        yield from section(
            "Identities (UTC)", columns, map(_person, suspects[:PEOPLE]), len(people) - len(suspects[:PEOPLE])
        )


def _person(person: Json) -> tuple[str, ...]:
    keys = ", ".join(person["access_keys"][:1])
    addresses = len(person["addresses"]) + person["more"]["addresses"]
    where = plain(", ".join(person["addresses"][:1]), 40) + (f" +{addresses - 1}" if addresses > 1 else "")
    who = plain(person["name"], 40) + (f"\n[dim]{plain(keys, 40)}[/]" if keys else "")
    return (who, severity(person["severity"]), f"{person['calls']:,}", f"{person['invocations']:,}", where,
            plain(moment(person["last"])))  # fmt: skip


def _cost(cost: Json) -> Iterator[RenderableType]:
    if not (cost["rows"] or cost["unmetered"]):
        return
    columns = ("Who", "Model", "Calls", "Tokens in", "Tokens out", "USD")
    if cost["rows"]:
        yield from section(
            "Tokens and estimated cost", columns, map(_used, cost["rows"][:MODELS]), len(cost["rows"]) - MODELS
        )
        dates = sorted({price["date"] for price in cost["prices"]})
        if dates:
            yield Text.from_markup(
                f"[dim]List prices of {plain(cost['prices'][0]['region'])} as read on {plain(dates[-1])}.[/]"
            )
    if cost["unmetered"]:
        hidden = count(cost["total"]["unmetered_calls"], "invocation")
        yield Text.from_markup(f"\n{hidden} in CloudTrail left no token counts: cost not known.")


def _used(row: Json) -> tuple[str, ...]:
    usd = money(row["usd"]) if row["usd"] is not None else "no price"
    tokens = row["tokens"]
    return (plain(short(row["actor"]), 40), plain(row["model"] or "not named", 60), f"{row['calls']:,}",
            f"{tokens['input']:,}", f"{tokens['output']:,}", usd)  # fmt: skip


def _unseen(spots: list[Json]) -> Iterator[RenderableType]:
    if spots:
        columns = ("", "What could not be seen, and what to do")
        yield from section("Blind spots", columns, map(_spot, spots[:SPOTS]), len(spots) - SPOTS)


def _spot(spot: Json) -> tuple[str, ...]:
    when = f" {moment(spot['from'])} to {moment(spot['to']) if spot['to'] else 'the end'}" if spot["from"] else ""
    where = " ".join(part for part in (spot["region"], spot["account"]) if part)
    number = f"{spot['n']:,}" if spot["n"] else "-"
    facts = f" [dim]({plain((where + when).strip(), CELL)})[/]" if where or when else ""
    return number, f"{plain(spot['what'])}{facts}\n[dim]{plain(spot['advice'])}[/]"


def _unread(story: Json) -> Iterator[RenderableType]:
    entries = [*story["skipped_files"], *story["malformed"]]
    if entries:
        rows = ((_ending(entry["file"]), plain(entry["reason"], CELL)) for entry in entries[:FILES])
        yield from section("Not read", ("File", "Why"), rows, len(entries) - FILES)


def _ending(path: str) -> str:
    """A path that fits a table: its end says more than its beginning."""
    whole = clean(path, 10_000)
    return plain(whole if len(whole) <= PATH else f"…{whole[1 - PATH :]}")
