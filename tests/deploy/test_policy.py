"""deploy/policy.yaml is checked before it is packaged: what is wrong is named by line and field."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy import render
from deploy.rendering import policy
from deploy.rendering.lined_yaml import FileRefused
from deploy.rendering.policy import read

ROOT = Path(__file__).parents[2]
MISSPELT = "iam.acess_key.deactivate"
LAST = """
  - name: everything-else
    type: "*"
    action: "*"
    approval: one
    why: The rest.
"""


def rule(name: str = "mine", **fields: str) -> str:
    given = {"type": "manual", "action": "iam.access_key.deactivate", "approval": "automatic", "why": "Mine.", **fields}
    return f"  - name: {name}\n" + "".join(f"    {field}: {value}\n" for field, value in given.items() if value)


def refused(text: str) -> str:
    with pytest.raises(FileRefused) as caught:
        read(text)
    return str(caught.value)


def test_the_delivered_policy_is_fit() -> None:
    """The file in the repository is accepted, and what a Lambda reads is exactly it."""
    rendered = json.loads((ROOT / "lambdas/planning/policy.json").read_text())
    assert read((ROOT / "deploy/policy.yaml").read_text()) == rendered


def test_one_text_is_a_list_of_one() -> None:
    """Whoever writes a policy need not know that the program reads lists."""
    assert read("rules:\n" + rule() + LAST)["rules"][0]["type"] == ["manual"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules:\n" + rule(approval="auto") + LAST, ":5: rules[0].approval: 'auto' is not one of"),
        ("rules:\n" + rule(approval="true") + LAST, ":5: rules[0].approval: True is not one of"),
        ("rules:\n" + rule(why="") + LAST, ":2: rules[0]: 'why' is a required property"),
        ("rules:\n" + rule(until="2027") + LAST, ":2: rules[0]: Additional properties are not allowed ('until'"),
        ("rules:\n" + rule(action="IAM.*") + LAST, ":4: rules[0].action[0]: 'IAM.*' does not match"),
        ("rules:\n" + rule(stage="cleaning") + LAST, ":7: rules[0].stage[0]: 'cleaning' is not one of"),
        ("rules: []\n", ":1: rules: [] "),
        ("", ":1: document: None is not of type 'object'"),
        ("- a\n", ":1: document: ['a'] is not of type 'object'"),
        ("rules:\n" + rule(type="*") + LAST, ":3: is no YAML"),
        ("rules:\n  - [\n", "is no YAML"),
        ("rules:\n" + rule() + "    approval: never\n" + LAST, ":7: rules[0].approval: stands twice, in line 7 too"),
        ("rules:\n" + rule() + rule(type="'Impact:*'") + LAST, ":7: rules[1].name: mine is the name of rule 1 already"),
        ("rules:\n" + rule(action=MISSPELT) + LAST, f"rules[0].action: {MISSPELT} is the catalogue id of no action"),
        ("rules:\n" + rule(type="Impact:IAMUser/None") + LAST, "rules[0].type: Impact:IAMUser/None is no finding"),
        ("rules:\n" + rule(action="bedrock.agent.delete") + LAST, "rules[0].approval: automatic is less than bedrock."),
        ("rules:\n" + LAST + rule(), ":8: rules[1]: rule 2 (mine) never decides anything: rule 1 (everything-else)"),
        ("rules:\n" + rule(), ":2: rules[0]: the last rule must have type"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_field(text: str, said: str) -> None:
    """A misspelt word, a wrong type, a key or name that stands twice, a contradiction: each with where it stands."""
    assert f"deploy/policy.yaml{said}" in refused(text) if said.startswith(":") else said in refused(text)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Nobody mends one line to be told of the next."""
    said = refused("rules:\n" + rule(approval="auto") + rule("other", stage="cleaning") + LAST)
    assert len(said.splitlines()) == 2


def test_a_pattern_may_wait_for_actions_to_come() -> None:
    """A name that is spelled out must be an action's; a pattern fits those of the next version too."""
    assert read("rules:\n" + rule(action="q.plugin.*") + LAST)


@pytest.mark.parametrize("arguments", [[], ["--check"]])
def test_rendering_stops_at_a_bad_policy(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make render` and `make check` fail with the line, and nothing is packaged from it."""
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy/policy.yaml").write_text("rules:\n" + rule(approval="auto") + LAST)
    monkeypatch.setattr(policy, "ROOT", tmp_path)
    monkeypatch.setattr(render, "ROOT", tmp_path)
    monkeypatch.setattr(render.state_machines, "stale", list)
    monkeypatch.setattr(render.state_machines, "render", dict)
    assert render.main(arguments) == 1
    assert "deploy/policy.yaml:5: rules[0].approval: 'auto' is not one of" in capsys.readouterr().err
    assert not (tmp_path / "lambdas").exists()
