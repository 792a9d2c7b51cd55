"""`responder policy`: a person reads which rule decides what, and a script gets the same."""

from __future__ import annotations

import json


def test_the_rules_stand_in_the_order_in_which_they_are_asked(run):
    """Without options: every rule with its number, what it demands, and for what."""
    shown = run("policy").out
    names = ("1 contains-nobody", "2 stolen-credentials", "3 started-by-hand", "6 everything-else")
    assert [shown.index(name) for name in names] == sorted(shown.index(name) for name in names)
    assert "recovery or notification" in shown
    assert "deploy/policy.yaml" in shown


def test_a_type_shows_what_each_action_needs_and_which_rule_says_so(run):
    """For one finding type: the key at once, the agent after two people."""
    answer = json.loads(run("policy", "--type", "manual", "--json").out)
    by_action = {d["action"]: d for d in answer["decisions"]}
    assert {d["type"] for d in answer["decisions"]} == {"manual"}
    assert by_action["iam.access_key.deactivate"]["approval"] == "automatic"
    assert by_action["iam.access_key.deactivate"]["rule"] == "3 started-by-hand"
    assert by_action["bedrock.agent.delete"]["approval"] == "two"
    assert "Raised to two" in by_action["bedrock.agent.delete"]["decided_by"]
    shown = run("policy", "--type", "manual").out
    assert "iam.access_key.deactivate" in shown and "3 started-by-hand" in shown


def test_patterns_choose_several(run):
    """Both options take patterns, alone and together."""
    answer = json.loads(run("policy", "--type", "Impact:*", "--action", "iam.access*", "--json").out)
    assert {d["action"] for d in answer["decisions"]} == {"iam.access_key.deactivate"}
    approvals = {d["type"]: d["approval"] for d in answer["decisions"]}
    assert approvals["Impact:IAMUser/AnomalousBehavior"] == "automatic"
    assert approvals["Impact:S3/AnomalousBehavior.Delete"] == "one"


def test_what_nothing_fits_is_said(run):
    """A misspelt type or action is exit code 4 and one line."""
    for option, name in (("--type", "finding type"), ("--action", "action")):
        answer = run("policy", option, "nosuch")
        assert answer.code == 4
        assert f"no {name} is, or fits, nosuch" in answer.err
