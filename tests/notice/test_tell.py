"""Who is told of a moment, once, whatever is repeated; and nothing of the attacked account is where others read."""

from __future__ import annotations

import json
import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from lambdas.approval.render import unlinked
from lambdas.core import mail
from lambdas.core.errors import InputRefused, TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.notice import recipients, tell
from lambdas.notice.tell import message_of
from lambdas.notice.words import MOMENTS
from lambdas.reporting import report
from tests.notice.conftest import FIRST, SECOND, WATCHER
from tests.reporting import conftest as story

Json = dict[str, Any]
INCIDENT_ID = story.INCIDENT_ID
SUBJECT = re.compile(r"\[IR-\d{8}-[0-9a-f]{10}\] genai-responder: (undo )?[a-z ]+")
SECRETS = ("111122223333", "1111 2222", "model-caller", "AKIAIOSFODNN7EXAMPLE", "AGENT12345", "evil.example")


def mails() -> list[Any]:
    return list(ses_backends[DEFAULT_ACCOUNT_ID][story.REGION].sent_messages)


def published(told: SimpleNamespace) -> list[tuple[Json, str, Json]]:
    """(message, subject, attributes) of each."""
    sent = sns_backends[DEFAULT_ACCOUNT_ID][story.REGION].topics[told.topic].sent_notifications
    return [(json.loads(message), subject, attributes) for _, message, subject, attributes, _ in sent]


def to() -> list[str]:
    return [sent.destinations["ToAddresses"][0] for sent in mails()]


def event(told: SimpleNamespace, moment: str, **facts: Any) -> Json:
    return {"incident": told.event["incident"], "moment": moment, **facts}


def happen(told: SimpleNamespace, moment: str, **facts: Any) -> Json:
    answer: Json = tell.handler(event(told, moment, **facts), None)
    return answer


def all_moments(told: SimpleNamespace) -> list[Json]:
    """An event of each moment, of a response that has its report."""
    plan_hash = story.finished(told)
    key = report.handler(told.event)["report_key"]
    facts: dict[str, Json] = {
        "asked": {"plan_hash": plan_hash, "gate": "two"},
        "reminded": {"plan_hash": plan_hash, "gate": "two"},
        "contained": {"plan_hash": plan_hash},
        **{how: {"kind": "response", "report_key": key} for how in ("closed", "refused", "failed")},
    }
    return [event(told, moment, **facts.get(moment, {})) for moment in MOMENTS]


def test_those_on_the_list_are_told_each_alone(told: SimpleNamespace) -> None:
    """Of an opening the first approvers, the watchers and the topic; each by a mail to one address."""
    assert happen(told, "opened") == {"moment": "opened", "told": [*FIRST, WATCHER, "topic"]}
    assert [sent.destinations["ToAddresses"] for sent in mails()] == [[address] for address in (*FIRST, WATCHER)]
    assert [(said["moment"], said["incident_id"]) for said, _, _ in published(told)] == [("opened", INCIDENT_ID)]


def test_a_person_on_two_lists_is_told_once(told: SimpleNamespace) -> None:
    """Ana stands on both lists of approvers, in another spelling."""
    story.planned(told)
    happen(told, "failed", kind="response")
    assert to() == [*FIRST, SECOND, WATCHER]


def test_nobody_is_told_twice(told: SimpleNamespace) -> None:
    """A retry, a second delivery, a resumed response: the ledger knows who was told of what."""
    for once in all_moments(told):
        assert tell.handler(once, None)["told"]
        before = len(mails()), len(published(told))
        assert tell.handler(once, None)["told"] == []
        assert (len(mails()), len(published(told))) == before


def test_each_gate_and_each_report_is_a_moment_of_its_own(told: SimpleNamespace) -> None:
    """Both gates of one plan are told of, and so is the report on a resumed response that differs from the first."""
    plan_hash = story.planned(told)
    for gate in ("one", "two"):
        assert happen(told, "asked", plan_hash=plan_hash, gate=gate)["told"]
    for number in (1, 2):
        key = f"incidents/{INCIDENT_ID}/report/{number}/report.html"
        assert happen(told, "failed", kind="response", report_key=key)["told"]


