"""EventBridge hands over a GuardDuty finding. It opens an incident, joins one, is not ours or refused: never lost."""

from __future__ import annotations

from typing import Any

from lambdas.core.fields import pick
from lambdas.core.ledger import Ledger
from lambdas.intake import delivery
from lambdas.intake.finding import incident_of
from lambdas.intake.origin import require_ours

Json = dict[str, Any]


def handler(event: Any, context: Any) -> Json:
    """One event, or a batch from a queue. Answer {outcome, incident_id, reason}, for a batch {outcomes: [...]}."""
    return delivery.outcomes(event, take_in)


def take_in(event: Any) -> Json:
    return delivery.take_in(event, _read, _finding_id)


def _read(event: Any, ledger: Ledger) -> Json:
    return require_ours(event, incident_of(event))


def _finding_id(event: Any) -> Any:
    return pick(event, "detail.id") or pick(event, "detail.Id")
