from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.core.action import STRICTNESS, all_actions, load
from lambdas.core.schema import validate
from lambdas.intake.finding_types import known
from lambdas.planning.policy import decide, decide_undo, own_floor, rules, rules_of

ACTIONS = {action_id: module.ACTION for action_id, module in all_actions()}
KEY = load("iam.deactivate_access_key").ACTION
INSTANCE = "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"
SEQUENCE = "AttackSequence:IAM/CompromisedCredentials"
HIGH = {
    SEQUENCE,
    "AttackSequence:S3/CompromisedData",
    "CredentialAccess:IAMUser/CompromisedCredentials",
    "Exfiltration:IAMUser/AnomalousBehavior",
    "Impact:IAMUser/AnomalousBehavior",
    "manual",
}
"""Finding types whose credentials are contained unattended."""


def incident(finding_type: str = SEQUENCE, **changes: Any) -> dict[str, Any]:
    return {"source": {"type": finding_type}, "confirmed": True, "withheld": None, **changes}


def like(catalogue: str) -> Any:
    """The key's action under another catalogue id, to stand for one that is still to come."""
    return replace(KEY, catalogue=catalogue)


@pytest.mark.parametrize(
    ("declared", "changes", "expected", "said"),
    [
        ({}, {}, "automatic", "deploy/policy.yaml, rule 2 (stolen-credentials): automatic. The finding says"),
        ({"approval": "two"}, {}, "two", "Raised to two: iam.access_key.deactivate never needs less."),
        ({"approval": "two", "power": "eradicate"}, {"confirmed": False}, "two", "never needs less"),
        ({"approval": "automatic", "power": "eradicate"}, {}, "two", "Raised to two"),
        ({"approval": "one", "power": "eradicate"}, {}, "two", "Raised to two"),
        ({"approval": "one", "reversibility": "none"}, {}, "two", "Raised to two"),
        ({"approval": "one"}, {}, "one", "Raised to one: iam.access_key.deactivate never needs less."),
        ({"approval": "one", "stage": "recovery"}, {}, "one", "Raised to one"),
        ({}, {"confirmed": False}, "one", "Raised to one: Nothing runs unattended in this incident: the f"),
        ({}, {"withheld": "no call in 24 h"}, "one", "no call in 24 h"),
        ({"stage": "recovery"}, {"confirmed": False}, "one", "not confirmed by GuardDuty"),
        ({"stage": "recovery"}, {}, "automatic", "rule 1 (contains-nobody)"),
        ({"stage": "notification", "reversibility": "none"}, {}, "automatic", "rule 1 (contains-nobody)"),
    ],
)
def test_the_first_rule_decides_and_floors_raise_it(
    declared: dict[str, Any], changes: dict[str, Any], expected: str, said: str
) -> None:
    """The plan names the rule by file, number and name, and the floor that raised it, in words."""
    decision = decide(replace(KEY, **declared), incident(**changes))
    assert decision.approval == expected
    assert said in decision.rule


def test_the_decision_table_as_it_is_delivered() -> None:
    """By action: the finding types for which it runs unattended. All others are asked, and deleting takes two."""
    unattended = {
        action.catalogue: {t for t in known() if decide(action, incident(t)).approval == "automatic"}
        for action in ACTIONS.values()
    }
    everything = set(known())
    assert unattended["iam.access_key.deactivate"] == HIGH
    assert unattended["bedrock.logging.restore"] == everything
    assert unattended["support.case.create"] == everything
    assert unattended["bedrock.agent.delete"] == set()
    assert {decide(ACTIONS["bedrock.delete_agent"], incident(t)).approval for t in known()} == {"two"}


