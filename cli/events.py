"""`responder events`: the catalogue of events to watch, and which of them no trail of an account records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from cli.deployment import Deployment, own_account
from cli.failures import NOT_FOUND, USAGE, CommandFailed
from cli.screen import console, plain, print_json, table
from lambdas.evidence.coverage import NEVER, UNKNOWN_TYPE, not_logged
from lambdas.evidence.query import HERE, watchlist
from lambdas.evidence.trails import trails

Json = dict[str, Any]
COLOURS = {"critical": "red", "high": "yellow"}
FLAGS = {True: "read", False: "write", "unknown": "flag unknown"}


@dataclass(frozen=True)
class Wanted:
    """What to list. `data` is None for events of both kinds."""

    words: tuple[str, ...] = ()
    service: str | None = None
    tactic: str | None = None
    severity: str | None = None
    data: bool | None = None

    def check(self) -> None:
        """Raises CommandFailed where an option has a value that no event has."""
        _check("--service", self.service, {_service(row) for row in watchlist()})
        _check("--tactic", self.tactic, {tactic for row in watchlist() for tactic in row["tactics"]})
        _check("--severity", self.severity, set(COLOURS))

    def fits(self, row: Json) -> bool:
        return (
            self.service in (None, _service(row))
            and (self.tactic is None or self.tactic in row["tactics"])
            and self.severity in (None, row["severity"])
            and (self.data is None or row["category"] == ("Data" if self.data else "Management"))
            and all(any(name in _text(row) for name in _names(word)) for word in self.words)
        )


@dataclass(frozen=True)
class Place:
    account: str | None
    region: str | None
    local: bool


def run(wanted: Wanted, as_json: bool) -> None:
    wanted.check()
    found, corrected = [row for row in watchlist() if wanted.fits(row)], _corrections(wanted)
    if not found and not corrected:
        raise CommandFailed(NOT_FOUND, "no watched event fits that; `responder events` lists them all")
    if as_json:
        print_json({"events": found, "corrections": corrected})
        return
    for correction in corrected:
        console().print(_corrected(correction))
    if found:
        title = f"Events to watch: {len(found)} of {len(watchlist())}"
        console().print(table(title, ("Event", "Severity", "Kind", "Tactics"), map(_row, found)))


def tell_not_logged(wanted: Wanted, place: Place, as_json: bool) -> None:
    """The events that no logging trail is sure to record in one Region, by what would record them."""
    wanted.check()
    deployment = own_account(place.local)
    answer = _judged(deployment, place, [row for row in watchlist() if wanted.fits(row)])
    if as_json:
        print_json(answer)
        return
    title = f"{len(answer['not_logged'])} of {answer['asked']} watched events are not sure to be recorded"
    console().print(f"[bold]{title}[/] in {plain(answer['account'])}, {plain(answer['region'])}")
    console().print(_trails_line(answer["trails"]))
    for group in _groups(answer["not_logged"]):
        _print_group(group)


def refuse_place() -> None:
    raise CommandFailed(USAGE, "--account, --region: only with --not-logged; the catalogue is the same everywhere")


def _judged(deployment: Deployment, place: Place, asked: list[Json]) -> Json:
    account = deployment.client("sts").get_caller_identity()["Account"]
    if place.account not in (None, account):
        raise CommandFailed(USAGE, f"--account: your credentials are of {account}; use those of the account you mean")
    region = place.region or deployment.client("cloudtrail").meta.region_name
    found = trails(lambda name: deployment.client("cloudtrail", name), region)
    return {
        "account": account,
        "region": region,
        "trails": found,
        "asked": len(asked),
        "not_logged": not_logged(found, asked, region),
    }


def _check(option: str, value: str | None, allowed: Iterable[str]) -> None:
    if value is not None and value not in allowed:
        raise CommandFailed(USAGE, f"{option}: must be one of {', '.join(sorted(allowed))}")


def _service(row: Json) -> str:
    return str(row["eventSource"]).partition(".")[0]


def _text(row: Json) -> str:
    return " ".join((row["eventName"], row["eventSource"], *row["tactics"], *row["resources"])).casefold()


@cache
def _known_corrections() -> dict[str, Json]:
    """Names that are written wrongly, or for one another, by what is written."""
    rows: list[Json] = json.loads((HERE / "corrected_names.json").read_text())
    return {row["written"].casefold(): row for row in rows}


def _names(word: str) -> list[str]:
    """What a word stands for: itself, or the names that were meant."""
    correction = _known_corrections().get(word.casefold())
    return [name.casefold() for name in correction["names"]] if correction else [word.casefold()]


def _corrections(wanted: Wanted) -> list[Json]:
    known = _known_corrections()
    return [known[word.casefold()] for word in wanted.words if word.casefold() in known]


def _corrected(correction: Json) -> str:
    watched = {row["eventName"] for row in watchlist()} & set(correction["names"])
    kind = f"{_service(correction)}, {correction['category'].lower()} event"
    on_list = "on the watch-list" if watched else "not on the watch-list"
    names = " or ".join(correction["names"])
    return f"{correction['written']} is [bold]{names}[/] ({kind}, {on_list}): {correction['why']}."


def _row(row: Json) -> list[str]:
    named = f"{plain(row['eventName'])}\n[dim]{plain(row['eventSource'])}[/]"
    kind = f"{row['category'].lower()}\n{FLAGS[row['readOnly']]}"
    return [named, _severity(row["severity"]), kind, ", ".join(row["tactics"]).replace("_", " ")]


def _severity(severity: str) -> str:
    return f"[{COLOURS[severity]}]{severity}[/]"


def _trails_line(found: list[Json]) -> str:
    told = [f"{plain(t['name'])} ({'logging' if t['logging'] else '[red]not logging[/]'})" for t in found]
    return f"Trails: {', '.join(told) or '[red]none[/]'}"


def _groups(rows: list[Json]) -> Iterator[list[Json]]:
    """Events that the same would record: those first that are not recorded, can be switched on, and are critical."""

    def key(row: Json) -> tuple[str, str, str]:
        return row["switch_on"], row["why"], row["recorded"]

    groups = [list(group) for _, group in groupby(sorted(rows, key=key), key)]
    yield from sorted(groups, key=_urgency, reverse=True)


def _urgency(rows: list[Json]) -> tuple[bool, bool, int]:
    return rows[0]["recorded"] == NEVER, rows[0]["switch_on"] != UNKNOWN_TYPE, _critical(rows)


def _critical(rows: list[Json]) -> int:
    return sum(row["severity"] == "critical" for row in rows)


def _print_group(rows: list[Json]) -> None:
    first, names = rows[0], ", ".join(row["eventName"] for row in rows)
    recorded = "not recorded" if first["recorded"] == NEVER else "only partly recorded"
    console().print(f"\n[bold]{len(rows)} {recorded}[/] ({_critical(rows)} critical): {plain(first['why'])}")
    console().print(f"Switch on: {plain(first['switch_on'], 1000)}")
    console().print(f"[dim]{plain(names, 10_000)}[/]")
