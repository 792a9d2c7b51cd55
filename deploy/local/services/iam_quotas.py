"""IAM's quotas on inline policies, which moto has and does not enforce.

Source: IAM User Guide, "IAM and AWS STS quotas": the sum of all inline policies, white space not counted.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from moto.iam.exceptions import LimitExceededException
from moto.iam.models import IAMBackend

LIMITS = {"user": 2048, "role": 10_240}


def install() -> None:
    for kind in LIMITS:
        if not hasattr(getattr(IAMBackend, f"put_{kind}_policy"), "__wrapped__"):
            setattr(IAMBackend, f"put_{kind}_policy", _limited(kind))


def _limited(kind: str) -> Any:
    put = getattr(IAMBackend, f"put_{kind}_policy")

    @wraps(put)
    def checked(self: IAMBackend, name: str, policy_name: str, document: str) -> None:
        others = getattr(self, f"get_{kind}")(name).policies
        used = sum(map(size, {**others, policy_name: document}.values()))
        if used > LIMITS[kind]:
            raise LimitExceededException(f"Maximum policy size of {LIMITS[kind]} bytes exceeded for {kind} {name}")
        put(self, name, policy_name, document)

    return checked


def size(document: str) -> int:
    return len("".join(document.split()))
