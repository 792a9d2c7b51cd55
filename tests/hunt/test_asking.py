"""Questions asked of DuckDB: each answers what its records say, and nothing of what they do not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunt import tables
from hunt.asking import ask, ask_all, span
from hunt.dialect import in_duckdb
from lambdas.core.errors import InputRefused
from lambdas.evidence.query import Query, queries, query
from tests.hunt.questions import CASES, INPUTS, KEY, OLD, call, used

DATA = Path(os.environ.get("RESPONDER_DATA") or Path(__file__).parents[3] / "shared" / "data")
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"no real logs at {DATA}; set RESPONDER_DATA to their folder")
IDS = [q.id for q in queries()]
COMPARING = ("opened_then_invoked", "blind_window", "last_good_logging", "new_models", "failed_calls")
"""Questions that compare records with each other: there every record counts."""


def connected(records: Iterable[dict[str, Any]]) -> Any:
    """Both tables, the records sorted into them by what they are."""
    records = list(records)
    return tables.of_records([r for r in records if "operation" not in r], [r for r in records if "operation" in r])


def test_every_question_has_its_case():
    """There are 27 questions, those of the catalogue, each with records of its own."""
    assert sorted(CASES) == IDS
    numbers = [
        *(f"ct{n:02}" for n in range(1, 17)),
        *(f"q{n:02}" for n in range(1, 7)),
        *(f"inv{n:02}" for n in range(1, 6)),
    ]
    assert sorted(q.declared["catalogue"] for q in queries()) == sorted(numbers)


@pytest.mark.parametrize("name", IDS)
def test_it_answers_what_the_records_say(name):
    """The rows that are expected, in that order, with the columns that are declared."""
    records, expected, _ = CASES[name]
    rows = ask(connected(records), query(name), INPUTS)
    assert [{key: row[key] for key in wanted} for row, wanted in zip(rows, expected, strict=True)] == expected


@pytest.mark.parametrize("name", IDS)
def test_it_is_silent_about_the_rest(name):
    """Other services' calls of the same name, refused ones where these do not count, and other days answer nothing."""
    assert ask(connected(CASES[name][2]), query(name), INPUTS) == []


@pytest.mark.parametrize("name", [name for name in IDS if name not in COMPARING])
def test_one_answer_is_not_changed_by_the_rest(name):
    """What must not be told does not hide what must be."""
    records, expected, others = CASES[name]
    assert len(ask(connected([*others, *records]), query(name), INPUTS)) == len(expected)


@pytest.mark.parametrize("name", IDS)
def test_columns_and_kinds_are_as_declared(name):
    """The columns that come back are the declared ones in their order, and values are plain JSON of their kind."""
    asked, connection = query(name), connected(CASES[name][0])
    kinds = {"text": (str, type(None)), "json": (str, type(None)), "number": (int,), "texts": (list,)}
    for row in ask(connection, asked, INPUTS):
        assert list(row) == list(asked.outputs)
        assert [c for c, kind in asked.outputs.items() if not isinstance(row[c], kinds[kind])] == []
        assert json.loads(json.dumps(row)) == row
    columns = [column[0].lower() for column in connection.execute(*in_duckdb(asked).bound(INPUTS)).description]
    assert columns == list(asked.outputs)


def test_no_region_approved_makes_every_region_unusual():
    """An empty list excludes nothing, and does not silence the question."""
    rows = ask(connected([call("Converse")]), query("unusual_regions"), {**INPUTS, "approved_regions": []})
    assert [row["awsregion"] for row in rows] == ["us-east-1"]


def test_lists_that_are_empty_fit_nothing():
    """Nobody named is nobody, not everybody."""
    assert (
        ask(connected([call("CreateUser", "iam.amazonaws.com")]), query("iam_persistence"), {**INPUTS, "actors": []})
        == []
    )


