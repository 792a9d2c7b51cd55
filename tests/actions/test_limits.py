"""Just before a change the lists are read once more: a plan may be older than they are."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from lambdas.actions import limits, run, steps
from lambdas.core import cap, session
from lambdas.core.errors import PowerRefused
from lambdas.core.ledger import Ledger
from tests.actions.test_run import ACCOUNT, INCIDENT, client, module, planned, status, value

__all__ = ["module"]
USER = f"arn:aws:iam::{ACCOUNT}:user/team/break-glass"


@pytest.fixture(autouse=True)
def running(module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The responder is not paused."""
    client("ssm").put_parameter(Name="/pause", Value="running", Type="String")
    monkeypatch.setenv("PAUSE_PARAMETER", "/pause")


def places(hour: str) -> Any:
    return next(iter(Ledger().items(f"cap#{ACCOUNT}", hour)), {"holders": set()})["holders"]


def test_who_was_protected_after_the_plan_was_made_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The step was planned and even approved: it is refused, recorded with the reason, and nothing is changed."""
    monkeypatch.setattr(steps, "approvers_for", lambda *_: ("ann@example.com",))
    event = planned(approval="one", target_arn=USER)
    monkeypatch.setenv("PROTECTED_PRINCIPALS", "*:user/team/break-glass")
    with pytest.raises(PowerRefused, match="is not touched: it is a protected principal"):
        run.handler(event, None)
    assert (value(), status()) == ("on", "refused")


@pytest.mark.parametrize(
    "role",
    [
        "role/genai-responder-contain",
        "role/aws-service-role/x.amazonaws.com/R",
        "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_1",
    ],
)
def test_our_own_roles_and_awss_are_not_touched_whatever_the_plan_says(role: str) -> None:
    """They are on no list that could be empty."""
    with pytest.raises(PowerRefused, match="is not touched"):
        run.handler(planned(target_arn=f"arn:aws:iam::{ACCOUNT}:{role}"), None)
    assert value() == "on"


def test_unattended_containment_beyond_the_cap_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan that says automatic does not help: the hour is full, nothing is changed, and the alarm's metric counts."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "1")
    assert Ledger().take_place(ACCOUNT, cap.now()[:13], "another", 1)
    with pytest.raises(PowerRefused, match=r"MaxAutomaticPerHour\)\. `responder resume IR-20260102-0123456789` in"):
        run.handler(planned(), None)
    assert (value(), status()) == ("on", "refused")
    assert cap.METRIC in capsys.readouterr().out
    assert any(event["what"].startswith("Not contained unattended") for event in Ledger().timeline(INCIDENT))


def test_a_refused_step_is_carried_out_in_an_hour_that_has_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """`refused` is no end: the same plan goes on when it is resumed."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "1")
    Ledger().take_place(ACCOUNT, cap.now()[:13], "another", 1)
    event = planned()
    with pytest.raises(PowerRefused):
        run.handler(event, None)
    monkeypatch.setattr(cap, "now", lambda: "2031-01-01T00:00:00.000Z")
    assert run.handler(event, None)["status"] == "performed"


def test_a_step_takes_one_place_however_often_it_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A retry after a crash uses the place that the step has."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "1")
    monkeypatch.setattr(cap, "now", lambda: "2031-01-01T00:00:00.000Z")
    event = planned()
    with monkeypatch.context() as crashing:
        crashing.setattr(run, "conclude", _crash)
        with pytest.raises(ConnectionError):
            run.handler(event, None)
    assert run.handler(event, None)["status"] == "performed"
    assert len(places("2031-01-01T00")) == 1


def _crash(*_: Any) -> None:
    raise ConnectionError


@pytest.mark.parametrize("approval", ["automatic", "one"])
def test_what_people_approved_and_what_restores_is_not_counted(
    module: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, approval: str
) -> None:
    """The cap is on what nobody looked at, and on what cuts somebody off."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "0")
    monkeypatch.setattr(steps, "approvers_for", lambda *_: ("ann@example.com",))
    if approval == "automatic":
        module.ACTION = replace(module.ACTION, stage="recovery")
    assert run.handler(planned(approval=approval), None)["status"] == "performed"


def test_no_credentials_are_asked_for_what_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal comes before the first call in the attacked account."""
    monkeypatch.setattr(session, "assume", _crash)
    monkeypatch.setattr(limits, "why_protected", lambda arn: "it is protected")
    with pytest.raises(PowerRefused):
        run.handler(planned(), None)
