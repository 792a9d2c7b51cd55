"""What an incident is about is found by asking AWS, and every target fits its action."""

from __future__ import annotations

import copy
import json
import time
from collections import defaultdict
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from deploy.local.services import guardduty
from deploy.rendering.targets import finders
from lambdas.core.action import all_actions
from lambdas.core.errors import NotOurs
from lambdas.core.observe import places
from lambdas.core.schema import validate
from lambdas.core.session import statements
from lambdas.planning.targets import Candidate
from tests.actions.acting import ACCOUNT, REGION, WatchedSession

CALLED: dict[str, set[str]] = defaultdict(set)
CONFIG = {
    "textDataDeliveryEnabled": True,
    "s3Config": {"bucketName": "model-logs", "keyPrefix": ""},
    "cloudWatchConfig": {"logGroupName": "/bedrock", "roleArn": f"arn:aws:iam::{ACCOUNT}:role/service-role/logs"},
}
BASELINE = {"invocation_logging": {"loggingConfig": CONFIG}, "agent": {"agents": {}}}


def incident(**changes: Any) -> dict[str, Any]:
    return {
        "incident_id": "IR-20261122-0123456789",
        "account": ACCOUNT,
        "region": REGION,
        "opened_at": "2026-11-22T03:00:00Z",
        "drill": False,
        "source": {"kind": "guardduty", "type": "DefenseEvasion:IAMUser/BedrockLoggingDisabled", "first_seen": None},
        "principal": {"type": "IAMUser", "user_name": "alice", "access_key_id": None},
        **changes,
    }


def session(kind: str) -> WatchedSession:
    return WatchedSession(lambda iam_action, _: CALLED[kind].add(iam_action))


def find(kind: str, about: dict[str, Any], baseline: dict[str, Any] | None = None) -> list[Candidate]:
    """What the finder finds; each target fits every action that takes its kind."""
    candidates: list[Candidate] = finders()[kind].find(session(kind), about, BASELINE if baseline is None else baseline)
    for action_id, module in all_actions():
        if module.ACTION.target.kind == kind:
            for candidate in candidates:
                validate(f"actions/{action_id}", candidate.target)
    return candidates


def with_key(key: str | None, name: str = "alice") -> dict[str, Any]:
    return incident(principal={"type": "IAMUser", "user_name": name, "access_key_id": key})


def make_key(name: str, path: str = "/") -> str:
    boto3.client("iam").create_user(UserName=name, Path=path)
    return str(boto3.client("iam").create_access_key(UserName=name)["AccessKey"]["AccessKeyId"])


def test_the_owner_of_a_key_is_whom_iam_names():
    """A finding that names somebody else leads to the true owner, and the approver reads of the difference."""
    key = make_key("mallory", "/engineering/")
    (found,) = find("access_key", with_key(key, name="alice"))
    assert (found.target["user_name"], found.target["user"]) == ("mallory", "engineering/mallory")
    assert "alice" in found.why
    assert "mallory" in found.why


def test_an_odd_path_shields_nobody():
    """A path with a wildcard still gives a target, and a policy that is no wider for it."""
    key = make_key("alice", "/a*b/")
    (found,) = find("access_key", with_key(key))
    assert found.target["user"] == "a?b/alice"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (None, "names no access key"),
        ("ASIAQWERTYUIOPASDFGH", "temporary"),
        ("ABSKQWERTYUIOPASDFGH", "not a long-term key"),
        ("AKIAQWERTYUIOPASDFGH", "knows no owner"),
    ],
)
def test_a_key_that_cannot_be_deactivated_has_its_reason(key, said):
    """No target, and the plan can say why."""
    with pytest.raises(NotOurs, match=said):
        find("access_key", with_key(key))


def test_a_key_of_another_account_has_its_reason():
    """IAM answers AccessDenied for it."""
    watched = session("access_key")

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "No"}}, "GetAccessKeyLastUsed")

    watched.client("iam").meta.events.register("before-call", refuse)
    with pytest.raises(NotOurs, match="of another account"):
        finders()["access_key"].find(watched, with_key("AKIAQWERTYUIOPASDFGH"), {})


def about(**principal: Any) -> dict[str, Any]:
    unknown = dict.fromkeys(("user_name", "access_key_id", "principal_id", "arn"))
    return incident(principal={"type": "IAMUser", **unknown, **principal})


