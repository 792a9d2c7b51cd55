"""The approval page: looking never decides, a decision counts once, and every refusal is a page that helps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lambdas.approval import links, page
from lambdas.approval.answer import answer
from lambdas.core.ledger import Ledger
from lambdas.planning.log_rows import keep
from tests.approval.world import INCIDENT_ID, World, key_step, proxy_event, step

LEAD, DEPUTY = "lead@example.com", "deputy@example.com"
ONE, TWO = step(2)["step_id"], step(3)["step_id"]


@pytest.fixture
def asked(world: World) -> World:
    """An incident with one automatic step and two that one approver decides on."""
    world.begin(key_step(1), step(2), step(3))
    world.ask()
    return world


def test_a_scanner_that_opens_the_link_ten_times_changes_nothing(asked: World) -> None:
    """GET and HEAD write nothing, in either table, however often they come."""
    before, link = asked.stored(), asked.link_of(LEAD)
    answers = [asked.get(link, method=method) for method in ("GET", "HEAD") * 5]
    assert {a["statusCode"] for a in answers} == {200}
    assert all(a["body"] == "" for a in answers[1::2])
    assert asked.stored() == before
    assert asked.tasks.answers == []


def test_what_is_approved_is_what_was_ticked(asked: World) -> None:
    """A step that was left out is not in the answer to the state machine; every machine's key is there."""
    answered = asked.approve(LEAD, TWO)
    assert answered["statusCode"] == 200
    assert "Approved" in answered["body"]
    [(token, how, sent)] = asked.tasks.answers
    assert (token, how) == ("token-1", "success")
    others = ("contain_credentials", "contain_bedrock", "restore_logging", "notify", "close_findings")
    empty: dict[str, list[Any]] = {machine: [] for machine in others}
    eradicated = {"eradicate_bedrock": [{"step_id": TWO, "action": "bedrock.delete_agent"}]}
    assert json.loads(sent["output"]) == {"decision": "approved", "gate": "one", "steps": empty | eradicated}


def test_a_decision_counts_once(asked: World) -> None:
    """The same form sent again is answered 409 with what was decided, and the state machine hears nothing more."""
    link = asked.link_of(LEAD)
    form = [("csrf", asked.csrf(link)), ("decision", "approve"), ("step", ONE)]
    assert asked.post(link, form)["statusCode"] == 200
    again = asked.post(link, [*form, ("step", TWO)])
    assert again["statusCode"] == 409
    assert f"<b>Approved</b> by {LEAD}: 1 step" in again["body"]
    assert len(asked.tasks.answers) == 1
    assert asked.gate().approved_steps == (ONE,)


def test_others_see_who_decided(asked: World) -> None:
    """Once a gate is decided, the links of the others show the decision and cannot change it."""
    asked.refuse(LEAD, "This is our red team.")
    seen = asked.get(asked.link_of(DEPUTY))
    assert seen["statusCode"] == 409
    assert "This is our red team." in seen["body"]
    assert 'name="decision"' not in seen["body"]


def test_a_refusal_reaches_the_state_machine_with_its_reason(asked: World) -> None:
    """SendTaskFailure carries the error that the definition catches, and the person's reason as its cause."""
    assert asked.refuse(LEAD, "This is our red team.")["statusCode"] == 200
    [(_, how, sent)] = asked.tasks.answers
    assert how == "failure"
    assert sent == {"error": "ApprovalRefused", "cause": f"Refused by {LEAD}: This is our red team."}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ([("decision", "approve")], "step"),
        ([("decision", "approve"), ("step", "99-delete_everything-00000000")], "step"),
        ([("decision", "approve"), ("step", key_step(1)["step_id"])], "step"),
        ([("decision", "refuse"), ("reason", " \u200b\n")], "reason"),
        ([("decision", "maybe"), ("step", ONE)], "decision"),
        ([("step", ONE)], "decision"),
    ],
)
def test_a_field_that_does_not_fit_is_named(asked: World, fields: list[tuple[str, str]], field: str) -> None:
    """400 names the field, keeps the form, and records nothing. An automatic step is not this gate's to approve."""
    link, before = asked.link_of(LEAD), asked.stored()
    answered = asked.post(link, [("csrf", asked.csrf(link)), *fields])
    assert answered["statusCode"] == 400
    assert f">{field}</a>: " in answered["body"]
    assert 'name="decision"' in answered["body"]
    assert asked.stored() == before


