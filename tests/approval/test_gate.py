"""The gate as it is stored: who may let a step through, in which order things may happen, and what never may."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdas.approval import links, table
from lambdas.approval.gate import Gate, approvers_for, cast, close_expired, gate_id_of, refuse_closed
from lambdas.approval.people import excluded, to_ask
from lambdas.approval.votes import Vote
from lambdas.core.errors import LinkRefused, PowerRefused
from tests.approval.world import INCIDENT_ID, World, incident, plan, step

LEAD, DEPUTY, CTO = "lead@example.com", "deputy@example.com", "cto@example.com"
A, B, C = (step(n)["step_id"] for n in (1, 2, 3))


@pytest.fixture
def two(world: World) -> World:
    """Three steps that two people decide on."""
    world.begin(*[step(n, approval="two") for n in (1, 2, 3)])
    world.ask("two")
    return world


def vote_of(world: World, approver: str, *steps: str, gate: str = "two") -> Gate:
    link = links.find(world.link_of(approver))
    return cast(link, Vote(approver, "approve" if steps else "refuse", steps, "no", "2026-11-22T03:00:00Z", ""))


def test_two_people_let_through_what_both_ticked(two: World) -> None:
    """The intersection passes, with both names; the rest does not, and before the second vote nothing does."""
    vote_of(two, LEAD, A, B)
    with pytest.raises(PowerRefused, match="open"):
        approvers_for(INCIDENT_ID, two.plan_hash, "two", A)
    vote_of(two, DEPUTY, B, C)
    assert approvers_for(INCIDENT_ID, two.plan_hash, "two", B) == (DEPUTY, LEAD)
    for left_out in (A, C, "99-other-00000000"):
        with pytest.raises(PowerRefused, match="left out"):
            approvers_for(INCIDENT_ID, two.plan_hash, "two", left_out)


def test_an_approval_is_for_one_plan_gate_and_incident_only(two: World) -> None:
    """Another hash, gate or incident: nobody was asked about those. A hash that only begins alike is another."""
    vote_of(two, LEAD, A)
    vote_of(two, DEPUTY, A)
    alike = two.plan_hash[:16] + "0" * 48
    elsewhere = [
        (INCIDENT_ID, alike, "two"),
        (INCIDENT_ID, two.plan_hash, "one"),
        ("IR-20261122-ffffffffff", two.plan_hash, "two"),
    ]
    for incident_id, plan_hash, gate in [*elsewhere, (INCIDENT_ID, two.plan_hash, "automatic")]:
        with pytest.raises(PowerRefused, match="Nobody was asked"):
            approvers_for(incident_id, plan_hash, gate, A)


def test_a_refused_gate_lets_nothing_through(two: World) -> None:
    """Also where one person had approved before."""
    vote_of(two, LEAD, A)
    vote_of(two, DEPUTY)
    with pytest.raises(PowerRefused, match="refused"):
        approvers_for(INCIDENT_ID, two.plan_hash, "two", A)


@pytest.mark.parametrize(
    "written",
    [
        {("votes",): {LEAD: {"decision": "approve", "steps": [A], "reason": "", "at": "", "source_ip": ""}}},
        {
            ("votes",): {
                e: {"decision": "approve", "steps": [A], "reason": "", "at": "", "source_ip": ""}
                for e in (LEAD, LEAD.upper())
            }
        },
        {("votes", DEPUTY, "decision"): "refuse"},
        {("barred",): [DEPUTY]},
        {("plan_hash",): "0" * 64},
    ],
)
def test_a_gate_item_that_says_approved_is_checked_all_the_same(
    two: World, written: dict[tuple[str, ...], object]
) -> None:
    """One vote for two, one person in two spellings, a refusal, the requester's vote, another plan: no step passes."""
    vote_of(two, LEAD, A)
    vote_of(two, DEPUTY, A)
    assert table.change(f"gate#{gate_id_of(INCIDENT_ID, two.plan_hash, 'two')}", written)
    with pytest.raises(PowerRefused):
        approvers_for(INCIDENT_ID, two.plan_hash, "two", A)


def test_votes_in_the_same_moment_all_count(two: World) -> None:
    """Two approvers who press the button together decide the gate: neither vote is lost, and neither counts twice."""
    votes = [threading.Thread(target=vote_of, args=(two, person, A, B)) for person in (LEAD, DEPUTY)]
    for thread in votes:
        thread.start()
    for thread in votes:
        thread.join()
    assert two.gate("two").state == "approved"
    assert set(two.gate("two").votes) == {LEAD, DEPUTY}