def test_text_that_is_no_json_is_no_failure():
    """A record whose parameters are no JSON is told like the others, as Athena tells it."""
    broken = call(
        "Converse", requestParameters="{broken", additionalEventData="}", responseElements="<xml/>", at="11:00:00"
    )
    for name in IDS:
        records, expected, _ = CASES[name]
        assert len(ask(connected([*records, broken]), query(name), INPUTS)) >= len(expected), name


def test_the_span_is_that_of_both_logs():
    """From the earliest record to the latest, whichever log has it; a time that is none does not count."""
    records = [call("Converse", at=OLD), call("Converse", at="yesterdayT"), used("2026-02-03T04:05:06Z")]
    days = {"day_from": "2026/01/01", "day_to": "2026/02/03"}
    assert span(connected(records)) == {**days, "hour_from": "2026/01/01/23", "hour_to": "2026/02/03/04"}


def test_no_records_have_no_span():
    """Of empty tables nothing can be asked, and nothing fails."""
    assert span(connected([])) == {}
    assert ask_all(connected([]), {}) == {}


def test_all_questions_are_those_whose_inputs_are_known():
    """With no word about a suspect, the questions about suspects are left out; with all inputs none is."""
    connection = connected([call("Converse"), used()])
    without = ask_all(connection, {})
    assert {"watched_events", "tokens_by_caller", "blind_window"} <= set(without)
    assert not {"access_key_activity", "iam_persistence", "new_models"} & set(without)
    assert list(ask_all(connection, INPUTS)) == IDS
    assert without["tokens_by_caller"][0]["n"] == 1


HOSTILE = ["' OR '1'='1", "x'; DROP TABLE cloudtrail_logs; --", "?", "$1", ":day_from", '"', "\\'", "/*", "--", ");"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32), min_size=1, max_size=60)


@given(key=TEXTS | st.sampled_from(HOSTILE))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_value_is_bound_and_never_executed(shared, key):
    """Whatever text is asked for, only the records with just this text are told, and both tables are still there."""
    rows = ask(shared, query("access_key_activity"), {**INPUTS, "access_key_id": key})
    assert [row["eventname"] for row in rows] == (["Converse"] if key == KEY else [])
    assert ask(shared, query("iam_persistence"), {**INPUTS, "actors": [key, key]}) == []
    assert shared.execute("SELECT count(*) FROM cloudtrail_logs").fetchall() == [(1,)]
    marked = "hostile" + key
    assert marked not in query("access_key_activity").bound({**INPUTS, "access_key_id": marked})[0]


@pytest.fixture(scope="module")
def shared() -> Any:
    return connected([call("Converse")])


@pytest.mark.parametrize("value", [None, 7, "", ["a"], "a\x00b", "x" * 3000])
def test_a_value_of_the_wrong_kind_is_refused(shared, value):
    """It names the input and what is allowed, and does not repeat the value."""
    with pytest.raises(InputRefused, match="access_key_id: must") as refused:
        ask(shared, query("access_key_activity"), {**INPUTS, "access_key_id": value})
    assert "xxx" not in str(refused.value)


# ---------------------------------------------------------------- real logs; expected figures were counted with jq


def invictus() -> Any:
    files = sorted((DATA / "invictus" / "CloudTrail").glob("*.json"))
    return tables.of_records(record for path in files for record in json.loads(path.read_text())["Records"])


@pytest.fixture(scope="module")
def invictus_logs() -> Any:
    return invictus()


@needs_data
def test_invictus(invictus_logs):
    """A simulated attack on one account: 2,900 records. jq over the same files: 58 watched, 2,104 by the thief's key,
    88 changes in IAM by bert-jan of which 3 failed, and 23 calls on logging and the places of logs.
    """
    known = span(invictus_logs)
    assert known["day_from"] == known["day_to"] == "2023/07/10"
    key, user = "AKIATFQR7NSC8Q4X20BJ", "arn:aws:iam::123837392027:user/bert-jan"
    answers = ask_all(invictus_logs, {"access_key_id": key, "actors": [user]})
    assert len(answers["watched_events"]) == 58
    assert len(answers["access_key_activity"]) == 2104
    assert Counter(bool(row["errorcode"]) for row in answers["iam_persistence"]) == {False: 85, True: 3}
    told = Counter(row["eventname"] for row in answers["logging_tampering"])
    assert told == {
        "DeleteBucket": 8, "DeleteTrail": 3, "StopLogging": 3, "PutBucketPolicy": 3, "PutEventSelectors": 2,
        "DeleteBucketPolicy": 1, "PutBucketLifecycle": 1, "DeleteBucketLifecycle": 1, "DeleteLogGroup": 1,
    }  # fmt: skip
    assert answers["genai_activity"] == answers["failed_calls"] == answers["tokens_by_caller"] == []


