"""`responder hunt`: what happened, told from logs on disk or in S3."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.failures import RESPONSE_FAILED, USAGE, CommandFailed, aws_errors
from cli.screen import console, plain, print_json, say
from cli.start import must

if TYPE_CHECKING:
    from cli.deployment import Deployment
    from hunt.reading import Logs

Json = dict[str, Any]
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True)
class Request:
    """What to read, what of it is asked for, and where the answer goes."""

    places: Sequence[str]
    actors: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    accounts: Sequence[str] = ()
    settings: Sequence[str] = ()
    as_json: bool = False
    csv: Path | None = None
    html: Path | None = None
    parquet: Path | None = None
    cached: bool = True
    local: bool = False
    stack: str | None = None

    def wanted(self) -> Json:
        """The filter, checked. Raises CommandFailed naming the option that does not fit."""
        for account in self.accounts:
            must(re.fullmatch(r"\d{12}", account), "--account", "is 12 digits")
        for actor in self.actors:
            must(actor.strip(), "--actor", "is an ARN, a user's or role's name, an access key id or a principal id")
        since, until = moment("--since", self.since), moment("--until", self.until, end=True)
        must(not (since and until and since > until), "--since", "must be before --until")
        settings = settled(self.settings)
        found = {"actors": list(self.actors), "since": since, "until": until, "accounts": list(self.accounts)}
        return {**found, "settings": settings} if settings else found


@dataclass(frozen=True)
class Incident:
    """Whether and how the result becomes an incident; the fields are those of `responder start`."""

    start: bool
    yes: bool
    person: str | None
    drill: bool
    stack: str | None
    local: bool


def settled(settings: Sequence[str]) -> dict[str, str | list[str]]:
    """What is changed of the detections, by name: a list's values stand between commas, or in several --set.

    Raises CommandFailed for a name that no detection has.
    """
    if not settings:
        return {}
    kinds = _changeable()
    found: dict[str, str | list[str]] = {}
    for setting in settings:
        name, is_given, value = setting.partition("=")
        must(
            is_given and name in kinds, "--set", f"is NAME=VALUE or DETECTION.NAME=VALUE, of {', '.join(sorted(kinds))}"
        )
        if kinds[name].endswith("s"):
            found[name] = [*found.get(name, ()), *filter(None, value.split(","))]
        else:
            found[name] = value
    return found


def _changeable() -> dict[str, str]:
    """The kinds of what has a default: a list by its name for all detections, anything by its detection's too."""
    from lambdas.evidence.query import detections

    own = [(one.id, name, one.inputs[name]) for one in detections() for name in one.defaults]
    shared = {name: kind for _, name, kind in own if kind.endswith("s")}
    return {**shared, **{f"{detection}.{name}": kind for detection, name, kind in own}}


def moment(option: str, text: str | None, end: bool = False) -> str | None:
    """`2026-01-02`, `2026-01-02T03:04:05+01:00` or `24h` ago, in UTC as the logs write it.

    The `end` of a day is its last second.
    """
    if text is None:
        return None
    if match := re.fullmatch(r"(\d{1,5})([mhdw])", text):
        at = datetime.now(UTC) - timedelta(**{UNITS[match[2]]: int(match[1])})
    else:
        at = _iso(option, text)
        if end and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            at += timedelta(days=1, seconds=-1)
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _iso(option: str, text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        problem = "is a time such as 2026-01-02 or 2026-01-02T03:04:05Z, or a duration such as 24h or 7d"
        raise CommandFailed(USAGE, f"{option}: {problem}") from None


def run(request: Request, incident: Incident) -> None:
    say(f"Reading {', '.join(request.places)}.")
    story = told(request)
    if request.as_json and not incident.start:
        print_json(story)
    elif not request.as_json:
        from cli.story import show

        show(story)
    if incident.start:
        from cli import hunt_start

        hunt_start.run(story, hunt_start.Wanted(request.actors, request.as_json, **asdict(incident)))


def told(request: Request, responder: Deployment | None = None) -> Json:
    """Read, detect and tell; the files that were asked for are written. `responder` is else the one that the request
    names; where it is the embedded one, its S3 is read."""
    from cli.progress import shown
    from hunt.cache import folder
    from hunt.reading import Wanted, read

    wanted, ours = request.wanted(), responder or _deployment(request)
    asked = Wanted(tuple(wanted["actors"]), wanted["since"], wanted["until"], tuple(wanted["accounts"]))
    session = ours if request.local else None
    with shown() as progress:
        logs = read(request.places, asked, progress, folder() if request.cached else None, session)
    story = _story(request, wanted, logs, ours.member_roles() if ours else [])
    for note in logs.notes:
        say(note)
    _write(request, story, logs)
    return story


def _story(request: Request, wanted: Json, logs: Logs, own: list[str]) -> Json:
    from hunt.answers import story
    from hunt.detecting import DetectionFailed

    try:
        return story(logs, request.places, wanted, own, with_questions=request.as_json)
    except DetectionFailed as error:
        raise CommandFailed(RESPONSE_FAILED, f"a detection could not be asked: {error}") from error


def _deployment(request: Request) -> Deployment | None:
    """The responder that the person named. A hunt needs none: none is looked for by itself, and a stack that does not
    answer is no failure."""
    from cli.deployment import find

    if request.local:
        return find(None, True)
    unanswered: tuple[type[Exception], ...] = (CommandFailed, *aws_errors())
    try:
        return find(request.stack, False) if request.stack else None
    except unanswered as error:
        say(f"No role is known to be the responder's own: {plain(error)}")
        return None


def _write(request: Request, story: Json, logs: Logs) -> None:
    from hunt import files

    if request.csv is not None:
        _written("--csv", partial(files.write_csv, story, request.csv))
    if request.html is not None:
        _written("--html", partial(files.write_html, story, request.html))
    if request.parquet is not None:
        _written("--parquet", partial(files.write_parquet, story, logs.connection, request.parquet))


def _written(option: str, write: Callable[[], list[Path]]) -> None:
    try:
        paths = write()
    except OSError as error:
        raise CommandFailed(USAGE, f"{option}: cannot be written: {error.strerror or 'unknown reason'}") from error
    say(f"Written: {', '.join(map(str, paths))}")


def tell_next(story: Json) -> None:
    """The command that follows from the story."""
    from hunt.summary import next_step

    if command := next_step(story):
        console().print(f"\n[dim]Next:[/] {plain(command, 2000)}", soft_wrap=True)
