from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.approval.world import World, built, fresh_clients

__all__ = ["fresh_clients"]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with built(monkeypatch) as made:
        yield made
