"""Questions as files: their declarations tell the truth, and their SQL is Athena's, with nothing written into it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from lambdas.core.errors import InputRefused
from lambdas.evidence import query as questions
from lambdas.evidence.query import KINDS, PLACES, QUERIES, Query, load, names, queries, query, watchlist

IDS = [q.id for q in queries()]
EXAMPLES = {"day": "2026/01/02", "hour": "2026/01/02/03", "timestamp": "2026-01-02T03:04:05Z", "text": "x"}
# Trino's documented functions (trino.io/docs/current/functions.html), of which Athena's engine 3 has these.
TRINO = re.findall(
    r"\w+",
    """
    any_match approx_distinct array_agg array_distinct array_join array_sort avg cardinality coalesce concat concat_ws
    contains count count_if date_diff date_parse element_at filter from_iso8601_timestamp greatest json_extract
    json_extract_scalar least length lower max max_by min min_by none_match nullif position regexp_count regexp_extract
    regexp_like replace reverse round sequence slice split split_part strpos substr sum to_unixtime transform trim try
    try_cast upper url_extract_host
    """,
)
FIELDS = ("eventSource", "eventName", "category", "readOnly", "resources", "severity", "tactics", "playbooks")
WORDS = {"in", "as", "and", "or", "not", "when", "then", "on", "from", "where", "join", "over", "values", "distinct"}
SYNTAX = re.compile(r"--[^\n]*|'(?:[^']|'')*'|([a-z_0-9]+)\s*\(", re.I)


def values(asked: Query) -> dict[str, str | list[str]]:
    return {
        name: EXAMPLES[kind] if kind in KINDS else [EXAMPLES[kind.removesuffix("s")]] * 2
        for name, kind in asked.inputs.items()
    }


def text(name: str) -> str:
    """The SQL as it stands in the file."""
    return (QUERIES / f"{name}.sql").read_text().partition("*/")[2]


@pytest.mark.parametrize("asked", queries(), ids=IDS)
def test_a_declaration_is_whole(asked):
    """A plain question, its playbooks, what must be logged for it, and outputs of known kinds."""
    assert re.fullmatch(r"[A-Z][^\n]{10,118}\?", asked.question)
    assert set(asked.declared["playbooks"]) <= {"bedrock", "amazon_q"} and asked.declared["playbooks"]
    assert asked.declared["needs"].strip()
    assert set(asked.inputs.values()) <= {*KINDS, *(f"{kind}s" for kind in KINDS)}
    assert asked.outputs and set(asked.outputs.values()) <= {"text", "number", "texts", "json"}
    known = {"catalogue", "question", "playbooks", "needs", "evidence", "answers_seed", "limits", "inputs", "outputs"}
    assert set(asked.declared) <= known


@pytest.mark.parametrize("asked", queries(), ids=IDS)
def test_inputs_are_the_names_that_are_used(asked):
    """None is declared and unused, none used and undeclared; a list stands in parentheses after IN."""
    used = {match[1] for match in PLACES.finditer(text(asked.id)) if match[1]}
    assert used == set(asked.inputs)
    for name, kind in asked.inputs.items():
        in_list = re.findall(rf"(\bIN \(:{name}\))|:{name}\b", text(asked.id))
        assert all(bool(found) is (kind not in KINDS) for found in in_list), name


@pytest.mark.parametrize("name", IDS)
def test_lines_fit(name):
    """No line is longer than those of the code."""
    assert [line for line in (QUERIES / f"{name}.sql").read_text().splitlines() if len(line) > 120] == []


@pytest.mark.parametrize("asked", queries(), ids=IDS)
def test_it_is_one_select_of_athena(asked):
    """sqlglot reads it as Athena's; it selects and changes nothing, and it is within Athena's 262,144 bytes."""
    (parsed,) = sqlglot.parse(asked.bound(values(asked))[0], read="athena")
    assert isinstance(parsed, exp.Select)
    assert len(asked.sql.encode()) < 262_144
    columns = [column.alias_or_name.lower() for column in parsed.expressions]
    assert columns == list(asked.outputs)


@pytest.mark.parametrize("asked", queries(), ids=IDS)
def test_it_uses_functions_that_athena_has(asked):
    """Every function is one of Trino's, and every table one that the template makes."""
    called = {match[1].lower() for match in SYNTAX.finditer(text(asked.id)) if match[1]} - WORDS
    assert called <= set(TRINO)
    parsed = sqlglot.parse_one(asked.sql.replace(":", ""), read="athena")
    made_here = {cte.alias for cte in parsed.find_all(exp.CTE)}
    assert {t.name for t in parsed.find_all(exp.Table)} - made_here <= {"cloudtrail_logs", "bedrock_invocations"}


