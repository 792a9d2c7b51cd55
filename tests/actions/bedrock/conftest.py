from __future__ import annotations

from typing import Any

import boto3
import pytest

from deploy.local.services import later


@pytest.fixture
def agents(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What takes AWS a while takes 50 ms here."""
    monkeypatch.setattr(later.becomes, "__defaults__", (0.05,))
    return boto3.client("bedrock-agent")
