"""Who is told what of a whole response, by mail and by topic, on the embedded AWS; and what nobody is told there."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.end_to_end.scene import ACCOUNT, APPROVERS, SECOND, WATCHER, Scene
from tests.end_to_end.test_interruptions import denied, resume, theft

Json = dict[str, Any]
ASKED = "DefenseEvasion:IAMUser/BedrockLoggingDisabled"
SUBJECT = re.compile(r"\[IR-\d{8}-[0-9a-f]{10}\] genai-responder: [a-z, ]+")


def moments(scene: Scene, incident_id: str, last: str) -> list[str]:
    """The moments that the topic got, once it has the last one."""
    scene.wait(lambda: last in [notice["moment"] for notice in scene.notices(incident_id)])
    scene.wait(lambda: last in scene.told(WATCHER, incident_id))
    return [str(notice["moment"]) for notice in scene.notices(incident_id)]


def outside(scene: Scene, incident_id: str) -> list[str]:
    """All that others can read, or that stands in logs: subjects, all that the topic got, names and tags."""
    assumed = [call["requestParameters"] for call in scene.aws.api_calls() if call["eventName"] == "AssumeRole"]
    return [
        *(mail["subject"] for mail in scene.aws.mail()[scene.mails_before :]),
        *(json.dumps({**notice, "topic": ""}) for notice in scene.notices(incident_id)),
        *(execution["name"] for execution in scene.aws.executions() if incident_id in execution["name"]),
        *(json.dumps([given["roleSessionName"], given.get("tags")]) for given in assumed),
    ]


def test_a_response_tells_everybody_on_the_lists_of_each_moment_once(scene: Scene) -> None:
    """Opened, contained, asked, closed: to watchers and topic; approvers also get their link, nobody else does."""
    scene.keep_logs()
    scene.make_agent()
    scene.aws.fire(scene.finding())
    incident_id = scene.incident_id()
    for address in APPROVERS:
        assert scene.answer(scene.link(address))[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert sorted(moments(scene, incident_id, "closed")) == ["asked", "closed", "contained", "opened"]
    assert sorted(scene.told(WATCHER, incident_id)) == ["approval asked", "closed", "contained", "opened"]
    assert sorted(scene.told(APPROVERS[0], incident_id)) == ["approval needed", "closed", "contained", "opened"]
    assert scene.told(SECOND, incident_id) == []
    assert not any("/approve/" in mail["text"] + mail["html"] for mail in scene.mails(WATCHER))
    mails = [mail for mail in scene.mails(WATCHER) if incident_id in mail["subject"]]
    closed = next(mail for mail in mails if mail["subject"].endswith(": closed"))
    assert f"responder report {incident_id}" in closed["text"]

    agent = f"concierge-{scene.name}-0"
    said = outside(scene, incident_id)
    assert len(said) > 20
    for secret in (ACCOUNT, scene.name, scene.key_id, agent, scene.agents[0], "/approve/"):
        assert not [text for text in said if secret in text], secret
    assert all(SUBJECT.fullmatch(text) for text in said if text.startswith("[IR-"))
    assert scene.name in "".join(mail["text"] for mail in scene.mails(WATCHER)), "mail itself says about whom"


def test_silence_is_reminded_of_once_and_a_refusal_is_told_to_all(scene: Scene) -> None:
    """Half of the first list's minute in silence; the reminder's link refuses; both lists hear of the refusal."""
    scene.aws.fire(scene.finding(ASKED))
    incident_id = scene.incident_id()
    link = scene.link(APPROVERS[0], seconds=55, count=2)
    assert scene.links(APPROVERS[0]) == [link, link]
    assert scene.answer(link, "refuse", reason="It was our own change.")[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert sorted(moments(scene, incident_id, "refused")) == ["asked", "opened", "refused", "reminded"]
    for address in (*APPROVERS, SECOND):
        scene.wait(lambda address=address: scene.told(address, incident_id)[-1:] == ["refused"])
    assert scene.told(APPROVERS[1], incident_id).count("reminder, approval needed") == 1
    assert scene.told(SECOND, incident_id) == ["refused"]


def test_a_failure_is_told_and_a_resumed_response_repeats_nothing(scene: Scene) -> None:
    """What broke off is told as failed; once it is finished, only that it is closed comes on top."""
    with denied(scene, "contain", "s3:PutObject"):
        theft(scene)
        incident_id = scene.incident_id()
        assert scene.ended(incident_id) == "FAILED"
    assert sorted(moments(scene, incident_id, "failed")) == ["failed", "opened"]
    assert resume(scene, incident_id)["started"]
    scene.wait(lambda: "closed" in [notice["moment"] for notice in scene.notices(incident_id)], 60)
    assert sorted(moments(scene, incident_id, "closed")) == ["closed", "contained", "failed", "opened"]


def test_a_sender_that_ses_refuses_fails_no_response(scene: Scene) -> None:
    """SES refuses every notice: the topic is told, the response is closed, and the timeline names who was not told."""
    with denied(scene, "notice", "ses:SendEmail"):
        theft(scene)
        incident_id = scene.incident_id()
        assert scene.ended(incident_id) == "SUCCEEDED"
        scene.wait(lambda: "closed" in [notice["moment"] for notice in scene.notices(incident_id)])
        untold = scene.wait(lambda: [e for e in scene.items(incident_id, "event#") if "Could not be told" in e["what"]])
    assert {event["detail"]["to"] for event in untold} <= {*APPROVERS, WATCHER}
    assert scene.key_status() == "Inactive"
