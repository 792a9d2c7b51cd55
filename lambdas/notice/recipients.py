"""Who is told of which moment: deploy/notice.yaml, rendered into notice.json beside this file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from lambdas.approval.people import listed

TOPIC = "topic"
LISTS = {"first": "FIRST_APPROVERS", "second": "SECOND_APPROVERS", "watchers": "WATCHERS"}
"""The environment variable of each list of addresses."""


def recipients(moment: str) -> list[str]:
    """Mail addresses, each once and in order, and `topic` where that is told too."""
    lists = told()[moment]
    addresses = [address for name in lists if name != TOPIC for address in listed(LISTS[name])]
    return [*dict.fromkeys(addresses), *(name for name in lists if name == TOPIC)]


@cache
def told() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(Path(__file__).with_name("notice.json").read_text())["moments"]
    return found