@pytest.mark.parametrize("name", IDS)
def test_it_keeps_off_what_the_two_dialects_do_differently(name):
    """UNNEST of rows, groups in regexp_replace, max_by of what may be NULL, and clauses that only DuckDB knows."""
    forbidden = (
        r"max_by\((?!coalesce|actor)|\bUNNEST\b|regexp_replace|\bQUALIFY\b|\bEXCLUDE\b|GROUP BY ALL|\bILIKE\b|::|list_"
        r"|\bINTERVAL\b"
    )
    assert re.findall(forbidden, re.sub(r"--[^\n]*|'(?:[^']|'')*'", "", text(name)), re.I) == []


@pytest.mark.parametrize("asked", [q for q in queries() if "actor" in q.outputs], ids=lambda asked: asked.id)
def test_an_actor_is_the_same_in_every_question(asked):
    """Of a role's session the role, of a user the user, of an AWS service its name: answers can be put together."""
    said = " ".join(text(asked.id).split()).replace("( c.", "(").replace("c.", "").replace(" )", ")")
    of_calls = (
        "coalesce(useridentity.sessioncontext.sessionissuer.arn, useridentity.arn, useridentity.invokedby) AS actor"
    )
    assert of_calls in said or "identity.arn AS actor" in said


@pytest.mark.parametrize("name", IDS)
def test_it_reads_only_the_days_that_are_asked_for(name):
    """Each table is held to its partitions: a question without would read, and cost, the whole bucket."""
    for table, partition in (("cloudtrail_logs", "day"), ("bedrock_invocations", "hour")):
        if re.search(rf"\b{table}\b", text(name)):
            assert re.search(rf"\b{partition} BETWEEN :{partition}_from AND :{partition}_to", text(name))


def test_ids_are_unique_and_known():
    """A question that is not there is refused with the names of those that are."""
    assert len(set(IDS)) == len(IDS) == 27
    with pytest.raises(InputRefused, match="watched_events"):
        query("nosuch")


@given(hostile=st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32), min_size=1, max_size=200))
def test_no_value_is_ever_in_the_sql(hostile):
    """The SQL is the same for every value of the same number, and the values stand beside it in their order."""
    asked = Query("q", "SELECT 'a:b' FROM t -- ask: why\nWHERE x = :one AND y IN (:many)", {
        "question": "?", "inputs": {"many": "texts", "one": "text"}, "outputs": {}})  # fmt: skip
    sql, parameters = asked.bound({"one": hostile, "many": [hostile, "b"]})
    assert sql == "SELECT 'a:b' FROM t -- ask: why\nWHERE x = ? AND y IN (?, ?)"
    assert parameters == [hostile, hostile, "b"]


def test_an_empty_list_fits_nothing():
    """IN of nothing is no SQL; NULL equals no value."""
    asked = Query("q", "x IN (:many)", {"inputs": {"many": "texts"}})
    assert asked.bound({"many": []}) == ("x IN (NULL)", [])


