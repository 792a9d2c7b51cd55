"""Faults that an operator asks for: AWS answers matching calls with an error, until the fault is taken away.

    POST /_embedded/faults    all faults from now on: [{"service", "code", "operation"?, "region"?, "account"?}]

`service` is the name under which a call is signed (`iam`, `cloudtrail`, `bedrock`). The operator's calls never fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deploy.local.iam.requests import ApiRequest

ANY = "*"


@dataclass(frozen=True)
class Fault:
    """Which calls fail, and with which of AWS's error codes."""

    service: str
    code: str
    operation: str = ANY
    region: str = ANY
    account: str = ANY

    def hits(self, request: ApiRequest, account: str) -> bool:
        wanted = (self.service, self.operation, self.region, self.account)
        made = (request.signing_name, request.name, request.region, account)
        return all(want in (ANY, is_) for want, is_ in zip(wanted, made, strict=True))


FAULTS: list[Fault] = []


def set_faults(wanted: object) -> int:
    """Replace all faults; how many there are now. Raises ValueError for what is no list of faults."""
    if not isinstance(wanted, list) or not all(isinstance(fault, dict) for fault in wanted):
        raise ValueError("faults are a JSON list of objects")
    try:
        FAULTS[:] = [Fault(**fault) for fault in wanted]
    except TypeError:
        raise ValueError("a fault has service and code, and may have operation, region and account") from None
    return len(FAULTS)


def fault_of(request: ApiRequest, account: str) -> Fault | None:
    return next((fault for fault in list(FAULTS) if fault.hits(request, account)), None)
