"""An attack on a member account: the responder acts there through its member roles, and keeps everything at home."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import ACCOUNT, APPROVERS, REGION, SECOND, Scene

Json = dict[str, Any]

MEMBER, ROLELESS = "111122223333", "222233334444"
"""Both are enrolled; in the second one nobody deployed the member roles."""
ADMINISTRATOR = "333344445555"
KEY, LOGGING = "iam.deactivate_access_key", "bedrock.restore_invocation_logging"


@pytest.fixture(scope="module")
def aws() -> Iterator[EmbeddedAws]:
    """An embedded AWS of its own, with members and another account that administers GuardDuty."""
    with EmbeddedAws() as embedded:
        embedded.deploy(
            {
                "MailFrom": "responder@example.com",
                "FirstApprovers": ",".join(APPROVERS),
                "SecondApprovers": SECOND,
                "FirstSeconds": "60",
                "SecondSeconds": "60",
                "CloudTrailTriggers": "DISABLED",
                "MaxAutomaticPerHour": "1000",
                "GuardDutyAdministrator": ADMINISTRATOR,
                "MemberAccounts": ",".join((ACCOUNT, MEMBER, ROLELESS)),
            },
            members=[MEMBER],
        )
        yield embedded
        print(embedded.log()[-6000:])


def told_by(scene: Scene, sender: str, **changes: Any) -> Json:
    """The finding as the GuardDuty of `sender` brings it to the responder's bus."""
    return {**scene.finding(**changes), "account": sender}


class Response:
    """Theft, deleted logging and a rogue agent in the member account; the response, and the key given back."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.logging = scene.keep_logs()
        scene.delete_logging()
        scene.make_agent()
        scene.aws.fire(told_by(scene, ADMINISTRATOR))
        self.incident_id = scene.incident_id()
        for address in APPROVERS:
            scene.answer(scene.link(address))
        self.status = scene.ended(self.incident_id)
        self.steps = scene.steps(self.incident_id)
        self.key = scene.key_status()
        self.undone = self._undo()
        self.calls = [c for c in scene.aws.api_calls() if self.incident_id in c["userIdentity"].get("arn", "")]
        self.trail = list(recorded(scene))

    def _undo(self) -> str:
        request = {"incident_id": self.incident_id, "requested_by": "lead@example.com", "requester_arn": None}
        ids = [self.steps[KEY]["step_id"]]
        self.scene.invoke("UndoPlanFunction", {**request, "step_ids": ids, "reason": "The key is clean."})
        self.scene.answer(self.scene.link(APPROVERS[0], count=2))
        return self.scene.ended(self.incident_id, machine="UndoResponse")

    def change(self, name: str) -> Json:
        """The member's own record of the response's first change of this name."""
        mine = (c for c in reversed(self.trail) if f"/{self.incident_id}_" in c["userIdentity"].get("arn", ""))
        return next(c for c in mine if c["eventName"] == name)

    def assumed(self, key: str) -> Json:
        """The member's own record of the AssumeRole that gave out this key: {source identity, tags}."""
        records = (c for c in self.trail if c["eventName"] == "AssumeRole" and "errorCode" not in c)
        given = {c["responseElements"]["credentials"]["accessKeyId"]: c["requestParameters"] for c in records}
        return {**given[key], "tags": {tag["key"]: tag["value"] for tag in given[key]["tags"]}}


def recorded(scene: Scene) -> Iterator[Json]:
    """What the attacked account's own CloudTrail shows by LookupEvents, newest first: two pages a second."""
    for page in scene.there("cloudtrail").get_paginator("lookup_events").paginate():
        yield from (json.loads(event["CloudTrailEvent"]) for event in page["Events"])
        time.sleep(0.6)


@pytest.fixture(scope="module")
def response(aws: EmbeddedAws) -> Iterator[Response]:
    scene = Scene(aws, account=MEMBER)
    yield Response(scene)
    scene.clear()


def test_a_theft_in_a_member_account_is_contained_there(response: Response) -> None:
    """Key inactive, logging as before, agent gone, case open: all in the attacked account, and the response closed."""
    assert {action: step["status"] for action, step in response.steps.items()} == {
        KEY: "performed",
        "iam.quarantine_user": "performed",
        "iam.revoke_user_sessions": "performed",
        LOGGING: "performed",
        "bedrock.delete_agent": "performed",
        "support.open_case": "performed",
    }
    scene = response.scene
    assert (response.status, response.key) == ("SUCCEEDED", "Inactive")
    assert scene.logging() == response.logging
    assert scene.agent_status() is None
    (case,) = scene.there("support").describe_cases(includeResolvedCases=True)["cases"]
    assert case["caseId"].startswith(f"case-{MEMBER}-")


