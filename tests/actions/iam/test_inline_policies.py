"""What holds for every action that puts one denying policy on a user or role, whatever that denies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from lambdas.core.errors import NoRoom, SchemaMismatch, StateDrifted
from lambdas.core.schema import validate
from tests.actions.acting import Acting, Crash
from tests.actions.iam.conftest import INCIDENT, document

Json = dict[str, Any]
FOREIGN = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}
"""Of another shape than ours: a statement that is no list."""


@dataclass
class Holding:
    """A user or role of the attacked account, whose inline policies the test looks at."""

    acting: Acting
    target: Json
    kind: str
    name: str
    policy: str

    @property
    def put(self) -> str:
        return f"Put{self.kind.title()}Policy"

    def call(self, operation: str, **parameters: Any) -> Json:
        holder = {f"{self.kind.title()}Name": self.name}
        answer: Json = getattr(boto3.client("iam"), operation.format(self.kind))(**holder, **parameters)
        return answer

    def policies(self) -> Json:
        names = self.call("list_{}_policies")["PolicyNames"]
        return {n: self.call("get_{}_policy", PolicyName=n)["PolicyDocument"] for n in names}

    def write(self, policy: str, content: Json) -> None:
        self.call("put_{}_policy", PolicyName=policy, PolicyDocument=json.dumps(content))

    def remove(self) -> None:
        for name in self.policies():
            self.call("delete_{}_policy", PolicyName=name)
        self.call("delete_{}")

    def make_again(self) -> None:
        self.remove()
        trust = {"AssumeRolePolicyDocument": document()} if self.kind == "role" else {}
        self.call("create_{}", **trust)


OF = {
    "iam.quarantine_user": ("user", "alice", "IR-Quarantine-"),
    "iam.revoke_user_sessions": ("user", "alice", "IR-RevokeSessions-"),
    "iam.quarantine_role_session": ("role", "builder", "IR-SessionDeny-"),
}


@pytest.fixture(params=sorted(OF))
def holding(request: pytest.FixtureRequest, user_target: Json, session_target: Json) -> Holding:
    kind, name, prefix = OF[request.param]
    target = user_target if kind == "user" else session_target
    return Holding(Acting(request.param), target, kind, name, prefix + INCIDENT)


def test_undo_restores_what_was_there_before(holding: Holding) -> None:
    """Do, undo, compare: every inline policy is as it was, and ours is gone."""
    before = holding.policies()
    holding.acting.do_undo_compare(holding.target)
    assert holding.policies() == before


def test_one_policy_comes_and_nothing_else_changes(holding: Holding) -> None:
    """It stands under a name that says which incident put it there."""
    before = holding.policies()
    holding.acting.do(holding.target)
    after = holding.policies()
    assert after.pop(holding.policy)["Statement"][0]["Effect"] == "Deny"
    assert after == before


def test_done_twice_is_done_once(holding: Holding) -> None:
    """A rerun with the same `before` finds the policy there and leaves it, its moment too."""
    before = holding.acting.do(holding.target)
    put = holding.policies()
    holding.acting.perform(holding.target, before)
    assert holding.acting.made(holding.put) == 1
    assert holding.policies() == put


def test_undone_twice_is_undone_once(holding: Holding) -> None:
    """A second undo finds nothing of ours."""
    before = holding.acting.do(holding.target)
    holding.acting.undo(holding.target, before)
    holding.acting.undo(holding.target, before)
    assert holding.acting.made(holding.put.replace("Put", "Delete")) == 1


def test_what_was_so_already_stays_after_undo(holding: Holding) -> None:
    """A plan that finds the policy there has nothing to do, and its undo leaves it alone."""
    holding.acting.do(holding.target)
    before = holding.acting.read(holding.target)
    assert holding.acting.achieved(holding.target, before)
    holding.acting.undo(holding.target, before)
    assert holding.policy in holding.policies()


def test_another_policy_under_the_name_comes_back(holding: Holding) -> None:
    """Whoever took the name before us gets their policy back, of whatever shape that is."""
    holding.write(holding.policy, FOREIGN)
    before = holding.acting.do(holding.target)
    assert holding.policies()[holding.policy] != FOREIGN
    holding.acting.undo(holding.target, before)
    assert holding.policies()[holding.policy] == FOREIGN


def test_a_name_that_was_taken_since_the_approval_is_drift(holding: Holding) -> None:
    """What was not there when people approved is not overwritten."""
    before = holding.acting.read(holding.target)
    holding.write(holding.policy, FOREIGN)
    with pytest.raises(StateDrifted, match="another policy under the name"):
        holding.acting.perform(holding.target, before)
    assert holding.acting.made(holding.put) == 0
    assert holding.policies()[holding.policy] == FOREIGN


def test_undo_leaves_alone_what_somebody_made_of_it(holding: Holding) -> None:
    """A policy of that name that is not ours any more is refused by name, and stays."""
    before = holding.acting.do(holding.target)
    holding.write(holding.policy, FOREIGN)
    with pytest.raises(StateDrifted, match="changed policy"):
        holding.acting.undo(holding.target, before)
    assert holding.policies()[holding.policy] == FOREIGN


def test_a_policy_that_somebody_removed_is_taken_back_already(holding: Holding) -> None:
    """There is as much as before, so that undo changes nothing."""
    before = holding.acting.do(holding.target)
    holding.call("delete_{}_policy", PolicyName=holding.policy)
    holding.acting.undo(holding.target, before)
    assert holding.acting.achieved(holding.target, holding.acting.read(holding.target)) is False


def test_who_is_gone_is_an_answer_and_drift(holding: Holding) -> None:
    """Reading never raises for them; changing and undoing refuse."""
    before = holding.acting.do(holding.target)
    holding.remove()
    assert holding.acting.read(holding.target) == {"exists": False, "policy": None}
    for change in (holding.acting.perform, holding.acting.undo):
        with pytest.raises(StateDrifted, match="is gone"):
            change(holding.target, before)


def test_a_namesake_is_not_touched(holding: Holding) -> None:
    """A user or role that was made again under the same name is another: nobody approved anything about it."""
    before = holding.acting.read(holding.target)
    holding.make_again()
    with pytest.raises(StateDrifted, match="made again under the same name"):
        holding.acting.perform(holding.target, before)
    assert holding.policies() == {}


def test_a_crash_before_the_change_is_finished_by_a_rerun(holding: Holding) -> None:
    """The process ends between look and change: nothing is denied yet, and the rerun denies it."""
    before = holding.acting.read(holding.target)
    holding.acting.session.crash_at(holding.put)
    with pytest.raises(Crash):
        holding.acting.perform(holding.target, before)
    assert holding.policy not in holding.policies()
    holding.acting.perform(holding.target, before)
    assert holding.acting.achieved(holding.target, holding.acting.read(holding.target))


@pytest.mark.usefixtures("impatient")
def test_throttled_calls_are_repeated(holding: Holding) -> None:
    """Two refusals for too many calls cost time and nothing else."""
    holding.acting.session.throttle(holding.put, times=2)
    holding.acting.do(holding.target)
    assert holding.policy in holding.policies()


@pytest.mark.usefixtures("impatient")
def test_throttled_for_long_is_an_error_by_name(holding: Holding) -> None:
    """The state machine can retry what it knows by name; until then nothing is changed."""
    before = holding.acting.read(holding.target)
    holding.acting.session.throttle(holding.put, times=99)
    with pytest.raises(ClientError, match="Throttling"):
        holding.acting.perform(holding.target, before)
    assert holding.policy not in holding.policies()


def test_no_room_says_what_to_do(holding: Holding) -> None:
    """IAM's quota on inline policies is an error with its own name, and what was there stays."""
    room = 2048 if holding.kind == "user" else 10_240
    work = {"Effect": "Allow", "Action": "bedrock:*", "Resource": [f"arn:aws:s3:::{'b' * (room - 260)}"]}
    holding.write("work", {"Version": "2012-10-17", "Statement": [work]})
    before = holding.policies()
    with pytest.raises(NoRoom, match="make one of them a managed policy"):
        holding.acting.perform(holding.target, holding.acting.read(holding.target))
    assert holding.policies() == before


NAMES = {"user", "user_name", "user_id", "role", "role_name", "role_id", "session_name", "since", "incident_id"}


@pytest.mark.parametrize("hostile", ["*", "${aws:username}", 'a","b', "a b", "IR\n", ""])
def test_no_field_of_a_target_opens_a_policy(holding: Holding, hostile: str) -> None:
    """A wildcard, a variable, a quote or nothing at all in a name is refused by the schema."""
    for field in sorted(NAMES & holding.target.keys()):
        with pytest.raises(SchemaMismatch, match=f"{field}: "):
            validate(f"actions/{holding.acting.action_id}", {**holding.target, field: hostile})
