"""The accepted baseline of an account and Region, or the reason why there is none that may be used."""

from __future__ import annotations

from typing import Any

from lambdas.baseline.signature import verified
from lambdas.core import documents
from lambdas.core.errors import TargetNotFound
from lambdas.core.ledger import Ledger

Json = dict[str, Any]

NONE_RECORDED = "No baseline of this account and Region is recorded yet."
BROKEN = "The recorded baseline does not have its signature: it was altered, and is not used."
LOST = "The recorded baseline is missing from the evidence bucket."
OF_ANOTHER = "The recorded baseline is of another account or Region, and is not used."


def pointer(account: str, region: str) -> str:
    """The ledger's partition key; its sort keys are `accepted#<time>` and `candidate#<time>`, one for each record."""
    return f"baseline#{account}#{region}"


def latest(account: str, region: str, ledger: Ledger | None = None) -> tuple[Json | None, str | None]:
    """(the baseline, None), or (None, why there is none). A baseline is schemas/baseline.json in state `accepted`."""
    records = list((ledger or Ledger()).items(pointer(account, region), "accepted#"))
    if not records:
        return None, NONE_RECORDED
    try:
        signed = documents.read_json(records[-1]["key"])
    except TargetNotFound:
        return None, LOST
    except ValueError:
        return None, BROKEN
    if not isinstance(signed, dict) or not verified(signed):
        return None, BROKEN
    document: Json = signed["document"]
    if (document["account"], document["region"], document["state"]) != (account, region, "accepted"):
        return None, OF_ANOTHER
    return document, None
