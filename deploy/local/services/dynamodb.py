"""DynamoDB: one call at a time, as DynamoDB serialises writes of an item and whole transactions.

Source: DynamoDB Developer Guide, "Isolation levels and transactions". moto 5.2.5 copies a table before a transaction
and puts the copy back when a condition fails, so that what other threads wrote in between is lost; its conditional
writes read and write in two steps.
"""

from __future__ import annotations

import threading
from functools import wraps
from typing import Any

from moto.dynamodb.responses import DynamoHandler

_ONE_AT_A_TIME = threading.RLock()


def install() -> None:
    answered = DynamoHandler.call_action
    if hasattr(answered, "one_at_a_time"):
        return

    @wraps(answered)
    def call_action(self: DynamoHandler) -> Any:
        with _ONE_AT_A_TIME:
            return answered(self)

    call_action.one_at_a_time = True  # type: ignore[attr-defined]
    DynamoHandler.call_action = call_action  # type: ignore[method-assign]
