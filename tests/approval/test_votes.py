"""What votes amount to, for any votes: different people, the intersection of what they ticked, one refusal ends it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lambdas.approval.votes import NOTHING_IN_COMMON, Vote, outcome

PEOPLE = st.sampled_from(["a@example.com", "b@example.com", "c@example.com"])
STEPS = st.lists(st.sampled_from("123456"), min_size=1, unique=True).map(tuple)


def approval(person: str, steps: tuple[str, ...]) -> Vote:
    return Vote(person, "approve", steps, "", "2026-11-22T02:50:00Z", "203.0.113.7")


APPROVALS = st.lists(st.builds(approval, PEOPLE, STEPS), max_size=5)
REFUSALS = st.builds(lambda person: Vote(person, "refuse", (), "no", "", ""), PEOPLE)


@given(st.integers(1, 2), APPROVALS)
def test_approved_is_what_everybody_ticked(required: int, votes: list[Vote]) -> None:
    """Whatever the votes, an approved step was ticked in each of them, and enough different people voted."""
    found = outcome(required, votes)
    last = {vote.approver: vote for vote in votes}
    assert all(step in vote.steps for step in found.steps for vote in last.values())
    assert (found.state == "approved") == bool(found.steps)
    assert found.state == "open" if len(last) < required else found.state != "open"


@given(PEOPLE, st.lists(STEPS, min_size=1, max_size=4))
def test_one_person_never_counts_for_two(person: str, selections: list[tuple[str, ...]]) -> None:
    """However often one person votes, a gate of two stays open."""
    assert outcome(2, [approval(person, steps) for steps in selections]).state == "open"


@given(st.integers(1, 2), APPROVALS, REFUSALS)
def test_one_refusal_is_enough(required: int, votes: list[Vote], refusal: Vote) -> None:
    """A refusal refuses, whoever else approved, and its reason is the gate's."""
    found = outcome(required, [*votes, refusal])
    assert (found.state, found.steps) == ("refused", ())
    assert found.reason == f"Refused by {refusal.approver}: no"


@given(st.sets(st.sampled_from("123"), min_size=1), st.sets(st.sampled_from("456"), min_size=1))
def test_nothing_in_common_is_a_refusal(one: set[str], other: set[str]) -> None:
    """Two approvals that share no step approve nothing, and the reason says so."""
    votes = [approval("a@example.com", tuple(one)), approval("b@example.com", tuple(other))]
    assert outcome(2, votes).reason == NOTHING_IN_COMMON
