"""`responder hunt --start`: what was found becomes an incident, as `responder start` would open it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import typer

from cli import start
from cli.failures import REFUSED, USAGE, CommandFailed
from cli.screen import console, plain, say, table

Json = dict[str, Any]
REASON = 400
OFFERED = 9


@dataclass(frozen=True)
class Wanted:
    """Whom to start against, where `actors` names one; the rest as in cli.hunt.Incident."""

    actors: Sequence[str]
    as_json: bool
    start: bool
    yes: bool
    person: str | None
    drill: bool
    stack: str | None
    local: bool


def run(story: Json, wanted: Wanted) -> None:
    """Choose the suspect, show what would be sent, ask, and start. Raises CommandFailed where nobody can be asked."""
    asked = request(story, chosen(story, wanted), wanted)
    asked.check()
    if not wanted.yes:
        confirm(asked, wanted.as_json)
    start.run(asked, wanted.stack, wanted.local, wanted.as_json)


def suspects(story: Json) -> list[Json]:
    """Who has a detection, and is somebody: not a service of AWS."""
    return [person for person in story["actors"] if person["severity"] and person["kind"] != "AWSService"]


def chosen(story: Json, wanted: Wanted) -> Json:
    """The only suspect, or the one that the person picks. Raises CommandFailed where there is none to pick."""
    found = suspects(story)
    if not found:
        raise CommandFailed(REFUSED, "--start: no identity has a detection; `responder start` opens an incident anyway")
    if len(found) == 1:
        return found[0]
    if wanted.yes or wanted.as_json or not console().is_terminal:
        names = ", ".join(plain(person["actor"]) for person in found[:OFFERED])
        raise CommandFailed(USAGE, f"--actor: is needed, because {len(found)} identities are suspect: {names}")
    return _picked(found[:OFFERED])


def _picked(found: Sequence[Json]) -> Json:
    rows = ((str(number), plain(person["actor"]), plain(person["severity"]), str(len(person["detections"])))
            for number, person in enumerate(found, 1))  # fmt: skip
    console().print(table("Suspects", ("", "Who", "Severity", "Detections"), rows))
    while True:
        number: int = typer.prompt("Start the response against which one", type=int)
        if 1 <= number <= len(found):
            return found[number - 1]
        say(f"A number from 1 to {len(found)}.")


def request(story: Json, person: Json, wanted: Wanted) -> start.Request:
    """What `responder start` would be given: where the worst detection was, and what was detected as the reason."""
    found = [one for one in story["detections"] if one["actor"] == person["actor"]]
    account = next((one["account"] for one in found if one["account"]), "") or next(iter(person["accounts"]), "")
    region = next((one["region"] for one in found if one["region"]), "") or next(iter(person["regions"]), "")
    return start.Request(
        start.PLAYBOOKS[0], account, region, principal(person), reason(found), wanted.person, wanted.drill
    )


def principal(person: Json) -> str:
    """The one long-term key that was used, which says more than its user; else who it is."""
    keys = [key for key in person["access_keys"] if key.startswith("AKIA")]
    only = len(keys) == 1 and not person["more"]["access_keys"] and person["kind"] == "IAMUser"
    return keys[0] if only else str(person["actor"])


def reason(found: Sequence[Json]) -> str:
    """`Hunt: logging disabled; model access opened (critical), first seen ...`, short enough for a ledger."""
    titles = "; ".join(dict.fromkeys(one["title"] for one in found))
    first = min(one["first_seen"] for one in found)
    ending = f" ({found[0]['severity']}), first seen {first}"
    room = REASON - len(ending) - len("Hunt: ")
    return f"Hunt: {titles if len(titles) <= room else titles[: room - 1] + '…'}{ending}"


def confirm(asked: start.Request, as_json: bool) -> None:
    """Show what would be sent and ask. Raises CommandFailed where nobody can be asked, typer.Exit on a no."""
    if as_json or not console().is_terminal:
        raise CommandFailed(USAGE, "--yes: is needed where nobody can be asked")
    rows = (("Playbook", plain(asked.playbook)), ("Account", plain(asked.account)), ("Region", plain(asked.region)),
            ("Suspect", plain(asked.principal)), ("Reason", plain(asked.reason, REASON)),
            ("Drill", "yes" if asked.drill else "no"))  # fmt: skip
    console().print(table("A response would be started", ("", ""), rows))
    if not typer.confirm("Start it?"):
        say("Nothing was started.")
        raise typer.Exit(REFUSED)