def user_id(name: str = "alice") -> str:
    return str(boto3.client("iam").get_user(UserName=name)["User"]["UserId"])


def test_the_user_behind_a_key_is_whom_iam_names():
    """Not whom the finding names: a thief's key leads to its owner, and the approver reads of the difference."""
    key = make_key("mallory", "/engineering/")
    make_key("alice")
    (found,) = find("iam_user", about(user_name="alice", access_key_id=key))
    assert (found.target["user"], found.target["user_id"]) == ("engineering/mallory", user_id("mallory"))
    assert found.target["since"] == "2026-11-22T03:00:00Z"
    assert "names its user as alice; IAM says that it belongs to mallory" in found.why


@pytest.mark.parametrize("key", ["ASIAQWERTYUIOPASDFGH", "ABIAQWERTYUIOPASDFGH", None])
def test_the_user_of_a_session_or_api_key_is_told_by_name_and_id(key):
    """IAM cannot be asked whose temporary key it is: the name counts, if the unique id is that user's."""
    make_key("alice")
    (found,) = find("iam_user", about(user_name="alice", access_key_id=key, principal_id=user_id()))
    assert found.target["user_name"] == "alice"


@pytest.mark.parametrize(
    ("principal", "said"),
    [
        ({"user_name": "alice", "principal_id": "AIDAQWERTYUIOPASDFGH"}, "made again since"),
        ({"user_name": "nobody"}, "knows no user nobody"),
        ({"type": "AssumedRole", "user_name": "alice"}, "is no IAM user"),
        ({"type": "FederatedUser", "user_name": "alice"}, "federated user, whose name anybody may choose"),
        ({"type": "Root"}, "only a person"),
        ({"access_key_id": "AKIAQWERTYUIOPASDFGH", "user_name": "alice"}, "knows no owner"),
    ],
)
@pytest.mark.parametrize("kind", ["iam_user", "bedrock_api_key"])
def test_who_is_not_certainly_that_user_is_no_target(kind, principal, said):
    """A namesake, a role of that name, or a name that a thief chose: nobody innocent is cut off."""
    make_key("alice")
    with pytest.raises(NotOurs, match=said):
        find(kind, about(**principal))


def make_api_key(name: str = "alice", service: str = "bedrock.amazonaws.com") -> str:
    made = boto3.client("iam").create_service_specific_credential(UserName=name, ServiceName=service)
    return str(made["ServiceSpecificCredential"]["ServiceSpecificCredentialId"])


def test_every_bedrock_api_key_of_the_user_is_a_target():
    """It works without any other credential of the user; the one in the finding is said to be that."""
    make_key("alice", "/team/")
    make_key("bob")
    used, other = make_api_key(), make_api_key()
    make_api_key("bob")
    make_api_key(service="codecommit.amazonaws.com")
    candidates = find("bedrock_api_key", about(user_name="alice", access_key_id=used, principal_id=user_id()))
    why = {c.target["credential_id"]: c.why for c in candidates}
    assert why.keys() == {used, other}
    assert "were made with this Bedrock API key" in why[used]
    assert "were made with this Bedrock API key" not in why[other]
    assert {c.target["user"] for c in candidates} == {"team/alice"}


def test_a_user_without_bedrock_api_keys_has_no_such_target():
    """The plan says so."""
    key = make_key("alice")
    with pytest.raises(NotOurs, match="alice has no Bedrock API key"):
        find("bedrock_api_key", about(user_name="alice", access_key_id=key))


def make_role(name: str = "builder") -> str:
    made = boto3.client("iam").create_role(RoleName=name, Path="/ci/", AssumeRolePolicyDocument='{"Statement": []}')
    return str(made["Role"]["RoleId"])


def session_arn(role: str, name: str) -> str:
    return f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{name}"


@pytest.mark.parametrize(
    ("suffix", "arn"), [(":i-0123", None), ("", session_arn("builder", "i-0123")), (":i-0123", session_arn("x", "y-z"))]
)
def test_a_session_is_told_by_the_principal_id_or_else_by_the_arn(suffix, arn):
    """GuardDuty names the session in the principal id, an IR lead in the ARN."""
    role_id = make_role()
    principal = about(type="AssumedRole", user_name="builder", principal_id=role_id + suffix, arn=arn)
    (found,) = find("role_session", principal)
    assert (found.target["role"], found.target["role_id"]) == ("ci/builder", role_id)
    assert found.target["session_name"] == "i-0123"


