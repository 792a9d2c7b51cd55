"""The templates as they stand, to plant faults in; and one in-memory AWS with everything deployed on it."""

import copy
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deploy.checks.subject import Subject, read
from deploy.local import deployer, services

REGION = "us-east-1"
Json = dict[str, Any]
Plant = Callable[[Callable[[Subject], None]], Subject]


class MockedAws:
    """What the deployer needs of an embedded AWS, in this process."""

    pages_url = "http://127.0.0.1:8080"

    def client(self, service: str, account: str | None = None) -> Any:
        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        return boto3.client(service, region_name=REGION, **keys)


@pytest.fixture(scope="session")
def subject() -> Subject:
    return read()


@pytest.fixture
def planted(subject: Subject) -> Plant:
    """The subject with a fault in it: the function given changes a copy."""

    def plant(change: Callable[[Subject], None]) -> Subject:
        copied = Subject(*copy.deepcopy((subject.sam, subject.member, subject.definitions)))
        change(copied)
        return copied

    return plant


@pytest.fixture(scope="module")
def deployed() -> Iterator[SimpleNamespace]:
    """Both templates deployed, with all that they have for logs: `client(service)` and `outputs`."""
    services.install()
    with mock_aws():
        aws = MockedAws()
        logs = {"TrailBucket": "example-trail", "InvocationLogBucket": "example-invocations"}
        yield SimpleNamespace(client=aws.client, outputs=deployer.deploy(aws, logs))


@pytest.fixture
def aws() -> Iterator[MockedAws]:
    with mock_aws():
        yield MockedAws()
