from __future__ import annotations

import json
from typing import Any

import pytest

from lambdas.core import documents
from lambdas.core.errors import InputRefused, NoWayBack, PlanChanged, SchemaMismatch, TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.core.schema import validate
from lambdas.core.session import own_client
from lambdas.intake import guardduty
from lambdas.planning import plan, undo
from tests.intake.responder import ACCOUNT, BUCKET, executions, finding

Json = dict[str, Any]
REQUEST = {"requested_by": "lead@example.com", "reason": "It was the build server."}
STEPS = {
    "01-deactivate_access_key-aaaaaaaa": ("iam.deactivate_access_key", "containment"),
    "02-open_case-bbbbbbbb": ("support.open_case", "notification"),
    "03-delete_agent-cccccccc": ("bedrock.delete_agent", "eradication"),
}
KEY, CASE, AGENT = STEPS


def step(step_id: str) -> Json:
    action, stage = STEPS[step_id]
    return {
        "step_id": step_id,
        "action": action,
        "title": "Do it",
        "stage": stage,
        "machine": "notify",
        "power": "contain",
        "approval": "automatic",
        "decided_by": "a rule",
        "reversibility": "full",
        "impact": "none",
        "way_back": "Undo does the contrary.",
        "target": {"account": ACCOUNT, "name": step_id},
        "label": f"the target of {step_id}",
        "target_arn": "arn:aws:iam::123456789012:user/thief",
        "before": {"status": "Active", "of": step_id},
        "achieved": False,
        "why": "It was found.",
        "undoes": None,
    }


@pytest.fixture
def incident_id(ledger: Ledger) -> str:
    """An incident with a plan of three steps, of which none was begun."""
    incident = ledger.incident(guardduty.handler(finding(), None)["incident_id"])
    made = {
        "kind": "response",
        **{name: incident[name] for name in ("incident_id", "account", "region", "playbook")},
        "made_at": "2026-11-20T08:00:00.000Z",
        "steps": [step(step_id) for step_id in STEPS],
        "not_proposed": [],
    }
    plan.record(made, ledger)
    return str(incident["incident_id"])


def performed(ledger: Ledger, incident_id: str, *step_ids: str, status: str = "performed") -> None:
    plan_hash = ledger.plans(incident_id, "response")[0]["hash"]
    for step_id in step_ids:
        ledger.intend(incident_id, step(step_id), plan_hash, ["automatic"], "perform")
        ledger.conclude(incident_id, step_id, status)


def take_back(incident_id: str, *step_ids: str) -> tuple[Json, Json]:
    """(the answer, the undo plan that it names)."""
    answer = undo.handler({**REQUEST, "incident_id": incident_id, "step_ids": list(step_ids) or None}, None)
    return answer, documents.read_plan(incident_id, answer["plan_hash"])


def test_all_that_was_done_is_taken_back_latest_first(ledger: Ledger, incident_id: str) -> None:
    """Steps are undone in the reverse of the order in which they were performed, from their own frozen state."""
    performed(ledger, incident_id, CASE, KEY)
    answer, made = take_back(incident_id)
    validate("plan", made)
    assert [s["undoes"] for s in made["steps"]] == [KEY, CASE]
    assert made["steps"][0]["before"] == {"status": "Active", "of": KEY}
    assert made["steps"][0]["target"] == step(KEY)["target"]
    assert executions("UNDO_MACHINE") == [f"{incident_id}-undo-{answer['plan_hash'][:12]}"]


def test_the_machine_is_told_gates_and_one_list_of_steps(ledger: Ledger, incident_id: str) -> None:
    """What undo_response gets has the shape of a plan's outline, with one machine key `undo`."""
    performed(ledger, incident_id, CASE, KEY)
    answer, made = take_back(incident_id)
    given = own_client("stepfunctions").describe_execution(executionArn=answer["execution_arn"])["input"]
    outlined = json.loads(given)["plan"]
    first, second = ({"step_id": s["step_id"], "action": s["action"]} for s in made["steps"])
    assert outlined["hash"] == answer["plan_hash"]
    assert outlined["gates"]["one"] == {"count": 1, "steps": {"undo": [first]}}
    assert outlined["gates"]["automatic"] == {"count": 1, "steps": {"undo": [second]}}
    assert outlined["gates"]["two"] == {"count": 0, "steps": {"undo": []}}


def test_giving_power_back_needs_approval_and_names_who_asked(ledger: Ledger, incident_id: str) -> None:
    """Undoing containment is itself approved; the plan says who asked for it, and why."""
    performed(ledger, incident_id, KEY)
    answer, made = take_back(incident_id, KEY)
    assert answer["needs_approval"] is True
    assert (made["requested_by"], made["reason"]) == ("lead@example.com", "It was the build server.")


def test_taking_back_a_notice_needs_none(ledger: Ledger, incident_id: str) -> None:
    """What restores nobody's power runs at once."""
    performed(ledger, incident_id, CASE)
    assert take_back(incident_id, CASE)[0]["needs_approval"] is False


