"""Whom the logs name comes into the plan: only what the principal itself made, only by approval, and once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdas.core import documents
from lambdas.core.ledger import Ledger
from lambdas.core.ledger import now as ledger_now
from lambdas.core.schema import validate
from lambdas.core.session import Session, own_client
from lambdas.evidence.answers import Answer
from lambdas.evidence.query import query
from lambdas.planning import extending, in_force, plan
from lambdas.planning.logged import MOST_CALLS, OTHERS, SAME_NAME, Own
from tests.intake.responder import ACCOUNT, refusing
from tests.planning.test_plan import key, made, opened

__all__ = ["key"]

Json = dict[str, Any]
USERS = {"iam.quarantine_user", "iam.revoke_user_sessions"}
TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})


class Case:
    """An incident about the thief's key with its first plan, and what the logs answer to its questions."""

    def __init__(self, ledger: Ledger, key: str) -> None:
        self.ledger, self.key = ledger, key
        self.given = opened(ledger, key)
        self.incident_id = str(self.given["incident"]["incident_id"])
        self.first_answer, self.first = made(self.given)
        self.user_id = own_client("iam").get_user(UserName="thief")["User"]["UserId"]
        self.rows: dict[str, list[Json]] = {"iam_persistence": [], "key_lineage": []}

    def row(self, question: str, name: str, **fields: Any) -> Json:
        """A row of an answer: a call of the thief's, unless `fields` say otherwise."""
        number = len(self.rows[question])
        common: Json = {
            **dict.fromkeys(query(question).outputs),
            "eventtime": f"2026-11-20T07:{number % 60:02}:00Z",
            "eventname": name,
            "eventsource": "iam.amazonaws.com",
            "actor": f"arn:aws:iam::{ACCOUNT}:user/team/thief",
            "access_key": self.key,
            "account": ACCOUNT,
            "eventid": f"event-{number}",
        }
        if question == "iam_persistence":
            common["principal_id"] = self.user_id
        return {**common, **fields}

    def logged(self, name: str, question: str = "iam_persistence", **fields: Any) -> None:
        self.rows[question].append(self.row(question, name, **fields))

    def answer(self) -> None:
        """Write the answers as evidence, as the second pass does."""
        for question, rows in self.rows.items():
            document = {"name": f"08-query-{question}", "gaps": [], "content": {"rows": rows}}
            name = f"08-query-{question}.json"
            documents.write_json(documents.key_of(self.incident_id, "evidence", name), document)

    def extend(self) -> Json:
        return plan.handler({**self.given, "pass": "logs"}, None)

    def extended(self) -> Json:
        """The plan in force after the logs have answered."""
        self.answer()
        document = documents.read_plan(self.incident_id, self.extend()["hash"])
        validate("plan", document)
        return document

    def added(self) -> list[Json]:
        document = self.extended()
        number = len(self.first["steps"])
        assert document["steps"][:number] == self.first["steps"]
        return list(document["steps"][number:])


@pytest.fixture
def case(ledger: Ledger, key: str) -> Case:
    return Case(ledger, key)


def make_user(name: str = "mallory", path: str = "/") -> str:
    return str(own_client("iam").create_user(UserName=name, Path=path)["User"]["UserId"])


def make_key(name: str = "mallory") -> str:
    return str(own_client("iam").create_access_key(UserName=name)["AccessKey"]["AccessKeyId"])


def make_api_key(name: str) -> str:
    iam = own_client("iam")
    made_key = iam.create_service_specific_credential(UserName=name, ServiceName="bedrock.amazonaws.com")
    return str(made_key["ServiceSpecificCredential"]["ServiceSpecificCredentialId"])


def make_role(name: str = "ci") -> str:
    return str(own_client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["RoleId"])