@pytest.mark.parametrize(
    ("principal", "said"),
    [
        ({"type": "IAMUser"}, "no session of a role"),
        ({"type": "Role", "user_name": "builder"}, "no session of a role"),
        ({"principal_id": "AROAQWERTYUIOPASDFGH"}, "which session"),
        ({"principal_id": "AROAQWERTYUIOPASDFGH:a b*"}, "which session"),
        ({"principal_id": None, "arn": session_arn("builder", "i-0123")}, "which session"),
        ({"principal_id": "AROAQWERTYUIOPASDFGH:i-0123"}, "made again since"),
        ({"principal_id": "AROAQWERTYUIOPASDFGH:i-0123", "user_name": "gone"}, "no such role"),
        ({"principal_id": "AROAQWERTYUIOPASDFGH:i-0123", "user_name": None}, "no such role"),
    ],
)
def test_what_is_not_certainly_one_session_is_no_target(principal, said):
    """Nothing wider is denied in its stead."""
    make_role()
    with pytest.raises(NotOurs, match=said):
        find("role_session", about(**{"type": "AssumedRole", "user_name": "builder", **principal}))


def test_logging_that_is_off_is_a_target():
    """What to restore comes from the baseline, with the names that narrow the step's permissions."""
    (found,) = find("invocation_logging", incident())
    assert found.target["logging_config"] == CONFIG
    assert (found.target["buckets"], found.target["roles"]) == (["model-logs"], ["service-role/logs"])
    assert found.target["roles_before"] == []
    assert found.why.startswith("Logging is off")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets Bedrock answer a configuration that it would not let us put without all its destinations."""

    def answer(config: dict[str, Any]) -> None:
        client = boto3.client("bedrock")
        monkeypatch.setattr(client, "get_model_invocation_logging_configuration", lambda: {"loggingConfig": config})
        monkeypatch.setattr(WatchedSession, "client", lambda *_: client)

    return answer


def test_tampered_logging_is_a_target(answers):
    """Logging that is on with another role is other than the baseline: the field is named, and undo's role is known."""
    tampered = copy.deepcopy(CONFIG)
    tampered["cloudWatchConfig"]["roleArn"] = f"arn:aws:iam::{ACCOUNT}:role/theirs"
    answers(tampered)
    (found,) = find("invocation_logging", incident())
    assert found.target["roles_before"] == ["theirs"]
    assert found.why == "Other than in the baseline: cloudWatchConfig.roleArn."


def test_logging_as_in_the_baseline_is_no_target(answers):
    """There is nothing to restore."""
    answers(CONFIG)
    with pytest.raises(NotOurs, match="as in the baseline"):
        find("invocation_logging", incident())


@pytest.mark.parametrize("baseline", [{}, {"invocation_logging": {"loggingConfig": None}}])
def test_without_a_baseline_nothing_is_restored(baseline):
    """The current configuration, or CloudTrail's last, may be the attacker's: nothing is guessed."""
    with pytest.raises(NotOurs, match="No baseline"):
        find("invocation_logging", incident(), baseline)


def make_agent(name: str, **given: Any) -> str:
    role = f"arn:aws:iam::{ACCOUNT}:role/agents"
    agent = boto3.client("bedrock-agent").create_agent(agentName=name, agentResourceRoleArn=role, **given)["agent"]
    return str(agent["agentId"])


def since(seconds: float) -> dict[str, Any]:
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - seconds))
    return incident(source={"kind": "guardduty", "type": "x", "first_seen": stamp})


def test_an_agent_that_nobody_recognises_is_a_target():
    """It is not in the baseline, and was made after the first suspicious call."""
    known, rogue = make_agent("known"), make_agent("rogue")
    baseline = {"agent": {"agents": {known: {"agentName": "known"}}}}
    (found,) = find("agent", since(60), baseline)
    assert (found.target["agent_id"], found.target["agent_name"]) == (rogue, "rogue")
    assert "the baseline does not know it" in found.why


def test_an_agent_from_before_is_no_target():
    """What was there before the first suspicious call is not the attacker's work, whatever the baseline says."""
    make_agent("old")
    with pytest.raises(NotOurs, match="No agent outside the baseline"):
        find("agent", since(-3600))


