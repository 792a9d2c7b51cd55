from __future__ import annotations

from collections.abc import Iterator

import pytest

from lambdas.core.ledger import Ledger
from tests.intake.responder import deployed


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """The ledger of a responder that is deployed in this process."""
    with deployed(monkeypatch) as made:
        yield made
