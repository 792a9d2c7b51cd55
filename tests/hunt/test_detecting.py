"""Each detection speaks and is silent as its own stories say, alone and among other records, in Athena's own words."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.loaders
import pytest
import sqlglot
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import exp

from hunt import detecting, stories, tables
from hunt.asking import span
from lambdas.core.errors import InputRefused
from lambdas.evidence import query
from lambdas.evidence.query import DETECTED, DETECTIONS, Query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ALL = {one.id: one for one in query.detections()}
TOLD = [
    pytest.param(ALL[name], story, kind == "true", id=f"{name}: {story['story']}")
    for name, one in ALL.items()
    for kind in ("true", "false")
    for story in one.declared[kind]
]
EACH = pytest.mark.parametrize("one", [pytest.param(one, id=name) for name, one in ALL.items()])
# https://trino.io/docs/current/functions.html; Athena's engine 3 has all of these.
TRINO = {
    *("array_agg", "array_join", "array_sort", "cast", "coalesce", "count", "count_if", "from_iso8601_timestamp"),
    *("json_extract_scalar", "lag", "lead", "lower", "max", "min", "nullif", "regexp_extract", "regexp_like"),
    *("replace", "sum", "to_unixtime"),
}
NO_FUNCTIONS = {"and", "as", "by", "distinct", "in", "not", "or", "over", "when", "where", "array_agg"}
RENUMBERED = {"T1562.001": "T1685", "T1562.008": "T1685.002"}

Told = tuple[list[dict[str, Any]], list[dict[str, Any]]]


@cache
def database() -> DuckDBPyConnection:
    """One for all tellings, on one core: making one takes longer than asking it."""
    connection = tables.of_records()
    connection.execute("SET threads = 1")
    return connection


def ask(one: Query, told: Told, inputs: dict[str, Any]) -> list[dict[str, Any]]:
    connection = database()
    with tempfile.TemporaryDirectory() as folder:
        for table, records in zip(("cloudtrail_logs", "bedrock_invocations"), told, strict=True):
            lines = Path(folder) / table
            lines.write_text("".join(json.dumps(record) + "\n" for record in records))
            tables.fill(connection, table, *([lines] if records else []))
    return detecting.answers(connection, one, {**span(connection), **inputs})


# --- the stories


@pytest.mark.parametrize(("one", "story", "speaks"), TOLD)
def test_a_detection_speaks_of_its_true_stories_and_is_silent_of_its_false_ones(
    one: Query, story: dict[str, Any], speaks: bool
) -> None:
    """Also the counts, where a story gives them, and every column of an answer is of its kind."""
    found = ask(one, stories.told(story["records"]), story.get("inputs", {}))
    assert bool(found) is speaks, found
    if "n" in story:
        assert sorted(row["n"] for row in found) == story["n"]
    for row in found:
        assert [name for name in row if name in DETECTED] == list(DETECTED)
        assert row["actor"].startswith("arn:aws:") and row["account"] == stories.ACCOUNT
        assert re.fullmatch(r"[a-z]+-[a-z]+-\d(, [a-z]+-[a-z]+-\d)*", row["region"])
        assert stories.BEGIN.isoformat()[:19] <= row["first_seen"] <= row["last_seen"]
        assert len(set(row["event_ids"])) == min(row["n"], detecting.EVENTS)
        assert row["detail"]


@EACH
def test_every_detection_has_stories_of_both_kinds(one: Query) -> None:
    """Two or more of each: what it must see in two ways, and what looks alike and is not it."""
    for kind in ("true", "false"):
        told = [story["story"] for story in one.declared[kind]]
        assert len(told) == len(set(told)) >= 2


# --- the declarations


@EACH
def test_a_declaration_says_what_a_reader_needs(one: Query) -> None:
    """Severity with its reason, numbers of ATT&CK old and new, ATLAS's form, where it was published, what it misses."""
    said = one.declared
    assert {*said} == {
        *("title", "question", "severity", "why", "tactics", "attack", "atlas", "sources", "needs", "limits"),
        *("inputs", "true", "false", "outputs", *(["defaults"] if one.defaults else [])),
    }
    assert said["severity"] in detecting.SEVERITIES
    assert said["question"].endswith("?") and said["why"].endswith(".") and said["limits"].endswith(".")
    assert said["tactics"] and said["sources"]
    assert all(re.fullmatch(r"T\d{4}(\.\d{3})?", number) for number in said["attack"])
    assert all(re.fullmatch(r"AML\.T\d{4}", number) for number in said["atlas"])
    for old, new in RENUMBERED.items():
        assert (old in said["attack"]) == (new in said["attack"])


