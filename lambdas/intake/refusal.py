"""What cannot be understood is not lost: it goes to the dead-letter queue with the reason, where an alarm watches."""

from __future__ import annotations

import json
import os
from typing import Any

from lambdas.core import documents
from lambdas.core.errors import InputRefused
from lambdas.core.fields import clean, sha256
from lambdas.core.session import own_client

LARGEST_BODY = 250_000
"""Bytes that are sent as they are. SQS took 256 KiB with attributes until 2025 and still does everywhere."""


def refuse(event: Any, error: InputRefused) -> None:
    """Send the original to the dead-letter queue. A failure is raised: then Lambda retries and keeps the event."""
    own_client("sqs").send_message(
        QueueUrl=os.environ["DEAD_LETTER_QUEUE"],
        MessageBody=_body(event),
        MessageAttributes={"reason": _text(clean(error.problem)), "field": _text(clean(error.field, 256))},
    )
    _count()


def _body(event: Any) -> str:
    """The event, or where it was put if it is too large for a message."""
    whole = json.dumps(event)
    if len(whole) <= LARGEST_BODY:
        return whole
    content = whole.encode()
    key = f"refused/{sha256(content)}.json"
    documents.write(key, content)
    return json.dumps({"kept_at": key, "bytes": len(content), "sha256": sha256(content)})


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value or "-"}


def _count() -> None:
    # 50 ms to import, and only wanted when something is wrong.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    namespace = os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "genai-responder")
    with single_metric(name="FindingRefused", unit=MetricUnit.Count, value=1, namespace=namespace) as metric:
        metric.add_dimension(name="service", value=os.environ.get("POWERTOOLS_SERVICE_NAME", "intake"))