def test_a_refused_form_keeps_what_was_ticked_and_written(asked: World) -> None:
    """Whoever made a mistake does not have to begin again."""
    link = asked.link_of(LEAD)
    fields = [("csrf", asked.csrf(link)), ("decision", "perhaps"), ("step", TWO), ("reason", 'because "<so>"')]
    body = asked.post(link, fields)["body"]
    assert f'value="{TWO}" checked' in body
    assert f'value="{ONE}" checked' not in body
    assert "because &#34;&lt;so&gt;&#34;</textarea>" in body


def test_only_the_form_of_this_very_page_decides(asked: World) -> None:
    """A CSRF value that is missing, made up, another's, or of another plan is refused, and decides nothing."""
    link, other = asked.link_of(LEAD), links.find(asked.link_of(DEPUTY))
    of_another_plan = links.csrf_value(links.find(link), "0" * 64)
    for value in ("", "x" * 43, "é", links.csrf_value(other, asked.plan_hash), of_another_plan):
        answered = asked.post(link, [("csrf", value), ("decision", "approve"), ("step", ONE)])
        assert answered["statusCode"] == 400
        assert ">csrf</a>: " in answered["body"]
    assert asked.gate().votes == {}


@pytest.mark.parametrize(
    ("event", "field"),
    [
        ({"headers": {"Content-Type": "application/json"}, "body": "{}"}, "Content-Type"),
        ({"headers": {}}, "Content-Type"),
        ({"body": "a=" + "x" * 300_000}, "body"),
        ({"body": "&".join("step=x" for _ in range(3_000))}, "body"),
        ({"body": "not base64!", "isBase64Encoded": True}, "body"),
    ],
)
def test_what_is_not_a_form_is_refused(asked: World, event: dict[str, object], field: str) -> None:
    """Another content type, a huge body, thousands of fields and broken base64 are 400, with the field's name."""
    answered = asked.post(asked.link_of(LEAD), [], **event)
    assert answered["statusCode"] == 400
    assert f">{field}</a>: " in answered["body"]


def test_a_form_in_base64_counts(asked: World) -> None:
    """API Gateway may hand the body over in base64."""
    import base64
    from urllib.parse import urlencode

    link = asked.link_of(LEAD)
    body = urlencode([("csrf", asked.csrf(link)), ("decision", "approve"), ("step", ONE)])
    answered = asked.post(link, [], body=base64.b64encode(body.encode()).decode(), isBase64Encoded=True)
    assert answered["statusCode"] == 200


def test_a_forged_link_is_403(asked: World) -> None:
    """Any change to a link, and anything that is no link, is refused before a table is read."""
    link = asked.link_of(LEAD)
    name, mac = link.split(".")
    flipped = ("B" if name[0] == "A" else "A") + name[1:]
    last = mac[:-1] + ("B" if mac[-1] == "A" else "A")
    for forged in (
        f"{flipped}.{mac}",
        f"{name}.{last}",
        f"{name}.{mac}x",
        name,
        "",
        "../gate",
        f"{name}.{mac}.{mac}",
        "é" * 40,
    ):
        answered = asked.get(forged)
        assert answered["statusCode"] == 403, forged
        assert "not valid" in answered["body"]


def test_a_link_that_is_no_longer_on_record_is_404(asked: World) -> None:
    """A link of ours whose item is gone says so."""
    known = links.url("A" * 32).rsplit("/", 1)[-1]
    assert asked.get(known)["statusCode"] == 404


