"""Tells people of one moment of a response. The state machines call it and never wait for it, nor for whom it tells.

Everybody on the list of a moment is told once, whatever is repeated: before a message goes out, a conditional write
into the ledger takes the telling. One that failed, or that broke off, is taken up by the retry.

    pk incident_id, sk `notice#<moment>#<about>#<recipient>`    state: telling | told | failed; at
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.core.errors import InputRefused, ResponderError
from lambdas.core.fields import clean, require
from lambdas.core.ledger import Ledger, now
from lambdas.notice import words
from lambdas.notice.message import Message
from lambdas.notice.recipients import recipients

Json = dict[str, Any]
FAILURES = (ClientError, BotoCoreError)
BROKEN_OFF_SECONDS = 60
"""Longer than the function lives: a telling that is so old was broken off. Its message may go out a second time."""


def handler(event: Json, context: Any) -> Json:
    """Answer {moment, told: [recipient]}: who was told now.

    Input {moment, incident: {incident_id}} with plan_hash (contained), plan_hash and gate (asked, reminded), or kind
    and report_key (closed, refused, expired, failed). Raises InputRefused, TargetNotFound, and the first of AWS's
    errors when all others are told: Lambda then brings the event again, and in the end to the dead-letter queue.
    """
    if words.name_of(event) not in words.MOMENTS:
        raise InputRefused("moment", f"must be one of {', '.join([*words.MOMENTS, *words.ALSO])}")
    ledger = Ledger()
    message = message_of(event, ledger)
    mark = f"notice#{message.name}#{words.about(event)}"
    outcomes = {to: _tell(ledger, message, mark, to) for to in recipients(message.name)} if message.happened else {}
    told = [to for to, outcome in outcomes.items() if outcome is True]
    if told:
        ledger.note(message.incident_id, f"People were told: {message.title}", to=told)
    failures = [outcome for outcome in outcomes.values() if isinstance(outcome, Exception)]
    if failures:
        raise failures[0]
    return {"moment": message.name, "told": told}


def message_of(event: Json, ledger: Ledger) -> Message:
    name, incident_id = words.name_of(event), require(event, "incident.incident_id")
    return Message(
        incident_id=incident_id,
        name=name,
        moment=words.MOMENTS[name],
        drill=ledger.incident(incident_id)["drill"],
        happened=_happened(name, event, ledger),
        undo=event.get("kind") == "undo",
        at=now("seconds"),
    )


def _happened(name: str, event: Json, ledger: Ledger) -> list[str]:
    """In few words where the records cannot be read: people are told all the same. Not so what only they can show."""
    try:
        return words.happened(event, ledger)
    except (*FAILURES, ResponderError) as error:
        if name == words.CONTAINED:
            raise
        ledger.note(event["incident"]["incident_id"], f"Told in few words: {name}", problem=clean(error))
        return [words.MOMENTS[name].said]


def _tell(ledger: Ledger, message: Message, mark: str, to: str) -> bool | Exception:
    """Was this one told now? The error where it could not be, which the timeline has too."""
    pk, sk = message.incident_id, f"{mark}#{to}"
    if not _taken(ledger, pk, sk):
        return False
    try:
        message.send(to)
    except FAILURES as error:
        _conclude(ledger, pk, sk, "failed")
        ledger.note(pk, f"Could not be told: {message.title}", to=to, problem=clean(error))
        return error
    _conclude(ledger, pk, sk, "told")
    return True


def _taken(ledger: Ledger, pk: str, sk: str) -> bool:
    """False where it was told before, or is being told by another."""
    facts = {"state": "telling", "at": now()}
    if ledger.put_new(pk, sk, facts):
        return True
    seen = ledger.item(pk, sk)
    broken_off = seen["state"] == "telling" and _age(seen["at"]) > BROKEN_OFF_SECONDS
    return (seen["state"] == "failed" or broken_off) and ledger.put_over(pk, sk, facts, "at", seen)


def _conclude(ledger: Ledger, pk: str, sk: str, state: str) -> None:
    ledger.put_over(pk, sk, {"state": state, "at": now()}, "state", {"state": "telling"})


def _age(at: str) -> float:
    """Seconds since then."""
    return (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()
