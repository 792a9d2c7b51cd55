"""What starts a response beside GuardDuty, and what does not start a second one: on the whole embedded AWS."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import ACCOUNT, APPROVERS, REGION, Scene

Json = dict[str, Any]
RULES = ("TamperingRule", "ResponderTamperingRule")
DELETED = "cloudtrail:DeleteModelInvocationLoggingConfiguration"
PUT = "cloudtrail:PutModelInvocationLoggingConfiguration"
ASKED = "DefenseEvasion:IAMUser/BedrockLoggingDisabled"
UNATTENDED = "CredentialAccess:IAMUser/CompromisedCredentials"


@pytest.fixture(autouse=True)
def silence(aws: EmbeddedAws) -> Iterator[None]:
    """The rules on CloudTrail are off again for the other tests."""
    yield
    _set_rules(aws, "DISABLED")


def listening(scene: Scene) -> Json:
    """Logging that is recorded in the baseline, and from then on the rules on CloudTrail as they are by default."""
    before = scene.keep_logs()
    _set_rules(scene.aws, "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")
    return before


def _set_rules(aws: EmbeddedAws, state: str) -> None:
    events = aws.client("events")
    for name in RULES:
        rule = events.describe_rule(Name=aws.outputs[name])
        events.put_rule(Name=rule["Name"], EventPattern=rule["EventPattern"], State=state)


def incidents(scene: Scene) -> list[Json]:
    """The ledger's incidents about this scene's victim, oldest first."""
    from lambdas.core.ledger import Ledger

    ledger = Ledger(scene.aws.client("dynamodb"), scene.aws.outputs["LedgerTable"])
    found = [item for item in ledger.incidents() if item["incident"]["principal"]["user_name"] == scene.name]
    return sorted(found, key=lambda item: str(item["opened_at"]))


def opened(scene: Scene, kind: str) -> str:
    """The id of the incident of this type about this scene's victim, once it is there."""

    def found() -> list[str]:
        return [i["pk"] for i in incidents(scene) if i["incident"]["source"]["type"] == kind]

    return str(scene.wait(found)[0])


