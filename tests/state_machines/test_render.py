"""What is deployed, and what the documentation shows, is what the sources say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from state_machines import render
from state_machines.parts.diagram import diagram


def test_everything_rendered_is_fresh() -> None:
    """Definitions and diagrams are those of the sources; none is left over from a machine that is gone."""
    assert render.stale() == []


def test_a_stale_definition_names_the_source_to_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who edited the JSON by hand is told where to do it instead."""
    path = render.SOURCES / "definitions" / "approval_gate.asl.json"
    monkeypatch.setattr(render, "render", lambda: {path: "{}\n"})
    (line,) = render.stale()
    assert line.startswith("state_machines/definitions/approval_gate.asl.json is stale: edit the .py, not the .json")
    assert "state_machines/approval_gate.py" in line


def test_a_stale_page_is_named_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` fails, and says so on standard error."""
    monkeypatch.setattr(render, "render", lambda: {render.PAGE: ""})
    assert render.main(["--check"]) == 1
    assert "docs/state-machines.md is stale: its diagrams are rendered; edit the .py" in capsys.readouterr().err


def test_a_definition_without_a_source_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that was renamed leaves no definition behind."""
    monkeypatch.setattr(render, "machines", lambda: ("approval_gate",))
    assert "state_machines/definitions/notify.asl.json has no source: delete it." in render.stale()


def test_rendering_writes_what_the_check_wants(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Into folders that are not there yet, too."""
    path = tmp_path / "definitions" / "one.asl.json"
    monkeypatch.setattr(render, "render", lambda: {path: "{}\n"})
    assert render.main([]) == 0
    assert path.read_text() == "{}\n"


def test_states_stand_in_the_order_in_which_they_happen() -> None:
    """The file reads from the finding to the report; what happens only after a failure stands last."""
    names = list(render.definition("bedrock_response")["States"])
    assert names[:5] == ["Begin", "TellOpened", "ConfirmFinding", "PreserveEvidence", "MakePlan"]
    assert names.index("NotifyAtOnce") < names.index("AskOneApprover") < names.index("AskTwoApprovers")
    assert names.index("AskTwoApprovers") < names.index("VerifyResults") < names.index("WriteReport")
    assert names[-1] == "MarkUnconfirmed"


def test_a_new_machine_gets_its_place_on_the_page() -> None:
    """Its diagram is appended, and stands between marks from then on."""
    graph: dict[str, Any] = {"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}
    once = render.with_diagrams("# Page\n", {"new": graph})
    assert "## new" in once
    assert once == render.with_diagrams(once, {"new": graph})


def test_a_diagram_shows_rules_failures_and_what_is_inside() -> None:
    """Questions with their answers, errors by name and dotted, a Map with its states, the actions' failures once."""
    gate, stage = diagram(render.definition("approval_gate")), diagram(render.definition("contain_credentials"))
    assert "AskApproval -.->|ApprovalRefused| ApprovalRefused" in gate
    assert "AskApproval -.->|Timeout| TellReminded" in gate
    assert "RemindFirstList -.->|Timeout, any error| AskSecondList" in gate
    assert "AskApproval --> IsApproved" in gate
    assert 'subgraph EachStep["EachStep: one after the other"]' in stage
    assert "WhichAction -->|iam.deactivate_access_key| DeactivateAccessKey" in stage
    assert stage.count("-.->|StateDrifted| RecordDrift") == 1


def test_a_diagram_leaves_out_questions_that_only_pass_over() -> None:
    """Whether a stage has steps is not drawn; whether a gate is asked is, since it passes over more than itself."""
    drawn = diagram(render.definition("bedrock_response"))
    assert "ContainCredentialsAtOnce --> ContainBedrockAtOnce" in drawn
    assert "AskOneApproverAsked -->|else| AskTwoApproversAsked" in drawn
    assert "HowItEnded -->|a failure was noted or else| Failed" in drawn