def test_after_the_deadline_nothing_is_decided(asked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """410 for looking and for deciding, also for a form that was loaded in time."""
    link = asked.link_of(LEAD)
    form = [("csrf", asked.csrf(link)), ("decision", "approve"), ("step", ONE)]
    late = asked.gate().deadline
    monkeypatch.setattr("time.time", lambda: float(late))
    assert asked.get(link)["statusCode"] == 410
    assert asked.post(link, form)["statusCode"] == 410
    assert asked.gate().votes == {}
    assert asked.tasks.answers == []


@pytest.mark.parametrize("refusal", ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])
def test_a_state_machine_that_no_longer_waits_is_told_apart(asked: World, refusal: str) -> None:
    """AWS's three names for a dead token all end as the same plain word to the person."""
    asked.tasks.waiting.clear()
    asked.tasks.refusal = refusal
    answered = asked.approve(LEAD, ONE)
    assert answered["statusCode"] == 200
    assert "not waited for" in answered["body"]


def test_a_crash_after_the_vote_loses_nothing(asked: World) -> None:
    """The vote is on record before the state machine is told: the person reads so, and a later visit tells it."""
    asked.tasks.outage = ClientError({"Error": {"Code": "ServiceUnavailable", "Message": "busy"}}, "SendTaskSuccess")
    link = asked.link_of(LEAD)
    assert asked.approve(LEAD, ONE)["statusCode"] == 503
    assert asked.gate().state == "approved"
    asked.tasks.outage = None

    shown = asked.get(link)
    assert "Pass the decision on" in shown["body"]
    assert asked.tasks.answers == []
    passed_on = asked.post(
        asked.link_of(DEPUTY), [("csrf", asked.csrf(asked.link_of(DEPUTY))), ("decision", "deliver")]
    )
    assert passed_on["statusCode"] == 409
    assert [how for _, how, _ in asked.tasks.answers] == ["success"]
    assert "Pass the decision on" not in asked.get(link)["body"]


def test_a_reconciler_can_answer_for_a_crashed_page(asked: World) -> None:
    """`answer` may be called by anybody at any time: the first call tells the state machine, the next ones do not."""
    asked.tasks.outage = ClientError({"Error": {"Code": "ServiceUnavailable", "Message": "busy"}}, "SendTaskSuccess")
    asked.approve(LEAD, ONE)
    asked.tasks.outage = None
    assert [answer(asked.gate()), answer(asked.gate())] == [True, True]
    assert len(asked.tasks.answers) == 1


def test_a_plan_that_was_changed_cannot_be_approved(asked: World) -> None:
    """Where the stored bytes are not what the hash names, the page says so and decides nothing."""
    from lambdas.core.documents import plan_key
    from lambdas.core.session import own_client

    link = asked.link_of(LEAD)
    csrf = asked.csrf(link)
    own_client("s3").put_object(Bucket="evidence", Key=plan_key(INCIDENT_ID, asked.plan_hash), Body=b'{"steps":[]}')
    assert asked.get(link)["statusCode"] == 409
    assert asked.post(link, [("csrf", csrf), ("decision", "approve"), ("step", ONE)])["statusCode"] == 409
    assert asked.gate().votes == {}


