"""The executions of one incident: its response, each of its undos, and each of these as it was resumed."""

from __future__ import annotations

import os
from collections import Counter
from typing import Literal, NamedTuple

from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client

Kind = Literal["response", "undo"]
RUNNING = "RUNNING"
RESUMED = "resume#"


class Run(NamedTuple):
    """One execution that Step Functions knows. `of` is the name of the first one, which this resumes or is."""

    kind: Kind
    of: str
    name: str
    status: str


def undo_name(incident_id: str, plan_hash: str) -> str:
    return f"{incident_id}-undo-{plan_hash[:12]}"


def resumed_name(of: str, number: int) -> str:
    return f"{of}-resume-{number}"


def names(ledger: Ledger, incident_id: str) -> list[tuple[Kind, str, str]]:
    """(kind, the first one's name, name) of all that may be there.

    One more than is on record: a crash may have come between its start and the ledger.
    """
    undos: list[tuple[Kind, str]] = [
        ("undo", undo_name(incident_id, plan["hash"])) for plan in ledger.plans(incident_id, "undo")
    ]
    known = Counter(item["of"] for item in ledger.items(incident_id, RESUMED))
    found: list[tuple[Kind, str, str]] = []
    for kind, of in (("response", incident_id), *undos):
        found.append((kind, of, of))
        found += [(kind, of, resumed_name(of, number)) for number in range(1, known[of] + 2)]
    return found


def runs(ledger: Ledger, incident_id: str) -> list[Run]:
    """Those that Step Functions knows. It forgets an execution 90 days after its end."""
    found = ((kind, of, name, status(kind, name)) for kind, of, name in names(ledger, incident_id))
    return [Run(kind, of, name, known) for kind, of, name, known in found if known]


def status(kind: Kind, name: str) -> str | None:
    client = own_client("stepfunctions")
    try:
        answer = client.describe_execution(executionArn=arn(machine(kind), name))
    except client.exceptions.ExecutionDoesNotExist:
        return None
    return str(answer["status"])


def machine(kind: Kind) -> str:
    return os.environ["UNDO_MACHINE"] if kind == "undo" else os.environ["RESPONSE_MACHINE"]


def arn(machine_arn: str, name: str) -> str:
    return f"{machine_arn.replace(':stateMachine:', ':execution:')}:{name}"
