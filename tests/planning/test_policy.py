from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lambdas.core.action import all_actions, load
from lambdas.planning.policy import decide, decide_undo

ACTIONS = {action_id: module.ACTION for action_id, module in all_actions()}
KEY = load("iam.deactivate_access_key").ACTION


def incident(**changes: Any) -> dict[str, Any]:
    source = {"type": "AttackSequence:IAM/CompromisedCredentials"}
    return {"source": source, "automatic": [KEY.catalogue], "confirmed": True, "withheld": None, **changes}


@pytest.mark.parametrize(
    ("declared", "changes", "expected", "said"),
    [
        ({"approval": "two"}, {}, "two", "two people"),
        ({"approval": "two", "power": "eradicate"}, {"confirmed": False}, "two", "two people"),
        ({"approval": "automatic", "power": "eradicate"}, {}, "two", "cannot be taken back"),
        ({"approval": "one", "power": "eradicate"}, {}, "two", "cannot be taken back"),
        ({"approval": "one"}, {}, "one", "always needs the approval of one"),
        ({"approval": "one", "stage": "recovery"}, {}, "one", "always needs the approval of one"),
        ({}, {"confirmed": False}, "one", "not confirmed by GuardDuty"),
        ({}, {"withheld": "no call in 24 h"}, "one", "no call in 24 h"),
        ({"stage": "recovery"}, {"confirmed": False}, "one", "not confirmed by GuardDuty"),
        ({"stage": "recovery"}, {"automatic": []}, "automatic", "contains nobody"),
        ({"stage": "notification"}, {"automatic": []}, "automatic", "contains nobody"),
        ({}, {}, "automatic", "may run unattended for AttackSequence"),
        ({}, {"automatic": []}, "one", "does not let iam.access_key.deactivate run unattended"),
    ],
)
def test_the_first_rule_that_applies_decides(
    declared: dict[str, Any], changes: dict[str, Any], expected: str, said: str
) -> None:
    """The table of the module's docstring, row by row, each with the words that the approver reads."""
    decision = decide(replace(KEY, **declared), incident(**changes))
    assert decision.approval == expected
    assert said in decision.rule


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
@pytest.mark.parametrize("changes", [{}, {"confirmed": False}, {"withheld": "why"}])
def test_no_finding_makes_an_action_easier_than_its_own_minimum(action_id: str, changes: dict[str, Any]) -> None:
    """Policy can demand more approval than an action's declaration, never less."""
    action, order = ACTIONS[action_id], ("automatic", "one", "two")
    given = incident(automatic=[a.catalogue for a in ACTIONS.values()], **changes)
    assert order.index(decide(action, given).approval) >= order.index(action.approval)


@pytest.mark.parametrize("action_id", sorted(ACTIONS))
def test_without_confirmation_nothing_is_automatic(action_id: str) -> None:
    """A forged event can make people look, and nothing else."""
    given = incident(automatic=[a.catalogue for a in ACTIONS.values()], confirmed=False)
    assert decide(ACTIONS[action_id], given).approval != "automatic"


@pytest.mark.parametrize(
    ("stage", "expected"), [("containment", "one"), ("recovery", "automatic"), ("notification", "automatic")]
)
def test_an_undo_that_restores_power_is_approved(stage: str, expected: str) -> None:
    """Taking back containment gives an attacker the key back: one person approves it."""
    assert decide_undo({"stage": stage}).approval == expected
