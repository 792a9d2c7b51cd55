"""What breaks off is finished, nothing is done twice: crashes, stopped executions, lost answers, the kill switch."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.scene import APPROVERS, Scene, get

Json = dict[str, Any]
AUTOMATIC = "CredentialAccess:IAMUser/CompromisedCredentials"
ASKED = "DefenseEvasion:IAMUser/BedrockLoggingDisabled"
KEY = "iam.deactivate_access_key"
LONG_AGO = "2026-01-02T03:04:05.000Z"


def theft(scene: Scene) -> None:
    """What is contained at once: GuardDuty reports a key, and CloudTrail shows that Bedrock was called with it."""
    scene.steal("bedrock").list_foundation_models()
    scene.aws.fire(scene.finding(AUTOMATIC))


def resume(scene: Scene, incident_id: str) -> Json:
    request = {"incident_id": incident_id, "requested_by": "lead@example.com", "requester_arn": None}
    return scene.invoke("ResumeFunction", request)


def reconcile(scene: Scene) -> Json:
    return scene.invoke("ReconcileFunction", {})


def runs(scene: Scene, incident_id: str) -> list[Json]:
    """The response's executions, as it was first started and as it was resumed."""
    names = (incident_id, *(f"{incident_id}-resume-{n}" for n in range(1, 4)))
    return [e for e in scene.aws.executions() if e["name"] in names]


def ended(scene: Scene, incident_id: str) -> str:
    """The status of the newest execution, once it has ended."""
    scene.wait(lambda: runs(scene, incident_id)[-1]["status"] != "RUNNING", 60)
    return str(runs(scene, incident_id)[-1]["status"])


def stop(scene: Scene, incident_id: str) -> None:
    scene.aws.client("stepfunctions").stop_execution(executionArn=runs(scene, incident_id)[-1]["arn"])


def cuts(scene: Scene) -> int:
    """How often this scene's key was changed."""
    calls = (call for call in scene.aws.api_calls() if call["eventName"] == "UpdateAccessKey")
    return sum(call["requestParameters"]["accessKeyId"] == scene.key_id for call in calls)


def edit(scene: Scene, table: str, key: Json, field: str, value: Json) -> None:
    scene.aws.client("dynamodb").update_item(
        TableName=scene.aws.outputs[table],
        Key={name: {"S": text} for name, text in key.items()},
        UpdateExpression="SET #field = :value",
        ExpressionAttributeNames={"#field": field},
        ExpressionAttributeValues={":value": value},
    )


def gate(scene: Scene, incident_id: str) -> Json:
    """The first gate of this incident, as it is stored."""
    items = scene.aws.client("dynamodb").scan(TableName=scene.aws.outputs["ApprovalsTable"])["Items"]
    found = next(item for item in items if item["pk"]["S"].startswith(f"gate#{incident_id}"))
    return {name: next(iter(value.values())) for name, value in found.items()}


def report(scene: Scene, incident_id: str) -> Json:
    """The newest report of this incident, once there is one."""
    item = scene.items(incident_id, "incident")[0]
    key = item["report_key"].replace(".html", ".json")
    body = scene.aws.client("s3").get_object(Bucket=scene.aws.outputs["EvidenceBucket"], Key=key)["Body"]
    document: Json = json.loads(body.read())
    return document


@contextmanager
def denied(scene: Scene, role: str, *actions: str) -> Iterator[None]:
    """While this lasts, a role may not do these things: AWS fails, as far as it can tell."""
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": list(actions), "Resource": "*"}]}
    name = f"responder-{role}"
    scene.iam.put_role_policy(RoleName=name, PolicyName="outage", PolicyDocument=json.dumps(policy))
    try:
        yield
    finally:
        scene.iam.delete_role_policy(RoleName=name, PolicyName="outage")


@contextmanager
def paused(scene: Scene, reason: str) -> Iterator[None]:
    ssm, name = scene.aws.client("ssm"), scene.aws.outputs["PauseParameter"]
    ssm.put_parameter(Name=name, Value=reason, Overwrite=True)
    try:
        yield
    finally:
        ssm.put_parameter(Name=name, Value="running", Overwrite=True)


def test_a_step_that_broke_off_after_its_change_is_told_of_and_finished_once(scene: Scene) -> None:
    """The change is made, its outcome lost: the reconciler tells once, resume concludes it without a second change."""
    with denied(scene, "contain", "s3:PutObject"):
        theft(scene)
        incident_id = scene.incident_id()
        assert ended(scene, incident_id) == "FAILED"
    step = scene.steps(incident_id)[KEY]
    assert (step["status"], scene.key_status(), cuts(scene)) == ("intended", "Inactive", 1)

    edit(
        scene,
        "LedgerTable",
        {"pk": incident_id, "sk": f"step#{step['step_id']}"},
        "updated_at",
        {"S": LONG_AGO},
    )
    assert reconcile(scene)["stranded"] == 1
    assert reconcile(scene)["stranded"] == 0
    mails = [mail for mail in scene.mails(APPROVERS[0]) if mail["subject"].endswith("begun and not finished")]
    assert [f"responder resume {incident_id}" in mail["text"] for mail in mails] == [True]

    assert resume(scene, incident_id)["started"]
    assert ended(scene, incident_id) == "SUCCEEDED"
    assert {step["status"] for step in scene.steps(incident_id).values()} == {"performed"}
    assert cuts(scene) == 1
    assert report(scene, incident_id)["outcome"] == "closed"
    assert reconcile(scene)["stranded"] == 0


