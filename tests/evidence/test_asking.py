"""Asking Athena: hostile values, tokens, pages, time that runs out, and what went wrong."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.core.errors import InputRefused, QueryFailed
from lambdas.core.session import own_client
from lambdas.evidence import asking
from lambdas.evidence.query import Query, query
from tests.local import athena_logs
from tests.local.athena_logs import call

Json = dict[str, Any]
KEY = "AKIAIOSFODNN7EXAMPLE"
SPAN = {"day_from": "2026/01/02", "day_to": "2026/01/02"}
INPUTS = {**SPAN, "access_key_id": KEY}
HOSTILE = ["x' OR '1'='1", "'); DROP TABLE cloudtrail_logs; --", "?", "\\", "''", ":day_from", "‮txt", "' || '"]
INCIDENT = "IR-20260102-0123456789"


def soon() -> float:
    return time.monotonic() + 20


def answer(question: asking.Asked) -> asking.Answer:
    found = asking.answer(question, asking.start(question), soon())
    assert found
    return found


def simple(sql: str, outputs: dict[str, str], **inputs: str) -> Query:
    return Query("simple", sql, {"question": "?", "inputs": inputs, "outputs": outputs})


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_a_literal_ends_at_its_end(value: str) -> None:
    """Between the quotes that begin and end it, every quote is doubled: so the text says itself and no more."""
    written = asking.literal(value)
    assert written[0] == written[-1] == "'"
    assert "'" not in written[1:-1].replace("''", "")
    assert written[1:-1].replace("''", "'") == value


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_values_are_values(logs: Any, hostile: str) -> None:
    """A record with such a key is found by exactly that key, and the other records are not."""
    mine = call("Mine", userIdentity={"type": "IAMUser", "accountId": athena_logs.ACCOUNT, "accessKeyId": hostile})
    logs(mine, call("Others"))
    question = asking.asked(query("access_key_activity"), {**SPAN, "access_key_id": hostile}, INCIDENT)
    assert hostile not in question.sql.replace("?", "") or hostile == "?"
    assert [row["eventname"] for row in answer(question).rows] == ["Mine"]


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("access_key_activity", INPUTS, {}),
        ("genai_activity", SPAN, {"n": 1, "errors": 1}),
        ("failed_calls", SPAN, {"n": 1}),
    ],
)
def test_an_event_that_is_delivered_twice_is_one(logs: Any, name: str, values: Json, told: Json) -> None:
    """Two trails may deliver the same event to one place; lists have it once, and numbers count it once."""
    who = {"type": "IAMUser", "accountId": athena_logs.ACCOUNT, "accessKeyId": KEY}
    same = call("InvokeModel", userIdentity=who, eventID="e-1", errorCode="AccessDenied")
    logs(same, same)
    (row,) = answer(asking.asked(query(name), values, INCIDENT)).rows
    assert {key: row[key] for key in told} == told


def test_a_value_that_athena_does_not_take() -> None:
    """Longer than a parameter may be, it is refused by name before anything is asked."""
    with pytest.raises(InputRefused, match="inputs: must have at most 1022 characters each"):
        asking.asked(query("access_key_activity"), {**SPAN, "access_key_id": "'" * 600}, INCIDENT)


def test_a_rerun_asks_nothing_twice(logs: Any) -> None:
    """The same question of the same incident is the same execution; of another incident, or day, it is another."""
    first = asking.start(asking.asked(query("access_key_activity"), INPUTS, INCIDENT))
    assert asking.start(asking.asked(query("access_key_activity"), INPUTS, INCIDENT)) == first
    assert asking.start(asking.asked(query("access_key_activity"), INPUTS, "IR-20260102-9876543210")) != first
    later = {**INPUTS, "day_to": "2026/01/03"}
    assert asking.start(asking.asked(query("access_key_activity"), later, INCIDENT)) != first


def test_all_pages_are_read_and_the_header_is_no_row(logs: Any) -> None:
    """2,500 rows come on three pages: each once, in order, with the bytes that were read for them."""
    logs(*(call(f"Call{n:04d}", f"2026-01-02T10:{n // 60:02d}:{n % 60:02d}Z") for n in range(2500)))
    found = answer(asking.asked(query("access_key_activity"), INPUTS, INCIDENT))
    assert [row["eventname"] for row in found.rows] == [f"Call{n:04d}" for n in range(2500)]
    assert (found.more, found.bytes_scanned > 0) == (False, True)


def test_more_rows_than_are_kept(logs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes beyond the most that is kept is left out, and the answer says that there is more."""
    monkeypatch.setattr(asking, "MOST_ROWS", 1500)
    logs(*(call(f"Call{n:04d}", f"2026-01-02T10:{n // 60:02d}:{n % 60:02d}Z") for n in range(2500)))
    found = answer(asking.asked(query("access_key_activity"), INPUTS, INCIDENT))
    assert (len(found.rows), found.more) == (1500, True)


