"""How many may be contained unattended in one account within one hour of the clock. All further wait for a person.

Whoever can make GuardDuty believe things could otherwise have the responder cut off a whole company. What is counted is
who and what is cut off, not the steps that it takes: nobody is left with their key gone and their sessions alive.
A place is taken when a step is planned, and again when it is carried out if that is in another hour: no hour ever sees
more.
"""

from __future__ import annotations

import os
from typing import Any

from lambdas.core.action import Action
from lambdas.core.fields import sha256
from lambdas.core.ledger import Ledger, now

Json = dict[str, Any]
METRIC = "AutomaticContainmentCapped"


def counts(action: Action) -> bool:
    """Restoring and telling cut nobody off, however often they are done."""
    return action.stage == "containment"


def most() -> int:
    """Places per account and hour; 0 lets nothing be contained unattended."""
    return int(os.environ["MAX_AUTOMATIC_PER_HOUR"])


def admitted(ledger: Ledger, incident: Json, target_arn: str) -> bool:
    """Has this target a place in the present hour? It keeps the one that it has, however often it is asked.

    `incident`: anything with `account` and `incident_id`.
    """
    holder = f"{incident['incident_id']}.{sha256(target_arn.encode())[:16]}"
    return most() > 0 and ledger.take_place(incident["account"], now()[:13], holder, most())


def why() -> str:
    return f"the account has had its {most()} unattended containments of this hour (MaxAutomaticPerHour)."


def tell(ledger: Ledger, incident_id: str, label: str) -> None:
    """In the timeline, and as a metric with an alarm on it."""
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    ledger.note(incident_id, f"Not contained unattended: {label}", why=why())
    namespace = os.environ["POWERTOOLS_METRICS_NAMESPACE"]
    with single_metric(name=METRIC, unit=MetricUnit.Count, value=1, namespace=namespace) as metric:
        metric.add_dimension(name="service", value=os.environ["POWERTOOLS_SERVICE_NAME"])
