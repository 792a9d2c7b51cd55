"""DynamoDB: one call at a time, as DynamoDB serialises writes of an item and whole transactions.

Source: DynamoDB Developer Guide, "Isolation levels and transactions". moto 5.2.5 copies a table before a transaction
and puts the copy back when a condition fails, so that what other threads wrote in between is lost; its conditional
writes read and write in two steps. Its Query sorts the whole table, so that each call takes longer than the one before.
"""

from __future__ import annotations

import copy
import threading
from functools import wraps
from inspect import signature
from typing import Any

from moto.dynamodb.models.table import Table
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
    _query_one_partition()


def _query_one_partition() -> None:
    """A Query of the table itself reads one partition: moto is shown a table that holds no other."""
    query = Table.query

    @wraps(query)
    def of_partition(self: Table, hash_key: Any, *args: Any, **named: Any) -> Any:
        if signature(query).bind(self, hash_key, *args, **named).arguments.get("index_name"):
            return query(self, hash_key, *args, **named)
        partition = copy.copy(self)
        partition.items = {hash_key: self.items[hash_key]} if hash_key in self.items else {}
        return query(partition, hash_key, *args, **named)

    Table.query = of_partition  # type: ignore[method-assign]
