"""Opening an incident: keep what came in, write it into the ledger, start the response. Each happens once."""

from __future__ import annotations

import json
import os
from typing import Any

from lambdas.core import documents
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client

Json = dict[str, Any]

RECEIVED = "00-finding.json"
RESPONSE_FIELDS = ("incident_id", "account", "region", "playbook")


def open_incident(incident: Json, received: Any, ledger: Ledger) -> tuple[bool, str]:
    """(whether it is new, the ARN of its execution).

    Goes on where an earlier attempt stopped: it is started again by its name, which Step Functions does once.
    """
    key = documents.key_of(incident["incident_id"], "evidence", RECEIVED)
    documents.write(key, json.dumps(received).encode())
    opened = ledger.open_incident(incident)
    if opened:
        ledger.note(
            incident["incident_id"], f"Incident opened: {incident['reason']}", source=incident["source"]["kind"]
        )
    return opened, start(incident)


def start(incident: Json) -> str:
    """Start `bedrock_response` under the incident's id. An execution that is there already is the one that is meant."""
    machine, client = os.environ["RESPONSE_MACHINE"], own_client("stepfunctions")
    given = {"incident": {name: incident[name] for name in RESPONSE_FIELDS}}
    try:
        answer = client.start_execution(
            stateMachineArn=machine, name=incident["incident_id"], input=json.dumps(given, sort_keys=True)
        )
    except client.exceptions.ExecutionAlreadyExists:
        return f"{machine.replace(':stateMachine:', ':execution:')}:{incident['incident_id']}"
    return str(answer["executionArn"])
