"""What holds for every action, whoever adds it. A new action needs no line here."""

from __future__ import annotations

import inspect
import json
import string
from pathlib import Path
from typing import Any

import pytest

from deploy.rendering.permissions import CALLS
from deploy.rendering.targets import finders
from lambdas.core.action import STRICTNESS, Action, all_ids, load, state_name
from lambdas.core.session import declared, statements
from tests.actions.acting import CALLED, SEEN, UNDONE

ROOT = Path(__file__).parents[2]
MINIMAL = json.loads((ROOT / "tests/house/catalogue_approvals.json").read_text())
"""The least approval of each action in the domain's catalogue."""
PLACES = {"partition", "account", "region"}
LONGEST_SESSION_POLICY = 2048
FUNCTIONS = {
    "read": ("session", "target"),
    "achieved": ("target", "state"),
    "perform": ("session", "target", "before"),
    "settled": ("session", "target"),
    "undo": ("session", "target", "before"),
}
every_action = pytest.mark.parametrize("action_id", all_ids())


def declaration(action_id: str) -> Action:
    action: Action = load(action_id).ACTION
    return action


def require_tested(action_id: str) -> None:
    if action_id not in CALLED:
        pytest.skip("needs the calls that tests/actions make: run both together")


def states(graph: dict[str, Any]) -> set[str]:
    """The names of all states of a definition, those inside of Maps too."""
    inner = [state["ItemProcessor"] for state in graph["States"].values() if "ItemProcessor" in state]
    return set(graph["States"]).union(*map(states, inner))


def definition(machine: str) -> dict[str, Any]:
    text = (ROOT / f"state_machines/definitions/{machine}.asl.json").read_text()
    graph: dict[str, Any] = json.loads(text)
    return graph


def test_there_are_actions():
    """The sweeps below sweep something."""
    assert len(all_ids()) >= 4


@every_action
def test_id_file_state_test_page_and_schema_agree(action_id):
    """The path is the id, and everything else of the action stands where the id says."""
    service, name = action_id.split(".")
    assert Path(load(action_id).__file__) == ROOT / f"lambdas/actions/{service}/{name}.py"
    wanted = [
        f"tests/actions/{service}/test_{name}.py",
        f"docs/actions/{action_id}.md",
        f"schemas/actions/{action_id}.json",
        f"lambdas/core/validators/actions_{service}_{name}.py",
    ]
    assert [path for path in wanted if not (ROOT / path).exists()] == []


@every_action
def test_an_action_is_a_named_state_of_its_machine(action_id):
    """What the plan proposes can be carried out, and what can be undone has its state in the undo response."""
    assert state_name(action_id) in states(definition(declaration(action_id).machine))
    undoable = hasattr(load(action_id), "undo")
    assert (f"Undo{state_name(action_id)}" in states(definition("undo_response"))) == undoable


@every_action
def test_functions_have_the_names_and_parameters_of_the_contract(action_id):
    """After one action one can read all of them; a function that the contract does not know is private."""
    module = load(action_id)
    public = {
        name: tuple(inspect.signature(function).parameters)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public.items() <= FUNCTIONS.items()
    assert {"read", "achieved", "perform"} <= public.keys()


@every_action
def test_permissions_are_exactly_the_calls(action_id):
    """Each function declares what its tests saw it call: none more, none fewer."""
    require_tested(action_id)
    called = {function: set(actions) for function, actions in CALLED[action_id].items()}
    wanted = {call: {p.action for p in ps} for call, ps in declaration(action_id).permissions.items()}
    assert called == wanted


@every_action
def test_approval_is_never_weaker_than_the_catalogue(action_id):
    """What the domain says needs people cannot be declared automatic."""
    action = declaration(action_id)
    assert STRICTNESS.index(action.approval) >= STRICTNESS.index(MINIMAL[action.catalogue])


@every_action
def test_what_cannot_be_undone_needs_approval_and_the_power_to_eradicate(action_id):
    """Containment is reversible; what is not has the catalogue's approval, and its role demands the approval tag."""
    action = declaration(action_id)
    if action.reversibility == "none" and action.stage != "notification":
        assert action.power == "eradicate"
        assert action.approval == "two" or MINIMAL[action.catalogue] == action.approval
    assert (action.power == "contain") <= (action.reversibility != "none")


@every_action
def test_every_action_has_a_way_back_or_says_why_not(action_id):
    """An approver reads one plain sentence either way, and the code does what it says."""
    action, undoable = declaration(action_id), hasattr(load(action_id), "undo")
    assert undoable == (action.reversibility != "none")
    assert ("undo" in action.permissions) == undoable
    assert action.way_back.endswith(".")
    assert action.impact.endswith(".")
    assert action.way_back.startswith("Undo ") if undoable else action.way_back.startswith("None: ")


@every_action
def test_every_undo_is_proven(action_id):
    """Some test of the action did, undid and compared."""
    require_tested(action_id)
    assert hasattr(load(action_id), "undo") <= (action_id in UNDONE)


@every_action
def test_targets_are_found_and_their_fields_are_declared(action_id):
    """Somebody finds such targets, and each template is filled from the target and from nothing else."""
    action = declaration(action_id)
    assert action.target.kind in finders()
    permissions = [p.resource for ps in action.permissions.values() for p in ps]
    known = PLACES | set(action.target.fields)
    for template in (action.target.label, action.target.arn, *permissions):
        assert {field for _, field, _, _ in string.Formatter().parse(template) if field} <= known, template
    assert "account" in action.target.fields


@every_action
def test_permissions_name_the_target_or_say_why_not(action_id):
    """A resource of `*` has its reason where it stands."""
    for permissions in declaration(action_id).permissions.values():
        assert [p.action for p in permissions if p.resource == "*" and not p.reason] == []


@every_action
def test_session_policies_fit(action_id):
    """STS takes 2,048 characters: the policy of each call fits, on every target that the tests used."""
    require_tested(action_id)
    action = declaration(action_id)
    for target in SEEN[action_id]:
        filled = {"partition": "aws", "region": "us-gov-west-1", **target}
        for power in (action.power, "undo"):
            allowed = statements(declared(action, CALLS[power]), filled)
            policy = json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":"))
            assert len(policy) <= LONGEST_SESSION_POLICY, power


@every_action
def test_the_text_of_an_action_is_said_once(action_id):
    """No two actions share a title, a catalogue entry or a state's name."""
    others = [declaration(other) for other in all_ids() if other != action_id]
    action = declaration(action_id)
    assert action.title not in {other.title for other in others}
    assert action.catalogue not in {other.catalogue for other in others}
    assert state_name(action_id) not in {state_name(other) for other in all_ids() if other != action_id}
