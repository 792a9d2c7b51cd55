"""The stories of real logs. Expected figures were taken from the files with jq, by the filters that are named."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from hunt.detecting import detect
from hunt.page import html
from hunt.reading import read
from hunt.story import tell

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("RESPONDER_DATA") or ROOT.parent / "shared" / "data")
SETS = ("invictus", "stratus-red-team", "panther-analysis", "bedrock-invocations")
SCHEMA = json.loads((ROOT / "schemas" / "hunt.json").read_text())
pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"no real logs at {DATA}; set RESPONDER_DATA to their folder")
BERT = "arn:aws:iam::123837392027:user/bert-jan"


@cache
def story(name):
    logs = read([str(DATA / name)])
    return tell(logs, detect(logs.connection), [name])


def person(name, actor):
    return next(one for one in story(name)["actors"] if one["actor"] == actor)


def line(name, what):
    return [(one["at"], one["n"]) for one in story(name)["timeline"] if one["what"].startswith(what)]


@pytest.mark.parametrize("name", SETS)
def test_every_real_story_fits_the_schema_and_has_a_page(name):
    """Each set gives a document that the schema knows, a summary of a few lines, and a page."""
    jsonschema.validate(story(name), SCHEMA)
    assert 2 <= len(story(name)["summary"]) <= 5
    assert "<h1>" in html(story(name))


@pytest.mark.parametrize("name", SETS)
def test_every_real_story_is_read_in_two_minutes(name):
    """At most sixty moments, whatever the number of records: 2,900 in Invictus' set."""
    assert len(story(name)["timeline"]) <= 60


def test_invictus_is_one_user_who_tore_down_the_trails():
    """jq: .Records | length = 2900; DeleteTrail without error twice at 12:08:04Z; CreateUser without error 4 times;
    AssumeRole of bert-jan without error into 5 roles, twice each.
    """
    made = story("invictus")
    assert made["records"]["read"] == 2900
    assert (made["period"]["first"], made["period"]["last"]) == ("2023-07-10T11:42:18Z", "2023-07-10T12:37:50Z")
    assert made["actors"][0]["actor"] == BERT
    off = [spot for spot in made["blind_spots"] if spot["kind"] == "trail_off"]
    assert [(spot["from"], spot["to"]) for spot in off] == [("2023-07-10T12:08:04Z", None)] * 2
    assert sum(n for _, n in line("invictus", "CreateUser")) == 4
    assumed = [link for link in made["lineage"]["links"] if link["via"] == "AssumeRole" and link["parent"] == BERT]
    assert sorted(link["n"] for link in assumed) == [2] * 5
    assert not any(one["invocations"] for one in made["actors"])


def test_stratus_opened_a_model_and_called_it():
    """jq: 15 records of bedrock.amazonaws.com, one InvokeModel at 20:11:24Z of 17 October 2024, in no invocation log:
    who, when, with which model, and that its cost is not known.
    """
    role = person("stratus-red-team", "arn:aws:iam::494659789341:role/test-role")
    assert story("stratus-red-team")["actors"][0] == role
    assert (role["genai_calls"], role["invocations"], role["usd"], role["unmetered_calls"]) == (15, 1, None, 1)
    assert role["models"] == ["anthropic.claude-3-sonnet-20240229-v1:0"]
    assert line("stratus-red-team", "Model use begins") == [("2024-10-17T20:11:24Z", 1)]
    assert "model_access_opened" in role["detections"]
    kinds = {spot["kind"]: spot for spot in story("stratus-red-team")["blind_spots"]}
    assert kinds["unlogged_invocations"]["n"] == 1


def test_panther_deleted_the_logging():
    """jq: DeleteModelInvocationLoggingConfiguration once, 2025-01-21 17:49:47, us-west-2, by DevAdmin, and no Put; of
    8 invocation records 5 differ in request id, time, input or output.
    """
    made = story("panther-analysis")
    [gap] = [spot for spot in made["blind_spots"] if spot["kind"] == "invocation_logging_off"]
    assert (gap["from"], gap["to"], gap["region"]) == ("2025-01-21T17:49:47Z", None, "us-west-2")
    assert any("DevAdmin" in one["actor"] for one in made["detections"] if one["id"] == "logging_disabled")
    assert made["cost"]["total"]["calls"] == 5


def test_a_real_conversation_costs_a_cent():
    """jq: 29 records, 23 without counts; 8,066 input and 621 output tokens of Claude Haiku 4.5, at 1 and 5 dollars a
    million through the global profile: 0.008066 + 0.003105.
    """
    [row] = story("bedrock-invocations")["cost"]["rows"]
    assert (row["calls"], row["without_counts"]) == (29, 23)
    assert (row["tokens"]["input"], row["tokens"]["output"]) == (8066, 621)
    assert row["usd"] == pytest.approx(0.011171)
    assert row["profile"] == "global"
