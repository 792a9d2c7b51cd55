"""`responder baseline`: what is recognised in an account, and what is there. All of it asks BaselineFunction."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import typer

from cli.deployment import Deployment, find
from cli.failures import NOT_FOUND, REFUSED, RESPONSE_FAILED, USAGE, CommandFailed
from cli.screen import console, plain, print_json, say, table
from cli.start import check_person, must, requester

Json = dict[str, Any]
FUNCTION = "BaselineFunction"
COLOURS = {
    "accepted": "green", "unchanged": "green", "candidate": "yellow", "none": "yellow", "failed": "red",
    "added": "yellow", "changed": "yellow", "removed": "red",
}  # fmt: skip
NOT_ACCEPTED = "Not accepted; the baseline is what it was."


@dataclass(frozen=True)
class Place:
    """An account and Region; None for the responder's own account, and for every Region."""

    account: str | None
    region: str | None

    def check(self) -> None:
        must(self.account is None or re.fullmatch(r"\d{12}", self.account), "--account", "is 12 digits")
        named = self.region is None or re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", self.region)
        must(named, "--region", "is the name of a Region, such as us-east-1")

    def request(self, do: str) -> Json:
        given = {"account": self.account, "region": self.region}
        return {"do": do, **{name: value for name, value in given.items() if value}}


@dataclass(frozen=True)
class Acceptance:
    place: Place
    reason: str
    person: str | None
    candidate: str | None
    force: bool


def show(place: Place, stack: str | None, local: bool, as_json: bool) -> None:
    answers = asked(find(stack, local), place, "show")
    if as_json:
        print_json(answers)
        return
    console().print(table("Baseline", ("Region", "Account", "State", "Since", "Reason", "What"), map(_shown, answers)))
    _tell_problems(answers)


def _shown(answer: Json) -> list[str]:
    known = answer.get("baseline") or {}
    words = (known.get("recorded_at", ""), _by(known), _counts(known.get("kinds", {})))
    return [plain(answer["region"]), plain(answer["account"]), _word(answer["state"]), *map(plain, words)]


def _by(known: Json) -> str:
    person = known.get("accepted_by")
    return f"{known.get('reason', '')}{f' ({person})' if person else ''}"


def _counts(kinds: Json) -> str:
    """How many there are of each kind: 3 agent, 1 trail."""
    counts = {
        kind: sum(len(value) for value in found.values() if isinstance(value, dict)) for kind, found in kinds.items()
    }
    counts |= {kind: len([value for value in kinds[kind].values() if value]) for kind in SINGLE if kind in kinds}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


SINGLE = ("invocation_logging", "alternate_contact")
"""Kinds of which an account and Region has one or none."""


def drift(place: Place, stack: str | None, local: bool, as_json: bool) -> None:
    """Raises CommandFailed where a Region could not be compared."""
    answers = asked(find(stack, local), place, "drift")
    if as_json:
        print_json(answers)
    else:
        for answer in answers:
            tell_drift(answer)
    _fail_if_any(answers)


def tell_drift(answer: Json) -> None:
    where = f"{plain(answer['region'])} of {plain(answer['account'])}"
    changes = answer.get("changes", [])
    if changes:
        rows = ((_word(c["change"]), plain(c["kind"]), plain("/".join(c["path"])), _values(c)) for c in changes)
        console().print(
            table(f"{where}, since {plain(answer['since'])}", ("Change", "Kind", "What", "From → to"), rows)
        )
        _tell_actors(answer)
    else:
        console().print(
            f"{where}: {_word(answer['state'])}{', nothing differs' if answer['state'] == 'unchanged' else ''}"
        )
    _tell_problems([answer])


def _values(change: Json) -> str:
    before, after = (json.dumps(change[name], ensure_ascii=False) for name in ("before", "after"))
    one = {"added": after, "removed": before}.get(change["change"])
    return plain(one, 160) if one else f"{plain(before, 120)} → {plain(after, 120)}"


def _tell_actors(answer: Json) -> None:
    rows = ([plain(a[name]) for name in ("at", "event", "who", "access_key_id", "ip")] for a in answer["actors"])
    if answer["actors"]:
        console().print(table("Who called what would change these", ("At", "Call", "Who", "Key", "From"), rows))
    else:
        say(f"CloudTrail names nobody who changed these. {answer['actors_problem'] or ''}")


def record(place: Place, stack: str | None, local: bool, as_json: bool) -> None:
    """Raises CommandFailed where a Region could not be recorded."""
    answers = asked(find(stack, local), place, "record")
    if as_json:
        print_json(answers)
    else:
        rows = ([plain(a["region"]), plain(a["account"]), _word(a["state"])] for a in answers)
        console().print(table("Recorded", ("Region", "Account", "State"), rows))
        _tell_problems(answers)
    _fail_if_any(answers)


def accept(wanted: Acceptance, yes: bool, stack: str | None, local: bool, as_json: bool) -> None:
    """Show what differs, ask, and accept exactly that. Raises CommandFailed where nothing differs, or it is refused."""
    wanted.place.check()
    check_person(wanted.person)
    must(wanted.reason.strip(), "--reason", "must say why")
    deployment = find(stack, local)
    (seen,) = asked(deployment, wanted.place, "drift")
    if seen["state"] != "candidate" and not wanted.candidate:
        raise CommandFailed(NOT_FOUND, f"{seen['region']}: there is nothing to accept, it is {seen['state']}")
    if not as_json:
        tell_drift(seen)
    if not yes:
        _confirm(as_json)
    answer = deployment.invoke(FUNCTION, payload(wanted, seen, deployment))
    if as_json:
        print_json(answer)
    else:
        console().print(f"Accepted: {plain(answer['kinds_sha256'])} is the baseline of {plain(answer['region'])} now.")


def payload(wanted: Acceptance, seen: Json, deployment: Deployment) -> Json:
    by = requester(wanted.person, deployment)
    return {
        **wanted.place.request("accept"),
        "kinds_sha256": wanted.candidate or seen["kinds_sha256"],
        "reason": wanted.reason,
        "accepted_by": by.email,
        "accepter_arn": by.arn,
        "force": wanted.force,
    }


def _confirm(as_json: bool) -> None:
    if as_json or not console().is_terminal:
        raise CommandFailed(USAGE, "--yes: is needed where nobody can be asked")
    if not typer.confirm("Accept this as the baseline?"):
        say(NOT_ACCEPTED)
        raise typer.Exit(REFUSED)


def asked(deployment: Deployment, place: Place, do: str) -> list[Json]:
    """The answer for each account and Region: one, or those of `records`."""
    place.check()
    answer = deployment.invoke(FUNCTION, place.request(do))
    answers: list[Json] = answer.get("records", [answer])
    return answers


def _tell_problems(answers: Iterable[Json]) -> None:
    for answer in answers:
        if answer.get("problem"):
            say(f"{answer['region']}: {answer['problem']}")
        for kind, why in (answer.get("gaps") or (answer.get("baseline") or {}).get("gaps") or {}).items():
            say(f"{answer['region']}: {kind} could not be read: {why}")


def _fail_if_any(answers: list[Json]) -> None:
    failed = [answer["region"] for answer in answers if answer["state"] == "failed"]
    if failed:
        raise CommandFailed(RESPONSE_FAILED, f"not all Regions could be read: {', '.join(failed)}")


def _word(state: str) -> str:
    return f"[{COLOURS.get(state, 'default')}]{plain(state)}[/]"
