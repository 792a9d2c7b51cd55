"""CloudTrail of the embedded AWS: a record of every API call, whether it was allowed, denied or failed.

install()    once, before moto's server takes calls, after deploy.local.iam
RECORDS      every record, oldest first, as dicts in AWS's format
deliver()    write what waits to the buckets of the trails that log, without waiting for the next round
"""

from __future__ import annotations

from deploy.local import iam
from deploy.local.cloudtrail import selectors
from deploy.local.cloudtrail.lookup import Lookup
from deploy.local.cloudtrail.trail import Trail
from deploy.local.model_service import extend

__all__ = ["RECORDS", "deliver", "install"]

RECORDS = Trail()
deliver = RECORDS.deliver


def install(endpoint: str | None = None) -> None:
    """Listen to the gate and serve LookupEvents and selectors. Doing it twice is doing it once."""
    if RECORDS.add in iam.LISTENERS:
        return
    iam.LISTENERS.append(RECORDS.add)
    extend("cloudtrail", {"LookupEvents": Lookup(RECORDS)})
    selectors.install()
    RECORDS.start()
