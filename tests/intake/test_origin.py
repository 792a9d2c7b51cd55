from __future__ import annotations

from typing import Any

import pytest

from lambdas.core.ledger import Ledger
from lambdas.intake import guardduty
from tests.intake.responder import ACCOUNT, executions, finding
from tests.intake.samples import guardduty_samples, with_data

OTHER = "111122223333"


def take(event: Any) -> dict[str, Any]:
    return guardduty.handler(event, None)


@pytest.mark.parametrize("account", [OTHER, "1234567891234", None, 123456789012, ["123456789012"], "*", ""])
def test_findings_of_strangers_open_nothing(ledger: Ledger, account: Any) -> None:
    """An event from another account's bus is not ours, and the reason names the account; nothing is started."""
    outcome = take({**finding(), "account": account})
    assert outcome["outcome"] == "not_ours"
    assert "neither this account nor GuardDuty's administrator" in outcome["reason"]
    assert executions() == []


def test_an_envelope_without_an_account_opens_nothing(ledger: Ledger) -> None:
    """What does not say where it comes from is not believed."""
    event = finding()
    del event["account"]
    assert "comes from no account" in take(event)["reason"]


def test_the_administrator_is_believed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its GuardDuty sees the members' findings, and its bus brings them."""
    monkeypatch.setenv("FINDINGS_FROM", f"{ACCOUNT},{OTHER}")
    assert take({**finding(), "account": OTHER})["outcome"] == "incident"


def test_a_finding_about_an_account_that_is_not_enrolled_opens_nothing(ledger: Ledger) -> None:
    """The responder has no role there, and says which list the account is missing from."""
    outcome = take(finding(accountId=OTHER))
    assert outcome["outcome"] == "not_ours"
    assert outcome["reason"] == f"detail.accountId: account {OTHER} is not enrolled (MemberAccounts)."


def test_a_finding_about_an_enrolled_account_opens_its_incident(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attacked account is the finding's, whichever bus brought it."""
    monkeypatch.setenv("MEMBER_ACCOUNTS", f"{ACCOUNT},{OTHER}")
    incident_id = take(finding(accountId=OTHER))["incident_id"]
    assert ledger.incident(incident_id)["account"] == OTHER


@with_data
@pytest.mark.parametrize("drill", [False, True])
def test_real_samples_from_odd_accounts_are_not_ours(ledger: Ledger, drill: bool) -> None:
    """All 15 sample events come from an account of 13 digits: not even a drill opens one, and each is told why."""
    for name, event in guardduty_samples():
        outcome = take({**event, "drill": drill})
        assert (outcome["outcome"], len(outcome["reason"]) > 20) == ("not_ours", True), name
    assert executions() == []
