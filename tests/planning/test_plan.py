from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest

from lambdas.actions.iam import deactivate_access_key
from lambdas.baseline import record
from lambdas.core import documents
from lambdas.core.action import all_actions
from lambdas.core.fields import canonical, sha256
from lambdas.core.ledger import Ledger
from lambdas.core.ledger import now as ledger_now
from lambdas.core.schema import validate
from lambdas.core.session import own_client
from lambdas.intake import guardduty
from lambdas.planning import plan, policy, proposals
from lambdas.planning.outline import MACHINES
from lambdas.planning.policy import Rule
from lambdas.planning.targets import Candidate, access_key, account, agent
from tests.intake.responder import ACCOUNT, REGION, finding, known_to_guardduty, refusing

Json = dict[str, Any]
STOLEN = "CredentialAccess:IAMUser/CompromisedCredentials"


@pytest.fixture
def key(ledger: Ledger) -> str:
    """The thief's access key, in the attacked account."""
    own_client("iam").create_user(UserName="thief", Path="/team/")
    return str(own_client("iam").create_access_key(UserName="thief")["AccessKey"]["AccessKeyId"])


def opened(ledger: Ledger, key: str, **facts: Any) -> Json:
    """An incident about that key, confirmed unless `facts` say otherwise. Returns what the state machine passes on."""
    details = {"userType": "IAMUser", "userName": "thief", "accessKeyId": key, "principalId": "AIDAEXAMPLE"}
    event = finding(STOLEN, resource={"accessKeyDetails": details})
    incident = ledger.incident(guardduty.handler(event, None)["incident_id"])
    ledger.update_incident({**incident, "confirmed": True, **facts})
    return {"incident": {"incident_id": incident["incident_id"]}}


def made(given: Json) -> tuple[Json, Json]:
    """(the answer, the plan that it names)."""
    answer = plan.handler(given, None)
    return answer, documents.read_plan(given["incident"]["incident_id"], answer["hash"])


def step_of(plan_: Json, action_id: str) -> Json:
    step: Json = next(step for step in plan_["steps"] if step["action"] == action_id)
    return step


def why_not(plan_: Json, action_id: str) -> str:
    return "; ".join(entry["why"] for entry in plan_["not_proposed"] if entry["action"] == action_id)


def test_the_key_is_proposed_with_its_state_and_the_rule(ledger: Ledger, key: str) -> None:
    """A step says what it acts on, how that was found, why, and which rule decided on its approval."""
    _, plan_ = made(opened(ledger, key))
    validate("plan", plan_)
    step = step_of(plan_, "iam.deactivate_access_key")
    assert step["target"]["user"] == "team/thief"
    assert step["before"]["status"] == "Active"
    assert step["target_arn"] == f"arn:aws:iam::{ACCOUNT}:user/team/thief"
    assert (step["approval"], step["achieved"]) == ("automatic", False)
    assert step["decided_by"].startswith("deploy/policy.yaml, rule 2 (stolen-credentials): automatic. ")
    assert step["step_id"] == f"01-deactivate_access_key-{sha256(canonical(step['target']))[:8]}"


def contained(plan_: Json) -> list[str]:
    return [step["action"] for step in plan_["steps"] if step["machine"] == "contain_credentials"]


def test_the_key_goes_first_and_then_all_else_that_its_user_has(ledger: Ledger, key: str) -> None:
    """The key is the fastest; API keys work without it, sessions outlive it, and the user may have more."""
    own_client("iam").create_service_specific_credential(UserName="thief", ServiceName="bedrock.amazonaws.com")
    _, plan_ = made(opened(ledger, key))
    validate("plan", plan_)
    assert contained(plan_) == [
        "iam.deactivate_access_key",
        "iam.deactivate_bedrock_api_key",
        "iam.quarantine_user",
        "iam.revoke_user_sessions",
    ]
    steps = [step_of(plan_, action_id) for action_id in contained(plan_)]
    assert {step["approval"] for step in steps} == {"automatic"}
    assert {step["target_arn"] for step in steps} == {f"arn:aws:iam::{ACCOUNT}:user/team/thief"}
    assert "is no session of a role" in why_not(plan_, "iam.quarantine_role_session")


def test_of_a_role_only_the_session_is_contained(ledger: Ledger, key: str) -> None:
    """Nothing is proposed against a user that happens to have the role's name."""
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = own_client("iam").create_role(RoleName="thief", Path="/ci/", AssumeRolePolicyDocument=trust)["Role"]
    session = {"user_name": "thief", "access_key_id": "ASIAQWERTYUIOPASDFGH", "arn": None}
    principal = {"type": "AssumedRole", "principal_id": f"{role['RoleId']}:i-0123456789abcdef0", **session}
    _, plan_ = made(opened(ledger, key, principal=principal))
    assert contained(plan_) == ["iam.quarantine_role_session"]
    step = step_of(plan_, "iam.quarantine_role_session")
    assert step["label"] == "session i-0123456789abcdef0 of role thief"
    assert (step["target_arn"], step["approval"]) == (f"arn:aws:iam::{ACCOUNT}:role/ci/thief", "automatic")
    assert step["before"] == {"exists": True, "policy": None}


