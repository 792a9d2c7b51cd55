"""S3: a new bucket's objects are the bucket owner's and its ACLs are off.

Source: S3 User Guide, "Controlling ownership of objects". moto's buckets have no ownership controls until some are put.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket

OWNERSHIP = "BucketOwnerEnforced"


def install() -> None:
    started = FakeBucket.__init__
    if hasattr(started, "__wrapped__"):
        return

    @wraps(started)
    def start(self: FakeBucket, *args: Any, **kwargs: Any) -> None:
        started(self, *args, **kwargs)
        self.ownership_rule = OWNERSHIP  # type: ignore[assignment]

    FakeBucket.__init__ = start  # type: ignore[method-assign]
    FakeBucket.get_permission = _no_word_of_its_own  # type: ignore[method-assign]


def _no_word_of_its_own(self: FakeBucket, action: str, resource: str) -> Any:
    """moto judges bucket policies without conditions, so that "TLS only" denies everything; the gate judges them."""
    return PermissionResult.NEUTRAL
