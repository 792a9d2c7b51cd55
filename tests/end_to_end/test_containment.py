"""Whatever credential a thief holds, the whole response takes its power away, and undo gives exactly that back."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from tests.end_to_end.scene import ACCOUNT, APPROVERS, Scene

Json = dict[str, Any]
EXFILTRATED = "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS"


def as_arguments(answer: Json) -> dict[str, str]:
    keys = answer["Credentials"]
    return {
        "aws_access_key_id": keys["AccessKeyId"],
        "aws_secret_access_key": keys["SecretAccessKey"],
        "aws_session_token": keys["SessionToken"],
    }


def is_denied(scene: Scene, keys: dict[str, str]) -> bool:
    try:
        scene.aws.client("bedrock", credentials=keys).list_foundation_models()
    except ClientError as error:
        return "explicit deny" in str(error)
    return False


def undo(scene: Scene, incident_id: str, count: int) -> None:
    """All that can be taken back is; `count` is the number of the approver's mail by then."""
    request = {"incident_id": incident_id, "requested_by": "lead@example.com", "requester_arn": None}
    scene.invoke("UndoPlanFunction", {**request, "reason": "It was a drill of our own."})
    scene.answer(scene.link(APPROVERS[0], count=count))
    assert scene.ended(incident_id, machine="UndoResponse") == "SUCCEEDED"


def policies(scene: Scene) -> list[str]:
    names: list[str] = scene.iam.list_user_policies(UserName=scene.name)["PolicyNames"]
    return names


def api_keys(scene: Scene) -> list[str]:
    answer = scene.iam.list_service_specific_credentials(UserName=scene.name)
    return [key["Status"] for key in answer["ServiceSpecificCredentials"]]


def test_a_session_that_outlives_the_key_is_contained_with_its_user(scene: Scene) -> None:
    """Key, Bedrock API key, user and sessions, in this order and unattended; then all of it is given back."""
    scene.iam.create_service_specific_credential(UserName=scene.name, ServiceName="bedrock.amazonaws.com")
    scene.iam.put_user_policy(UserName=scene.name, PolicyName="more", PolicyDocument=allowing("sts:*"))
    session = as_arguments(scene.steal("sts").get_session_token())
    scene.steal("bedrock").list_foundation_models()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()
    assert scene.ended(incident_id, 30) == "SUCCEEDED"

    assert [step["action"] for step in scene.plan(incident_id)["steps"]][:4] == [
        "iam.deactivate_access_key",
        "iam.deactivate_bedrock_api_key",
        "iam.quarantine_user",
        "iam.revoke_user_sessions",
    ]
    assert {step["status"] for step in scene.steps(incident_id).values()} == {"performed"}
    assert is_denied(scene, session)
    assert (scene.key_status(), api_keys(scene)) == ("Inactive", ["Inactive"])

    undo(scene, incident_id, count=1)
    assert (scene.key_status(), api_keys(scene), policies(scene)) == ("Active", ["Active"], ["work", "more"])
    assert not is_denied(scene, session)
    assert not is_denied(scene, scene.thief)


def allowing(*actions: str) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_a_stolen_session_of_a_role_is_cut_and_its_neighbours_are_not(scene: Scene) -> None:
    """GuardDuty reports credentials that left their instance: that session is denied at once, the next host's not."""
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = scene.iam.create_role(RoleName=scene.name, Path="/fleet/", AssumeRolePolicyDocument=document)["Role"]
    scene.iam.put_role_policy(RoleName=scene.name, PolicyName="work", PolicyDocument=allowing("bedrock:*"))
    assume = scene.aws.client("sts").assume_role
    stolen, neighbour = (
        as_arguments(assume(RoleArn=made["Arn"], RoleSessionName=name)) for name in ("i-0stolen", "i-0next")
    )
    scene.aws.client("bedrock", credentials=stolen).list_foundation_models()
    who = {"userType": "AssumedRole", "userName": scene.name, "accessKeyId": stolen["aws_access_key_id"]}
    details = {**who, "principalId": f"{made['RoleId']}:i-0stolen"}
    scene.aws.fire(scene.finding(EXFILTRATED, resource={"accessKeyDetails": details}))
    incident_id = scene.incident_id()
    assert scene.ended(incident_id, 30) == "SUCCEEDED"

    assert scene.steps(incident_id)["iam.quarantine_role_session"]["status"] == "performed"
    assert (is_denied(scene, stolen), is_denied(scene, neighbour)) == (True, False)
    assert scene.key_status() == "Active", "a user of the same name is nobody's suspect"

    undo(scene, incident_id, count=1)
    assert scene.iam.list_role_policies(RoleName=scene.name)["PolicyNames"] == ["work"]
    assert not is_denied(scene, stolen)


def test_what_somebody_took_away_meanwhile_is_said_at_the_end(scene: Scene) -> None:
    """Verification reads every step once more: a policy that is gone does not stand."""
    scene.steal("bedrock").list_foundation_models()
    scene.make_agent()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()
    links = [scene.link(address) for address in APPROVERS]
    scene.iam.delete_user_policy(UserName=scene.name, PolicyName=f"IR-Quarantine-{incident_id}")
    for link in links:
        scene.answer(link)
    scene.ended(incident_id, 30)
    count, words = len(scene.steps(incident_id)), [event["what"] for event in scene.items(incident_id, "event#")]
    assert f"Verified: {count - 1} of {count} steps stand" in words