@pytest.mark.parametrize("kind", [*KINDS, *(f"{kind}s" for kind in KINDS)])
@given(value=st.none() | st.integers() | st.text(max_size=30) | st.lists(st.text(max_size=9), max_size=3))
def test_what_is_not_of_the_kind_is_refused(kind, value):
    """Either the value is exactly of its kind and is bound, or it is refused by the input's name, and not repeated."""
    asked = Query("q", "x IN (:suspect)", {"inputs": {"suspect": kind}})
    one, pattern = kind in KINDS, KINDS[kind] if kind in KINDS else KINDS[kind[:-1]]
    given_values = [value] if one else value
    fits = isinstance(value, str if one else list) and all(re.fullmatch(pattern, v) for v in given_values)
    if fits:
        assert asked.bound({"suspect": value})[1] == given_values
        return
    with pytest.raises(InputRefused) as refused:
        asked.bound({"suspect": value})
    assert refused.value.field == "suspect"


def test_a_list_in_a_list_is_refused():
    """Only texts are bound: nothing else has a meaning in SQL."""
    with pytest.raises(InputRefused):
        Query("q", "x IN (:many)", {"inputs": {"many": "texts"}}).bound({"many": [["a"], 7]})  # type: ignore[list-item]


def test_shared_facts_are_put_in_whole(tmp_path: Path):
    """A list's name becomes its list wherever it stands, the watch-list a table; a misspelt name fails."""
    head = "/*\nquestion = 'x'\n[outputs]\n*/\n"
    (tmp_path / "a.sql").write_text(head + "SELECT 1 FROM genai_watchlist WHERE s IN (genai_q_sources)")
    sql = load(tmp_path / "a.sql").sql
    assert sql.count("', 'critical', '") + sql.count("', 'high', '") == len(watchlist()) == 362
    assert all(f"'{source}'" in sql for source in names()["genai_q_sources"])
    (tmp_path / "b.sql").write_text(head + "SELECT 1 WHERE s IN (genai_nosuch)")
    with pytest.raises(KeyError):
        load(tmp_path / "b.sql")


def test_facts_are_safe_to_stand_in_sql():
    """Nothing in the JSON files of this folder could end a text in SQL."""
    facts = [value for row in watchlist() for value in (row["eventSource"], row["eventName"], *row["tactics"])]
    facts += [value for listed in names().values() for value in listed]
    assert [fact for fact in facts if not re.fullmatch(r"[A-Za-z0-9._-]+", fact)] == []


class TestTheCatalogue:
    def test_every_event_is_whole(self):
        """Every field has one of its values; each event stands once, and in order."""
        for row in watchlist():
            assert set(row) == set(FIELDS)
            assert row["category"] in ("Management", "Data", "unknown") and row["readOnly"] in (True, False, "unknown")
            assert row["severity"] in ("critical", "high") and row["tactics"] and row["playbooks"]
            assert all(re.fullmatch(r"AWS::\w+::\w+", kind) for kind in row["resources"])
        keys = [(row["eventSource"], row["eventName"]) for row in watchlist()]
        assert keys == sorted(set(keys)) and len(keys) == 362

    def test_management_events_have_no_resource_type(self):
        """A trail selects them without."""
        assert not [r for r in watchlist() if r["category"] == "Management" and r["resources"]]

    def test_calling_a_model_is_read_only(self):
        """CloudTrail flags it so (User Guide of Bedrock, "Monitor API calls using CloudTrail"; a real record too)."""
        flags = {r["eventName"]: r["readOnly"] for r in watchlist() if r["eventSource"] == "bedrock.amazonaws.com"}
        assert all(flags[name] is True for name in names()["genai_model_calls"])
        assert flags["Retrieve"] == "unknown", "AWS's own sample and public records disagree"

    def test_corrected_names_are_not_watched_under_the_wrong_one(self):
        """A name that AWS does not have is in no list; what stands for it says why."""
        corrections = json.loads((questions.HERE / "corrected_names.json").read_text())
        watched = {row["eventName"] for row in watchlist()}
        assert not watched & {c["written"] for c in corrections if c["written"] not in c["names"]}
        assert all(c["why"] and c["names"] for c in corrections)
