"""The accepted baseline of an account and Region, or the reason why there is none that may be used."""

from __future__ import annotations

import os
from typing import Any

from lambdas.baseline.signature import verified
from lambdas.core import documents
from lambdas.core.errors import TargetNotFound
from lambdas.core.ledger import Ledger

Json = dict[str, Any]

NONE_RECORDED = "No baseline of this account and Region is recorded yet."
BROKEN = (
    "The recorded baseline does not have its signature: it was altered, and is not used. "
    "Find out by whom, then record what stands now and accept it (responder baseline drift, responder baseline accept)."
)
LOST = "The recorded baseline is missing from the evidence bucket."
OF_ANOTHER = "The recorded baseline is of another account or Region, and is not used."
METRIC = "BaselineUnusable"


def pointer(account: str, region: str) -> str:
    """The ledger's partition key; its sort keys are `accepted#<time>` and `candidate#<time>`, one for each record."""
    return f"baseline#{account}#{region}"


def latest(account: str, region: str, ledger: Ledger | None = None) -> tuple[Json | None, str | None]:
    """(the baseline, None), or (None, why there is none). A baseline is schemas/baseline.json in state `accepted`.

    One that is recorded and cannot be used sets off an alarm: somebody has been at it.
    """
    records = list((ledger or Ledger()).items(pointer(account, region), "accepted#"))
    if not records:
        return None, NONE_RECORDED
    document, problem = _usable(records[-1]["key"], account, region)
    if problem:
        _count()
    return document, problem


def _usable(key: str, account: str, region: str) -> tuple[Json | None, str | None]:
    try:
        document = signed_document(key)
    except TargetNotFound:
        return None, LOST
    if document is None:
        return None, BROKEN
    if (document["account"], document["region"], document["state"]) != (account, region, "accepted"):
        return None, OF_ANOTHER
    return document, None


def signed_document(key: str) -> Json | None:
    """The document under a key, if it has its signature; None otherwise. Raises TargetNotFound."""
    try:
        signed = documents.read_json(key)
    except ValueError:
        return None
    if not isinstance(signed, dict) or not verified(signed):
        return None
    document: Json = signed["document"]
    return document


def _count() -> None:
    # 50 ms to import, and only wanted when something is wrong.
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    namespace = os.environ["POWERTOOLS_METRICS_NAMESPACE"]
    with single_metric(name=METRIC, unit=MetricUnit.Count, value=1, namespace=namespace) as metric:
        metric.add_dimension(name="service", value=os.environ["POWERTOOLS_SERVICE_NAME"])