def test_a_second_user_and_its_key_are_proposed_with_the_call_that_made_them(case: Case) -> None:
    """IAM confirms both; the reason names the call, by whom, when and which event, and nothing that is not true."""
    case.logged("CreateUser", target="mallory", new_user_id=make_user("mallory", "/ops/"))
    second = make_key()
    case.logged("CreateAccessKey", target="mallory", new_credential=second)
    steps = {step["action"]: step for step in case.added()}
    assert set(steps) == {*USERS, "iam.deactivate_access_key"}
    assert {step["target"]["user"] for step in steps.values()} == {"ops/mallory"}
    assert steps["iam.deactivate_access_key"]["target"]["access_key_id"] == second
    assert steps["iam.deactivate_access_key"]["before"]["status"] == "Active"
    arn = f"arn:aws:iam::{ACCOUNT}:user/team/thief"
    assert steps["iam.quarantine_user"]["why"] == (
        f"CloudTrail: {arn} called CreateUser for this user at 2026-11-20T07:00:00Z (event event-0). "
        f"CloudTrail: {arn} called CreateAccessKey for this user at 2026-11-20T07:01:00Z (event event-1)."
    )
    assert not any("suspicious calls" in step["why"] for step in steps.values())


def test_nothing_that_is_added_is_automatic_and_the_rule_says_so(case: Case) -> None:
    """The policy lets the thief's own key be cut off unattended, that of whom the logs name only by approval."""
    make_user()
    case.logged("CreateUser", target="mallory")
    case.logged("CreateAccessKey", target="mallory", new_credential=make_key())
    added = case.added()
    assert {step["approval"] for step in case.first["steps"] if step["stage"] == "containment"} == {"automatic"}
    assert {step["approval"] for step in added} == {"one"}
    assert all("rule 2 (stolen-credentials): automatic." in step["decided_by"] for step in added)
    assert all(step["decided_by"].endswith(extending.ATTENDED) for step in added)


def test_steps_are_numbered_on_and_the_outline_is_that_of_the_longer_plan(case: Case) -> None:
    """So what was done under the first hash still counts, and the machine goes on with the second."""
    make_user()
    case.logged("CreateUser", target="mallory")
    case.answer()
    answer = case.extend()
    document = documents.read_plan(case.incident_id, answer["hash"])
    assert [int(step["step_id"][:2]) for step in document["steps"]] == list(range(1, len(document["steps"]) + 1))
    assert document["extends"] == case.first_answer["hash"] != answer["hash"]
    assert document["not_proposed"][: len(case.first["not_proposed"])] == case.first["not_proposed"]
    assert answer["gates"]["automatic"] == case.first_answer["gates"]["automatic"]
    assert answer["gates"]["one"]["count"] == case.first_answer["gates"]["one"]["count"] + 2
    words = [event["what"] for event in case.ledger.timeline(case.incident_id)]
    assert words[-1] == "Plan extended by what the logs name: 2 steps added"


def test_where_the_logs_name_nobody_the_first_plan_stays(case: Case) -> None:
    """The same outline, no second plan and nothing asked of IAM for it."""
    case.answer()
    assert case.extend() == case.first_answer
    assert len(case.ledger.plans(case.incident_id, "response")) == 1


def test_where_the_logs_were_not_searched_the_first_plan_stays(case: Case) -> None:
    """Not told where they lie, or the evidence failed: no answer is no reason."""
    refusing("sts", "AssumeRole")
    assert case.extend() == case.first_answer


OTHER = {"access_key": "AKIAOTHERKEYEXAMPLE0", "principal_id": "AIDAOTHEREXAMPLE00000"}
SPOOFED = {
    "somebody else's call": OTHER,
    "somebody else who has the thief's name": {**OTHER, "actor": f"arn:aws:iam::{ACCOUNT}:user/team/thief"},
    "a call of another account": {"account": "111122223333"},
    "a call that was refused": {"errorcode": "AccessDenied"},
    "a call without any identity": {"access_key": None, "principal_id": None},
    "a call of an empty identity": {"access_key": "", "principal_id": ""},
}


def test_only_what_the_principal_itself_did_counts(case: Case) -> None:
    """An innocent user is not cut off for what others did to them, or failed to do."""
    make_user("innocent")
    theirs = make_key("innocent")
    for fields in SPOOFED.values():
        for name in ("CreateUser", "UpdateLoginProfile"):
            case.logged(name, target="innocent", **fields)
        case.logged("CreateAccessKey", target="innocent", new_credential=theirs, **fields)
    case.answer()
    assert case.extend() == case.first_answer


HARMLESS = {
    "AttachUserPolicy": {},
    "DeleteAccessKey": {"requestparameters": '{"accessKeyId": "%s"}'},
    "UpdateAccessKey": {"requestparameters": '{"accessKeyId": "%s", "status": "Inactive"}'},
    "CreateServiceSpecificCredential": {"service_name": "codecommit.amazonaws.com", "new_credential": "ACCA1"},
}


