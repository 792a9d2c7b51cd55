"""Saying once that a step was left stranded: in the timeline, as a metric with an alarm on it, and by mail."""

from __future__ import annotations

import os
from html import escape
from typing import Any

from lambdas.approval.people import listed
from lambdas.core import mail
from lambdas.core.fields import clean
from lambdas.core.ledger import Ledger, now

Json = dict[str, Any]
METRIC = "StrandedStep"


def told(ledger: Ledger, incident_id: str, step: Json) -> bool:
    """Was this attempt at the step told of before?"""
    return bool(list(ledger.items(incident_id, _mark(step))))


def _mark(step: Json) -> str:
    return f"told#{step['step_id']}#{step['updated_at']}"


def stranded(ledger: Ledger, incident_id: str, step: Json) -> None:
    """Tell of this attempt at the step."""
    # Mail first: a crash between the two sends it twice, the other way round never.
    _mail(ledger, incident_id, step)
    if ledger.put_new(incident_id, _mark(step), {"at": now()}):
        what = "A step was begun, and nothing runs that would finish it"
        ledger.note(incident_id, what, step=step["label"], hint=f"responder resume {incident_id}")
        _count()


def _mail(ledger: Ledger, incident_id: str, step: Json) -> None:
    """To the IR list, one message each. Where SES takes none, the timeline says so and the alarm still goes off."""
    from botocore.exceptions import ClientError

    try:
        for address in listed("FIRST_APPROVERS"):
            mail.send(
                address, mail.subject(incident_id, "a step was begun and not finished"), *bodies(incident_id, step)
            )
    except ClientError as error:
        ledger.note(incident_id, "The mail about a stranded step could not be sent", error=clean(error))


def bodies(incident_id: str, step: Json) -> tuple[str, str]:
    """(text, HTML)."""
    words = (
        clean(step["label"]),
        f"Step {step['step_id']} was begun at {step['updated_at']} and its outcome was never written down.",
        "The response that began it does not run any more.",
        "To have it read back and the response finished:",
        f"responder resume {incident_id}",
    )
    return "\n\n".join(words) + "\n", "".join(f"<p>{escape(line)}</p>" for line in words)


def _count() -> None:
    # 50 ms to import, and only wanted when something is wrong.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    namespace = os.environ["POWERTOOLS_METRICS_NAMESPACE"]
    with single_metric(name=METRIC, unit=MetricUnit.Count, value=1, namespace=namespace) as metric:
        metric.add_dimension(name="service", value=os.environ["POWERTOOLS_SERVICE_NAME"])