def close(scene: Scene, incident_id: str) -> None:
    """End a response that waits for approval, by a refusal. Mail may go to other incidents' approvers too."""
    link = scene.wait(lambda: next((m for m in scene.mails(APPROVERS[0]) if _asks(m, incident_id)), None))
    address = next(word for word in link["text"].split() if "/approve/" in word)
    assert scene.answer(address, "refuse", reason="The end of the test.")[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"


def _asks(mail: Json, incident_id: str) -> bool:
    return incident_id in mail["text"] and "/approve/" in mail["text"]


def outcomes(scene: Scene, event_id: str) -> Json:
    """What the intake said of the CloudTrail event or finding with this id."""
    return scene.wait(lambda: next(iter(scene.items(f"intake#{event_id}")), None))


def calls(scene: Scene, name: str) -> list[Json]:
    return [call for call in scene.aws.api_calls() if call["eventName"] == name]


def test_deleted_logging_is_restored_without_any_finding(scene: Scene) -> None:
    """The thief deletes the logging: CloudTrail's event opens an incident, and the logging is back unattended."""
    before = listening(scene)
    scene.delete_logging()
    incident_id = opened(scene, DELETED)
    scene.wait(lambda: scene.logging() == before)
    (item,) = incidents(scene)
    assert item["incident"]["confirmed"] is True
    assert item["incident"]["principal"]["access_key_id"] == scene.key_id
    assert scene.key_status() == "Active", "whoever is cut off on this evidence is people's to decide"
    close(scene, incident_id)


def test_our_own_restore_does_not_trigger(scene: Scene) -> None:
    """The Put that restores the logging is CloudTrail's event too: it reaches no function, or is told to be ours."""
    listening(scene)
    scene.delete_logging()
    incident_id = opened(scene, DELETED)
    restores = scene.wait(
        lambda: [
            c for c in calls(scene, "PutModelInvocationLoggingConfiguration") if incident_id in c["userIdentity"]["arn"]
        ]
    )
    close(scene, incident_id)
    assert [i["pk"] for i in incidents(scene)] == [incident_id]
    assert scene.items(f"intake#{restores[0]['eventID']}") == [], "the rule leaves it out"
    event = {"source": "aws.bedrock", "detail-type": "AWS API Call via CloudTrail", "account": ACCOUNT}
    told = scene.invoke("IntakeCloudTrailFunction", {**event, "id": "1", "detail": restores[0]})
    assert (told["outcome"], "made this call itself" in told["reason"]) == ("not_ours", True)


def test_logging_in_name_only_is_restored(scene: Scene) -> None:
    """A Put that leaves the prompts out has no GuardDuty type: it differs from the baseline, and is put back."""
    before = listening(scene)
    scene.steal("bedrock").put_model_invocation_logging_configuration(
        loggingConfig={**before, "textDataDeliveryEnabled": False}
    )
    incident_id = opened(scene, PUT)
    scene.wait(lambda: scene.logging() == before)
    (item,) = incidents(scene)
    assert "textDataDeliveryEnabled" in item["incident"]["source"]["description"]
    close(scene, incident_id)


def test_a_finding_about_the_same_principal_joins_the_open_incident(scene: Scene) -> None:
    """GuardDuty reports minutes later what CloudTrail has told: one incident, one execution, named in its timeline."""
    listening(scene)
    scene.delete_logging()
    incident_id = opened(scene, DELETED)
    scene.aws.fire(scene.finding(ASKED))
    told = scene.outcome()
    assert (told["outcome"], told["incident_id"]) == ("joined", incident_id)
    assert len(incidents(scene)) == 1
    words = [event["what"] for event in scene.items(incident_id, "event#")]
    assert f"Joined by {ASKED}, finding {scene.finding_id}" in words
    close(scene, incident_id)
    report = scene.items(incident_id, "incident")[0]["report_key"].replace("report.html", "report.json")
    body = scene.aws.client("s3").get_object(Bucket=scene.aws.outputs["EvidenceBucket"], Key=report)["Body"].read()
    assert scene.finding_id in body.decode()


def test_an_open_incident_does_not_shield_a_stolen_key(scene: Scene) -> None:
    """While people are asked about a deletion of logging, a finding that lets the key be cut at once has it cut.

    Its incident takes over: the question of the first is withdrawn, and the first ends with its report.
    """
    listening(scene)
    scene.delete_logging()
    first = opened(scene, DELETED)
    scene.link(APPROVERS[0])
    scene.aws.fire(scene.finding(UNATTENDED))
    told = scene.outcome()
    assert told["outcome"] == "incident"
    scene.wait(lambda: scene.key_status() == "Inactive")
    again = scene.finding(UNATTENDED, id=uuid.uuid4().hex)
    scene.aws.fire(again)
    assert outcomes(scene, again["detail"]["id"])["incident_id"] == told["incident_id"]
    assert scene.invoke("ReconcileFunction", {})["withdrawn"] == 1
    assert scene.ended(first) == "SUCCEEDED"
    assert scene.items(first, "incident")[0]["status"] == "refused"
    scene.ended(told["incident_id"], 90)


def test_a_finding_that_recurs_after_closure_is_a_new_incident(scene: Scene) -> None:
    """A closed incident silences nothing: what happens after it opens another, and a late copy of the old does not."""
    scene.aws.fire(scene.finding(ASKED))
    first = scene.incident_id()
    close(scene, first)
    late_copy = scene.finding(ASKED)
    scene.aws.fire(late_copy)
    scene.wait(lambda: len(scene.items(f"intake#{scene.finding_id}")) == 2)
    assert len(incidents(scene)) == 1

    again = scene.finding(ASKED)
    again["detail"]["service"] |= {"eventLastSeen": _in(60), "count": 2}
    scene.aws.fire(again)
    scene.wait(lambda: len(incidents(scene)) == 2)
    second = incidents(scene)[1]["pk"]
    assert second != first
    close(scene, second)


def _in(seconds: int) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_security_hub_passes_on_what_guardduty_found(scene: Scene) -> None:
    """The same finding in ASFF joins GuardDuty's incident by its id, and starts nothing."""
    event = scene.finding(ASKED)
    scene.aws.fire(event)
    incident_id = scene.incident_id()
    copy = asff(event)
    scene.aws.fire(copy)
    scene.wait(lambda: len(scene.items(f"intake#{scene.finding_id}")) == 2)
    told = {item["sk"]: item["incident_id"] for item in scene.items(f"intake#{scene.finding_id}")}
    assert told[copy["id"]] == incident_id
    assert len(incidents(scene)) == 1
    close(scene, incident_id)


def asff(event: Json) -> Json:
    """The finding as Security Hub imports it from GuardDuty."""
    detail = event["detail"]
    who = detail["resource"]["accessKeyDetails"]
    key = {"PrincipalType": who["userType"], "PrincipalName": who["userName"], "AccessKeyId": who["accessKeyId"]}
    finding = {
        "Id": detail["arn"],
        "ProductArn": f"arn:aws:securityhub:{REGION}::product/aws/guardduty",
        "AwsAccountId": ACCOUNT,
        "Region": REGION,
        "RecordState": "ACTIVE",
        "Types": ["TTPs/Defense Evasion/" + detail["type"].replace("/", "-")],
        "CreatedAt": detail["createdAt"],
        "UpdatedAt": detail["updatedAt"],
        "LastObservedAt": detail["service"]["eventLastSeen"],
        "Severity": {"Normalized": 80},
        "Title": detail["title"],
        "Description": detail["description"],
        "Resources": [{"Type": "AwsIamAccessKey", "Id": "key", "Details": {"AwsIamAccessKey": key}}],
    }
    place = {"version": "0", "id": str(uuid.uuid4()), "account": ACCOUNT, "region": REGION, "resources": []}
    source = {"source": "aws.securityhub", "detail-type": "Security Hub Findings - Imported"}
    return {**place, **source, "time": detail["updatedAt"], "detail": {"findings": [finding]}}


def test_tampering_with_the_responder_opens_an_incident(scene: Scene) -> None:
    """The thief turns off the rule that hears of findings: another rule hears of that, and names the thief."""
    allow = {"Effect": "Allow", "Action": "events:*", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [allow]}
    listening(scene)
    scene.iam.put_user_policy(UserName=scene.name, PolicyName="more", PolicyDocument=json.dumps(policy))
    rule = scene.aws.outputs["SecurityHubV2Rule"]
    scene.steal("events").disable_rule(Name=rule)
    incident_id = opened(scene, "cloudtrail:DisableRule")
    scene.aws.client("events").enable_rule(Name=rule)
    scene.wait(lambda: incidents(scene)[0]["incident"]["confirmed"])
    close(scene, incident_id)