def test_who_could_not_be_told_is_told_by_the_retry(told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES refuses: the topic is told all the same, the timeline names who was not, and the retry mails only those."""
    monkeypatch.setenv("MAIL_FROM", "unverified@example.com")
    with pytest.raises(ClientError):
        happen(told, "opened")
    assert (to(), len(published(told))) == ([], 1)
    untold = [e["detail"]["to"] for e in Ledger().timeline(INCIDENT_ID) if e["what"] == "Could not be told: opened"]
    assert untold == [*FIRST, WATCHER]
    monkeypatch.setenv("MAIL_FROM", "responder@example.com")
    assert happen(told, "opened")["told"] == [*FIRST, WATCHER]
    assert len(published(told)) == 1


def test_a_telling_that_broke_off_is_taken_up_later(told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before its mail went out: not while it may still be under way, but by the retry a minute later."""
    mark = f"notice#opened#response#{WATCHER}"
    Ledger().put_new(INCIDENT_ID, mark, {"state": "telling", "at": tell.now()})
    assert WATCHER not in happen(told, "opened")["told"]
    monkeypatch.setattr(tell, "BROKEN_OFF_SECONDS", -1)
    assert happen(told, "opened")["told"] == [WATCHER]


def test_contained_is_told_only_when_something_is(told: SimpleNamespace) -> None:
    """A plan of which nothing is done is no moment; the first step that contains is, with what is still missing."""
    plan_hash = story.planned(told)
    assert happen(told, "contained", plan_hash=plan_hash)["told"] == []
    story.carried_out(told, plan_hash, story.STEPS[0], "performed")
    assert happen(told, "contained", plan_hash=plan_hash)["told"] == [*FIRST, WATCHER, "topic"]
    assert "Containment: 1 of 1 step done and read back." in mails()[0].body
    assert "Deactivate access key" in mails()[0].body


def test_a_plan_that_cannot_be_read_is_not_called_contained(told: SimpleNamespace) -> None:
    """What only the records can show is not said without them; that people are asked is."""
    with pytest.raises(TargetNotFound):
        happen(told, "contained", plan_hash="0" * 64)
    assert happen(told, "asked", plan_hash="0" * 64, gate="one")["told"] == [WATCHER, "topic"]
    assert "Steps of the response wait for approval." in mails()[0].body
    assert Ledger().timeline(INCIDENT_ID)[0]["what"] == "Told in few words: asked"


def test_an_end_without_approval_is_told_as_a_failure(told: SimpleNamespace) -> None:
    """Nobody approved in time: what waited was not done, and those on the list of failures hear of it."""
    answer = happen(told, "expired", kind="response", report_key=f"incidents/{INCIDENT_ID}/report/1/report.html")
    assert answer["moment"] == "failed"


def test_a_moment_that_nobody_knows_is_refused(told: SimpleNamespace) -> None:
    """By name, with what is allowed, and without repeating it."""
    with pytest.raises(InputRefused, match=r"^moment: must be one of opened, asked") as refused:
        happen(told, "celebrated")
    assert "celebrated" not in str(refused.value)


def test_the_mail_says_what_happened_what_is_asked_and_where_to_look(
    told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both parts; what comes from the attacked account is neither markup nor a link."""
    sent: list[tuple[str, ...]] = []
    monkeypatch.setattr(mail, "send", lambda *parts: sent.append(parts))
    for once in all_moments(told):
        tell.handler(once, None)
        moment, (_, subject, *bodies) = MOMENTS[once["moment"]], sent[-1]
        assert subject == f"[{INCIDENT_ID}] genai-responder: {moment.title}"
        happened = message_of(once, Ledger()).happened
        for body in (" ".join(unescape(part).split()) for part in bodies):
            assert moment.asked in body
            assert all(command.format(id=INCIDENT_ID) in body for command in moment.look)
            assert unlinked(happened[0]) in body
        assert not [hostile for hostile in ("<script", "://", "\u202e") if hostile in bodies[1]]
        assert not [hostile for hostile in ("://", "\u202e") if hostile in bodies[0]]


def test_nothing_of_the_account_is_in_subjects_and_topic(told: SimpleNamespace) -> None:
    """Product, incident and moment: subjects, and all that the topic gets, hold no account, name, key or link."""
    for once in all_moments(told):
        tell.handler(once, None)
    subjects = [sent.subject for sent in mails()] + [subject for _, subject, _ in published(told)]
    assert len(subjects) == len(mails()) + len(MOMENTS)
    assert all(SUBJECT.fullmatch(subject) for subject in subjects), subjects
    for part in (*subjects, json.dumps([(said, attributes) for said, _, attributes in published(told)])):
        assert not [secret for secret in (*SECRETS, "/approve/", "http") if secret in part]


def test_the_topic_gets_its_moment_as_an_attribute(told: SimpleNamespace) -> None:
    """So that a pager can subscribe to failures alone."""
    happen(told, "failed", kind="response")
    assert published(told)[0][2]["moment"]["Value"] == "failed"


def test_an_undo_says_that_it_is_one(told: SimpleNamespace) -> None:
    """Its end is not the end of the response."""
    happen(told, "failed", kind="undo")
    assert mails()[0].subject.endswith(": undo failed")
    assert published(told)[0][0]["undo"] is True


def test_a_drill_says_that_it_is_one(told: SimpleNamespace) -> None:
    """In the mail and in the topic's message."""
    Ledger().update_incident({**story.INCIDENT, "drill": True})
    happen(told, "opened")
    assert "THIS IS A DRILL" in mails()[0].body or "This is a drill" in mails()[0].body
    assert published(told)[0][0]["drill"] is True


def test_a_list_that_is_empty_tells_nobody(told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """No watchers, no topic in the file: only those who are left."""
    monkeypatch.setenv("WATCHERS", "")
    monkeypatch.setattr(recipients, "told", lambda: {"opened": ["watchers", "first"]})
    assert happen(told, "opened")["told"] == FIRST