def test_what_has_no_way_back_is_left_out_and_said(ledger: Ledger, incident_id: str) -> None:
    """Undoing everything undoes what it can, and says of the rest why not."""
    performed(ledger, incident_id, KEY, AGENT)
    _, made = take_back(incident_id)
    assert [s["undoes"] for s in made["steps"]] == [KEY]
    assert made["not_proposed"][0]["action"] == "bedrock.delete_agent"


def test_naming_what_has_no_way_back_is_refused_by_name(ledger: Ledger, incident_id: str) -> None:
    """A deletion is never said to be undone."""
    performed(ledger, incident_id, KEY, AGENT)
    with pytest.raises(NoWayBack, match=AGENT):
        take_back(incident_id, KEY, AGENT)
    assert executions("UNDO_MACHINE") == []


@pytest.mark.parametrize("status", ["nothing_to_do", "drifted", "refused", "failed", "undone"])
def test_what_changed_nothing_is_not_taken_back(ledger: Ledger, incident_id: str, status: str) -> None:
    """Undo leaves alone what the response did not change."""
    performed(ledger, incident_id, KEY, status=status)
    with pytest.raises(InputRefused, match="nothing to take back"):
        take_back(incident_id, KEY)
    with pytest.raises(InputRefused, match="nothing of this incident was done"):
        take_back(incident_id)


def test_a_step_that_was_never_begun_is_refused_by_name(ledger: Ledger, incident_id: str) -> None:
    """A step id that the ledger does not know is named in the error."""
    with pytest.raises(InputRefused, match=CASE):
        take_back(incident_id, CASE)


def test_an_undo_that_failed_can_be_tried_again_from_the_same_state(ledger: Ledger, incident_id: str) -> None:
    """The second undo restores what was there before the step, not what the first one found."""
    performed(ledger, incident_id, KEY)
    answer, first = take_back(incident_id, KEY)
    ledger.intend(incident_id, step(KEY), answer["plan_hash"], ["a@example.com"], "undo")
    ledger.conclude(incident_id, KEY, "undo_failed")
    _, second = take_back(incident_id, KEY)
    assert second["steps"] == first["steps"]


def test_a_plan_that_was_altered_is_not_undone_from(ledger: Ledger, incident_id: str) -> None:
    """What `before` says is trusted only as far as the plan's hash."""
    performed(ledger, incident_id, KEY)
    plan_hash = ledger.plans(incident_id, "response")[0]["hash"]
    own_client("s3").put_object(Bucket=BUCKET, Key=documents.plan_key(incident_id, plan_hash), Body=b'{"steps": []}')
    with pytest.raises(PlanChanged):
        take_back(incident_id, KEY)


def test_an_unknown_incident_is_named(ledger: Ledger) -> None:
    """An id that the ledger does not have is said to be so."""
    with pytest.raises(TargetNotFound, match="IR-20261120-0000000000"):
        take_back("IR-20261120-0000000000")


@pytest.mark.parametrize(("field", "value"), [("requested_by", "lead"), ("reason", ""), ("incident_id", "IR-1")])
def test_a_request_that_does_not_fit_names_the_field(ledger: Ledger, field: str, value: str) -> None:
    """The request is checked before anything is read."""
    with pytest.raises(SchemaMismatch, match=field):
        undo.handler({**REQUEST, "incident_id": "IR-20261120-0000000000", field: value}, None)


@pytest.mark.parametrize(("agent_id", "left"), [("AAAAAAAAAA", []), ("BBBBBBBBBB", ["bedrock.pause_agent_alias"])])
def test_what_was_done_to_a_deleted_agent_is_left_out(
    ledger: Ledger, incident_id: str, agent_id: str, left: list[str]
) -> None:
    """Nothing of the deleted agent can be taken back, and the plan says so; what concerns another agent can."""
    place = {"account": ACCOUNT, "region": "us-east-1"}
    paused = about(KEY, "bedrock.pause_agent_alias", {**place, "agent_id": agent_id, "alias_id": "CCCCCCCCCC"})
    deleted = about(AGENT, "bedrock.delete_agent", {**place, "agent_id": "AAAAAAAAAA"})
    case = about(CASE, "support.open_case", {"account": ACCOUNT})
    made = documents.read_plan(incident_id, ledger.plans(incident_id, "response")[0]["hash"])
    plan_hash = plan.record({**made, "steps": [paused, case, deleted]}, ledger)
    for one in (paused, case, deleted):
        ledger.intend(incident_id, one, plan_hash, ["automatic"], "perform")
        ledger.conclude(incident_id, one["step_id"], "performed")
    _, undo_plan = take_back(incident_id)
    assert [s["action"] for s in undo_plan["steps"]] == ["support.open_case", *left]
    gone = [n["why"] for n in undo_plan["not_proposed"] if n["action"] == "bedrock.pause_agent_alias"]
    assert gone == ([] if left else [f"{paused['label']} was deleted with {deleted['label']}."])


def about(step_id: str, action: str, target: Json) -> Json:
    return {**step(step_id), "action": action, "target": target}