def test_every_page_has_the_strict_headers(asked: World) -> None:
    """Also the refusals. The one style is allowed by its hash, and there is no script anywhere."""
    link = asked.link_of(LEAD)
    for answered in (asked.get(link), asked.get("x"), asked.post(link, []), asked.approve(LEAD, ONE), asked.get(link)):
        policy = answered["headers"]["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answered["headers"]["Cache-Control"] == "no-store"
        assert answered["headers"]["Referrer-Policy"] == "no-referrer"
        assert "<script" not in answered["body"]
        assert " style=" not in answered["body"]


def test_other_methods_are_answered_with_a_page(asked: World) -> None:
    """Nothing but GET, HEAD and POST exists."""
    assert page.handler(proxy_event("DELETE", asked.link_of(LEAD)), None)["statusCode"] == 405


def test_an_outage_is_a_page_too(asked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS's own errors reach a person as 503 with advice, never as a trace."""
    monkeypatch.setenv("APPROVALS_TABLE", "elsewhere")
    answered = asked.get(asked.link_of(LEAD))
    assert answered["statusCode"] == 503
    assert "Traceback" not in answered["body"]


def test_the_page_tells_what_an_approver_needs(asked: World) -> None:
    """What happened, what was done already, and of each step what it breaks and whether it can be undone."""
    automatic = key_step(1)
    Ledger().intend(INCIDENT_ID, automatic, asked.plan_hash, ["automatic"], "perform")
    Ledger().conclude(INCIDENT_ID, automatic["step_id"], "performed")
    body = asked.get(asked.link_of(LEAD))["body"]
    for expected in (
        "Amazon Bedrock model invocation logging was disabled",
        "IAMUser dev-ml",
        "AKIAIOSFODNN7EXAMPLE",
        "1111 2222 3333",
        "done and read back",
        "Whoever invokes this agent gets an error.",
        "Cannot be undone",
        "Deleting is never done without approval.",
        "agent.agentStatus",
        asked.plan_hash,
        LEAD,
    ):
        assert expected in body, expected


def test_the_page_tells_what_the_logs_say(asked: World) -> None:
    """Escaped, as all that comes from the attacked account; without such rows the page has no such part."""
    link = asked.link_of(LEAD)
    assert "What the logs say" not in asked.get(link)["body"]
    text = "CreateUser × 1 (<b>mallory</b>)"
    keep(Ledger(), INCIDENT_ID, [{"name": "Changed in IAM", "text": text, "artefact": "08-query-iam_persistence"}])
    body = asked.get(link)["body"]
    assert "What the logs say" in body and "CreateUser × 1 (&lt;b&gt;mallory&lt;/b&gt;)" in body


def test_steps_that_were_added_stand_with_those_of_their_stage(world: World) -> None:
    """They are carried out with them: the page has each heading once."""
    world.begin(key_step(1, "one"), step(2), key_step(3, "one"))
    world.ask()
    body = world.get(world.link_of(LEAD))["body"]
    assert [body.count(f"<h3>{heading}</h3>") for heading in ("Contain (2)", "Remove for good (1)")] == [1, 1]


def test_nothing_secret_is_on_the_page(asked: World) -> None:
    """The task token never leaves the server, nor does the link of another approver."""
    body = asked.get(asked.link_of(LEAD))["body"]
    assert "token-1" not in body
    assert asked.link_of(DEPUTY).split(".")[0] not in body


def test_none_can_be_ticked_at_first(asked: World) -> None:
    """For a long list, `?select=none` starts from nothing; it is a look, and writes nothing."""
    before = asked.stored()
    body = asked.get(asked.link_of(LEAD), {"select": "none"})["body"]
    assert "checked" not in body
    assert asked.stored() == before


def test_the_timeline_tells_the_decision(asked: World) -> None:
    """Who decided what, for which plan, from where: in the ledger, next to when it was asked."""
    from lambdas.core.ledger import Ledger

    asked.approve(LEAD, ONE)
    notes = Ledger().timeline(INCIDENT_ID)
    assert [note["what"] for note in notes] == [
        f"Approval asked of {LEAD}",
        f"Approval asked of {DEPUTY}",
        f"Approved by {LEAD}",
    ]
    assert notes[-1]["detail"]["plan_hash"] == asked.plan_hash
    assert notes[-1]["detail"]["steps"] == [ONE]
    assert notes[-1]["detail"]["source_ip"] == "203.0.113.7"


def test_the_second_approver_sees_what_the_first_left_out(world: World) -> None:
    """It would not be carried out even if ticked, so the page says by whom it was left out."""
    world.begin(step(2, approval="two"), step(3, approval="two"))
    world.ask("two")
    assert "1 more approver must approve" in world.approve(LEAD, ONE)["body"]
    body = world.get(world.link_of(DEPUTY))["body"]
    assert body.count(f"Left out by {LEAD}: it will not be carried out") == 1
    refused = world.approve(DEPUTY, TWO)
    assert "The approvers selected no step in common." in refused["body"]
    assert world.tasks.answers[0][2]["cause"] == "The approvers selected no step in common."