def test_a_response_that_was_stopped_while_it_asked_does_not_ask_again(scene: Scene) -> None:
    """Approved after the execution was stopped: resume takes that approval, mails nobody, and does the step once."""
    scene.aws.fire(scene.finding(ASKED))
    incident_id = scene.incident_id()
    link = scene.link(APPROVERS[0])
    assert resume(scene, incident_id)["started"] is False, "it is still running"
    stop(scene, incident_id)
    assert scene.answer(link)[0] == 200
    assert scene.key_status() == "Active"
    asked = len([mail for mail in scene.mails(APPROVERS[1]) if "/approve/" in mail["text"]])

    assert resume(scene, incident_id)["started"]
    assert ended(scene, incident_id) == "SUCCEEDED"
    assert (scene.key_status(), cuts(scene)) == ("Inactive", 1)
    assert len([mail for mail in scene.mails(APPROVERS[1]) if "/approve/" in mail["text"]]) == asked
    again = resume(scene, incident_id)
    assert again["started"] is False
    assert "Nothing is left" in again["why"]


def test_a_killed_function_is_run_again_and_changes_nothing_twice(scene: Scene) -> None:
    """kill -9 of the containing process once its intent shows: the response goes on by itself, the key is cut once."""
    theft(scene)
    incident_id = scene.incident_id()
    scene.wait(lambda: scene.items(incident_id, "step#"))
    for pid in workers(scene, "contain"):
        os.kill(pid, signal.SIGKILL)
    assert ended(scene, incident_id) == "SUCCEEDED"
    assert (scene.key_status(), scene.steps(incident_id)[KEY]["status"], cuts(scene)) == ("Inactive", "performed", 1)


def workers(scene: Scene, power: str) -> list[int]:
    """The processes of this embedded AWS that run the functions of one power."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"POWER={power}".encode() in words and any(scene.aws.endpoint.encode() in word for word in words):
            found.append(int(folder.name))
    return found


def test_a_decision_that_did_not_reach_the_response_is_passed_on(scene: Scene) -> None:
    """Step Functions refuses the answer while an approver decides: the vote stands, and the reconciler delivers it."""
    scene.aws.fire(scene.finding(ASKED))
    incident_id = scene.incident_id()
    link = scene.link(APPROVERS[0])
    with denied(scene, "page", "states:SendTaskSuccess"):
        assert scene.answer(link)[0] == 503
    stored = gate(scene, incident_id)
    assert (stored["state"], stored.get("answer", ""), scene.key_status()) == ("approved", "", "Active")
    assert reconcile(scene)["delivered"] == 0, "the page itself may still be at it"

    edit(scene, "ApprovalsTable", {"pk": stored["pk"]}, "decided_at", {"S": LONG_AGO})
    assert reconcile(scene)["delivered"] == 1
    assert ended(scene, incident_id) == "SUCCEEDED"
    assert (scene.key_status(), cuts(scene)) == ("Inactive", 1)
    assert reconcile(scene)["delivered"] == 0


def test_a_question_that_nobody_waits_for_is_closed_when_its_time_is_over(scene: Scene) -> None:
    """An open gate without a response expires once, after its deadline, and resume says that it stays so."""
    scene.aws.fire(scene.finding(ASKED))
    incident_id = scene.incident_id()
    link = scene.link(APPROVERS[0])
    edit(scene, "ApprovalsTable", {"pk": gate(scene, incident_id)["pk"]}, "deadline", {"N": "1767323045"})
    assert reconcile(scene)["expired"] == 0, "its response runs"
    stop(scene, incident_id)
    assert reconcile(scene)["expired"] == 1
    assert reconcile(scene)["expired"] == 0
    assert resume(scene, incident_id)["started"], "its report is due"
    assert ended(scene, incident_id) == "FAILED"
    assert report(scene, incident_id)["outcome"] == "expired"
    again = resume(scene, incident_id)
    assert again["started"] is False
    assert "Gate one is expired and stays so" in again["why"]
    assert scene.key_status() == "Active"
    assert get(link)[0] == 410


def test_while_paused_nothing_is_changed_and_the_report_says_so(scene: Scene) -> None:
    """The kill switch refuses automatic containment, the report says since when and why; then resume finishes it."""
    with paused(scene, "lead@example.com: It contains the payment service"):
        theft(scene)
        incident_id = scene.incident_id()
        assert ended(scene, incident_id) == "FAILED"
    assert (scene.key_status(), cuts(scene)) == ("Active", 0)
    first = report(scene, incident_id)
    assert "paused since" in first["summary"][0]
    assert "It contains the payment service" in first["summary"][0]
    why = {line["step_id"]: line["why"] for line in first["not_done"] if line["step_id"]}
    (closing,) = (step_id for step_id in why if "archive_finding" in step_id)
    assert why.pop(closing).startswith("The finding stays open")
    assert all("paused since" in reason for reason in why.values())

    assert resume(scene, incident_id)["started"]
    assert ended(scene, incident_id) == "SUCCEEDED"
    assert (scene.key_status(), cuts(scene)) == ("Inactive", 1)
    assert report(scene, incident_id)["outcome"] == "closed"


def test_a_switch_that_cannot_be_read_stops_every_change(scene: Scene) -> None:
    """Closed by default: without the right to read the kill switch, containment is refused and says why."""
    with denied(scene, "contain", "ssm:GetParameter"):
        theft(scene)
        incident_id = scene.incident_id()
        assert ended(scene, incident_id) == "FAILED"
    assert (scene.key_status(), cuts(scene)) == ("Active", 0)
    assert "cannot be read" in scene.steps(incident_id)[KEY]["error"]["message"]


def test_what_resume_refuses_names_the_incident(scene: Scene) -> None:
    """An incident that does not exist is refused by name, not by a stack trace."""
    with pytest.raises(AssertionError, match="TargetNotFound"):
        resume(scene, "IR-20260102-ffffffffff")
