"""Every few minutes: what was left lying? Decisions that nobody was told of, steps without an outcome, dead questions.

It looks only into two sparse indexes, which hold what is unsettled and nothing else, and asks Step Functions only about
the incidents that it finds there. It changes nothing in any account, and tells each thing once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.approval import table
from lambdas.approval.answer import answer
from lambdas.approval.gate import Gate, close_expired, read_gate
from lambdas.approval.takeover import withdrawn
from lambdas.core import executions
from lambdas.core.errors import ResponderError
from lambdas.core.ledger import UNDER_WAY, Ledger
from lambdas.reconciling import telling

Json = dict[str, Any]

log = logging.getLogger("reconcile")

UNTOLD_SECONDS = 90
"""How old an untold decision must be. Longer than the page and the ask function live, which may be telling it now."""
STRANDED_MINUTES = 10
"""How old an intent must be. Longer than a function lives that still works on it after its execution was stopped."""
FAILURES = (ClientError, BotoCoreError, ResponderError)


def handler(event: Json, context: Any) -> Json:
    """Answer {delivered, late, expired, withdrawn, stranded}: how many of each were found now.

    One that cannot be settled does not keep the others; its error is raised when all are through.
    """
    ledger = Ledger()
    tasks: list[Callable[[], str]] = [
        *(partial(settle_gate, ledger, gate_id) for gate_id in table.unsettled()),
        *(partial(settle_step, ledger, *found) for found in ledger.unfinished(_before())),
    ]
    words, failures = _all(tasks)
    if failures:
        raise failures[0]
    return {word: words.count(word) for word in ("delivered", "late", "expired", "withdrawn", "stranded")}


def _all(tasks: list[Callable[[], str]]) -> tuple[list[str], list[Exception]]:
    words: list[str] = []
    failures: list[Exception] = []
    for task in tasks:
        try:
            words.append(task())
        except FAILURES as error:
            log.exception("could not be settled")
            failures.append(error)
    return words, failures


def _before() -> str:
    moment = datetime.now(UTC) - timedelta(minutes=STRANDED_MINUTES)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def settle_gate(ledger: Ledger, gate_id: str) -> str:
    """What was done about one gate: delivered, late, expired, withdrawn, or nothing."""
    gate = read_gate(gate_id)
    if gate is None:
        return ""
    if gate.undelivered:
        return _deliver(ledger, gate) if _age(gate.decided_at) > UNTOLD_SECONDS else ""
    if gate.state == "open" and gate.deadline + UNTOLD_SECONDS < time.time() and not _runs(ledger, gate.incident_id):
        return _close(ledger, gate)
    if gate.state == "open" and (refused := withdrawn(gate, ledger)):
        answer(refused)
        return "withdrawn"
    return ""


def _deliver(ledger: Ledger, gate: Gate) -> str:
    if answer(gate):
        ledger.note(gate.incident_id, "A decision that had not reached the response was passed on", gate=gate.gate)
        return "delivered"
    hint = f"responder resume {gate.incident_id}"
    ledger.note(gate.incident_id, "A decision came when no response waited for it any more", gate=gate.gate, hint=hint)
    return "late"


def _close(ledger: Ledger, gate: Gate) -> str:
    close_expired(gate.gate_id)
    what = "Approval ended: its time ran out, and no response was waiting for it"
    ledger.note(gate.incident_id, what, gate=gate.gate)
    return "expired"


def settle_step(ledger: Ledger, incident_id: str, step_id: str) -> str:
    """Tell of a step with an intent and no outcome that nobody works on: stranded, or nothing."""
    step = ledger.item(incident_id, f"step#{step_id}")
    if step["status"] not in UNDER_WAY or telling.told(ledger, incident_id, step) or _runs(ledger, incident_id):
        return ""
    telling.stranded(ledger, incident_id, step)
    return "stranded"


def _runs(ledger: Ledger, incident_id: str) -> bool:
    return any(run.status == executions.RUNNING for run in executions.runs(ledger, incident_id))


def _age(at: str) -> float:
    """Seconds since then."""
    return (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()
