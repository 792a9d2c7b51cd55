"""What becomes of an event of any source: it opens an incident, joins one, is not ours, or is refused.

Each outcome is recorded in the ledger as pk `intake#<finding id>`, sk `<event id>`, so that whoever sent a finding can
read what became of it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from typing import Any

from lambdas.core.errors import InputRefused, NotOurs
from lambdas.core.fields import pick, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.intake.joining import joined_or_opened, outcome
from lambdas.intake.refusal import refuse

Json = dict[str, Any]
Read = Callable[[Any, Ledger], Json]
"""From an event to the incident (schemas/incident.json) that it speaks for. Raises NotOurs or InputRefused."""
Name = Callable[[Any], Any]
"""From an event to the id of its finding, whatever stands there."""

log = logging.getLogger("intake")
log.setLevel(logging.INFO)

_ID = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_NO_SORT_KEY = "incident"
"""The ledger lists incidents by this sort key: an event must not take it as its id."""


def outcomes(event: Any, take: Callable[[Any], Json]) -> Json:
    """One event's outcome, or {outcomes: [...]} of a batch from a queue as after a redrive: {"Records": [{"body"}]}.

    Raises only where AWS itself fails: Lambda tries again then, and keeps the event in the dead-letter queue.
    """
    if isinstance(event, dict) and isinstance(event.get("Records"), list):
        return {"outcomes": [take(_inner(record)) for record in event["Records"]]}
    return take(event)


def take_in(event: Any, read: Read, name: Name) -> Json:
    """What becomes of one event: {outcome: incident | joined | not_ours | refused, incident_id, reason}."""
    ledger = Ledger()
    try:
        became = joined_or_opened(read(event, ledger), event, ledger)
    except NotOurs as error:
        became = outcome("not_ours", None, str(error))
    except InputRefused as error:
        refuse(event, error)
        became = outcome("refused", None, str(error))
    _record(event, name(event), became, ledger)
    return became


def _record(event: Any, finding: Any, became: Json, ledger: Ledger) -> None:
    """The first word on an event stands: a copy that is delivered later does not overwrite it."""
    ledger.put_new(f"intake#{_fit(finding, event)}", _fit(pick(event, "id"), event), {**became, "at": now()})
    log.info("finding %s: %s %s", _fit(finding, event), became["outcome"], became["reason"])


def _fit(value: Any, event: Any) -> str:
    """An id that may stand in a key: the event's own, or the hash of the whole where it has none that fits."""
    if isinstance(value, str) and value != _NO_SORT_KEY and _ID.fullmatch(value):
        return value
    return sha256(json.dumps(event, sort_keys=True).encode())[:32]


def _inner(record: Any) -> Any:
    """The event within a queue's record; text that is not JSON stays text, and is refused as such.

    What EventBridge could not deliver lies in the queue as it is, what Lambda gave up on as `requestPayload` of a
    record about that (Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations").
    """
    body = pick(record, "body", record)
    try:
        event = json.loads(body) if isinstance(body, str) else body
    except (ValueError, RecursionError):
        return body
    return pick(event, "requestPayload", event)
