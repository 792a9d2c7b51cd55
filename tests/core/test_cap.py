"""No hour of an account sees more unattended containment than the cap, whoever asks, however often, at once."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from lambdas.core import cap
from lambdas.core.action import load
from lambdas.core.ledger import Ledger
from tests.actions.test_run import make_ledger_table

ACCOUNTS = (f"{number:012d}" for number in range(10**12))
INCIDENT = {"incident_id": "IR-20260102-0123456789", "account": "123456789012"}


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "2")
    with mock_aws():
        make_ledger_table()
        yield Ledger(boto3.client("dynamodb", region_name="us-east-1"), "ledger")


def admitted(ledger: Ledger, target: str, account: str = "123456789012") -> bool:
    return cap.admitted(ledger, {**INCIDENT, "account": account}, f"arn:aws:iam::{account}:user/{target}")


def test_the_third_of_two_is_not_admitted(ledger: Ledger) -> None:
    """Each target counts once; who has a place keeps it after the hour is full."""
    assert [admitted(ledger, target) for target in ("a", "b", "a", "c", "b")] == [True, True, True, False, True]


def test_accounts_do_not_share_a_cap(ledger: Ledger) -> None:
    """A flood in one account holds up nothing in another."""
    assert admitted(ledger, "a") and admitted(ledger, "b") and not admitted(ledger, "c")
    assert admitted(ledger, "c", "111122223333")


def test_the_next_hour_begins_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours are those of the clock in UTC; a step that runs in the next hour needs a place in that one too."""
    monkeypatch.setattr(cap, "now", lambda: "2026-01-02T03:59:59.999Z")
    assert admitted(ledger, "a") and admitted(ledger, "b") and not admitted(ledger, "c")
    monkeypatch.setattr(cap, "now", lambda: "2026-01-02T04:00:00.000Z")
    assert admitted(ledger, "c") and admitted(ledger, "a") and not admitted(ledger, "b")


@given(st.lists(st.sampled_from("abcdef"), max_size=15), st.integers(0, 4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_first_targets_are_admitted_and_no_others(ledger: Ledger, targets: list[str], most: int) -> None:
    """In any order and repetition: exactly the first `most` different ones."""
    account, first = next(ACCOUNTS), list(dict.fromkeys(targets))[:most]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MAX_AUTOMATIC_PER_HOUR", str(most))
        assert [admitted(ledger, target, account) for target in targets] == [target in first for target in targets]


def test_only_what_cuts_somebody_off_counts() -> None:
    """Restoring logs and opening cases are not held up by a flood."""
    counted = ("iam.deactivate_access_key", "bedrock.restore_invocation_logging", "support.open_case")
    assert [cap.counts(load(name).ACTION) for name in counted] == [True, False, False]