def test_a_vote_based_on_old_votes_is_worked_out_again(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another vote came in between reading and writing, the transaction fails and the rule is applied anew."""
    write, calls = table.change_together, []

    def interrupted(*updates: dict[str, object]) -> bool:
        calls.append(1)
        if len(calls) == 1:
            vote_of(two, DEPUTY, A, B)
        return write(*updates)

    monkeypatch.setattr(table, "change_together", interrupted)
    assert vote_of(two, LEAD, B, C).approved_steps == (B,)
    assert len(calls) == 3


def test_a_link_votes_once(two: World) -> None:
    """The second vote of a link is refused as spent, whatever it says, and changes nothing."""
    vote_of(two, LEAD, A)
    with pytest.raises(LinkRefused) as refused:
        vote_of(two, LEAD, A, B)
    assert refused.value.reason == "spent"
    assert two.gate("two").votes[LEAD].steps == (A,)


def test_a_second_link_of_the_same_person_does_not_vote(two: World) -> None:
    """Were a person ever to hold two links, the gate itself counts them once."""
    links.record("B" * 32, gate_id_of(INCIDENT_ID, two.plan_hash, "two"), LEAD, two.gate("two").deadline)
    vote_of(two, LEAD, A)
    with pytest.raises(LinkRefused) as refused:
        cast(links.must_read("B" * 32), Vote(LEAD, "approve", (A,), "", "", ""))
    assert refused.value.reason == "spent"


def test_the_requester_cannot_vote_even_with_a_link(two: World) -> None:
    """The gate refuses whoever asked for the response, should a link ever have reached them."""
    gate, link = replace(two.gate("two"), barred=(LEAD,)), links.find(two.link_of(LEAD))
    with pytest.raises(LinkRefused, match="cannot approve"):
        refuse_closed(gate, link, 0)


def test_expiry_closes_for_good(two: World) -> None:
    """An expired gate takes no vote and lets nothing through; closing it again changes nothing."""
    gate_id = gate_id_of(INCIDENT_ID, two.plan_hash, "two")
    assert close_expired(gate_id).state == "expired"
    with pytest.raises(LinkRefused) as refused:
        vote_of(two, LEAD, A)
    assert refused.value.reason == "expired"
    with pytest.raises(PowerRefused, match="expired"):
        approvers_for(INCIDENT_ID, two.plan_hash, "two", A)
    assert close_expired("IR-20261122-ffffffffff.0.one") is None


@given(people=st.lists(st.tuples(st.sampled_from([LEAD, DEPUTY]), st.sets(st.sampled_from([A, B, C]))), max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_power_needs_two_different_people_who_ticked_it(two: World, people: list[tuple[str, set[str]]]) -> None:
    """For any order of votes of two people: a step passes only if both approved it, and then with both names."""
    _reset(two)
    ticked: dict[str, set[str]] = {}
    for person, steps in people:
        try:
            vote_of(two, person, *sorted(steps))
        except LinkRefused:
            continue
        ticked[person] = steps
    for step_id in (A, B, C):
        allowed = len(ticked) == 2 and all(step_id in steps for steps in ticked.values())
        assert _passes(two, step_id) == allowed


def _reset(world: World) -> None:
    pk = f"gate#{gate_id_of(INCIDENT_ID, world.plan_hash, 'two')}"
    table.change(pk, {("votes",): {}, ("state",): "open", ("reason",): ""})
    for person in (LEAD, DEPUTY):
        table.change(f"link#{world.link_of(person).split('.')[0]}", {("state",): "open"})


def _passes(world: World, step_id: str) -> bool:
    try:
        return approvers_for(INCIDENT_ID, world.plan_hash, "two", step_id) == (DEPUTY, LEAD)
    except PowerRefused:
        return False


@pytest.mark.parametrize(
    ("changes", "barred"),
    [
        ({"requested_by": "Lead@Example.com "}, [LEAD]),
        ({"requester_arn": "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_IR_1/LEAD@example.com"}, [LEAD]),
        ({"requester_arn": "arn:aws:iam::111122223333:user/ops/cto@example.com"}, [CTO]),
        ({"requested_by": LEAD, "requester_arn": f"arn:aws:sts::111122223333:assumed-role/x/{CTO}"}, [CTO, LEAD]),
        ({}, []),
    ],
)
def test_whoever_asked_is_excluded(world: World, changes: dict[str, str], barred: list[str]) -> None:
    """By address in any case, and by the session name of their ARN, which Identity Center sets to the user name."""
    assert excluded(incident(**changes), plan()) == barred
    asked = to_ask("second", 1, barred)
    assert not set(asked) & set(barred)


def test_of_an_undo_its_own_requester_is_excluded(world: World) -> None:
    """Who asked to undo cannot approve that; who started the response has no part in it."""
    undo = plan(kind="undo", requested_by=DEPUTY, requester_arn=None)
    assert excluded(incident(requested_by=LEAD), undo) == [DEPUTY]


def test_the_second_list_helps_where_the_first_cannot_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each person is asked once, however many lists name them; a first list too short is joined by the second."""
    assert to_ask("first", 2, []) == [LEAD, DEPUTY]
    assert to_ask("second", 2, []) == [LEAD, DEPUTY, CTO]
    assert to_ask("first", 2, [LEAD]) == [DEPUTY, CTO]
    monkeypatch.setenv("FIRST_APPROVERS", " Lead@example.com,, lead@EXAMPLE.com")
    assert to_ask("first", 1, []) == [LEAD]