@needs_data
def test_stratus():
    """A detonation that opens a model and calls it: one actor, one call, one model, as jq finds them."""
    records = json.loads((DATA / "stratus-red-team" / "aws.impact.bedrock-invoke-model.json").read_text())
    (row,) = ask_all(tables.of_records(records), {})["opened_then_invoked"]
    assert row["actor"] == "arn:aws:iam::494659789341:role/test-role"
    assert (row["first_opened"], row["first_invoked"]) == ("2024-10-17T20:09:50Z", "2024-10-17T20:11:24Z")
    assert (row["invocations"], row["models"]) == (1, ["anthropic.claude-3-sonnet-20240229-v1:0"])
    assert len(row["opened_with"]) == 3


@needs_data
def test_invocations():
    """29 records of a chat, 23 of them throttled and without counts: jq sums 8,066 tokens asked and 621 answered."""
    lines = (DATA / "bedrock-invocations" / "invocations.jsonl").read_text().splitlines()
    connection = tables.of_records(invocations=map(json.loads, lines))
    rows = ask_all(connection, {})["tokens_by_caller"]
    counted = ("n", "errors", "without_tokens", "in_tokens", "out_tokens")
    assert {name: sum(row[name] for row in rows) for name in counted} == dict(
        zip(counted, (29, 23, 23, 8066, 621), strict=True)
    )
    assert {row["actor"] for row in rows} == {"arn:aws:iam::444455556666:user/user1"}
    regions = {row["inference_region"]: row["n"] for row in rows}
    assert regions == {None: 23, "us-east-2": 3, "us-west-2": 1, "eu-north-1": 1, "ap-northeast-2": 1}


@needs_data
def test_panther():
    """Of eight invocation records that were written for rules, a guardrail intervened in two: in one the stop reason
    says so, in the other the guardrail's action.
    """
    lines = (DATA / "panther-analysis" / "bedrock_invocation.jsonl").read_text().splitlines()
    records = [json.loads(line)["event"] for line in lines]
    rows = ask_all(tables.of_records(invocations=records), {})["guardrail_interventions"]
    assert sorted(row["marker"].split()[0] for row in rows) == ["amazon-bedrock-guardrailAction", "stopReason"]


class TestTranslation:
    def test_asking_loads_no_translator(self):
        """The committed translations are found for every question: sqlglot would take longer than the answers."""
        code = (
            "import sys; from hunt import asking, tables; from tests.hunt.questions import INPUTS, call\n"
            "answers = asking.ask_all(tables.of_records([call('Converse')]), INPUTS)\n"
            "print(len(answers), 'sqlglot' in sys.modules)"
        )
        root = Path(__file__).parents[2]
        done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["27", "False"]

    def test_what_is_not_rendered_is_translated(self):
        """A question that somebody just wrote is asked all the same."""
        asked = Query("new", "SELECT count_if(eventname = :name) AS n FROM cloudtrail_logs", {
            "inputs": {"name": "text"}, "outputs": {"n": "number"}})  # fmt: skip
        assert ask(connected([call("Converse")]), asked, {"name": "Converse"}) == [{"n": 1}]

    @pytest.mark.parametrize("name", IDS)
    def test_both_texts_take_the_same_values(self, name):
        """The translation has every input that the question has, each as often."""
        asked = query(name)
        assert sorted(in_duckdb(asked).bound(INPUTS)[1]) == sorted(asked.bound(INPUTS)[1])