def test_without_a_baseline_the_reason_says_so():
    """Two approvers decide, and they read that nobody recorded what is recognised."""
    make_agent("new")
    (found,) = find("agent", since(60), {})
    assert "no baseline of agents is recorded" in found.why


def test_a_report_by_hand_looks_back_a_day():
    """It names no first call."""
    make_agent("new")
    opened = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
    assert len(find("agent", incident(opened_at=opened))) == 1


def test_supervisors_of_an_agent_are_named():
    """They lose it as collaborator, which needs permissions on them too."""
    rogue = make_agent("rogue")
    supervisor = make_agent("supervisor", agentCollaboration="SUPERVISOR")
    boto3.client("bedrock-agent").associate_agent_collaborator(
        agentId=supervisor,
        agentVersion="DRAFT",
        agentDescriptor={"aliasArn": f"arn:aws:bedrock:{REGION}:{ACCOUNT}:agent-alias/{rogue}/ABCDEFGHIJ"},
        collaboratorName="rogue",
        collaborationInstruction="ask it",
    )
    targets = {c.target["agent_id"]: c.target["supervisors"] for c in find("agent", since(60))}
    assert targets == {rogue: [supervisor], supervisor: []}


def test_the_account_always_has_its_case():
    """AWS is told of every incident, at a severity that a compromise deserves."""
    (found,) = find("account", incident())
    assert found.target["subject"].startswith("[IR:IR-20261122-0123456789] ")
    assert found.target["severity"] == "urgent"
    assert "BedrockLoggingDisabled" in found.target["body"]


def test_a_drill_says_that_it_is_one():
    """Nobody at AWS is woken for it."""
    (found,) = find("account", incident(drill=True))
    assert (found.target["severity"], "DRILL" in found.target["subject"]) == ("low", True)


def test_hostile_names_stay_one_line_of_the_case():
    """Text from the attacked account can neither add lines nor outgrow what Support takes."""
    hostile = "alice\n\nPlease ignore this case.\u202e" + "x" * 9000
    principal = dict.fromkeys(("type", "arn", "user_name", "access_key_id"), hostile)
    (found,) = find("account", incident(principal=principal, source=dict.fromkeys(("kind", "type", "id"), hostile)))
    assert len(found.target["body"]) <= 8000
    assert "\nPlease ignore" not in found.target["body"]
    assert "\u202e" not in found.target["body"]


def make_alias(agent_id: str, name: str) -> str:
    agents = boto3.client("bedrock-agent")
    route = [{"agentVersion": "DRAFT"}]
    made = agents.create_agent_alias(agentId=agent_id, agentAliasName=name, routingConfiguration=route)
    return str(made["agentAlias"]["agentAliasId"])


def test_each_alias_of_an_unrecognised_agent_is_a_target():
    """By them it is called; those of agents that the baseline knows are left alone."""
    known, rogue = make_agent("known"), make_agent("rogue")
    make_alias(known, "shop")
    aliases = {make_alias(rogue, name) for name in ("live", "next")}
    found = find("agent_alias", since(60), {"agent": {"agents": {known: {"agentName": "known"}}}})
    assert {c.target["alias_id"] for c in found} == aliases
    assert {c.target["agent_id"] for c in found} == {rogue}
    assert all("the baseline does not know it" in c.why for c in found)


def test_the_test_alias_is_no_target():
    """AWS may refuse to update it: the plan says that there is no other."""
    make_agent("rogue")
    with pytest.raises(NotOurs, match="no alias but TSTALIASID"):
        find("agent_alias", since(60))


def test_without_an_unrecognised_agent_no_alias_is_a_target():
    """The pause is proposed where the deletion is."""
    make_alias(make_agent("old"), "live")
    with pytest.raises(NotOurs, match="No agent outside the baseline"):
        find("agent_alias", since(-3600))


DETECTOR, FINDING = "a" * 32, "b" * 32
ARN = f"arn:aws:guardduty:{REGION}:{ACCOUNT}:detector/{DETECTOR}/finding/{FINDING}"
STOLEN = "CredentialAccess:IAMUser/CompromisedCredentials"


def from_guardduty(**changes: Any) -> dict[str, Any]:
    source = {"kind": "guardduty", "type": STOLEN, "id": FINDING, "detector_id": DETECTOR, "arn": ARN, **changes}
    return incident(source=source)


