from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client
from tests.intake.responder import deployed
from tests.local import athena_logs


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """The ledger of a responder that is deployed in this process."""
    with deployed(monkeypatch) as made:
        yield made


@pytest.fixture
def logs(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, int]]:
    """Tables over empty buckets, and a responder that knows of them. Called with records, it delivers these."""
    athena_logs.furnish(own_client)
    monkeypatch.setenv("QUERY_WORKGROUP", athena_logs.GROUP)
    monkeypatch.setenv("QUERY_DATABASE", athena_logs.DATABASE)
    monkeypatch.setenv("QUERY_TABLES", "cloudtrail_logs,bedrock_invocations")

    def deliver(*cloudtrail: dict[str, Any], invocations: tuple[dict[str, Any], ...] = ()) -> dict[str, int]:
        return athena_logs.deliver(own_client, cloudtrail, invocations)

    return deliver
