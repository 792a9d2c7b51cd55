"""Who may do what, read where an auditor reads it: in the attacked account's own CloudTrail, and by trying."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local.stack import EmbeddedAws
from lambdas.core.action import POWERS, load
from lambdas.core.session import declared, statements
from tests.end_to_end.scene import ACCOUNT, APPROVERS, Scene

Json = dict[str, Any]
MEMBER = f"arn:aws:iam::{ACCOUNT}:role/responder-member-"
OWN_SERVICES = {
    "dynamodb",
    "s3",
    "kms",
    "states",
    "lambda",
    "sts",
    "ses",
    "sns",
    "ssm",
    "sqs",
    "logs",
    "xray",
    "monitoring",
}
"""What the function roles themselves call: the responder's own tables, bucket, keys, machines, functions and mail."""

DONE = {
    "iam.deactivate_access_key": ("perform", "undo"),
    "iam.quarantine_user": ("perform",),
    "iam.revoke_user_sessions": ("perform",),
    "bedrock.restore_invocation_logging": ("perform",),
    "bedrock.delete_agent": ("perform",),
    "support.open_case": ("perform",),
    "guardduty.archive_finding": ("perform",),
}
"""What the response below carries out, and takes back."""

NO_ALIAS, NO_VERSION = "the rogue agent has no alias", "the rogue agent has no version but the draft"
NO_GROUP = "the rogue agent has no action group, whose function this would be"
NOT_NEEDED_HERE = {
    "contain": {
        "iam:GetRole": "read and checked only where logging goes to a log group through a role",
        "logs:DescribeLogGroups": "only where logging goes to a log group",
        "iam:PassRole": "is no call of its own: only Put with a role for a log group asks for it",
    },
    "eradicate": {
        "bedrock:GetAgentAlias": NO_ALIAS,
        "bedrock:UpdateAgentAlias": NO_ALIAS,
        "bedrock:DeleteAgentAlias": NO_ALIAS,
        "bedrock:GetAgentVersion": NO_VERSION,
        "bedrock:DeleteAgentVersion": NO_VERSION,
        "bedrock:GetAgentActionGroup": NO_GROUP,
        "bedrock:DeleteAgentActionGroup": NO_GROUP,
        "lambda:GetPolicy": NO_GROUP,
        "bedrock:DisassociateAgentKnowledgeBase": "the rogue agent has no knowledge base",
        "bedrock:DisassociateAgentCollaborator": "the rogue agent has no supervisor",
    },
    "undo": {},
    "notify": {},
}
"""Granted for what the response carries out, and not called in it: with the reason, by power."""


