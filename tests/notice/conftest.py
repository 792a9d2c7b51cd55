"""One incident on record, as tests/reporting tells it, with a topic and people who only watch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from lambdas.notice import recipients
from tests.reporting.conftest import house

__all__ = ["house"]


Json = dict[str, Any]
FIRST = ["ana@example.com", "bo@example.com"]
SECOND, WATCHER = "head@example.com", "soc@example.com"


@pytest.fixture
def told(house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """`house`, with the function's environment; `topic` is the topic's ARN."""
    house.topic = boto3.client("sns").create_topic(Name="notices")["TopicArn"]
    monkeypatch.setenv("NOTICE_TOPIC", house.topic)
    monkeypatch.setenv("SECOND_APPROVERS", f"{SECOND},{FIRST[0].upper()}")
    monkeypatch.setenv("WATCHERS", WATCHER)
    recipients.told.cache_clear()
    return house
