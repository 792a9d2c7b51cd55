"""Asking: one link and one mail for each person, whatever is retried; silence escalates, then closes the gate."""

from __future__ import annotations

import email
import re
from unicodedata import category

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from lambdas.approval import ask, mail
from lambdas.approval.gate import approvers_for
from lambdas.approval.render import paragraph, render, unlinked
from lambdas.core.errors import InputRefused, PlanChanged, PowerRefused, TargetNotFound
from lambdas.core.ledger import Ledger
from lambdas.planning.in_force import in_force
from lambdas.planning.log_rows import keep
from tests.approval.world import INCIDENT_ID, World, incident, key_step, step

LEAD, DEPUTY, CTO = "lead@example.com", "deputy@example.com", "cto@example.com"
STEP = step(2)["step_id"]


@pytest.fixture
def begun(world: World) -> World:
    world.begin(key_step(1), step(2), step(3))
    return world


def test_everybody_gets_a_link_of_their_own(begun: World) -> None:
    """One mail each, links that differ, and the token in none of them."""
    begun.ask()
    assert [mail["to"] for mail in begun.mails] == [[LEAD], [DEPUTY]]
    assert begun.link_of(LEAD) != begun.link_of(DEPUTY)
    assert not any("token-1" in part for mail in begun.mails for part in (mail["text"], mail["html"], mail["subject"]))


def test_nobody_is_asked_about_an_incident_that_was_taken_over(begun: World) -> None:
    """The heir asks for what is left: this gate is refused at once, and the response that waits is told why."""
    Ledger().put_new(INCIDENT_ID, "taken_over", {"by": "IR-20260102-ffffffffff", "at": "2026-01-02T03:04:05.000Z"})
    assert begun.ask() == {"gate": "one", "state": "refused", "asked": []}
    assert begun.mails == []
    ((_, _, sent),) = begun.tasks.answers
    assert (sent["error"], "IR-20260102-ffffffffff has taken over" in sent["cause"]) == ("ApprovalRefused", True)


def test_what_an_undo_asks_is_asked_after_a_takeover_too(world: World) -> None:
    """What was done before the heir came is taken back where it was done."""
    world.begin(step(1), kind="undo")
    Ledger().put_new(INCIDENT_ID, "taken_over", {"by": "IR-20260102-ffffffffff", "at": "2026-01-02T03:04:05.000Z"})
    assert world.ask()["state"] == "open"


def test_a_retried_task_asks_nobody_twice(begun: World) -> None:
    """The retry's new token replaces the old one; links, mails and deadline stay."""
    begun.ask(token="old")
    link, before = begun.link_of(LEAD), begun.gate()
    begun.ask(token="new", seconds=99_999)
    assert len(begun.mails) == 2
    assert begun.gate().deadline == before.deadline
    begun.approve(LEAD, STEP)
    assert begun.link_of(LEAD) == link
    assert [token for token, _, _ in begun.tasks.answers] == ["new"]


