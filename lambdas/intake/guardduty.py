"""EventBridge hands over a GuardDuty finding. It opens an incident, joins one, is not ours or refused: never lost.

An archived finding goes on being updated and sent (GuardDuty User Guide, "Processing findings with EventBridge"). What
people archived is their decision. What a response archived it had dealt with, and when it recurs that is news.
"""

from __future__ import annotations

from typing import Any

from lambdas.core.errors import NotOurs
from lambdas.core.fields import pick
from lambdas.core.ledger import Ledger
from lambdas.intake import delivery
from lambdas.intake.finding import finding_in, incident_of
from lambdas.intake.joining import archived_by_us
from lambdas.intake.origin import require_ours

Json = dict[str, Any]


def handler(event: Any, context: Any) -> Json:
    """One event, or a batch from a queue. Answer {outcome, incident_id, reason}, for a batch {outcomes: [...]}."""
    return delivery.outcomes(event, take_in)


def take_in(event: Any) -> Json:
    return delivery.take_in(event, _read, _finding_id)


def _read(event: Any, ledger: Ledger) -> Json:
    incident = require_ours(event, incident_of(event))
    archived = pick(finding_in(event), "detail.service.archived") is True
    if archived and not incident["drill"] and not archived_by_us(incident, ledger):
        raise NotOurs("detail.service.archived: the finding is archived in GuardDuty; only a drill opens it.")
    return incident


def _finding_id(event: Any) -> Any:
    return pick(event, "detail.id") or pick(event, "detail.Id")
