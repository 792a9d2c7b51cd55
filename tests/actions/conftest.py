from __future__ import annotations

import time
from collections.abc import Iterator

import botocore.session
import pytest
from moto import mock_aws

from deploy.local import services
from lambdas.core.session import own_client
from tests.actions.acting import REGION

BUCKET = "evidence-123456789012"


@pytest.fixture(scope="session", autouse=True)
def _one_reading_of_botocore() -> Iterator[None]:
    """moto begins each test with a new session, which would read the services' models from disk again."""
    loader = botocore.session.create_loader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", lambda search_path_string=None: loader)
        yield


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS in this process, with the services that moto lacks."""
    for name, value in {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "EVIDENCE_BUCKET": BUCKET}.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "made-up")
    services.install()
    own_client.cache_clear()
    with mock_aws():
        yield
    own_client.cache_clear()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries wait for nothing."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
