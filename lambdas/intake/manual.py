"""An IR lead starts a response by hand. Their word stands for the finding, so it is confirmed from the start."""

from __future__ import annotations

import uuid
from typing import Any

from lambdas.core.fields import clean
from lambdas.core.ledger import Ledger, now
from lambdas.core.schema import validate
from lambdas.intake.finding_types import MANUAL
from lambdas.intake.joining import take_place
from lambdas.intake.opening import open_incident
from lambdas.intake.resolve import resolve

Json = dict[str, Any]


def handler(event: Json, context: Any) -> Json:
    """Input as schemas/manual_start.json; answer {incident_id, execution_arn}.

    Raises SchemaMismatch, InputRefused (principal, account), TargetNotFound.
    """
    validate("manual_start", event)
    incident_id = f"IR-{now()[:10].replace('-', '')}-{uuid.uuid4().hex[:10]}"
    incident = _incident(event, incident_id, resolve(event, incident_id))
    validate("incident", incident)
    ledger = Ledger()
    _, execution = open_incident(incident, event, ledger)
    take_place(incident, ledger)
    return {"incident_id": incident_id, "execution_arn": execution}


def _incident(event: Json, incident_id: str, principal: Json) -> Json:
    return {
        "incident_id": incident_id,
        "playbook": event["playbook"],
        "account": event["account"],
        "region": event["region"],
        "partition": "aws",
        "opened_at": now(),
        "source": _source(incident_id, clean(event["reason"])),
        "principal": principal,
        "requested_by": event["requested_by"],
        "requester_arn": event.get("requester_arn"),
        "reason": clean(event["reason"], 1000),
        "drill": event.get("drill", False),
        "confirmed": True,
        "withheld": None,
    }


def _source(incident_id: str, reason: str) -> Json:
    return {
        "kind": "manual",
        "type": MANUAL,
        "id": incident_id,
        "detector_id": None,
        "arn": None,
        "severity": 8.0,
        "title": "Started by hand",
        "description": reason,
        "first_seen": None,
        "last_seen": None,
        "count": 1,
        "sample": False,
    }