def remember(**changes: Any) -> None:
    """GuardDuty has the finding."""
    finding = {"id": FINDING, "arn": ARN, "type": STOLEN, "accountId": ACCOUNT, "region": REGION}
    times = {"createdAt": "2026-11-22T03:00:00Z", "updatedAt": "2026-11-22T03:00:00Z"}
    basics = {"schemaVersion": "2.0", "severity": 8, "resource": {}, "service": {"detectorId": DETECTOR}}
    guardduty.remember({**finding, **times, **basics, **changes}, ACCOUNT, REGION)


def test_the_finding_that_guardduty_shows_is_a_target():
    """It is the incident's own, by its detector and id."""
    remember()
    (found,) = find("guardduty_finding", from_guardduty())
    assert (found.target["detector_id"], found.target["finding_id"]) == (DETECTOR, FINDING)


@pytest.mark.parametrize("kind", ["manual", "cloudtrail", "securityhub"])
def test_only_a_finding_of_guardduty_is_archived_there(kind):
    """Nothing else has a finding to archive."""
    with pytest.raises(NotOurs, match="did not begin with a finding of GuardDuty"):
        find("guardduty_finding", from_guardduty(kind=kind))


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"id": "c" * 32}, "may be forged"), ({"type": "Recon:IAMUser/MaliciousIPCaller"}, "returned another finding")],
)
def test_a_finding_that_guardduty_does_not_bear_out_is_not_archived(changes, said):
    """What was forged under an id must not make the responder archive another finding."""
    remember(**changes)
    with pytest.raises(NotOurs, match=said):
        find("guardduty_finding", from_guardduty())


def test_a_members_finding_is_left_to_the_administrator():
    """Only GuardDuty's administrator account may archive: the plan names it."""
    remember()
    boto3.client("guardduty").enable_organization_admin_account(AdminAccountId="111122223333")
    with pytest.raises(NotOurs, match="administered by account 111122223333"):
        find("guardduty_finding", from_guardduty())


def import_finding(product: str = "aws/guardduty", finding_id: str = ARN, **changes: Any) -> None:
    hub = boto3.client("securityhub")
    hub.enable_security_hub()
    finding = {
        "SchemaVersion": "2018-10-08",
        "Id": finding_id,
        "ProductArn": f"arn:aws:securityhub:{REGION}::product/{product}",
        "GeneratorId": "g",
        "AwsAccountId": ACCOUNT,
        "CreatedAt": "2026-11-22T03:00:00Z",
        "UpdatedAt": "2026-11-22T03:00:00Z",
        "Title": "t",
        "Description": "d",
        "Resources": [{"Type": "Other", "Id": "r"}],
        **changes,
    }
    hub.batch_import_findings(Findings=[finding])


def test_guarddutys_finding_in_security_hub_is_a_target():
    """It stands there under its ARN; a finding of the same id that somebody imported is not meant."""
    import_finding()
    import_finding(product=f"{ACCOUNT}/default")
    import_finding(finding_id=ARN + "c")
    (found,) = find("security_hub_finding", from_guardduty())
    assert found.target["finding_id"] == ARN
    assert found.target["product_arn"].endswith("product/aws/guardduty")
    assert found.target["incident_id"] == "IR-20261122-0123456789"


def test_a_finding_of_another_product_is_a_target_by_its_own_id():
    """A response that a check began notes it at the check."""
    import_finding(product="prowler/prowler", finding_id="prowler-1")
    (found,) = find("security_hub_finding", from_guardduty(kind="securityhub", id="prowler-1", arn=None))
    assert found.target["finding_id"] == "prowler-1"


def test_where_security_hub_is_off_the_reason_says_so():
    """It answers InvalidAccessException to every call."""
    with pytest.raises(NotOurs, match="Security Hub is off"):
        find("security_hub_finding", from_guardduty())


def test_another_refusal_of_security_hub_is_an_error():
    """The plan says that it could not be looked for, and not that it is off."""
    watched = session("security_hub_finding")

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "LimitExceededException", "Message": "No"}}, "GetFindings")

    watched.client("securityhub").meta.events.register("before-call", refuse)
    with pytest.raises(ClientError, match="LimitExceeded"):
        finders()["security_hub_finding"].find(watched, from_guardduty(), {})


@pytest.mark.parametrize("about", [from_guardduty(kind="manual"), from_guardduty(arn=None)])
def test_an_incident_without_a_finding_has_none_in_security_hub(about):
    """An IR lead's own start, or an event without an ARN."""
    with pytest.raises(NotOurs, match="did not begin with a finding"):
        find("security_hub_finding", about)


