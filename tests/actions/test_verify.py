"""Verification: does what was done still stand, and was it all? Its answer decides whether the finding is closed."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from lambdas.actions import run, verify
from tests.actions.test_run import INCIDENT, client, module, planned

__all__ = ["module"]
STEP = {"step_id": "01-key", "action": "test.switch_off"}
REFUSED = {"AskOneApprover": {"Error": "ApprovalRefused", "Cause": "{}"}}


@pytest.fixture(autouse=True)
def at_work(module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verification knows the action under test."""
    monkeypatch.setattr(verify, "load", lambda action_id: module)


def verified(statuses: tuple[str, ...] = ("performed",), **trays: Any) -> dict[str, Any]:
    """What verification answers after stages whose items have these statuses."""
    items = [{**STEP, "status": status} for status in statuses]
    done = {"automatic": {"contain_credentials": {"items": items}}, "one": {}, "two": {}}
    event = {"incident": {"incident_id": INCIDENT}, "done": done, "failure": {}, "not_approved": {}, **trays}
    return verify.handler(event, None)


def test_what_was_contained_and_stands_is_dealt_with() -> None:
    """The step is read once more, and nothing is left to do."""
    run.handler(planned(), None)
    assert verified() == {"checked": 1, "standing": 1, "undone_by_others": [], "dealt_with": True}


def test_what_was_so_already_is_dealt_with_too() -> None:
    """Somebody had contained it before us."""
    run.handler(planned(), None)
    assert verified(("nothing_to_do",))["dealt_with"] is True


def test_what_somebody_undid_is_not_dealt_with() -> None:
    """The switch is on again: the step is named, and the finding stays open."""
    event = planned()
    run.handler(event, None)
    client("ssm").put_parameter(Name="switch", Value="on", Overwrite=True)
    answer = verified()
    assert answer == {"checked": 1, "standing": 0, "undone_by_others": [event["step_id"]], "dealt_with": False}


@pytest.mark.parametrize("status", ["failed", "drifted", "refused"])
def test_a_step_that_failed_is_not_dealt_with(status: str) -> None:
    """One that is done does not make up for one that is not."""
    run.handler(planned(), None)
    assert verified(("performed", status))["dealt_with"] is False


@pytest.mark.parametrize("tray", ["failure", "not_approved"])
def test_a_failure_or_a_refusal_is_not_dealt_with(tray: str) -> None:
    """Evidence that could not be kept, a stage that broke, people who refused or were silent."""
    run.handler(planned(), None)
    assert verified(**{tray: REFUSED})["dealt_with"] is False


def test_without_containment_a_finding_is_not_dealt_with(module: SimpleNamespace) -> None:
    """An opened case and restored logging leave the principal as it was: somebody has to look at the finding."""
    module.ACTION = replace(module.ACTION, stage="recovery")
    run.handler(planned(), None)
    assert verified() == {"checked": 1, "standing": 1, "undone_by_others": [], "dealt_with": False}


def test_where_nothing_was_done_nothing_is_dealt_with() -> None:
    """A plan without steps closes no finding."""
    assert verified(())["dealt_with"] is False
