"""The whole product on the embedded AWS: its template, its definitions, its Lambda processes, its page over HTTP."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.end_to_end.scene import APPROVERS, SECOND, Scene, get


def test_a_theft_is_contained_eradicated_reported_and_undone(scene: Scene) -> None:
    """The key is cut and logging restored unattended; the agent goes after two approvals; undo gives the key back.

    What was not taken back stands: the key works again, and its user is still quarantined.
    """
    before = scene.keep_logs()
    scene.delete_logging()
    scene.make_agent()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()

    links = [scene.link(address) for address in APPROVERS]
    assert scene.key_status() == "Inactive"
    assert scene.logging() == before
    with pytest.raises(ClientError, match=r"InvalidClientTokenId|UnrecognizedClient"):
        scene.steal("bedrock").list_foundation_models()
    assert scene.agent_status() is not None

    assert scene.answer(links[0])[0] == 200
    assert scene.agent_status() is not None, "one approver is not two"
    assert scene.answer(links[1])[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.agent_status() is None
    done = {action: step["status"] for action, step in scene.steps(incident_id).items()}
    assert done == {
        "iam.deactivate_access_key": "performed",
        "iam.quarantine_user": "performed",
        "iam.revoke_user_sessions": "performed",
        "bedrock.restore_invocation_logging": "performed",
        "bedrock.delete_agent": "performed",
        "support.open_case": "performed",
        "guardduty.archive_finding": "performed",
    }

    step = scene.steps(incident_id)["iam.deactivate_access_key"]["step_id"]
    scene.invoke(
        "UndoPlanFunction",
        {
            "incident_id": incident_id,
            "step_ids": [step],
            "requested_by": "lead@example.com",
            "requester_arn": None,
            "reason": "The key's owner has cleaned the build server.",
        },
    )
    assert scene.answer(scene.link(APPROVERS[0], count=2))[0] == 200
    assert scene.ended(incident_id, machine="UndoResponse") == "SUCCEEDED"
    assert scene.key_status() == "Active"
    assert scene.steps(incident_id)["iam.deactivate_access_key"]["status"] == "undone"
    with pytest.raises(ClientError, match="explicit deny"):
        scene.steal("bedrock").list_foundation_models()


def test_a_called_agent_is_paused_by_one_and_deleted_by_two(scene: Scene) -> None:
    """The pause comes before the deletion, under the same plan; who is told is put right; the finding is closed last.

    IAM denies the responder none of it.
    """
    scene.set_contact("security@example.com")
    scene.record_baseline()
    scene.set_contact("nobody@example.com")
    agent_id = scene.make_agent()
    alias_id = scene.make_alias(agent_id)
    finding = scene.finding()
    scene.import_finding(finding)
    decisions = len(scene.aws.decisions())
    scene.aws.fire(finding)
    incident_id = scene.incident_id()

    link = scene.link(APPROVERS[0])
    assert scene.key_status() == "Inactive"
    assert scene.noted(finding) == ("NOTIFIED", f"Incident {incident_id}")
    assert (scene.alias_takes(agent_id, alias_id), scene.contact()) == ("ACCEPT_INVOCATIONS", "nobody@example.com")
    assert scene.answer(link)[0] == 200

    links = [scene.link(address, count=2) for address in APPROVERS]
    assert (scene.alias_takes(agent_id, alias_id), scene.contact()) == ("REJECT_INVOCATIONS", "security@example.com")
    assert scene.agent_status(agent_id) == "PREPARED"
    assert not scene.is_archived()
    for link in links:
        assert scene.answer(link)[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.agent_status(agent_id) is None
    assert scene.is_archived()
    assert {step["status"] for step in scene.steps(incident_id).values()} == {"performed"}
    assert {"bedrock.pause_agent_alias", "account.ensure_security_contact"} < scene.steps(incident_id).keys()
    denied = [d for d in scene.aws.decisions()[decisions:] if not d["allowed"] and "responder" in str(d["role"])]
    assert denied == []


def test_a_refused_response_leaves_its_finding_open(scene: Scene) -> None:
    """What people refused is not dealt with: GuardDuty's list still has the finding, and the report says why."""
    scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
    incident_id = scene.incident_id()
    assert scene.answer(scene.link(APPROVERS[0]), "refuse", reason="It was our own change.")[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert not scene.is_archived()
    assert "guardduty.archive_finding" not in scene.steps(incident_id)
    assert "The finding stays open" in scene.report(incident_id)


def test_looking_at_a_link_decides_nothing_and_a_decision_counts_once(scene: Scene) -> None:
    """Ten visits of a mail scanner change nothing; a second click and the other approver hear that it is decided."""
    scene.keep_logs()
    scene.delete_logging()
    scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
    incident_id = scene.incident_id()
    link, other = (scene.link(address) for address in APPROVERS)
    assert {get(link)[0] for _ in range(10)} == {200}
    assert scene.key_status() == "Active"

    assert scene.answer(link)[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.key_status() == "Inactive"
    assert get(link)[0] == 409
    assert get(other)[0] == 409


def test_only_what_both_approvers_selected_is_done(scene: Scene) -> None:
    """Of two rogue agents one approver leaves out the second: the first goes, the second was never even intended."""
    first, second = scene.make_agent(), scene.make_agent()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()
    spared = scene.step_about(incident_id, second)
    assert scene.answer(scene.link(APPROVERS[0]), leave_out=(spared,))[0] == 200
    assert scene.answer(scene.link(APPROVERS[1]))[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.agent_status(first) is None
    assert scene.agent_status(second) is not None
    assert spared not in {step["step_id"] for step in scene.items(incident_id, "step#")}


def test_who_starts_a_response_by_hand_is_not_asked_to_approve_it(scene: Scene) -> None:
    """The requester gets no link, although on the first list; the other approver and the second list do."""
    scene.make_agent()
    incident_id = scene.start(APPROVERS[0].upper())
    links = [scene.link(address) for address in (APPROVERS[1], SECOND)]
    assert scene.links(APPROVERS[0]) == []
    assert [scene.answer(link)[0] for link in links] == [200, 200]
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.agent_status() is None


def test_a_refusal_ends_with_a_report_and_nothing_more_is_done(scene: Scene) -> None:
    """One refusal with a reason ends the gate; the report stands, and the reason is in the ledger."""
    scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
    incident_id = scene.incident_id()
    assert scene.answer(scene.link(APPROVERS[0]), "refuse", reason="It was our own change.")[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.key_status() == "Active"
    assert scene.items(incident_id, "incident")[0]["status"] == "refused"


def test_forged_links_are_refused(scene: Scene) -> None:
    """A link with one character of its MAC changed, or none of ours, is 403 and says nothing about any incident."""
    scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
    incident_id = scene.incident_id()
    link = scene.link(APPROVERS[0])
    forged = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]
    status, page = get(forged)
    assert status == 403
    assert incident_id not in page
    assert scene.answer(link, "refuse", reason="A drill.")[0] == 200
    scene.ended(incident_id)


def test_every_call_shows_incident_and_approver_in_cloudtrail(scene: Scene) -> None:
    """CloudTrail shows the incident as session name, and who approved as source identity, on the change itself."""
    scene.aws.fire(scene.finding("DefenseEvasion:IAMUser/BedrockLoggingDisabled"))
    incident_id = scene.incident_id()
    scene.answer(scene.link(APPROVERS[1]))
    scene.ended(incident_id)
    changes = [
        call
        for call in scene.aws.api_calls()
        if call["eventName"] == "UpdateAccessKey" and call["requestParameters"]["accessKeyId"] == scene.key_id
    ]
    assert len(changes) == 1
    identity = changes[0]["userIdentity"]
    assert incident_id in identity["arn"]
    assert ":assumed-role/responder-member-contain/" in identity["arn"]
    assert identity["sessionContext"]["sourceIdentity"] == APPROVERS[1]


def test_no_call_of_the_responder_is_denied(scene: Scene) -> None:
    """Least privilege is enough: in a whole response IAM denies the responder nothing."""
    before = len(scene.aws.decisions())
    scene.keep_logs()
    scene.delete_logging()
    scene.make_agent()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()
    for address in APPROVERS:
        scene.answer(scene.link(address))
    assert scene.ended(incident_id) == "SUCCEEDED"
    denied = [d for d in scene.aws.decisions()[before:] if not d["allowed"] and "responder" in str(d["role"])]
    assert denied == []
