"""What the logs say in short: the principal's own part of it, and never a zero that nobody counted."""

from __future__ import annotations

from typing import Any

from lambdas.core.ledger import Ledger
from lambdas.evidence.answers import Answer
from lambdas.evidence.query import query
from lambdas.planning import log_rows
from lambdas.planning.log_facts import NOT_ALL, NOT_ANSWERED, NOT_KNOWN, NOT_SEARCHED, QUESTIONS, facts
from lambdas.planning.logged import Own

Json = dict[str, Any]
ACCOUNT, KEY, ID = "123456789012", "AKIAIOSFODNN7EXAMPLE", "AIDAEXAMPLE0000000000"
USER = f"arn:aws:iam::{ACCOUNT}:user/thief"
ROLE, SESSION = f"arn:aws:iam::{ACCOUNT}:role/app", f"arn:aws:sts::{ACCOUNT}:assumed-role/app/i-0123"
THIEF = Own(KEY, frozenset((ID,)), USER, USER)


def row(question: str, **fields: Any) -> Json:
    who = {"access_key": KEY, "principal_id": ID, "actor": USER, "account": ACCOUNT}
    return {**dict.fromkeys(query(question).outputs), **who, **fields}


def said(who: Own = THIEF, whole: bool = True, **answers: list[Json]) -> dict[str, str]:
    """By name the text of each row."""
    found = {question: Answer(f"08-query-{question}", rows, whole) for question, rows in answers.items()}
    return {one["name"]: one["text"] for one in facts(found, who, ACCOUNT)}


def test_model_calls_and_tokens_are_counted_over_models_and_days() -> None:
    """All calls with their first and last, how many were refused, tokens and models: of the principal alone."""
    calls = [
        row("genai_activity", eventname=name, n=n, errors=errors, first_seen=first, last_seen=last)
        for name, n, errors, first, last in (
            ("InvokeModel", 1200, 10, "2026-11-21T09:12:30Z", "2026-11-21T23:00:00Z"),
            ("Converse", 40, 0, "2026-11-22T00:00:00Z", "2026-11-22T09:47:59Z"),
            ("ListAgents", 7, 0, "2026-11-20T00:00:00Z", "2026-11-23T00:00:00Z"),
        )
    ]
    counts = {"errors": 0, "without_tokens": 1}
    used = [
        row("tokens_by_caller", model="arn:aws:bedrock:::model/a", n=30, in_tokens=3_100_000, out_tokens=1, **counts),
        row("tokens_by_caller", model="b", n=2, in_tokens=500, out_tokens=411_999, **counts),
        row("tokens_by_caller", actor=f"{USER}2", model="c", n=9, in_tokens=9, out_tokens=9, **counts),
    ]
    told = said(genai_activity=[*calls, {**calls[0], "actor": f"{USER}2"}], tokens_by_caller=used)
    assert told["Model calls"] == (
        "1,240 by this user, 10 of them refused or failed; first 2026-11-21 09:12 UTC, last 2026-11-22 09:47 UTC."
    )
    assert told["Tokens"] == (
        "3.1 M in, 412,000 out, in 32 logged calls, 2 of them without a count. Models: a (30), b (2)."
    )


def test_changes_are_counted_with_whom_they_were_about() -> None:
    """By call, refused ones apart; names that others chose are one clean line, and few."""
    changes = [
        row("iam_persistence", eventname="CreateUser", target="mallory\u202e\nApproved"),
        *(row("iam_persistence", eventname="CreateAccessKey", target=f"user-{n}") for n in range(5)),
        row("iam_persistence", eventname="CreateUser", target="x", errorcode="AccessDenied"),
        row("iam_persistence", eventname="CreateUser", target="innocent", access_key="AKIA", principal_id="AIDA"),
    ]
    sessions = [row("key_lineage", eventname="AssumeRole", eventsource="sts.amazonaws.com", issued_key="ASIA",
                    role_arn=ROLE)]  # fmt: skip
    tampering = [
        row("logging_tampering", eventname="StopLogging"),
        row("logging_tampering", eventname="DeleteTrail", access_key="AKIA", principal_id="AIDA", actor=f"{USER}2"),
        row("logging_tampering", eventname="UpdateTrail", account="111122223333"),
    ]
    told = said(iam_persistence=changes, key_lineage=sessions, logging_tampering=tampering, agent_changes=[])
    assert told["Changed in IAM"] == (
        "CreateAccessKey × 5 (user-0, user-1, user-2 and 2 more), CreateUser × 1 (mallory Approved). "
        "1 were refused or failed."
    )
    assert told["Sessions issued"] == "AssumeRole × 1 (app)."
    assert told["Logging, detection"] == "StopLogging × 1."
    assert told["Agents, knowledge"] == "Nothing by this principal."


def test_what_was_not_answered_is_not_said_to_be_nothing() -> None:
    """No question, some questions, and answers that were cut: each is said."""
    assert said() == {"The logs": NOT_SEARCHED}
    told = said(iam_persistence=[])
    assert told.pop("Changed in IAM") == "Nothing by this principal."
    assert len(told) == len(QUESTIONS) - 1 and set(told.values()) == {NOT_ANSWERED}
    assert said(whole=False, iam_persistence=[])["Changed in IAM"].endswith(NOT_ALL)


def test_of_a_role_it_is_said_whose_calls_are_counted() -> None:
    """CloudTrail's questions name the role, the invocation log the very session."""
    who = Own("ASIA", frozenset(("AROA:i-0123",)), ROLE, SESSION)
    calls = [row("genai_activity", actor=ROLE, eventname="Converse", n=1, errors=0, first_seen="", last_seen="")]
    assert said(who, genai_activity=calls)["Model calls"].startswith("1 by this role (all its sessions);")
    assert said(who, genai_activity=[])["Model calls"] == "None by this role (all its sessions)."
    other = [row("tokens_by_caller", actor=f"{SESSION}4")]
    assert said(who, tokens_by_caller=other)["Tokens"] == "None by this session in the invocation log."


def test_where_nobody_knows_the_principal_nothing_is_said_to_be_theirs() -> None:
    """Neither a key nor anybody that IAM knows: that is not the same as no calls."""
    told = said(Own(), **{question: [row(question)] for question in QUESTIONS})
    assert set(told.values()) == {NOT_KNOWN}


def test_rows_are_kept_and_an_attempt_with_more_answers_writes_over_them(ledger: Ledger) -> None:
    """One that has the same changes nothing."""
    few, more = facts({}, THIEF, ACCOUNT), [{"name": "Tokens", "text": "1 in", "artefact": "08-query-x"}]
    assert log_rows.kept(ledger, "IR-1") == []
    for rows in (few, few, more, more):
        log_rows.keep(ledger, "IR-1", rows)
        assert log_rows.kept(ledger, "IR-1") == rows