class Response:
    """One whole response: theft, containment, restored logging, a rogue agent deleted, the key given back."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        scene.keep_logs()
        scene.delete_logging()
        scene.make_agent()
        calls, decisions = len(scene.aws.api_calls()), len(scene.aws.decisions())
        scene.aws.fire(scene.finding())
        self.incident_id = scene.incident_id()
        for address in APPROVERS:
            scene.answer(scene.link(address))
        assert scene.ended(self.incident_id) == "SUCCEEDED"
        self.steps = scene.steps(self.incident_id)
        self._undo()
        self.calls: list[Json] = scene.aws.api_calls()[calls:]
        self.decisions: list[Json] = scene.aws.decisions()[decisions:]

    def _undo(self) -> None:
        request = {"incident_id": self.incident_id, "requested_by": "lead@example.com", "requester_arn": None}
        step = self.steps["iam.deactivate_access_key"]["step_id"]
        self.scene.invoke("UndoPlanFunction", {**request, "step_ids": [step], "reason": "The key is clean."})
        self.scene.answer(self.scene.link(APPROVERS[0], count=2))
        assert self.scene.ended(self.incident_id, machine="UndoResponse") == "SUCCEEDED"

    def by_members(self) -> list[Json]:
        return [call for call in self.calls if ":assumed-role/responder-member-" in call["userIdentity"].get("arn", "")]

    def assumed(self) -> dict[str, Json]:
        """The AssumeRole records by the key that each gave out."""
        made = [c for c in self.calls if c["eventName"] == "AssumeRole" and "errorCode" not in c]
        return {c["responseElements"]["credentials"]["accessKeyId"]: c["requestParameters"] for c in made}

    def used(self, power: str) -> set[str]:
        role = f"responder-member-{power}"
        return {d["action"] for d in self.decisions if role in str(d["role"]) and d["allowed"]}


@pytest.fixture(scope="module")
def response(aws: EmbeddedAws) -> Iterator[Response]:
    scene = Scene(aws)
    yield Response(scene)
    scene.clear()


def powers_of(aws: EmbeddedAws, name: str) -> Any:
    """An STS client with the credentials that Lambda gives the function of this power."""
    arn = f"arn:aws:iam::{ACCOUNT}:role/responder-{name}"
    keys = aws.client("sts").assume_role(RoleArn=arn, RoleSessionName="responder-function")["Credentials"]
    return aws.client("sts", credentials=as_arguments(keys))


def as_arguments(keys: Json) -> dict[str, str]:
    names = ("AccessKeyId", "SecretAccessKey", "SessionToken")
    return dict(
        zip(("aws_access_key_id", "aws_secret_access_key", "aws_session_token"), map(keys.get, names), strict=True)
    )


def assume(sts: Any, power: str, **changes: Any) -> Json:
    """As `lambdas.core.session.assume` does."""
    request = {
        "RoleArn": f"{MEMBER}{power}",
        "RoleSessionName": "IR-20260102-0123456789_01-test",
        "SourceIdentity": "ann.lead@example.com",
        "DurationSeconds": 900,
        "Tags": [{"Key": "approval", "Value": "IR-20260102-0123456789.0123456789abcdef.two"}],
        **changes,
    }
    keys: Json = sts.assume_role(**{name: value for name, value in request.items() if value is not None})["Credentials"]
    return keys


def test_every_call_in_the_attacked_account_shows_incident_action_approver_and_approval(response: Response) -> None:
    """Session name, source identity and session tags stand on each call or on the AssumeRole record behind its key. A
    response before this one may still be at its end: its calls show its own incident."""
    incidents, assumed = [], response.assumed()
    for call in response.by_members():
        identity = call["userIdentity"]
        behind = assumed[identity["accessKeyId"]]
        tags = {tag["key"]: tag["value"] for tag in behind["tags"]}
        where = f"{call['eventName']} by {identity['arn']}"
        assert identity["arn"].endswith("/" + behind["roleSessionName"]), where
        assert behind["roleSessionName"].startswith(f"{tags['incident']}_"), where
        assert identity["sessionContext"]["sourceIdentity"] == behind["sourceIdentity"], where
        assert set(tags) == {"incident", "action", "approval"}, where
        assert (behind["sourceIdentity"] == "automatic") == (tags["approval"] == "automatic"), where
        incidents.append(tags["incident"])
    assert incidents.count(response.incident_id) > 10


@pytest.mark.parametrize(
    ("event", "action", "approvers", "gate"),
    [
        ("UpdateAccessKey", "iam.deactivate_access_key", "automatic", "automatic"),
        ("PutModelInvocationLoggingConfiguration", "bedrock.restore_invocation_logging", "automatic", "automatic"),
        ("DeleteAgent", "bedrock.delete_agent", "+".join(APPROVERS), ".two"),
    ],
)
def test_each_change_names_its_step_and_those_who_let_it_happen(
    response: Response, event: str, action: str, approvers: str, gate: str
) -> None:
    """What was automatic says so; what was approved names all who approved, and the gate where they did."""
    call = next(call for call in response.by_members() if call["eventName"] == event)
    behind = response.assumed()[call["userIdentity"]["accessKeyId"]]
    tags = {tag["key"]: tag["value"] for tag in behind["tags"]}
    assert call["userIdentity"]["sessionContext"]["sourceIdentity"] == approvers
    assert behind["roleSessionName"] == f"{response.incident_id}_{response.steps[action]['step_id']}"[:64]
    assert tags["action"] == action
    assert tags["approval"].endswith(gate)
    assert gate == "automatic" or tags["approval"].startswith(f"{response.incident_id}.")


def test_the_functions_themselves_touch_nothing_but_the_responders_own(response: Response) -> None:
    """With its own role a function reaches the responder's records and mail: the attacked account only as a member."""
    own = [c for c in response.calls if ":assumed-role/responder-" in c["userIdentity"].get("arn", "")]
    direct = {c["eventSource"].split(".")[0] for c in own if "responder-member-" not in c["userIdentity"]["arn"]}
    assert "dynamodb" in direct
    assert direct <= OWN_SERVICES


