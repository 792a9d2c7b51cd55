"""The responder is no weapon: a flood of findings does not cut off a whole company, nor any the break-glass users."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws
from tests.end_to_end.scene import ACCOUNT, APPROVERS, SECOND, Scene

KEY = "iam.deactivate_access_key"
PLACES = 2


@pytest.fixture(scope="module")
def aws() -> Iterator[EmbeddedAws]:
    """An embedded AWS of its own: two places an hour, and a list of whom not to touch."""
    with EmbeddedAws() as embedded:
        embedded.deploy(
            {
                "MailFrom": "responder@example.com",
                "FirstApprovers": ",".join(APPROVERS),
                "SecondApprovers": SECOND,
                "FirstSeconds": "60",
                "SecondSeconds": "60",
                "MaxAutomaticPerHour": str(PLACES),
                "ProtectedPrincipals": "break-glass-*",
            }
        )
        yield embedded


def attacked(aws: EmbeddedAws, user: str = "build") -> Scene:
    """A victim whose stolen key calls Bedrock; the finding about it is not fired yet."""
    scene = Scene(aws, user)
    scene.steal("bedrock").list_foundation_models()
    return scene


def planned(scene: Scene) -> dict[str, Any]:
    """The plan's step about the key."""
    steps = scene.plan(scene.incident_id())["steps"]
    return next(step for step in steps if step["action"] == KEY)


def test_a_break_glass_user_keeps_the_key_although_the_policy_says_automatic(aws: EmbeddedAws) -> None:
    """The plan says who is not touched and why; case and notice go on, and no call changes the user."""
    scene = attacked(aws, "break-glass")
    aws.fire(scene.finding())
    incident_id = scene.incident_id()
    assert scene.ended(incident_id) == "SUCCEEDED"
    why = {entry["action"]: entry["why"] for entry in scene.plan(incident_id)["not_proposed"]}
    assert "is not touched: it is a protected principal (break-glass)" in why[KEY]
    assert scene.key_status() == "Active"
    assert scene.steps(incident_id)["support.open_case"]["status"] == "performed"
    assert not [c for c in aws.api_calls() if c["eventName"] == "UpdateAccessKey"]


def test_of_four_thefts_at_once_two_are_contained_and_two_are_asked(aws: EmbeddedAws) -> None:
    """The cap holds however many ask in the same moment; what is beyond it is contained once a person has said so."""
    _away_from_the_full_hour()
    scenes = [attacked(aws) for _ in range(4)]
    for scene in scenes:
        aws.fire(scene.finding())
    steps = [planned(scene) for scene in scenes]
    assert sorted(step["approval"] for step in steps) == ["automatic", "automatic", "one", "one"]
    for scene, step in zip(scenes, steps, strict=True):
        if step["approval"] == "automatic":
            assert scene.ended(scene.incident_id()) == "SUCCEEDED"
            assert scene.key_status() == "Inactive"
        else:
            _asked(scene, step)


def _asked(scene: Scene, step: dict[str, Any]) -> None:
    """It was not contained, says why, and is contained when one person approves."""
    assert f"has had its {PLACES} unattended containments of this hour (MaxAutomaticPerHour)" in step["decided_by"]
    assert "rule 2 (stolen-credentials): automatic." in step["decided_by"]
    incident_id = scene.incident_id()
    words = [event["what"] for event in scene.items(incident_id, "event#")]
    assert any(word.startswith("Not contained unattended") for word in words)
    link = scene.wait(lambda: [link for link in scene.links(APPROVERS[0]) if _is_about(link, scene)], 30)[-1]
    assert scene.key_status() == "Active"
    assert scene.answer(link)[0] == 200
    assert scene.ended(incident_id) == "SUCCEEDED"
    assert scene.key_status() == "Inactive"


def _is_about(link: str, scene: Scene) -> bool:
    return any(scene.incident_id() in mail["text"] for mail in scene.mails(APPROVERS[0]) if link in mail["text"])


def test_the_hour_is_counted_once_for_each_containment(aws: EmbeddedAws) -> None:
    """The ledger holds who has the places, and only those whom nobody approved."""
    ledger = Scene(aws).items(f"cap#{ACCOUNT}")
    assert [len(hour["holders"]) for hour in ledger] == [PLACES]


def _away_from_the_full_hour() -> None:
    """Places are those of the clock's hour: this must not begin in its last seconds."""
    left = 3600 - time.time() % 3600
    if left < 45:
        time.sleep(left + 1)
