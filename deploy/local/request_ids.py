"""The id of the request that is being answered: CloudTrail's record and Bedrock's invocation log have the same."""

from __future__ import annotations

import uuid
from contextvars import ContextVar

_CURRENT: ContextVar[str] = ContextVar("request_id")


def new() -> str:
    """An id for the request that this thread answers from now on."""
    request_id = str(uuid.uuid4())
    _CURRENT.set(request_id)
    return request_id


def current() -> str:
    """The id of the request that is answered here; a new one where the gate was not passed."""
    return _CURRENT.get(None) or new()