def test_a_crash_between_two_mails_sends_only_the_second_again(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was recorded as sent is not sent again; what was not, is, with the same link."""
    send, refused = (
        mail.send,
        ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "slow"}}, "SendEmail"),
    )

    def failing(to: str, *rest: object) -> str:
        if to == LEAD:
            raise refused
        return send(to, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(mail, "send", failing)
    begun.ask()
    reserved = begun.gate().links[LEAD]["link_id"]
    monkeypatch.setattr(mail, "send", send)
    begun.ask(token="token-2")
    assert [mail["to"] for mail in begun.mails] == [[DEPUTY], [LEAD]]
    assert begun.link_of(LEAD).startswith(reserved)
    assert any(note["what"] == "A mail could not be sent" for note in Ledger().timeline(INCIDENT_ID))


def test_too_few_mails_are_an_error(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not enough people could be reached the task fails, so that the state machine retries it."""
    monkeypatch.setenv("MAIL_FROM", "unverified@example.com")
    with pytest.raises(ClientError):
        begun.ask()


def test_silence_escalates_to_the_second_list(begun: World) -> None:
    """The second round mails those who were not asked yet, moves the deadline, and the first links still decide."""
    begun.ask(seconds=60)
    first = begun.gate().deadline
    begun.ask(round_name="second", token="token-2", seconds=600)
    assert [mail["to"] for mail in begun.mails] == [[LEAD], [DEPUTY], [CTO]]
    assert begun.gate().deadline > first
    assert begun.gate().asked == (LEAD, DEPUTY, CTO)
    begun.approve(LEAD, STEP)
    assert [token for token, _, _ in begun.tasks.answers] == ["token-2"]


def test_who_has_not_answered_is_reminded_once(world: World) -> None:
    """Half the time is gone: the silent one gets the same link again, the one who voted nothing, and nobody twice."""
    world.begin(step(2, approval="two"))
    world.ask("two", seconds=60)
    world.approve(LEAD, STEP)
    link, deadline = world.link_of(DEPUTY), world.gate("two").deadline
    world.ask("two", token="token-2", seconds=60, remind=True)
    world.ask("two", token="token-3", seconds=60, remind=True)
    assert [mail["to"] for mail in world.mails] == [[LEAD], [DEPUTY], [DEPUTY]]
    assert world.mails[-1]["subject"] == f"[{INCIDENT_ID}] genai-responder: reminder, approval needed"
    assert all("This is a reminder" in world.mails[-1][part] for part in ("text", "html"))
    assert (world.link_of(DEPUTY), world.gate("two").deadline) == (link, deadline)
    world.approve(DEPUTY, STEP)
    assert [(token, how) for token, how, _ in world.tasks.answers] == [("token-3", "success")]


def test_a_reminder_that_ses_refuses_fails_nothing(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate stays open and waits on; the timeline says that the mail could not be sent."""
    begun.ask()
    monkeypatch.setenv("MAIL_FROM", "unverified@example.com")
    assert begun.ask(token="token-2", remind=True)["state"] == "open"
    assert len(begun.mails) == 2
    assert Ledger().timeline(INCIDENT_ID)[-1]["what"] == "A mail could not be sent"


def test_who_was_not_reached_is_asked_and_not_reminded(begun: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The task that reminds also asks whom the first could not mail: for them that is no reminder."""
    send = mail.send
    refused = ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "slow"}}, "SendEmail")
    monkeypatch.setattr(
        mail, "send", lambda to, *rest: send(to, *rest) if to == DEPUTY else (_ for _ in ()).throw(refused)
    )
    begun.ask()
    monkeypatch.setattr(mail, "send", send)
    begun.ask(token="token-2", remind=True)
    told = [(mail["to"], "reminder" in mail["subject"]) for mail in begun.mails]
    assert told == [([DEPUTY], False), ([DEPUTY], True), ([LEAD], False)]


def test_no_answer_is_no_action(begun: World) -> None:
    """After the last round the gate is closed: no link decides, no step passes, and the timeline says so."""
    begun.ask()
    assert begun.ask(round_name="expired")["state"] == "expired"
    assert begun.get(begun.link_of(LEAD))["statusCode"] == 410
    with pytest.raises(PowerRefused):
        approvers_for(INCIDENT_ID, begun.plan_hash, "one", STEP)
    assert Ledger().timeline(INCIDENT_ID)[-1]["what"] == "Approval ended without an answer in time"


def test_an_approval_that_came_too_late_is_no_power(begun: World) -> None:
    """Recorded, but never taken by the state machine: when the gate is closed, it does not lie about for later."""
    begun.ask()
    begun.tasks.waiting.clear()
    begun.approve(LEAD, STEP)
    begun.ask(round_name="expired")
    with pytest.raises(PowerRefused, match="expired"):
        approvers_for(INCIDENT_ID, begun.plan_hash, "one", STEP)


def test_a_delivered_approval_does_not_expire(begun: World) -> None:
    """Closing comes too late for a decision that the state machine has."""
    begun.ask()
    begun.approve(LEAD, STEP)
    begun.ask(round_name="expired")
    assert approvers_for(INCIDENT_ID, begun.plan_hash, "one", STEP) == (LEAD,)


def test_a_decision_between_two_rounds_answers_the_second(begun: World) -> None:
    """The first token was dead when the person decided; the second task is told at once, and nobody is asked again."""
    begun.ask()
    begun.tasks.waiting.clear()
    begun.approve(LEAD, STEP)
    begun.ask(round_name="second", token="token-2")
    assert [(token, how) for token, how, _ in begun.tasks.answers] == [("token-2", "success")]
    assert len(begun.mails) == 2