def test_the_administrators_finding_is_confirmed_in_the_member_account(response: Response) -> None:
    """The finding names the administrator's detector; the member's own GuardDuty bears it out."""
    incident = response.scene.items(response.incident_id, "incident")[0]["incident"]
    assert (incident["account"], incident["confirmed"], incident["withheld"]) == (MEMBER, True, None)
    assert response.steps[KEY]["approved_by"] == ["automatic"]


@pytest.mark.parametrize(
    ("event", "approvers", "tagged"),
    [
        ("UpdateAccessKey", "automatic", "automatic"),
        ("PutModelInvocationLoggingConfiguration", "automatic", "automatic"),
        ("DeleteAgent", "+".join(APPROVERS), ".two"),
    ],
)
def test_the_members_own_cloudtrail_shows_incident_approver_and_approval(
    response: Response, event: str, approvers: str, tagged: str
) -> None:
    """LookupEvents there shows the change with its session and source identity, and the AssumeRole with its tags."""
    change = response.change(event)
    assert change["userIdentity"]["accountId"] == MEMBER
    assert f"/{response.incident_id}_" in change["userIdentity"]["arn"]
    assert change["userIdentity"]["sessionContext"]["sourceIdentity"] == approvers
    behind = response.assumed(change["userIdentity"]["accessKeyId"])
    assert behind["sourceIdentity"] == approvers
    assert behind["tags"]["incident"] == response.incident_id
    assert behind["tags"]["approval"].endswith(tagged)


def test_evidence_of_a_member_is_kept_at_home(response: Response) -> None:
    """Manifests, plan and reports are in the responder's bucket; the member holds nothing of it.

    Nothing is missing but what the logs would answer, which nobody told this responder of.
    """
    scene = response.scene
    s3, bucket = scene.aws.client("s3"), scene.aws.outputs["EvidenceBucket"]
    for name, missing in (("manifest.json", []), ("manifest-rest.json", ["athena"])):
        key = f"incidents/{response.incident_id}/evidence/{name}"
        manifest = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        assert (manifest["account"], [gap["what"] for gap in manifest["gaps"]]) == (MEMBER, missing)
    assert [b["Name"] for b in scene.there("s3").list_buckets()["Buckets"]] == [f"invocation-logs-{scene.name}"]


def test_undo_gives_the_key_back_in_the_member_account(response: Response) -> None:
    """With the undo role of that account, approved by one person, whom its CloudTrail names."""
    assert (response.undone, response.scene.key_status()) == ("SUCCEEDED", "Active")
    again = [c for c in response.calls if c["eventName"] == "UpdateAccessKey"][-1]
    assert ":assumed-role/responder-member-undo/" in again["userIdentity"]["arn"]
    assert again["userIdentity"]["sessionContext"]["sourceIdentity"] == APPROVERS[0]


def test_nothing_of_the_responder_is_denied_in_a_member(response: Response) -> None:
    """The member roles are enough across accounts, for the response and for the undo."""
    denied = [d for d in response.scene.aws.decisions() if not d["allowed"] and "responder" in str(d["role"])]
    mine = [(d["action"], d["resource"], d["reason"]) for d in denied if response.incident_id in d["session"]]
    assert mine == []


def test_no_call_was_made_in_the_responders_own_account_about_the_victim(response: Response) -> None:
    """What a member role does, it does in the attacked account."""
    by_members = [c for c in response.calls if ":assumed-role/responder-member-" in c["userIdentity"]["arn"]]
    assert {c["recipientAccountId"] for c in by_members} == {MEMBER}


def test_a_member_brings_no_finding_by_itself(aws: EmbeddedAws) -> None:
    """Only the administrator and the responder's own GuardDuty are believed; the same finding of theirs is."""
    scene = Scene(aws, account=MEMBER)
    aws.fire(told_by(scene, MEMBER))
    assert scene.outcome()["outcome"] == "not_ours"
    scene.finding_id = scene.finding_id[::-1]
    aws.fire(told_by(scene, ACCOUNT))
    assert scene.outcome()["outcome"] == "incident"


def test_baselines_of_members_are_recorded(aws: EmbeddedAws) -> None:
    """Without an account named, every enrolled one is recorded, each with its own account in the signed document."""
    recorded = Scene(aws).invoke("BaselineFunction", {"account": MEMBER, "region": REGION, "do": "record"})
    shown = Scene(aws).invoke("BaselineFunction", {"account": MEMBER, "region": REGION, "do": "show"})
    assert (recorded["account"], shown["baseline"]["account"]) == (MEMBER, MEMBER)
