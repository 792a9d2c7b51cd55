"""What is rendered follows its source, and says so when it does not."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import render
from deploy.rendering import catalogue, pages, permissions, schemas
from deploy.rendering.permissions import statements, widened
from lambdas.core.action import Permission, all_ids, load

ROOT = Path(__file__).parents[2]


def test_rendered_files_are_fresh():
    """Nobody edited a rendered file, or forgot `make render`."""
    assert render.stale() == []


@pytest.fixture(scope="module")
def rendered() -> dict[Path, str]:
    return render.rendered()


def test_rendering_twice_gives_the_same(rendered):
    """No order, time or machine shows in what is rendered."""
    assert render.rendered() == rendered


def test_rendering_is_quick():
    """It belongs into every check, so it takes less than two seconds: once of three times, should others hold it up."""
    assert any(seconds_of(render.rendered) < 2 for _ in range(3))


def seconds_of(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rendered: dict[Path, str]) -> Path:
    """A copy of the rendered files, to be spoilt."""
    monkeypatch.setattr(render, "ROOT", tmp_path)
    monkeypatch.setattr(render, "rendered", lambda: rendered)
    monkeypatch.setattr(render.state_machines, "stale", list)
    monkeypatch.setattr(render.state_machines, "render", dict)
    render.write()
    return tmp_path


def test_an_edited_file_is_named_with_what_to_edit(elsewhere, capsys):
    """The check fails, and says which file and what to do about it."""
    (elsewhere / "docs/actions/iam.deactivate_access_key.md").write_text("by hand")
    assert render.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "docs/actions/iam.deactivate_access_key.md is stale" in said
    assert "lambdas/actions, then run `make render`" in said


def test_a_file_without_a_source_is_named(elsewhere, capsys):
    """An action that was removed leaves nothing behind unseen."""
    (elsewhere / "schemas/actions/iam.gone.json").write_text("{}")
    assert render.main(["--check"]) == 1
    assert "schemas/actions/iam.gone.json has no source: delete it." in capsys.readouterr().err


def test_writing_leaves_fresh_files_alone(elsewhere):
    """Their time stamps do not change, so nothing is built again for them."""
    before = {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*.*")}
    assert render.main([]) == 0
    assert {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*.*")} == before


def test_an_unknown_argument_is_refused(capsys):
    """A misspelt --check must not write."""
    assert render.main(["--chekc"]) == 2
    assert "usage" in capsys.readouterr().err


def test_fields_of_targets_are_widened_inside_the_arn():
    """A member role holds any user and never anything."""
    template = "arn:{partition}:iam::{account}:user/{user}"
    assert widened(template) == "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/*"
    assert widened("arn:{partition}:bedrock:{region}:{account}:agent/{agent_id}").count("*") == 2


@pytest.mark.parametrize("power", ["contain", "eradicate", "undo", "notify"])
def test_no_power_changes_anything_at_large(power):
    """A changing call on `*` is one for which IAM knows no resource, and has that reason where it is declared."""
    at_large = {p.action: p.reason for p in permissions.of_power(power) if widened(p.resource) == "*"}
    assert [action for action, reason in at_large.items() if not reason] == []


def test_only_eradicate_can_delete_agents():
    """A bug in containment cannot delete anything."""
    able = {
        power for power in permissions.CALLS for p in permissions.of_power(power) if p.action == "bedrock:DeleteAgent"
    }
    assert able == {"eradicate"}


def test_observing_changes_nothing():
    """Every call of the observe role is one that reads."""
    reading = ("Get", "List", "Describe", "Lookup", "Generate", "Head", "Filter")
    verbs = {p.action.partition(":")[2] for p in permissions.of_power("observe")}
    assert [verb for verb in verbs if not verb.startswith(reading)] == []


def test_statements_are_one_for_each_resource_and_condition():
    """The same resource under another condition is another statement, and actions are not repeated."""
    condition = {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}}
    given = [Permission("a:B"), Permission("a:A"), Permission("a:B"), Permission("a:C", condition=condition)]
    assert statements(given) == [
        {"Effect": "Allow", "Action": ["a:C"], "Resource": "*", "Condition": condition},
        {"Effect": "Allow", "Action": ["a:A", "a:B"], "Resource": "*"},
    ]


def test_the_catalogue_is_what_the_command_prints():
    """An array of all actions, each with the keys that are promised."""
    keys = {"id", "catalogue", "title", "stage", "approval", "reversibility", "permissions", "playbooks"}
    entries = catalogue.catalogue()
    assert [entry["id"] for entry in entries] == list(all_ids())
    assert all(keys <= set(entry) for entry in entries)


@pytest.mark.parametrize("action_id", all_ids())
def test_a_page_tells_the_approver_s_three_questions(action_id):
    """What it does, what it breaks, how it is taken back; and every permission with its reason."""
    page = pages.page(action_id, load(action_id))
    action = load(action_id).ACTION
    assert all(text in page for text in (action.title, action.impact, action.way_back))
    assert all(p.action in page and p.reason in page for ps in action.permissions.values() for p in ps)


def test_a_target_admits_no_field_that_is_not_declared():
    """What is approved is what is acted on: nothing rides along."""
    for path, text in schemas.files().items():
        assert json.loads(text)["additionalProperties"] is False, path