def test_calls_that_give_no_credential_name_nobody(case: Case) -> None:
    """A policy on somebody, a key that was taken away, a credential of another service: no reason to cut off a user."""
    make_user("innocent")
    theirs = make_key("innocent")
    for name, fields in HARMLESS.items():
        case.logged(name, target="innocent", **{field: text.replace("%s", theirs) for field, text in fields.items()})
    case.answer()
    assert case.extend() == case.first_answer


def test_a_key_that_the_thief_switched_on_again_is_proposed(case: Case) -> None:
    """Together with its user, who is told to be older than that."""
    make_user("dormant")
    old = make_key("dormant")
    asked = json.dumps({"accessKeyId": old, "status": "Active"})
    case.logged("UpdateAccessKey", target="dormant", requestparameters=asked)
    steps = {step["action"]: step for step in case.added()}
    assert steps["iam.deactivate_access_key"]["target"]["access_key_id"] == old
    assert steps["iam.quarantine_user"]["why"].endswith(OTHERS)


def test_a_second_key_of_the_thiefs_own_user_is_the_only_news(case: Case) -> None:
    """CloudTrail names no user where who calls makes a key for themselves; their user is in the first plan already."""
    second = make_key("thief")
    case.logged("CreateAccessKey", new_credential=second)
    case.logged("CreateLoginProfile", target="thief")
    (step,) = case.added()
    assert (step["action"], step["target"]["access_key_id"]) == ("iam.deactivate_access_key", second)


def test_of_api_keys_only_the_one_that_the_thief_made_is_proposed(case: Case) -> None:
    """The victim's own API key goes on working."""
    make_user("victim")
    make_api_key("victim")
    made_here = {"service_name": "bedrock.amazonaws.com", "new_credential": make_api_key("victim")}
    case.logged("CreateServiceSpecificCredential", target="victim", **made_here)
    found = [step for step in case.added() if step["action"] == "iam.deactivate_bedrock_api_key"]
    assert [step["target"]["credential_id"] for step in found] == [made_here["new_credential"]]


def test_a_session_that_the_thief_began_is_proposed_and_its_danger_said(case: Case) -> None:
    """By the unique id that STS answered, whatever the role was called; others may run under the same name."""
    role_id = make_role()
    issued = {"issued_key": "ASIAQWERTYUIOPASDFGH", "issued_to": f"{role_id}:deploy"}
    for _ in range(2):
        case.logged("AssumeRole", "key_lineage", role_arn=f"arn:aws:iam::{ACCOUNT}:role/x/ci", **issued)
    (step,) = case.added()
    assert step["action"] == "iam.quarantine_role_session"
    assert (step["target"]["role_id"], step["target"]["session_name"]) == (role_id, "deploy")
    assert step["why"].count("called AssumeRole") == 2
    assert step["why"].endswith(SAME_NAME)


def test_a_role_of_that_name_which_is_another_one_is_left_alone(case: Case) -> None:
    """A role of another account, or made again under its name: no session of ours is cut off."""
    make_role()
    issued = {"role_arn": f"arn:aws:iam::{ACCOUNT}:role/ci", "issued_key": "ASIAQWERTYUIOPASDFGH"}
    for issued_to in ("AROAQWERTYUIOPASDFGH:deploy", "deploy", "AROA:x y*", None):
        case.logged("AssumeRole", "key_lineage", issued_to=issued_to, **issued)
    assert case.added() == []


def test_of_a_role_only_the_very_sessions_calls_count(ledger: Ledger, key: str) -> None:
    """What another session of the same role made is somebody else's, though CloudTrail has one ARN for both."""
    role_id = make_role("app")
    theirs = {"user_name": "app", "access_key_id": "ASIAQWERTYUIOPASDFGH", "arn": None}
    principal = {"type": "AssumedRole", "principal_id": f"{role_id}:i-0123", **theirs}
    case = Case(ledger, key)
    ledger.update_incident({**ledger.incident(case.incident_id), "principal": principal})
    by_role = {"access_key": "ASIAOTHERKEYEXAMPLE0", "actor": f"arn:aws:iam::{ACCOUNT}:role/app"}
    for name, session in (("mallory", "i-0123"), ("innocent", "i-9999")):
        make_user(name)
        case.logged("CreateUser", target=name, principal_id=f"{role_id}:{session}", **by_role)
    assert {step["target"]["user_name"] for step in case.added()} == {"mallory"}


