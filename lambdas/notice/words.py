"""What is said of each moment: to people by mail, and to the topic in words that name nobody and nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lambdas.core import documents
from lambdas.core.fields import require
from lambdas.core.ledger import DONE, Ledger
from lambdas.reporting import words

Json = dict[str, Any]
CONTAINMENT = "containment"
CONTAINED = "contained"
GATES = {"one": "one approver", "two": "two different approvers"}


STATUS, REPORT, RESUME, APPROVALS = (
    f"responder {command} {{id}}" for command in ("status", "report", "resume", "approvals")
)


@dataclass(frozen=True)
class Moment:
    """`said` is for the topic, `asked` of the reader; `look` are the commands, all with {id} for the incident's id."""

    title: str
    said: str
    asked: str
    look: tuple[str, ...] = (STATUS,)


MOMENTS = {
    "opened": Moment("opened", "An incident was opened, and its response has begun.", "Nothing now."),
    "asked": Moment(
        "approval asked",
        "Steps of the response wait for approval.",
        "Nothing, unless you approve: approvers have a mail of their own, with a link.",
        (STATUS, APPROVALS),
    ),
    "reminded": Moment(
        "approvers reminded",
        "Half of the first approvers' time is over, and nothing is decided.",
        "Reach the approvers, if you can. Those who have not answered are reminded by a mail of their own.",
        (STATUS, APPROVALS),
    ),
    "contained": Moment("contained", "Steps that contain are done and read back.", "Nothing now."),
    "refused": Moment(
        "refused",
        "It ended because an approver refused.",
        "Nothing. If the refusal was wrong, start a response anew.",
        (REPORT, STATUS),
    ),
    "failed": Moment(
        "failed",
        "It ended without doing all that it should.",
        "Look at what is left and decide what to do: this does not go on by itself.",
        (STATUS, REPORT, RESUME),
    ),
    "closed": Moment("closed", "It ended well.", "Nothing.", (REPORT, STATUS)),
}
ALSO = {"expired": "failed"}
"""Outcomes of a report that are told as another moment."""


def name_of(event: Json) -> str:
    """The moment of an event: one of MOMENTS, or what is not known."""
    given: str = require(event, "moment")
    return ALSO.get(given, given)


def about(event: Json) -> str:
    """What this moment is one of in its incident: a gate, a report, or the incident itself."""
    if "gate" in event:
        return f"{require(event, 'plan_hash')[:16]}.{event['gate']}"
    if "report_key" in event:
        return f"report-{require(event, 'report_key').split('/')[-2]}"
    return str(event.get("kind", "response"))


def happened(event: Json, ledger: Ledger) -> list[str]:
    """What happened, the first sentence first. Empty where it has not happened: nothing contains yet."""
    return list(HAPPENED[name_of(event)](event, ledger))


def _opened(event: Json, ledger: Ledger) -> Iterator[str]:
    incident = ledger.incident(event["incident"]["incident_id"])
    source = incident["source"]
    yield words.began({**incident, "kind": source["kind"], "type": source["type"]})
    yield f"What was seen: {source['title']}"


def _asked(event: Json, ledger: Ledger) -> Iterator[str]:
    steps = [step for step in _plan(event)["steps"] if step["approval"] == event["gate"]]
    yield f"{_steps(len(steps))} of the plan must be approved by {GATES[event['gate']]}."
    yield from (f"{step['title']}: {step['label']}" for step in steps)


def _reminded(event: Json, ledger: Ledger) -> Iterator[str]:
    yield "Half of the time that the first approvers have is over, and nothing is decided."
    yield from _asked(event, ledger)


def _contained(event: Json, ledger: Ledger) -> Iterator[str]:
    status = {step["step_id"]: step["status"] for step in ledger.steps(event["incident"]["incident_id"])}
    steps = [step for step in _plan(event)["steps"] if step["stage"] == CONTAINMENT]
    done = [step for step in steps if status.get(step["step_id"]) in DONE]
    if done:
        yield f"Containment: {len(done)} of {_steps(len(steps))} done and read back."
    for step in steps if done else ():
        yield f"{step['title']}: {step['label']}: {words.status(status.get(step['step_id'], 'planned'))}"


def _ended(event: Json, ledger: Ledger) -> Iterator[str]:
    if "report_key" not in event:
        yield f"The {event.get('kind', 'response')} ended, and its report could not be written."
        return
    folder = require(event, "report_key").rsplit("/", 1)[0]
    yield from documents.read_json(f"{folder}/report.json")["summary"]


HAPPENED: dict[str, Callable[[Json, Ledger], Iterator[str]]] = {
    "opened": _opened,
    "asked": _asked,
    "reminded": _reminded,
    "contained": _contained,
    "refused": _ended,
    "failed": _ended,
    "closed": _ended,
}


def _plan(event: Json) -> Json:
    return documents.read_plan(event["incident"]["incident_id"], require(event, "plan_hash"))


def _steps(number: int) -> str:
    return f"{number} step" if number == 1 else f"{number} steps"
