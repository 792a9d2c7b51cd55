"""EventBridge hands over a GuardDuty finding. It opens an incident, joins one, is not ours, or is refused: never lost.

Each outcome is recorded in the ledger as pk `intake#<finding id>`, sk `<event id>`, so that whoever sent a finding can
read what became of it.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from lambdas.core.errors import InputRefused, NotOurs
from lambdas.core.fields import pick, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.intake.finding import incident_of
from lambdas.intake.opening import open_incident
from lambdas.intake.refusal import refuse

Json = dict[str, Any]

log = logging.getLogger("intake")
log.setLevel(logging.INFO)

_ID = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_NO_SORT_KEY = "incident"
"""The ledger lists incidents by this sort key: an event must not take it as its id."""


def handler(event: Any, context: Any) -> Json:
    """One event, or a batch from a queue as after a redrive: {"Records": [{"body"}]}.

    Answer {outcome, incident_id, reason}, for a batch {outcomes: [...]}. Raises only where AWS itself fails: Lambda
    then tries again, and puts the event into the dead-letter queue in the end.
    """
    if isinstance(event, dict) and isinstance(event.get("Records"), list):
        return {"outcomes": [take_in(_inner(record)) for record in event["Records"]]}
    return take_in(event)


def take_in(event: Any) -> Json:
    """What becomes of one event: {outcome: incident | joined | not_ours | refused, incident_id, reason}."""
    ledger = Ledger()
    try:
        outcome = _opened(event, incident_of(event), ledger)
    except NotOurs as error:
        outcome = _outcome("not_ours", None, str(error))
    except InputRefused as error:
        refuse(event, error)
        outcome = _outcome("refused", None, str(error))
    _record(event, outcome, ledger)
    return outcome


def _opened(event: Json, incident: Json, ledger: Ledger) -> Json:
    incident_id, count = incident["incident_id"], incident["source"]["count"]
    opened, _ = open_incident(incident, event, ledger)
    if opened:
        return _outcome("incident", incident_id, incident["reason"])
    if count > ledger.incident(incident_id)["source"]["count"]:
        ledger.note(
            incident_id, "GuardDuty updated the finding", count=count, last_seen=incident["source"]["last_seen"]
        )
    return _outcome("joined", incident_id, f"The finding has its incident already, {incident_id}.")


def _outcome(outcome: str, incident_id: str | None, reason: str) -> Json:
    return {"outcome": outcome, "incident_id": incident_id, "reason": reason}


def _record(event: Any, outcome: Json, ledger: Ledger) -> None:
    """The first word on an event stands: a copy that is delivered later does not overwrite it."""
    finding = pick(event, "detail.id") or pick(event, "detail.Id")
    ledger.put_new(f"intake#{_fit(finding, event)}", _fit(pick(event, "id"), event), {**outcome, "at": now()})
    log.info("finding %s: %s %s", _fit(finding, event), outcome["outcome"], outcome["reason"])


def _fit(value: Any, event: Any) -> str:
    """An id that may stand in a key: the event's own, or the hash of the whole where it has none that fits."""
    if isinstance(value, str) and value != _NO_SORT_KEY and _ID.fullmatch(value):
        return value
    return sha256(json.dumps(event, sort_keys=True).encode())[:32]


def _inner(record: Any) -> Any:
    """The event within a queue's record; text that is not JSON stays text, and is refused as such."""
    body = pick(record, "body", record)
    try:
        return json.loads(body) if isinstance(body, str) else body
    except (ValueError, RecursionError):
        return body