def test_a_finding_that_security_hub_lacks_has_its_reason():
    """GuardDuty's integration may be off."""
    import_finding(finding_id="another")
    with pytest.raises(NotOurs, match="does not have the finding"):
        find("security_hub_finding", from_guardduty())


@pytest.mark.parametrize("status", ["RESOLVED", "SUPPRESSED"])
def test_what_people_decided_in_security_hub_stays(status):
    """NOTIFIED would open it again."""
    import_finding(Workflow={"Status": status})
    with pytest.raises(NotOurs, match="resolved or suppressed"):
        find("security_hub_finding", from_guardduty())


RECOGNISED = {"Name": "Sam", "Title": "CISO", "EmailAddress": "sam@example.com", "PhoneNumber": "+1 555 0100"}
CONFIGURED = {"Name": "Kim", "Title": "On call", "EmailAddress": "kim@example.com", "PhoneNumber": "+1 555 0101"}
NONE_RECORDED: dict[str, Any] = {}
RECORDED_NONE: dict[str, Any] = {"alternate_contact": {"security": None}}
RECORDED = {"alternate_contact": {"security": {**RECOGNISED, "AlternateContactType": "SECURITY"}}}


@pytest.fixture
def parameter(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the stack's parameter SecurityContact."""
    return lambda contact: monkeypatch.setenv("SECURITY_CONTACT", ";".join((contact or {}).values()))


def set_contact(contact: dict[str, str] | None) -> None:
    if contact:
        boto3.client("account").put_alternate_contact(AlternateContactType="SECURITY", **contact)


@pytest.mark.parametrize(
    ("now", "baseline", "configured", "wanted", "why"),
    [
        (None, RECORDED, None, RECOGNISED, "There is none, and the baseline has one"),
        (CONFIGURED, RECORDED, CONFIGURED, RECOGNISED, "Other than in the baseline: Name, Title"),
        (None, NONE_RECORDED, CONFIGURED, CONFIGURED, "AWS would tell nobody"),
        (None, RECORDED_NONE, CONFIGURED, CONFIGURED, "AWS would tell nobody"),
        (RECOGNISED, RECORDED_NONE, CONFIGURED, CONFIGURED, "set since the baseline, which has none"),
    ],
)
def test_a_contact_that_is_not_recognised_is_a_target(parameter, now, baseline, configured, wanted, why):
    """The baseline's comes first, the parameter's only where the baseline has none."""
    parameter(configured)
    set_contact(now)
    (found,) = find("security_contact", incident(), baseline)
    assert found.target["contact"] == wanted
    assert why in found.why


@pytest.mark.parametrize(
    ("now", "baseline", "configured", "why"),
    [
        (RECOGNISED, RECORDED, CONFIGURED, "is as in the baseline"),
        (RECOGNISED, NONE_RECORDED, CONFIGURED, "No baseline says .* left alone"),
        (CONFIGURED, RECORDED_NONE, CONFIGURED, "is as configured"),
        (None, NONE_RECORDED, None, "There is none, and neither a baseline nor the parameter"),
        (RECOGNISED, RECORDED_NONE, None, "set since the baseline.* stays, because neither a baseline nor"),
    ],
)
def test_a_contact_that_is_recognised_or_has_no_other_is_left_alone(parameter, now, baseline, configured, why):
    """A recognised contact is never overwritten, and nothing is guessed: the plan says why."""
    parameter(configured)
    set_contact(now)
    with pytest.raises(NotOurs, match=why):
        find("security_contact", incident(), baseline)


def test_all_finders_fit_into_one_session_policy():
    """STS takes 2,048 characters, and one session looks for all kinds: a longest name and Region leave room."""
    permissions = [p for finder in finders().values() for p in finder.PERMISSIONS]
    allowed = statements(permissions, places(ACCOUNT, "ap-southeast-2", {"user_name": "u" * 64}))
    assert len(json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":"))) <= 2048


@pytest.mark.parametrize("kind", finders())
def test_permissions_are_exactly_the_calls(kind):
    """Each finder declares what the tests above saw it call."""
    if kind not in CALLED and finders()[kind].PERMISSIONS:
        pytest.skip("needs the calls that the other tests of this file make")
    assert {p.action for p in finders()[kind].PERMISSIONS} == CALLED[kind]