def why_not(document: Json) -> str:
    return "; ".join(entry["why"] for entry in document["not_proposed"])


def test_who_is_gone_or_protected_or_not_the_same_is_not_proposed_and_said(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same guards as in the first plan; the report tells what the thief had made, and what is so already."""
    monkeypatch.setenv("PROTECTED_PRINCIPALS", "glass")
    make_user("glass")
    for name in ("glass", "gone"):
        case.logged("CreateUser", target=name)
    make_user("again")
    case.logged("CreateUser", target="again", new_user_id="AIDAQWERTYUIOPASDFGH")
    inactive = make_key("thief")
    own_client("iam").update_access_key(UserName="thief", AccessKeyId=inactive, Status="Inactive")
    case.logged("CreateAccessKey", new_credential=inactive)
    document = case.extended()
    assert document["steps"] == case.first["steps"]
    assert "IAM user glass is not touched: it is a protected principal" in why_not(document)
    assert "IAM knows no user gone" in why_not(document) and "called CreateUser for this user" in why_not(document)
    assert "User again was deleted and made again since" in why_not(document)
    assert any(inactive in e["why"] and plan.ALREADY_SO in e["why"] for e in document["not_proposed"])


def test_a_thief_who_floods_the_logs_hides_no_user_and_makes_no_endless_plan(case: Case) -> None:
    """A hundred sessions and long names: each kind has its places, the rest is counted, the plan keeps its bounds."""
    role_id = make_role()
    for n in range(100):
        issued = {"issued_to": f"{role_id}:run-{n}", "issued_key": "ASIAQWERTYUIOPASDFGH"}
        case.logged("AssumeRole", "key_lineage", role_arn=f"arn:aws:iam::{ACCOUNT}:role/ci", **issued)
    make_user()
    for _ in range(30):
        case.logged("UpdateLoginProfile", target="mallory", actor="arn:" + "x" * 5000)
    document = case.extended()
    added = document["steps"][len(case.first["steps"]) :]
    assert len([s for s in added if s["action"] == "iam.quarantine_role_session"]) == extending.MOST_OF_KIND
    (quarantine,) = [s for s in added if s["action"] == "iam.quarantine_user"]
    assert f"And {30 - MOST_CALLS} more such calls." in quarantine["why"]
    assert "The logs name 92 more users, keys or sessions" in why_not(document)


def test_a_plan_has_at_most_99_steps_with_what_is_added(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is said."""
    monkeypatch.setattr(extending, "MOST_STEPS", len(case.first["steps"]) + 1)
    make_user()
    case.logged("CreateUser", target="mallory")
    document = case.extended()
    assert len(document["steps"]) == len(case.first["steps"]) + 1
    assert "steps already" in why_not(document)


Looking = tuple[Case, Session, Own]


@pytest.fixture
def looking(case: Case) -> Looking:
    """The incident, a session to look around in its account, and who its principal is."""
    make_user()
    incident = case.ledger.incident(case.incident_id)
    session = extending.finding(incident, extending.KINDS)
    return case, session, extending.own(session, incident)


HOSTILE = st.text(max_size=30) | st.sampled_from(
    ["*", "a/b", "mallory", "MALLORY", "../x", "\u202e", "null", '{"status": "Active"}', "[]", '{"accessKeyId": ["x"]}']
)
TEXT_FIELDS = ("target", "new_credential", "new_user_id", "service_name", "requestparameters", "actor", "eventid")
EVENTS = ("CreateUser", "CreateAccessKey", "UpdateAccessKey", "UpdateLoginProfile", "CreateServiceSpecificCredential")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries({"name": st.sampled_from(EVENTS)}, optional=dict.fromkeys(TEXT_FIELDS, HOSTILE)),
        max_size=3,
    )
)
def test_whatever_the_rows_hold_what_is_added_is_confirmed_by_iam(looking: Looking, rows: list[Json]) -> None:
    """No name makes it break, or widens a target: what is proposed is a user that IAM has, and the plan stays valid."""
    case, session, who = looking
    logged = [case.row("iam_persistence", **row) for row in rows]
    everybody = extending.named({"iam_persistence": Answer("08-query-iam_persistence", logged)}, who, ACCOUNT)
    steps, left_out = extending.additions(case.ledger.incident(case.incident_id), case.first, everybody, session)
    longer = {"steps": [*case.first["steps"], *steps], "not_proposed": [*case.first["not_proposed"], *left_out]}
    validate("plan", {**case.first, **longer})
    assert {step["target"]["user"] for step in steps} <= {"mallory"}
    assert {step["approval"] for step in steps} <= {"one"}