def test_the_requester_is_not_asked(world: World) -> None:
    """Whoever started the response by hand gets no link; the second list steps in for two."""
    world.begin(step(2, approval="two"), about=incident(requested_by=LEAD.upper()))
    world.ask("two")
    assert [mail["to"] for mail in world.mails] == [[DEPUTY], [CTO]]


def test_a_gate_that_nobody_can_open_is_refused_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are needed and one is left: no waiting for hours, and the cause says why."""
    monkeypatch.setenv("SECOND_APPROVERS", "")
    world.begin(step(2, approval="two"), about=incident(requested_by=LEAD))
    assert world.ask("two")["state"] == "refused"
    [(_, how, sent)] = world.tasks.answers
    assert how == "failure"
    assert "needs 2 approvers, and 1 of those on the lists may decide" in sent["cause"]
    assert world.mails == []


def test_input_that_does_not_fit_is_named(begun: World) -> None:
    """The field is named; a gate without steps, a plan that is not there and an unknown incident are refused."""
    reference = {
        "incident": {"incident_id": INCIDENT_ID},
        "plan_hash": begun.plan_hash,
        "gate": "one",
        "round": "first",
    }
    for change, field in (
        ({"gate": "three"}, "gate"),
        ({"round": "fifth"}, "round"),
        ({}, "task_token"),
        ({"plan_hash": None}, "plan_hash"),
    ):
        with pytest.raises(InputRefused) as refused:
            ask.handler({**reference, **change}, None)
        assert refused.value.field == field
    with pytest.raises(InputRefused, match="no step in plan"):
        begun.ask("two")
    with pytest.raises((TargetNotFound, PlanChanged)):
        ask.handler({**reference, "plan_hash": "0" * 64, "task_token": "t", "seconds": 9}, None)


def test_the_mail_says_what_counts(begun: World) -> None:
    """What happened, what is proposed, what it breaks, what is reversible, until when; the link on its own line."""
    begun.ask()
    message = begun.mails[0]
    assert message["subject"] == f"[{INCIDENT_ID}] genai-responder: approval needed"
    for part in (message["text"], message["html"]):
        flowing = " ".join(part.split())
        for expected in (
            "Amazon Bedrock model invocation logging was disabled by the IAM user dev-ml.",
            "Delete the agent",
            "agent helper-2 (AGENT2)",
            "Whoever invokes this agent gets an error.",
            "It cannot be undone; a full export is kept as evidence.",
            "Deactivate the access key",
            " UTC",
            f"https://page.example.com/prod/approve/{begun.link_of(LEAD)}",
        ):
            assert expected.lower() in flowing.lower(), expected
    assert "CANNOT BE UNDONE" in message["text"]
    assert max(map(len, message["text"].splitlines())) < 140


def test_the_mail_says_what_the_logs_say(begun: World) -> None:
    """As it was worked out when the plan was extended; names in it are the attacker's choice, and make no link."""
    rows = [
        {"name": "Changed in IAM", "text": "CreateUser × 1 (www.evil.com)", "artefact": "08-query-iam_persistence"},
        {"name": "Tokens", "text": "Not answered: the gaps of the evidence say why.", "artefact": None},
    ]
    keep(Ledger(), INCIDENT_ID, rows)
    begun.ask()
    text = " ".join(begun.mails[0]["text"].split())
    assert "WHAT THE LOGS SAY Changed in IAM: CreateUser × 1 (" in text
    assert "Tokens: Not answered: the gaps of the evidence say why. DONE ALREADY" in text
    assert "What the logs say" in begun.mails[0]["html"] and "Not answered" in begun.mails[0]["html"]
    assert "www.evil.com" not in begun.mails[0]["text"] + begun.mails[0]["html"]


def test_the_plan_that_people_are_asked_about_is_settled(begun: World) -> None:
    """From then on it is the response's plan, also if the task is retried, or another plan is brought forward."""
    begun.ask()
    first = begun.plan_hash
    begun.ask(token="token-2")
    begun.begin(step(2), made_at="2026-11-22T02:42:00.000Z")
    begun.ask(token="token-3")
    assert in_force(Ledger(), INCIDENT_ID) == first != begun.plan_hash


