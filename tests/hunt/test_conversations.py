"""Conversations with Amazon Q in the story: who asked which application and when, and never what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hunt.detecting import detect
from hunt.page import html
from hunt.stories import told
from hunt.story import tell
from tests.hunt.attack import logs
from tests.hunt.logs import conversation, file, of

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "hunt.json").read_text())
SECRET = "what is the admin's password?"
CHAT = {"eventSource": "qbusiness", "eventName": "Chat", "eventCategory": "Data", "request": {"applicationId": "a-1"}}


def talk(minute: int, user: str | None = "eve@example.com", **fields: Any) -> dict[str, Any]:
    at = f"2026-03-01T12:{minute:02}:00Z"
    return conversation(event_timestamp=at, user_email=user, system_message_id=f"s-{minute}", **fields)


TALKS = [
    talk(1),
    talk(2, application_id="a-2", output_metrics_is_message_blocked=True),
    talk(3, log_type="Feedback", comment=SECRET),
    talk(4, user=None),
    talk(5, user="arn:aws:iam::111122223333:role/admin"),
]


@pytest.fixture
def story(tmp_path: Path) -> dict[str, Any]:
    """What the five records give, read as Amazon Q writes them: one a line."""
    file(tmp_path, "VendedAnalyticsChat-1.log", "\n".join(map(json.dumps, TALKS)))
    read = of(tmp_path)
    return tell(read, detect(read.connection), [str(tmp_path)])


def lines(story: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["at"][11:16], one["n"], one["actor"], one["detail"]) for one in story["timeline"]]


def kinds(story: dict[str, Any]) -> dict[str, int | None]:
    return {spot["kind"]: spot["n"] for spot in story["blind_spots"]}


def test_who_asked_which_application_and_when_is_on_the_timeline(story: dict[str, Any]) -> None:
    """One line for each person, with what was blocked; what they said of an answer is no question."""
    assert lines(story) == [
        ("12:01", 2, "qbusiness:eve@example.com", "application a-1, a-2, 1 of them blocked"),
        ("12:04", 1, "qbusiness:unknown", "application a-1"),
        ("12:05", 1, "qbusiness:arn:aws:iam::111122223333:role/admin", "application a-1"),
    ]
    assert {one["what"] for one in story["timeline"]} == {"Amazon Q conversations begin"}


def test_who_asked_is_an_identity_of_its_own(story: dict[str, Any]) -> None:
    """With an address that looks like a role's ARN it is still no role; no model was invoked, nothing was paid for."""
    people = {one["actor"]: one for one in story["actors"]}
    assert set(people) == {f"qbusiness:{name}" for name in
                           ("eve@example.com", "unknown", "arn:aws:iam::111122223333:role/admin")}  # fmt: skip
    eve = people["qbusiness:eve@example.com"]
    told = ("name", "kind", "calls", "genai_calls", "errors", "invocations", "accounts", "unmetered_calls")
    assert [eve[name] for name in told] == ["qbusiness:eve@example.com", "QUser", 3, 3, 1, 0, ["111122223333"], 0]
    assert story["cost"]["total"]["unmetered_calls"] == 0


def test_a_conversation_has_no_region(story: dict[str, Any]) -> None:
    """So it is no row among the calls by time and Region."""
    assert story["activity"] == []


def test_nothing_that_was_said_is_told(story: dict[str, Any]) -> None:
    """Neither in the document nor on the page; both are as they should be."""
    jsonschema.validate(story, SCHEMA)
    assert SECRET not in json.dumps(story)
    assert "password" not in html(story)
    assert "eve@example.com" in html(story)


def test_conversations_alone_need_cloudtrail(story: dict[str, Any]) -> None:
    assert "no_cloudtrail" in kinds(story)
    assert "no_conversation_log" not in kinds(story)


@pytest.mark.parametrize(("talks", "expected"), [((), 3), (TALKS[:1], None)])
def test_calls_of_amazon_q_without_conversations_are_a_blind_spot(talks: Any, expected: int | None) -> None:
    """With how many calls there were; not where a conversation log was read."""
    made = logs(told([{**CHAT, "times": 3}])[0], conversations=talks)
    assert kinds(tell(made, [])).get("no_conversation_log") == expected


def test_without_amazon_q_its_log_is_not_missed() -> None:
    made = logs(told([{"eventName": "InvokeModel"}])[0])
    assert "no_conversation_log" not in kinds(tell(made, []))


def test_a_person_is_asked_for_by_address() -> None:
    made = logs(told([{"eventName": "InvokeModel"}])[0], conversations=TALKS)
    story = tell(made, [], wanted={"actors": ["eve@example.com"]})
    assert [one["actor"] for one in story["actors"]] == ["qbusiness:eve@example.com"]


def test_a_crowd_is_one_line() -> None:
    """The fifty who asked most have a line each, the others one together."""
    story = tell(logs(conversations=[talk(1, user=f"{n:02}@example.com") for n in range(60)]), [])
    assert len(story["timeline"]) == 51
    assert [(one["what"], one["n"]) for one in story["timeline"] if not one["actor"]] == [
        ("Amazon Q conversations of 10 more people", 10)
    ]
