"""What all tests share: how they are spread over processes, and one Chromium in each, since Playwright runs once."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadFileScheduling

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# moto's and botocore's models are many objects that stay: by Python's own numbers, collecting garbage takes a fifth of
# the time of all tests.
gc.set_threshold(50_000, 20, 50)


LONGEST = ("tests/end_to_end/", "tests/cli/test_demo.py", "tests/cli/test_local.py", "tests/state_machines/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first: at the end no process waits for another one's long file."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are cores: those that test a whole response wait for most of their time."""
    return (os.cpu_count() or 1) + 1


class OneFileOneWorker(LoadFileScheduling):
    """A file's tests run in one process, one after the other; those of the actions with the sweep over their calls."""

    def _split_scope(self, nodeid: str) -> str:
        together = ("tests/actions/", "tests/house/")
        return "actions" if nodeid.startswith(together) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneFileOneWorker:
    return OneFileOneWorker(config, log)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        missing = "there is no Chromium on this machine; `apt-get install chromium` adds it"
        pytest.fail(missing) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(missing)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()