@pytest.mark.parametrize(
    ("catalogue", "finding_type", "expected"),
    [
        ("iam.user.quarantine", SEQUENCE, "automatic"),
        ("iam.bedrock_api_key.deactivate", "manual", "automatic"),
        ("iam.role.session_quarantine", INSTANCE, "automatic"),
        ("iam.access_key.deactivate", INSTANCE, "one"),
        ("iam.user.quarantine", "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.InsideAWS", "one"),
        ("iam.bearer_token.deny", SEQUENCE, "one"),
        ("bedrock.batch.stop", "Impact:IAMUser/CostHarvesting", "automatic"),
        ("bedrock.batch.stop", SEQUENCE, "one"),
        ("bedrock.agent.alias.pause", SEQUENCE, "one"),
        ("iam.user.quarantine", "Discovery:IAMUser/AnomalousBehavior", "one"),
    ],
)
def test_actions_to_come_have_the_domains_defaults(catalogue: str, finding_type: str, expected: str) -> None:
    """An instance role's keys are never deactivated, a stolen user's are; what the domain does not name is asked."""
    assert decide(like(catalogue), incident(finding_type)).approval == expected


PATTERNS = st.sampled_from(["*", "iam.*", "iam.access_key.deactivate", "bedrock.*", "support.case.create", "none.such"])
TYPES = st.sampled_from(["*", "*:IAMUser/*", SEQUENCE, "manual", "Impact:*"])
RULE = st.fixed_dictionaries(
    {
        "name": st.just("generated"),
        "type": st.lists(TYPES, min_size=1, unique=True),
        "action": st.lists(PATTERNS, min_size=1, unique=True),
        "approval": st.sampled_from(STRICTNESS),
        "why": st.just("It was generated."),
    },
    optional={"stage": st.lists(st.sampled_from(["containment", "recovery", "notification"]), min_size=1, unique=True)},
)
POLICIES = st.fixed_dictionaries({"rules": st.lists(RULE, min_size=1, max_size=6)})
INCIDENTS = st.builds(
    incident,
    st.sampled_from(sorted(known())),
    confirmed=st.booleans(),
    withheld=st.none() | st.just("no generative AI call"),
)


@given(POLICIES, st.sampled_from(sorted(ACTIONS)), INCIDENTS)
def test_no_policy_goes_under_a_floor(policy: dict[str, Any], action_id: str, about: dict[str, Any]) -> None:
    """Whatever it says: never less than the action's own minimum, two for the irreversible, one where in doubt."""
    validate("policy", policy)
    action = ACTIONS[action_id]
    strictness = STRICTNESS.index(decide(action, about, rules_of(policy)).approval)
    assert strictness >= STRICTNESS.index(action.approval)
    assert strictness >= STRICTNESS.index(own_floor(action))
    if not about["confirmed"] or about["withheld"]:
        assert strictness >= STRICTNESS.index("one")
    if action.reversibility == "none" and action.stage != "notification":
        assert strictness >= STRICTNESS.index("two")


@given(POLICIES, st.sampled_from(sorted(ACTIONS)), INCIDENTS)
def test_a_policy_is_never_softened(policy: dict[str, Any], action_id: str, about: dict[str, Any]) -> None:
    """What the first rule that fits demands is the least that is asked: floors only raise it. `never` stays never."""
    given_rules = rules_of(policy)
    decision = decide(ACTIONS[action_id], about, given_rules)
    first = next((r for r in given_rules if r.fits(ACTIONS[action_id], about["source"]["type"])), None)
    wanted = first.approval if first else "one"
    assert STRICTNESS.index(decision.approval) >= STRICTNESS.index(wanted)
    assert (decision.approval == "never") == (wanted == "never")
    assert decision.by.number == (first.number if first else 0)


def test_the_packaged_policy_is_a_policy() -> None:
    """What the Lambda reads fits its schema, and ends with a rule that decides the rest."""
    assert rules()[-1].types == ("*",)
    assert rules()[-1].approval == "one"


@pytest.mark.parametrize(
    ("stage", "expected"), [("containment", "one"), ("recovery", "automatic"), ("notification", "automatic")]
)
def test_an_undo_that_restores_power_is_approved(stage: str, expected: str) -> None:
    """Taking back containment gives an attacker the key back: one person approves it."""
    assert decide_undo({"stage": stage}).approval == expected