# Who asks twice, breaks off, or comes too late.


def test_a_rerun_gives_the_same_longer_plan(case: Case) -> None:
    """Whatever is there by now: a retried task, and a resumed response that plans again, get the plan in force."""
    make_user()
    case.logged("CreateUser", target="mallory")
    case.answer()
    first = case.extend()
    own_client("iam").delete_user(UserName="mallory")
    assert case.extend() == first
    assert plan.handler(case.given, None) == first


def test_of_two_at_once_the_first_decides(case: Case) -> None:
    """Both answer with the same plan, whichever of them wrote it."""
    make_user()
    case.logged("CreateUser", target="mallory")
    case.answer()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: case.extend(), range(2)))
    assert answers[0] == answers[1]
    assert answers[0]["hash"] == in_force.in_force(case.ledger, case.incident_id) != case.first_answer["hash"]
    words = [event["what"] for event in case.ledger.timeline(case.incident_id)]
    assert len([word for word in words if word.startswith("Plan extended")]) == 1


@pytest.mark.parametrize("broken", ["save", "extend", "note"])
def test_a_crash_anywhere_is_made_good_by_the_next_attempt(
    case: Case, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the plan is on record, between that and the decision, and before it is noted."""
    make_user()
    case.logged("CreateUser", target="mallory")
    case.answer()
    place: Any = {"save": extending, "extend": in_force, "note": Ledger}[broken]

    def crash(*given: Any, **named: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(place, broken, crash)
        case.extend()
    answer = case.extend()
    document = documents.read_plan(case.incident_id, answer["hash"])
    assert len(document["steps"]) == len(case.first["steps"]) + 2
    assert case.extend() == answer == plan.handler(case.given, None)


def test_people_who_were_asked_keep_their_plan(case: Case) -> None:
    """Extending failed, and they were asked on the first: a resumed response goes on with that, and adds nothing."""
    in_force.settle(case.ledger, case.incident_id, case.first_answer["hash"])
    make_user()
    case.logged("CreateUser", target="mallory")
    case.answer()
    assert case.extend() == case.first_answer
    assert len(case.ledger.plans(case.incident_id, "response")) == 1


def test_an_extension_that_comes_too_late_changes_nothing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt that everybody had given up ends while people look at the first plan."""
    make_user()
    case.logged("CreateUser", target="mallory")
    case.answer()
    really = in_force.extend

    def late(ledger: Ledger, incident_id: str, first: str, second: str) -> bool:
        in_force.settle(ledger, incident_id, first)
        return really(ledger, incident_id, first, second)

    monkeypatch.setattr(in_force, "extend", late)
    assert case.extend() == case.first_answer
    assert in_force.in_force(case.ledger, case.incident_id) == case.first_answer["hash"]


def test_an_account_that_is_not_enrolled_keeps_its_plan(case: Case) -> None:
    """There is nobody to ask about a name; the first plan says so of its own steps."""
    case.logged("CreateUser", target="mallory")
    case.answer()
    own_client.cache_clear()
    refusing("sts", "AssumeRole", "AccessDenied")
    assert case.extend() == case.first_answer
    own_client.cache_clear()


def test_no_place_of_the_hours_cap_is_taken(case: Case) -> None:
    """Places are for what runs unattended: nothing of this does."""
    make_user()
    case.logged("CreateUser", target="mallory")
    taken = list(case.ledger.items(f"cap#{ACCOUNT}", ledger_now()[:13]))
    case.extended()
    assert list(case.ledger.items(f"cap#{ACCOUNT}", ledger_now()[:13])) == taken