@EACH
def test_thresholds_are_inputs_with_defaults(one: Query) -> None:
    """Nothing is compared with a number that stands in the SQL, and all but the span has a default of its kind."""
    bare = re.sub(r"'[^']*'", "''", one.sql)
    assert not re.search(r"(<=|>=|<|>|BETWEEN)\s*[1-9]", bare)
    assert set(one.inputs) - set(one.defaults) <= {"day_from", "day_to", "hour_from", "hour_to"}
    assert set(one.defaults) <= set(one.inputs)
    assert set(re.findall(r":([a-z_]+)\b", bare)) == set(one.inputs)
    one.bound({**detecting.NOWHEN, **one.defaults})


def test_titles_are_told_apart() -> None:
    assert len({one.declared["title"] for one in ALL.values()}) == len(ALL)
    assert set(ALL) == {path.stem for path in DETECTIONS.iterdir()}


# --- the SQL


@EACH
def test_a_detection_is_athenas_sql_and_knows_only_its_functions(one: Query) -> None:
    """It parses in Athena's dialect, and every function that it calls by name is one that Trino has."""
    sql, _ = one.bound({**detecting.NOWHEN, **one.defaults})
    tree = sqlglot.parse_one(sql, read="athena")
    assert isinstance(tree, exp.Query)
    code = re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", sql))
    called = {name.lower() for name in re.findall(r"\b([a-z_0-9]+)\s*\(", code, re.IGNORECASE)}
    assert called - NO_FUNCTIONS - TRINO <= {name.lower() for name in re.findall(r"(\w+) AS \(", code)}
    assert {table.name for table in tree.find_all(exp.Table)} >= {"cloudtrail_logs"} or one.inputs.get("hour_from")


@EACH
def test_no_detection_trusts_the_read_only_flag(one: Query) -> None:
    """AWS sets it to true for calls of models, and to either for Retrieve."""
    assert "readonly" not in one.sql.lower()


@EACH
def test_every_table_is_read_by_its_partitions(one: Query) -> None:
    """Athena bills by what it reads: each reading of a table is bounded by day or by hour."""
    reads = len(re.findall(r"\bFROM (cloudtrail_logs|bedrock_invocations)\b", one.sql))
    bounds = re.findall(r"\b(day BETWEEN :day_from AND :day_to|hour BETWEEN :hour_from AND :hour_to)\b", one.sql)
    assert reads == len(bounds) > 0


# --- among other records

OTHERS = {
    stories.ACCOUNT: "444455556666",
    stories.USER_KEY: "AKIAI44QH8DHBEXAMPL2",
    stories.SESSION_KEY: "ASIAI44QH8DHBEXAMPL2",
    "AKIAI44QH8DHBEXAMPLE": "AKIAI44QH8DHBEXAMPL3",
    '"r-1"': '"r-9"',
}


def elsewhere(records: Iterable[dict[str, Any]], day: str) -> list[dict[str, Any]]:
    """The same records in another account, with other credentials, on another day."""
    text = json.dumps(list(records)).replace("2026-03-02", day)
    for ours, theirs in OTHERS.items():
        text = text.replace(ours, theirs)
    return list(json.loads(text))


