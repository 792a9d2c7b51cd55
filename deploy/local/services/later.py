"""States that AWS reaches after a while: an item knows what it will become, and is it when it is next looked at."""

from __future__ import annotations

import time
from typing import Any

SECONDS = 0.3
_TURN = "_turn"

Item = dict[str, Any]


def becomes(item: Item, member: str, now: str, later: str | None, seconds: float = SECONDS) -> None:
    """Set `member` to `now`, and to `later` after `seconds`; with None the item is gone by then."""
    item[member] = now
    item[_TURN] = (member, later, time.monotonic() + seconds)


def settled(items: dict[Any, Item]) -> dict[Any, Item]:
    """The items as they are by now; those whose time has come to be gone are taken out."""
    for key, item in list(items.items()):
        member, later, at = item.get(_TURN, (None, None, None))
        if at is None or time.monotonic() < at:
            continue
        del item[_TURN]
        if later is None:
            items.pop(key, None)
        else:
            item[member] = later
    return items