def test_hostile_text_makes_no_link_and_no_markup_in_mail(world: World) -> None:
    """Names from the attacked account cannot forge a line, a link or an element of the mail."""
    evil = '<a href="https://evil.example">x</a>\r\nhttps://evil.example/approve/1 www.evil.com \u202e'
    source = {**incident()["source"], "title": evil, "description": evil}
    world.begin(step(2, label=evil, why=evil), key_step(1, label=evil), about=incident(source=source))
    world.ask()
    message = world.mails[0]
    assert "evil.example" not in message["text"]
    assert "://evil" not in message["html"] + message["text"]
    assert message["html"].count("<a ") == 1
    assert "\u202e" not in message["text"] + message["html"] + message["subject"]
    assert len(re.findall(r"https?://", message["text"])) == 1


@given(st.text(max_size=3_000))
def test_no_text_breaks_out_of_its_paragraph(text: str) -> None:
    """For any text: one paragraph within its indent, and no address that a mail program would link."""
    shown = paragraph(text, 2)
    assert all(line.startswith("  ") for line in shown.splitlines())
    assert "://" not in shown
    assert "\r" not in shown
    assert len(shown) <= 4 * 520
    assert unlinked(text) == " ".join(shown.split())


@given(st.text(max_size=300))
def test_no_text_becomes_markup(text: str) -> None:
    """For any text: a page holds exactly the elements of its template, and no invisible character."""
    plain = render("problem.html", heading="h", message="m", advice="a")
    hostile = render("problem.html", heading=text, message=text, advice=text)
    assert hostile.count("<") == plain.count("<")
    assert hostile.count('"') == plain.count('"')
    assert not [character for character in hostile if category(character)[0] == "C" and character != "\n"]


def test_the_subject_is_one_header_line(begun: World) -> None:
    """A mail library that parses the subject finds one header, in ASCII-safe encoding."""
    begun.ask()
    message = email.message.EmailMessage()
    message["Subject"] = begun.mails[0]["subject"]
    assert message["Subject"] == begun.mails[0]["subject"]


def test_an_undo_is_asked_about_as_such(world: World) -> None:
    """Mail and page say that something is taken back, who wants it and why, and the answer has the one key `undo`."""
    import json

    undo_step = key_step(1, "one", undoes="01-deactivate_access_key-00000001")
    world.begin(undo_step, kind="undo", requested_by="dev@example.com", requester_arn=None, reason="False alarm.")
    world.ask()
    assert world.mails[0]["subject"].endswith(": approval needed to undo")
    assert "Approval needed to undo: 1 step" in world.mails[0]["html"]
    body = world.get(world.link_of(LEAD))["body"]
    assert "Undo 1 step?" in body
    assert "False alarm." in body
    world.approve(LEAD, undo_step["step_id"])
    steps = json.loads(world.tasks.answers[0][2]["output"])["steps"]
    assert steps == {"undo": [{"step_id": undo_step["step_id"], "action": "iam.deactivate_access_key"}]}


def test_a_resumed_response_is_told_at_once_that_the_gate_expired(begun: World) -> None:
    """A gate that expired stays so: a new task is not left to wait, nobody is mailed, and nothing is let through."""
    begun.ask(token="old")
    begun.ask(round_name="expired")
    assert begun.tasks.answers == []
    mailed = len(begun.mails)
    assert begun.ask(token="new")["state"] == "expired"
    [(token, how, sent)] = begun.tasks.answers
    assert (token, how, sent["error"]) == ("new", "failure", "ApprovalExpired")
    assert len(begun.mails) == mailed
    with pytest.raises(PowerRefused, match="expired"):
        approvers_for(INCIDENT_ID, begun.plan_hash, "one", STEP)


def test_a_resumed_response_is_told_at_once_what_was_approved_before(begun: World) -> None:
    """Approved and delivered to a task that is gone: the next task gets the same decision, nobody is asked again."""
    begun.ask(token="old")
    begun.approve(LEAD, STEP)
    begun.ask(token="new")
    assert [(token, how) for token, how, _ in begun.tasks.answers] == [("old", "success"), ("new", "success")]
    assert len(begun.mails) == 2
