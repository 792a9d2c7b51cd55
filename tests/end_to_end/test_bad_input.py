"""What is not as it should be: the response goes on with what it can do, and says what it could not and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import ACCOUNT, APPROVERS, REGION, SECOND, Scene

Json = dict[str, Any]

ROLELESS = "222233334444"
"""Enrolled in MemberAccounts and BaselineAccounts; nobody deployed the member roles there."""
BUSY = "111122223333"
"""A member whose IAM asks to call less often, however long one waits."""
OFF = "me-south-1"
"""An opt-in Region that is not switched on."""
REFUSED = ("UpdateAccessKey", BUSY)
KEY, LOGGING = "iam.deactivate_access_key", "bedrock.restore_invocation_logging"


@pytest.fixture(scope="module")
def aws() -> Iterator[EmbeddedAws]:
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
                "MemberAccounts": f"{ACCOUNT},{BUSY},{ROLELESS}",
                "BaselineAccounts": f"{ACCOUNT},{ROLELESS}",
                "BaselineRegions": f"{REGION},{OFF}",
            },
            members=[BUSY],
        )
        yield embedded
        print(embedded.log()[-6000:])


class Outage:
    """A theft in the busy account, and how long its IAM refuses."""

    def __init__(self, aws: EmbeddedAws) -> None:
        self.scene = Scene(aws, account=BUSY)
        self.logging = self.scene.keep_logs()
        self.scene.delete_logging()
        self.lasting = ExitStack()
        refused = {"service": "iam", "operation": "UpdateAccessKey", "code": "Throttling", "account": BUSY}
        self.lasting.enter_context(aws.failing(refused))
        aws.fire({**self.scene.finding(), "account": ACCOUNT})


@pytest.fixture(scope="module", autouse=True)
def outage(aws: EmbeddedAws) -> Iterator[Outage]:
    """It begins before the other tests, because the retries take two minutes."""
    begun = Outage(aws)
    yield begun
    begun.lasting.close()


def report(scene: Scene, incident_id: str) -> Json:
    """The newest report of this incident."""
    key = scene.items(incident_id, "incident")[0]["report_key"].replace(".html", ".json")
    body = scene.aws.client("s3").get_object(Bucket=scene.aws.outputs["EvidenceBucket"], Key=key)["Body"]
    document: Json = json.loads(body.read())
    return document


def resume(scene: Scene, incident_id: str) -> Json:
    request = {"incident_id": incident_id, "requested_by": "lead@example.com", "requester_arn": None}
    return scene.invoke("ResumeFunction", request)


def why_not(scene: Scene, incident_id: str, action: str) -> str:
    """What the plan says of an action that it does not propose."""
    return next(entry["why"] for entry in scene.plan(incident_id)["not_proposed"] if entry["action"] == action)


def gaps(scene: Scene, incident_id: str, name: str = "manifest.json") -> list[Json]:
    key = f"incidents/{incident_id}/evidence/{name}"
    body = scene.aws.client("s3").get_object(Bucket=scene.aws.outputs["EvidenceBucket"], Key=key)["Body"]
    found: list[Json] = json.loads(body.read())["gaps"]
    return found


@contextmanager
def without_role(aws: EmbeddedAws, name: str) -> Iterator[None]:
    """While this lasts nobody may assume this role, as if it were not there."""
    iam = aws.client("iam")
    trust = iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    deny = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    nobody = {"Version": "2012-10-17", "Statement": [deny]}
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(nobody))
    try:
        yield
    finally:
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(trust))


class TestNoMemberRole:
    """The account is on the list, and member.yaml is not in it."""

    def test_the_incident_is_opened_and_plan_and_report_say_what_to_deploy(self, aws: EmbeddedAws) -> None:
        """Account, role and the whole command, in evidence, plan and report: and nothing is taken for forged."""
        scene = Scene(aws, account=ROLELESS)
        aws.fire({**scene.finding(), "account": ACCOUNT})
        assert scene.outcome()["outcome"] == "incident"
        incident_id = scene.incident_id()
        scene.ended(incident_id)
        said = (
            f"{ROLELESS} is not enrolled: its role responder-member-observe cannot be assumed. Deploy "
            "deploy/member.yaml there: aws cloudformation deploy --template-file deploy/member.yaml"
        )
        settings = f"--parameter-overrides ResponderAccount={ACCOUNT} Prefix=responder"
        written = report(scene, incident_id)
        words = [
            why_not(scene, incident_id, KEY),
            gaps(scene, incident_id)[0]["why"],
            written["incident"]["withheld"],
            *(line["why"] for line in written["not_done"]),
            # The logs lie with the responder: that it was not told where is no matter of this account.
            *(gap["why"] for gap in written["gaps"] if gap["what"] != "athena"),
        ]
        assert len(words) > 5
        assert all(said in word and settings in word for word in words)
        assert scene.key_status() == "Active"

    def test_a_power_that_is_missing_fails_its_own_steps_by_name(self, aws: EmbeddedAws) -> None:
        """Only the contain role is gone: key and logging fail as NotEnrolled, the case is opened, resume finishes."""
        scene = Scene(aws)
        scene.steal("bedrock").list_foundation_models()
        with without_role(aws, "responder-member-contain"):
            aws.fire(scene.finding())
            incident_id = scene.incident_id()
            assert scene.ended(incident_id) == "FAILED"
        steps = scene.steps(incident_id)
        assert (steps[KEY]["status"], steps[KEY]["error"]["name"]) == ("failed", "NotEnrolled")
        assert "responder-member-contain cannot be assumed" in steps[KEY]["error"]["message"]
        assert steps["support.open_case"]["status"] == "performed"
        assert resume(scene, incident_id)["started"]
        scene.wait(lambda: scene.key_status() == "Inactive")


class TestRegionThatIsOff:
    """An opt-in Region that is not enabled refuses every call."""

    def test_evidence_names_it_and_the_rest_is_preserved(self, aws: EmbeddedAws) -> None:
        """The key is found and cut all the same, because IAM is global; what of the Region is missing is named."""
        scene = Scene(aws)
        request = {"playbook": "bedrock", "account": ACCOUNT, "region": OFF, "principal": scene.key_id}
        asked = {"reason": "Calls there.", "requested_by": "lead@example.com", "requester_arn": None}
        incident_id = str(scene.invoke("IntakeManualFunction", {**request, **asked})["incident_id"])
        scene.ended(incident_id)
        assert scene.key_status() == "Inactive"
        missing = [gap for gap in gaps(scene, incident_id) if f"Region {OFF} cannot be read" in gap["why"]]
        assert {gap["what"] for gap in missing} >= {f"cloudtrail:lookup_events in {OFF}", "bedrock:list_guardrails"}
        assert all(f"enable-region --region-name {OFF}" in gap["why"] for gap in missing)
        assert f"Region {OFF} cannot be read" in why_not(scene, incident_id, "bedrock.delete_agent")

    def test_the_scheduled_baseline_records_the_others_and_names_it(self, aws: EmbeddedAws) -> None:
        """What can be read is recorded; the error names the Region, the account, and what to do."""
        answer = aws.client("lambda").invoke(
            FunctionName=aws.outputs["BaselineFunction"], Payload=json.dumps({"source": "aws.events"}).encode()
        )
        failure = json.loads(answer["Payload"].read())
        assert failure["errorType"] == "NotAchieved"
        assert f"Region {OFF} cannot be read" in failure["errorMessage"]
        assert f"{ROLELESS} is not enrolled" in failure["errorMessage"]
        shown = Scene(aws).invoke("BaselineFunction", {"account": ACCOUNT, "region": REGION, "do": "show"})
        assert shown["baseline"]["region"] == REGION


class TestBrokenRecords:
    """A baseline whose signature does not fit, and a bucket that keeps nothing."""

    def test_a_broken_baseline_restores_nothing_and_the_key_is_cut(self, aws: EmbeddedAws) -> None:
        """The plan says that the baseline was altered and what to do; containment does not wait for it."""
        scene = Scene(aws)
        scene.keep_logs()
        scene.delete_logging()
        s3, bucket = aws.client("s3"), aws.outputs["EvidenceBucket"]
        key = scene.items(f"baseline#{ACCOUNT}#{REGION}", "accepted#")[-1]["key"]
        signed = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        signed["document"]["kinds"]["invocation_logging"] = {"loggingConfig": None}
        s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(signed).encode())
        aws.fire(scene.finding())
        incident_id = scene.incident_id()
        scene.ended(incident_id)
        assert scene.key_status() == "Inactive"
        assert scene.logging() is None
        assert "No baseline" in why_not(scene, incident_id, LOGGING)
        words = " ".join(event["what"] for event in scene.items(incident_id, "event#"))
        assert "does not have its signature: it was altered" in words
        assert "responder baseline accept" in words

    def test_a_bucket_without_object_lock_is_said_and_stops_nothing(self, aws: EmbeddedAws) -> None:
        """Evidence is kept, containment goes on, and the report says how to turn the lock on."""
        scene = Scene(aws)
        scene.steal("bedrock").list_foundation_models()
        unlocked = {"operation": "GetObjectLockConfiguration", "code": "ObjectLockConfigurationNotFoundError"}
        with aws.failing({"service": "s3", **unlocked}):
            aws.fire(scene.finding())
            incident_id = scene.incident_id()
            scene.ended(incident_id)
        assert scene.key_status() == "Inactive"
        said = [gap["why"] for gap in report(scene, incident_id)["gaps"] if gap["what"] == "object lock"]
        assert said
        assert "put-object-lock-configuration" in said[0]


class TestThrottling:
    """An API that asks to call less often, for longer than anybody waits."""

    def test_a_throttled_history_is_a_gap_and_people_are_asked(self, aws: EmbeddedAws) -> None:
        """LookupEvents refuses while evidence is taken: the manifest names it, and approval contains the key."""
        scene = Scene(aws)
        with aws.failing({"service": "cloudtrail", "operation": "LookupEvents", "code": "ThrottlingException"}):
            aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
            incident_id = scene.incident_id()
            scene.wait(lambda: scene.items(incident_id, "evidence#first"), 60)
        said = [gap for gap in gaps(scene, incident_id) if "ThrottlingException" in gap["why"]]
        assert f"cloudtrail:lookup_events in {REGION}" in {gap["what"] for gap in said}
        scene.answer(scene.link(APPROVERS[0], 60))
        assert scene.ended(incident_id) == "SUCCEEDED"
        assert scene.key_status() == "Inactive"

    def test_a_step_is_reported_as_throttled_and_the_others_are_done(self, outage: Outage) -> None:
        """UpdateAccessKey is refused throughout: 35 tries, then Throttled by name; logging is restored."""
        throttled, incident_id = outage.scene, outage.scene.incident_id()
        assert throttled.ended(incident_id, 300) == "FAILED"
        steps = throttled.steps(incident_id)
        assert (steps[KEY]["status"], steps[KEY]["error"]["name"]) == ("failed", "Throttled")
        assert "calling the UpdateAccessKey operation" in steps[KEY]["error"]["message"]
        assert {steps[name]["status"] for name in (LOGGING, "support.open_case")} == {"performed"}
        assert throttled.logging() == outage.logging
        tries = [c for c in throttled.aws.api_calls() if (c["eventName"], c["recipientAccountId"]) == REFUSED]
        assert len(tries) == 7 * 5, "seven by the state machine, five by botocore in each"
        words = [line["why"] for line in report(throttled, incident_id)["not_done"] if line["step_id"]]
        assert ["call less often" in word for word in words] == [True]

    def test_it_is_resumed_when_the_api_answers_again(self, outage: Outage) -> None:
        """The same plan goes on: the key is cut, and the response is closed."""
        throttled, incident_id = outage.scene, outage.scene.incident_id()
        outage.lasting.close()
        assert resume(throttled, incident_id)["started"]
        throttled.wait(lambda: throttled.items(incident_id, "incident")[0]["status"] == "closed", 60)
        assert throttled.key_status() == "Inactive"