@given(
    told=st.sampled_from([(param.values[0], param.values[1]) for param in TOLD]),
    day=st.sampled_from(["2026-03-02", "2026-03-01", "2026-02-20", "2026-03-03"]),
    seed=st.integers(0, 999),
    draw=st.data(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_other_records_and_their_order_change_no_answer(
    told: tuple[Query, dict[str, Any]], day: str, seed: int, draw: st.DataObject
) -> None:
    """What another account does neither hides nor makes an answer, and answers do not hang on the order of records. The
    others act out stories of the same detection, and of all.
    """
    one, story = told
    like = st.sampled_from([*one.declared["true"], *one.declared["false"]])
    others = draw.draw(st.lists(like | st.sampled_from([param.values[1] for param in TOLD]), max_size=4))
    alone = stories.told(story["records"])
    inputs = story.get("inputs", {})
    mixed: Told = ([*alone[0]], [*alone[1]])
    for number, other in enumerate(others):
        for own, theirs in zip(mixed, stories.told(other["records"], f"other{number}"), strict=True):
            own.extend(elsewhere(theirs, day))
    for records in mixed:
        random.Random(seed).shuffle(records)
    ours = [row for row in ask(one, mixed, inputs) if row["account"] == stories.ACCOUNT]
    key = json.dumps
    assert sorted(ours, key=key) == sorted(ask(one, alone, inputs), key=key)


def test_records_that_hold_nothing_end_no_detection() -> None:
    """Parameters that are text and no JSON, no identity, no parameters, times without calls: silence, not an error."""
    firsts = [param.values[1]["records"][0] for param in TOLD]
    events = {(first.get("eventSource", "bedrock"), first.get("eventName")) for first in firsts}
    empty = [
        {"eventSource": source, "eventName": name, "userIdentity": {}, "request": request}
        for source, name in sorted(events, key=str)
        for request in (None, "HIDDEN_DUE_TO_SECURITY_REASONS", {}, ["?"])
        if name
    ]
    told = stories.told([*empty, {"operation": "Converse", "identity": {}, "input": {}, "output": {}}])
    assert all(row["detail"] is not None for row in detecting.detect(tables.of_records(*told)))


# --- all of them together


def test_answers_come_critical_first_then_by_time() -> None:
    records = [
        {"eventName": "CreateAgent"},
        {"eventName": "DeleteGuardrail", "at": 50},
        {"eventName": "DeleteModelInvocationLoggingConfiguration", "at": 99},
        {"eventName": "DeleteGuardrail", "at": 10, "user": "bob"},
    ]
    found = detecting.detect(tables.of_records(*stories.told(records)))
    told = [(row["severity"], row["id"], row["first_seen"][14:19]) for row in found]
    assert told == [
        ("critical", "logging_disabled", "01:39"),
        ("high", "guardrail_deleted", "00:10"),
        ("high", "guardrail_deleted", "00:50"),
        ("low", "agent_created_by_person", "00:00"),
    ]
    assert found[0]["title"] == "Model invocation logging turned off" and found[0]["attack"][0] == "T1562.008"


def test_the_count_is_true_where_the_list_of_events_is_cut() -> None:
    records = [{"eventName": "DeleteGuardrail", "times": 250}]
    (row,) = detecting.detect(tables.of_records(*stories.told(records)))
    assert row["n"] == 250
    assert row["event_ids"] == [f"event-{number:05d}" for number in range(detecting.EVENTS)]


def test_text_from_the_attacked_account_is_made_fit_to_show() -> None:
    """A name cannot turn the line round or fill the screen."""
    name = "evil\u202e\x1b[31m\n" + "x" * 5000
    records = [{"eventName": "DeleteGuardrail", "request": {"guardrailIdentifier": name}}]
    (row,) = detecting.detect(tables.of_records(*stories.told(records)))
    assert row["detail"].isprintable() and len(row["detail"]) == detecting.DETAIL


def test_nothing_is_found_where_nothing_is() -> None:
    assert detecting.detect(tables.of_records()) == []


def test_inputs_change_thresholds_and_who_is_trusted() -> None:
    connection = tables.of_records(*stories.told([{"eventName": "UpdateGuardrail", "role": "deployer"}]))
    assert [row["id"] for row in detecting.detect(connection)] == ["guardrail_changed"]
    assert detecting.detect(connection, {"trusted_actors": [f"arn:aws:iam::{stories.ACCOUNT}:role/deployer"]}) == []
    assert detecting.detect(connection, {"day_from": "2026/03/03", "day_to": "2026/03/09"}) == []


@pytest.mark.parametrize(
    ("inputs", "field"),
    [({"denial": "3"}, "denial"), ({"denials": "three"}, "denials"), ({"regions": ["2"]}, "regions")],
)
def test_inputs_that_no_detection_has_or_of_another_kind_are_refused(inputs: dict[str, Any], field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        detecting.detect(tables.of_records(*stories.told([{"eventName": "CreateAgent"}])), inputs)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT nothing FROM nowhere", "broken: Catalog Error"),
        ("SELECT 1 AS actor", "broken: answers ['actor'], not"),
    ],
)
def test_a_detection_that_cannot_run_names_itself(monkeypatch: pytest.MonkeyPatch, sql: str, said: str) -> None:
    broken = Query("broken", sql, {"outputs": DETECTED})
    monkeypatch.setattr(detecting, "detections", lambda: iter([broken]))
    with pytest.raises(detecting.DetectionFailed, match=f"^{re.escape(said)}"):
        detecting.detect(tables.of_records())


# --- what every detection's SQL must mind

OF_ANY_SERVICE = {"phantom_user_outside_bedrock", "agentcore_role_outside"}


@pytest.mark.parametrize(("one", "story", "speaks"), [param for param in TOLD if param.values[2]])
def test_another_services_event_of_the_same_name_is_another_event(
    one: Query, story: dict[str, Any], speaks: bool
) -> None:
    """CreateDataSource, CreateUser, PutResourcePolicy are events of many services; two detections ask for any."""
    cloudtrail, invocations = stories.told(story["records"])
    for record in cloudtrail:
        record["eventSource"] = "example.amazonaws.com"
    if cloudtrail and one.id not in OF_ANY_SERVICE:
        assert ask(one, (cloudtrail, invocations), story.get("inputs", {})) == []


def listed(sql: str) -> list[list[str]]:
    """The lists of event names in the SQL, the short ones first."""
    return sorted((re.findall(r"'(\w+)'", names) for names in re.findall(r"eventname IN \(([^)]*)\)", sql)), key=len)


def others(sql: str, name: str) -> set[str]:
    """The names that mean to this SQL what `name` means: they stand in the same list, and in no shorter one."""
    places: dict[str, list[str]] = {}
    for names in listed(sql):
        for one in names:
            places.setdefault(one, names)
    return {other for other, names in places.items() if names == places.get(name)}


@EACH
def test_every_event_that_is_listed_is_seen(one: Query) -> None:
    """A true story stays true when one of its events becomes another of the same list."""
    for story in one.declared["true"]:
        records = story["records"]
        for place, record in enumerate(records):
            for other in others(one.sql, record.get("eventName", "")):
                renamed = [*records[:place], {**record, "eventName": other}, *records[place + 1 :]]
                assert ask(one, stories.told(renamed), story.get("inputs", {})), other


@EACH
def test_every_event_that_is_named_is_one_of_aws(one: Query) -> None:
    """Each is an operation in the SDK's models of these services, or stands in the catalogue of events."""
    named = {name for names in listed(one.sql) for name in names} | set(re.findall(r"eventname = '(\w+)'", one.sql))
    assert named <= operations() | {row["eventName"] for row in query.watchlist()}


@cache
def operations() -> set[str]:
    loader = botocore.loaders.create_loader()
    services = ("bedrock", "bedrock-agent", "bedrock-runtime", "bedrock-agentcore-control", "iam", "logs", "s3")
    others = ("cloudtrail", "guardduty", "qbusiness", "qapps")
    return {
        name
        for service in (*services, *others)
        for name in loader.load_service_model(service, "service-2")["operations"]
    }