@pytest.mark.parametrize("own", POWERS)
def test_a_power_can_assume_its_own_member_role_and_no_other(aws: EmbeddedAws, own: str) -> None:
    """What contains cannot delete, and what plans cannot change: STS itself refuses, with the approval tag too."""
    sts = powers_of(aws, own)
    assert assume(sts, own)
    for other in set(POWERS) - {own}:
        with pytest.raises(ClientError, match="AccessDenied"):
            assume(sts, other)


@pytest.mark.parametrize("tags", [None, [], "automatic", "", "AR-1", "ir-20260102-0123456789"])
def test_nothing_is_removed_without_the_approval_tag(aws: EmbeddedAws, tags: Any) -> None:
    """The eradicate role is refused to its own function where no gate is named."""
    given = [{"Key": "approval", "Value": tags}] if isinstance(tags, str) else tags
    with pytest.raises(ClientError, match="AccessDenied"):
        assume(powers_of(aws, "eradicate"), "eradicate", Tags=given)


def test_a_session_for_one_step_reaches_no_other_key(aws: EmbeddedAws) -> None:
    """The role may deactivate any user's key, the session only the step's: another user's key stays as it is."""
    victim, other = Scene(aws), Scene(aws)
    action = load("iam.deactivate_access_key").ACTION
    target = {"account": ACCOUNT, "user": victim.name, "user_name": victim.name, "access_key_id": victim.key_id}
    names = {"partition": "aws", "region": "us-east-1", **target}
    allowed = statements(declared(action, ("read", "perform", "settled")), names)
    policy = json.dumps({"Version": "2012-10-17", "Statement": allowed})
    keys = assume(powers_of(aws, "contain"), "contain", Policy=policy)
    iam = aws.client("iam", credentials=as_arguments(keys))
    with pytest.raises(ClientError, match="AccessDenied"):
        iam.update_access_key(UserName=other.name, AccessKeyId=other.key_id, Status="Inactive")
    with pytest.raises(ClientError, match="AccessDenied"):
        iam.delete_access_key(UserName=victim.name, AccessKeyId=victim.key_id)
    iam.update_access_key(UserName=victim.name, AccessKeyId=victim.key_id, Status="Inactive")
    assert (victim.key_status(), other.key_status()) == ("Inactive", "Active")


@pytest.mark.parametrize("role", ["responder-contain", "responder-member-undo", "aws-service-role/x.amazonaws.com/R"])
def test_the_member_role_itself_cannot_touch_the_responder(aws: EmbeddedAws, role: str) -> None:
    """Even a session that is allowed everything, of a role that is: the explicit deny stands."""
    iam, name = aws.client("iam"), role.rpartition("/")[2]
    anything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    if "/" in role:
        path = f"/{role.removesuffix(name)}"
        iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=json.dumps(anything))
    iam.put_role_policy(RoleName="responder-member-contain", PolicyName="test", PolicyDocument=json.dumps(anything))
    try:
        keys = assume(powers_of(aws, "contain"), "contain")
        contained = aws.client("iam", credentials=as_arguments(keys))
        with pytest.raises(ClientError, match="explicit deny"):
            contained.put_role_policy(RoleName=name, PolicyName="no", PolicyDocument=json.dumps(anything))
        assert contained.list_users()["Users"]
    finally:
        iam.delete_role_policy(RoleName="responder-member-contain", PolicyName="test")


@pytest.mark.parametrize("power", sorted(NOT_NEEDED_HERE))
def test_nothing_is_granted_that_what_was_done_did_not_call(response: Response, power: str) -> None:
    """Of what a member role holds for the actions that ran, each is called, or stands here with its reason."""
    wanted = {p.action for name in DONE for p in _declared(name, power)}
    assert wanted
    unused = wanted - response.used(power)
    assert sorted(unused) == sorted(NOT_NEEDED_HERE[power])


def _declared(action_id: str, power: str) -> tuple[Any, ...]:
    action = load(action_id).ACTION
    if power == "undo":
        return declared(action, ("read", "undo")) if "undo" in DONE[action_id] else ()
    return declared(action, ("read", "perform", "settled")) if action.power == power else ()


@pytest.mark.parametrize("power", sorted(NOT_NEEDED_HERE))
def test_nothing_is_used_that_was_not_declared(response: Response, power: str) -> None:
    """No call in the attacked account goes beyond the declarations of the actions that ran."""
    declared_here = {p.action for name in DONE for p in _declared(name, power)}
    assert response.used(power) <= declared_here