def test_values_have_the_declared_kinds(logs: Any) -> None:
    """Numbers are numbers, lists are lists, NULL is None, and text that looks like a number stays text."""
    logs(call("One"), call("Two", "2026-01-02T10:00:01Z"))
    sql = """SELECT count(*) AS n, 0.5 AS half, array_agg(eventname ORDER BY eventtime) AS names, '007' AS agent,
      cast(NULL AS bigint) AS nothing, 1 < 2 AS yes FROM cloudtrail_logs WHERE day >= '2026/01/01'"""
    kinds = {"n": "number", "half": "number", "names": "texts", "agent": "text", "nothing": "number", "yes": "boolean"}
    (row,) = answer(asking.asked(simple(sql, kinds), {}, INCIDENT)).rows
    assert row == {"n": 2, "half": 0.5, "names": ["One", "Two"], "agent": "007", "nothing": None, "yes": True}


def test_columns_that_were_not_declared(logs: Any) -> None:
    """An answer with other columns than the question declares is refused: nobody would know what they mean."""
    with pytest.raises(QueryFailed, match="answers other columns than it declares: a, b"):
        answer(asking.asked(simple("SELECT 1 AS a, 2 AS b", {"a": "number"}), {}, INCIDENT))


def test_time_that_runs_out(logs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no time left there is no answer yet; asked again, the same execution gives it."""
    monkeypatch.setenv("EMBEDDED_QUERY_SECONDS", "2")
    logs(call("One"))
    question = asking.asked(query("access_key_activity"), INPUTS, INCIDENT)
    execution = asking.start(question)
    assert asking.answer(question, execution, time.monotonic()) is None
    found = asking.answer(question, asking.start(question), soon())
    assert found
    assert (found.execution_id, len(found.rows)) == (execution, 1)


def test_pages_that_take_too_long(logs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time that runs out between two pages gives no answer either: half of one would pass for a whole."""
    logs(*(call(f"Call{n:04d}") for n in range(1200)))
    question = asking.asked(query("access_key_activity"), INPUTS, INCIDENT)
    execution = asking.start(question)
    assert asking.answer(question, execution, soon())
    assert asking.answer(question, execution, time.monotonic() - 1) is None


def test_a_query_that_fails_says_why(logs: Any) -> None:
    """Athena's own reason stands in the error."""
    broken = replace(query("access_key_activity"), sql="SELECT nothing FROM cloudtrail_logs", declared={"outputs": {}})
    with pytest.raises(QueryFailed, match=r"Athena: SYNTAX_ERROR.*nothing"):
        answer(asking.asked(broken, {}, INCIDENT))


def test_a_workgroup_that_is_gone(logs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """So does what Athena refuses outright."""
    monkeypatch.setenv("QUERY_WORKGROUP", "gone")
    with pytest.raises(QueryFailed, match=r"Athena: .*WorkGroup is not found"):
        asking.start(asking.asked(query("access_key_activity"), INPUTS, INCIDENT))


def test_a_query_is_stopped(logs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stopped query costs no more, and who still waits for it is told."""
    monkeypatch.setenv("EMBEDDED_QUERY_SECONDS", "60")
    question = asking.asked(query("access_key_activity"), INPUTS, INCIDENT)
    execution = asking.start(question)
    asking.stop(execution)
    state = own_client("athena").get_query_execution(QueryExecutionId=execution)["QueryExecution"]["Status"]["State"]
    assert state == "CANCELLED"
    with pytest.raises(QueryFailed, match="Query cancelled by user"):
        asking.answer(question, execution, soon())
