"""One embedded AWS with the deployed product, for all end-to-end tests. Each test brings its own victim."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import APPROVERS, SECOND, WATCHER, Scene


@pytest.fixture(scope="session")
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as embedded:
        embedded.deploy(
            {
                "MailFrom": "responder@example.com",
                "FirstApprovers": ",".join(APPROVERS),
                "SecondApprovers": SECOND,
                "Watchers": WATCHER,
                "FirstSeconds": "60",
                "SecondSeconds": "60",
                # test_triggers turns them on. In the other tests a theft is GuardDuty's to report, as one incident.
                "CloudTrailTriggers": "DISABLED",
                # All tests contain in one account and hour.
                "MaxAutomaticPerHour": "1000",
            }
        )
        yield embedded
        print(embedded.log()[-6000:])


@pytest.fixture
def scene(aws: EmbeddedAws) -> Iterator[Scene]:
    """A victim with a key, logging that is recorded in the baseline, and nothing wrong yet."""
    stage = Scene(aws)
    yield stage
    stage.clear()