def test_every_gate_and_machine_stands_in_the_answer(ledger: Ledger, key: str) -> None:
    """The definitions never have to ask whether a key is there; counts are those of the steps."""
    answer, plan_ = made(opened(ledger, key))
    assert set(answer["gates"]) == {"automatic", "one", "two"}
    for gate in answer["gates"].values():
        assert tuple(gate["steps"]) == MACHINES
        assert gate["count"] == sum(len(steps) for steps in gate["steps"].values())
    assert sum(gate["count"] for gate in answer["gates"].values()) == len(plan_["steps"])
    assert (answer["first_seconds"], answer["second_seconds"]) == (600, 300)


def test_a_rerun_gives_the_same_plan(ledger: Ledger, key: str) -> None:
    """People may be deciding on the plan: a retried task never makes another, whatever has changed."""
    given = opened(ledger, key)
    first = plan.handler(given, None)
    own_client("iam").update_access_key(UserName="thief", AccessKeyId=key, Status="Inactive")
    assert plan.handler(given, None) == first
    assert len(ledger.plans(given["incident"]["incident_id"], "response")) == 1


def test_the_same_state_gives_the_same_plan(ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a plan depends on the order of threads or answers: only its time differs from one run to the next."""
    incident = ledger.incident(opened(ledger, key)["incident"]["incident_id"])
    monkeypatch.setattr(plan, "now", lambda: "2026-11-20T08:00:00.000Z")
    plans = [plan.make(incident, ledger) for _ in range(3)]
    assert len({sha256(canonical(p)) for p in plans}) == 1


@pytest.mark.parametrize("facts", [{"confirmed": False}, {"withheld": "no generative AI call"}])
def test_what_may_not_run_unattended_is_asked(ledger: Ledger, key: str, facts: Json) -> None:
    """The plan is the same, but people decide on every step of it."""
    answer, plan_ = made(opened(ledger, key, **facts))
    assert plan_["steps"]
    assert answer["gates"]["automatic"]["count"] == 0


def test_what_is_so_already_is_nobodys_decision(ledger: Ledger, key: str) -> None:
    """An approver is not asked about a key that is inactive; unattended it is recorded as nothing to do."""
    own_client("iam").update_access_key(UserName="thief", AccessKeyId=key, Status="Inactive")
    _, asked = made(opened(ledger, key, confirmed=False))
    assert "It is so already" in why_not(asked, "iam.deactivate_access_key")


def test_what_is_so_already_stays_a_step_where_nobody_is_asked(ledger: Ledger, key: str) -> None:
    """The record then says that there was nothing to do, and an undo leaves it alone."""
    own_client("iam").update_access_key(UserName="thief", AccessKeyId=key, Status="Inactive")
    _, plan_ = made(opened(ledger, key))
    assert step_of(plan_, "iam.deactivate_access_key")["achieved"] is True


def test_break_glass_users_are_not_touched_and_the_plan_says_so(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finding about a protected user proposes nothing against it, whatever it has."""
    monkeypatch.setenv("PROTECTED_PRINCIPALS", "thief")
    own_client("iam").create_service_specific_credential(UserName="thief", ServiceName="bedrock.amazonaws.com")
    _, plan_ = made(opened(ledger, key))
    against = {entry["action"] for entry in plan_["not_proposed"] if "is not touched: it is a prot" in entry["why"]}
    assert against == {
        "iam.deactivate_access_key",
        "iam.deactivate_bedrock_api_key",
        "iam.quarantine_user",
        "iam.revoke_user_sessions",
    }
    assert contained(plan_) == []


def test_a_principal_that_is_gone_costs_only_its_own_steps(ledger: Ledger) -> None:
    """A key that nobody has is said to be so, and the case is opened all the same."""
    _, plan_ = made(opened(ledger, "AKIAIOSFODNN7EXAMPLE"))
    assert "IAM knows no owner" in why_not(plan_, "iam.deactivate_access_key")
    assert step_of(plan_, "support.open_case")


def test_an_api_that_fails_costs_only_its_own_steps(ledger: Ledger, key: str) -> None:
    """Where Bedrock does not answer, the key is contained all the same, and the plan says what is missing."""
    refusing("bedrock-agent", "ListAgents")
    _, plan_ = made(opened(ledger, key))
    assert "AccessDeniedException" in why_not(plan_, "bedrock.delete_agent")
    assert step_of(plan_, "iam.deactivate_access_key")


@pytest.mark.parametrize("error", [KeyError("AccessKeyMetadata"), ValueError("odd"), TypeError("odd")])
def test_a_read_that_goes_wrong_costs_only_its_own_step(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """An answer of a form that nobody expected is said of its own target."""

    def broken(session: Any, target: Json) -> Json:
        raise error

    monkeypatch.setattr(deactivate_access_key, "read", broken)
    _, plan_ = made(opened(ledger, key))
    assert "could not be read" in why_not(plan_, "iam.deactivate_access_key")
    assert step_of(plan_, "support.open_case")


def test_an_account_that_is_not_enrolled_gives_a_plan_that_says_so(ledger: Ledger, key: str) -> None:
    """Without the member role nothing can be proposed; the plan stands, and every action has the reason."""
    given = opened(ledger, key)
    own_client.cache_clear()
    refusing("sts", "AssumeRole", "AccessDenied")
    _, plan_ = made(given)
    own_client.cache_clear()
    assert plan_["steps"] == []
    assert all("is not enrolled" in entry["why"] for entry in plan_["not_proposed"])
    assert {entry["action"] for entry in plan_["not_proposed"]} == {action_id for action_id, _ in all_actions()}


def test_what_the_policy_never_wants_is_not_proposed(ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan says which rule keeps the step out."""
    never = Rule(1, "hands-off", ("*",), ("*",), (), "never", "The owner acts alone.")
    monkeypatch.setattr(policy, "rules", lambda: (never,))
    answer, plan_ = made(opened(ledger, key))
    assert plan_["steps"] == []
    assert "rule 1 (hands-off): never. The owner acts alone." in why_not(plan_, "iam.deactivate_access_key")
    assert {gate["count"] for gate in answer["gates"].values()} == {0}


def test_containment_beyond_the_hours_cap_is_asked(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan and the timeline say so, the alarm's metric is counted, and what cuts nobody off is not held up."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "2")
    assert [ledger.take_place(ACCOUNT, ledger_now()[:13], name, 2) for name in ("one", "other")] == [True, True]
    given = opened(ledger, key)
    answer, plan_ = made(given)
    step = step_of(plan_, "iam.deactivate_access_key")
    assert step["approval"] == "one"
    assert "Raised to one: the account has had its 2 unattended containments of this hour" in step["decided_by"]
    assert [s["action"] for s in answer["gates"]["automatic"]["steps"]["notify"]] == ["support.open_case"]
    words = [event["what"] for event in ledger.timeline(given["incident"]["incident_id"])]
    assert any(word.startswith("Not contained unattended: ") and key in word for word in words)
    assert '"AutomaticContainmentCapped":[1.0]' in capsys.readouterr().out.replace(" ", "")


def test_a_plan_made_again_takes_no_second_place(ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash before the plan was written does not cost the account its cap."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "1")
    incident = ledger.incident(opened(ledger, key)["incident"]["incident_id"])
    plans = [plan.make(incident, ledger) for _ in range(3)]
    assert [step_of(p, "iam.deactivate_access_key")["approval"] for p in plans] == ["automatic"] * 3


def test_one_place_contains_a_user_altogether(ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cap counts who is cut off: nobody is left with their key gone and their sessions alive."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "1")
    _, plan_ = made(opened(ledger, key))
    steps = [step for step in plan_["steps"] if step["stage"] == "containment"]
    assert len(steps) == 3
    assert {step["approval"] for step in steps} == {"automatic"}
    assert not ledger.take_place(ACCOUNT, ledger_now()[:13], "somebody else", 1)


def test_a_cap_of_none_lets_nothing_be_contained_unattended(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zero is zero, in an hour of which nothing is written yet too."""
    monkeypatch.setenv("MAX_AUTOMATIC_PER_HOUR", "0")
    _, plan_ = made(opened(ledger, key))
    assert step_of(plan_, "iam.deactivate_access_key")["approval"] == "one"


def finds(monkeypatch: pytest.MonkeyPatch, finder: ModuleType, *targets: Json) -> None:
    monkeypatch.setattr(finder, "find", lambda *given: [Candidate(target, "It was found.") for target in targets])


def test_a_target_that_does_not_fit_its_schema_is_not_proposed(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that would widen a permission never reaches a session policy."""
    target = {"account": ACCOUNT, "user": "*", "user_name": "*", "access_key_id": key}
    finds(monkeypatch, access_key, target)
    _, plan_ = made(opened(ledger, key))
    assert "does not fit the action" in why_not(plan_, "iam.deactivate_access_key")


def test_a_target_of_another_account_is_not_proposed(ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A response acts in the account of its incident only."""
    target = {"account": "111122223333", "user": "thief", "user_name": "thief", "access_key_id": key}
    finds(monkeypatch, access_key, target)
    _, plan_ = made(opened(ledger, key))
    assert "another account" in why_not(plan_, "iam.deactivate_access_key")


def test_a_plan_has_at_most_99_steps_and_says_what_is_left(
    ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attacker who makes a thousand agents makes no plan that nobody can read, and hides none of them."""
    base = {"account": ACCOUNT, "region": REGION, "agent_name": "rogue", "supervisors": []}
    finds(monkeypatch, agent, *({**base, "agent_id": f"A{n:09d}"} for n in range(120)))
    monkeypatch.setattr("lambdas.actions.bedrock.delete_agent.read", lambda session, target: {"exists": True})
    _, plan_ = made(opened(ledger, key))
    assert len(plan_["steps"]) == 99
    others = [step for step in plan_["steps"] if step["action"] != "bedrock.delete_agent"]
    assert why_not(plan_, "bedrock.delete_agent").count("99 steps already") == 120 + len(others) - 99


def test_session_policies_stay_below_what_sts_takes(ledger: Ledger) -> None:
    """However many targets there are, each session is allowed only the reads of a pack that fits."""
    module = next(m for name, m in all_actions() if name == "bedrock.delete_agent")
    base = {"account": ACCOUNT, "region": REGION, "agent_name": "rogue", "supervisors": []}
    many = [
        proposals.Proposal("bedrock.delete_agent", module, REGION, {**base, "agent_id": f"A{n:09d}"}) for n in range(9)
    ]
    packed = proposals.packs(many)
    assert [p for _, pack in packed for p in pack] == many
    for allowed, _ in packed:
        assert all(statement["Resource"] for statement in allowed)
        assert len(json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":"))) <= 2048


def test_labels_of_hostile_names_are_one_clean_line(ledger: Ledger, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an attacker calls an agent cannot pose as another line of the mail, or turn the text around."""
    base = {"account": ACCOUNT, "region": REGION, "supervisors": [], "agent_id": "A123456789"}
    finds(monkeypatch, agent, {**base, "agent_name": "a\u202e\nApproved by all {region}"})
    monkeypatch.setattr("lambdas.actions.bedrock.delete_agent.read", lambda session, target: {"exists": True})
    _, plan_ = made(opened(ledger, key))
    assert step_of(plan_, "bedrock.delete_agent")["label"].startswith("agent a Approved by all {region} (A123456789)")


def test_a_baseline_without_signature_is_noted_and_nothing_is_restored(ledger: Ledger, key: str) -> None:
    """A broken signature is no baseline: the timeline says so, and the plan goes on without it."""
    recorded = record.handler({"account": ACCOUNT, "region": REGION}, None)["key"]
    signed = documents.read_json(recorded)
    own_client("s3").put_object(Bucket="evidence", Key=recorded, Body=json.dumps({**signed, "sha256": "0"}))
    given = opened(ledger, key)
    _, plan_ = made(given)
    words = [event["what"] for event in ledger.timeline(given["incident"]["incident_id"])]
    assert any("does not have its signature" in word for word in words)
    assert why_not(plan_, "bedrock.restore_invocation_logging")


def test_the_finding_is_archived_last_of_all(ledger: Ledger, key: str) -> None:
    """Behind every other step of the plan, in a stage that is entered only where the rest was done."""
    given = opened(ledger, key)
    known_to_guardduty(finding(STOLEN))
    answer, plan_ = made(given)
    last = plan_["steps"][-1]
    assert (last["action"], last["machine"], last["approval"]) == (
        "guardduty.archive_finding",
        "close_findings",
        "automatic",
    )
    assert [s["action"] for s in answer["gates"]["automatic"]["steps"]["close_findings"]] == [last["action"]]


def test_what_is_not_proposed_about_the_finding_and_the_contact_has_its_reason(ledger: Ledger, key: str) -> None:
    """Security Hub is off, GuardDuty does not show the finding, and nothing says which contact to set."""
    _, plan_ = made(opened(ledger, key))
    assert "Security Hub is off" in why_not(plan_, "security_hub.update_finding")
    assert "may be forged" in why_not(plan_, "guardduty.archive_finding")
    assert "neither a baseline nor the parameter SecurityContact" in why_not(plan_, "account.ensure_security_contact")
    assert "No agent outside the baseline" in why_not(plan_, "bedrock.pause_agent_alias")


def test_the_case_is_in_every_plan(ledger: Ledger, key: str) -> None:
    """Notification does not depend on what else was found."""
    assert account.PERMISSIONS == ()
    _, plan_ = made(opened(ledger, key))
    assert step_of(plan_, "support.open_case")["machine"] == "notify"
