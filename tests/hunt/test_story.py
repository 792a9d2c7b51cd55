"""What a story says: of an attack that was made up so that its figures are known, and of nothing at all."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from hunt.detecting import detect
from hunt.stories import told
from hunt.story import tell
from tests.hunt.attack import PHANTOM, ROLE, ROLE_KEY, THIEF_KEY, attack, logs, story

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "hunt.json").read_text())


def actor(name):
    return next(person for person in story()["actors"] if person["name"] == name)


def told_of(cloudtrail=(), invocations=(), **facts):
    made = logs(list(cloudtrail), list(invocations), **facts)
    return tell(made, detect(made.connection) if cloudtrail or invocations else [])


@pytest.mark.parametrize("made", [story, told_of, lambda: told_of(told([{"eventName": "InvokeModel"}])[0])])
def test_every_story_fits_its_schema(made):
    """The document of an attack, of no record and of one record is what schemas/hunt.json promises."""
    jsonschema.validate(made(), SCHEMA)


def test_a_call_in_both_logs_is_one_call():
    """The stolen session made 135 model calls in CloudTrail, 90 of them logged too: 135 calls, not 225."""
    assert actor("role/ml-admin")["invocations"] == 135
    assert actor("role/ml-admin")["calls"] == 135 + 3 + 1 + 1 + 3


def test_an_invocation_record_belongs_to_the_role_that_cloudtrail_names():
    """The log says assumed-role/ml-admin/x; CloudTrail knows that the role has a path. It is one identity."""
    assert [person["actor"] for person in story()["actors"] if "ml-admin" in person["actor"]] == [ROLE]
    assert actor("role/ml-admin")["access_keys"] == [ROLE_KEY]


def test_the_worst_come_first():
    """Identities with critical detections, then high ones, then those without any."""
    ranks = ["critical", "high", "medium", "low", None]
    order = [ranks.index(person["severity"]) for person in story()["actors"]]
    assert order == sorted(order)
    assert story()["actors"][0]["actor"] == ROLE


def test_the_lineage_leads_from_the_stolen_key_to_the_api_key():
    """User to role by AssumeRole with the key that was then used; role to the phantom user by three ways."""
    links = {(link["parent"].rsplit("/", 1)[-1], link["via"]): link for link in story()["lineage"]["links"]}
    assert links["build-agent", "AssumeRole"]["child"] == ROLE
    assert (links["build-agent", "AssumeRole"]["keys"], links["build-agent", "AssumeRole"]["keys_used"]) == (
        [ROLE_KEY],
        1,
    )
    made = {via for parent, via in links if parent == "ml-admin"}
    assert made == {"CreateUser", "CreateServiceSpecificCredential", "CreateAccessKey"}
    assert all(link["child"] == PHANTOM for (parent, _), link in links.items() if parent == "ml-admin")


def test_the_timeline_tells_nothing_twice():
    """What a detection names is no line of its own, and no event id stands in two lines of different kinds."""
    detected = {event for found in story()["detections"] for event in found["event_ids"]}
    others = {event for line in story()["timeline"] if line["kind"] != "detection" for event in line["event_ids"]}
    assert detected
    assert not detected & others
    assert [line["at"] for line in story()["timeline"]] == sorted(line["at"] for line in story()["timeline"])


def test_many_of_the_same_are_one_line():
    """A hundred changes a minute are one line with its number; the same an hour later is another."""
    quick = [{"eventSource": "iam", "eventName": "CreateUser", "times": 100, "every": 1, "request": {"userName": "a"}},
             {"eventSource": "iam", "eventName": "CreateUser", "at": 7200, "request": {"userName": "b"}}]  # fmt: skip
    lines = [line for line in told_of(told(quick)[0])["timeline"] if line["kind"] == "watched"]
    assert [(line["n"], line["detail"]) for line in lines] == [(100, "a"), (1, "b")]


def test_a_gap_in_logging_is_bounded():
    """Logging was off from the deletion to the next put; who reads it learns both times and what fell into it."""
    [gap] = [spot for spot in story()["blind_spots"] if spot["kind"] == "invocation_logging_off"]
    assert (gap["from"], gap["to"]) == ("2026-03-02T11:02:00Z", "2026-03-02T15:00:00Z")
    [blind] = [spot for spot in story()["blind_spots"] if spot["kind"] == "unlogged_invocations"]
    assert (blind["n"], blind["region"], blind["from"]) == (45, "us-east-1", "2026-03-02T11:03:00Z")


def test_a_log_that_stays_off_has_no_end():
    """Without a later put the gap is open: `to` is null, and the words say so."""
    records = told([{"eventName": "DeleteModelInvocationLoggingConfiguration"}])[0]
    [gap] = [spot for spot in told_of(records)["blind_spots"] if spot["kind"] == "invocation_logging_off"]
    assert gap["to"] is None
    assert "not on again" in gap["what"]


@pytest.mark.parametrize(
    ("records", "kind"),
    [
        ([{"eventName": "InvokeModel"}], "no_invocation_log"),
        ([{"eventName": "InvokeModel"}], "no_data_events"),
        ([{"eventName": "InvokeModel"}], "no_read_only"),
        ([{"eventName": "InvokeModel"}], "no_mantle"),
        ([{"eventName": "InvokeModel", "awsRegion": "eu-west-1"}], "no_global_region"),
        ([{"eventSource": "bedrock-mantle", "eventName": "CreateInference"}], "mantle_unlogged"),
        ([{"eventName": "InvokeModel", "times": 2, "every": 9 * 3600}], "missing_hours"),
        ([{"operation": "Converse"}], "no_cloudtrail"),
        ([{"operation": "Converse", "inferenceRegion": "us-west-2"}, {"eventName": "InvokeModel"}], "region_unread"),
    ],
)
def test_what_is_not_logged_is_said(records, kind):
    """Each way in which logs are silent has its line, and the attack, where it is not so, has none of these."""
    spots = {spot["kind"]: spot for spot in told_of(*told(records))["blind_spots"]}
    assert kind in spots
    if kind == "missing_hours":
        assert (spots[kind]["n"], spots[kind]["from"], spots[kind]["to"]) == (
            8,
            "2026-03-02T11:00:00Z",
            "2026-03-02T19:00:00Z",
        )


def test_a_wanted_actor_is_the_whole_story():
    """Asked for one access key, the story is of its user alone; the lineage has the links from and to it."""
    made = logs(*attack())
    one = tell(made, detect(made.connection), [], {"actors": [THIEF_KEY]})
    assert {person["name"] for person in one["actors"]} == {"user/build-agent"}
    assert {found["actor_name"] for found in one["detections"]} == {"user/build-agent"}
    assert one["cost"]["rows"] == []
    assert {line["actor"].rsplit("/", 1)[-1] for line in one["timeline"] if line["actor"]} == {"build-agent"}
    assert [link["via"] for link in one["lineage"]["links"]] == ["AssumeRole"]


@pytest.mark.parametrize("name", [ROLE, "ml-admin", ROLE_KEY, "AROAEXAMPLEROLEID0001"])
def test_an_actor_has_several_names(name):
    """ARN, role name, access key and principal id all mean the same identity."""
    made = logs(*attack())
    assert [person["actor"] for person in tell(made, [], [], {"actors": [name]})["actors"]] == [ROLE]


def test_nothing_relevant_is_said_as_such():
    """An empty story says what was read and is no all-clear: the blind spots stand beside it."""
    made = told_of(records={"read": 70, "relevant": 0, "duplicates": 0, "malformed": 0}, first="2026-03-02T10:00:00Z",
                   last="2026-03-02T11:00:00Z")  # fmt: skip
    assert made["summary"][0].startswith("Nothing relevant: none of 70 records")
    assert "2026-03-02 10:00" in made["summary"][1]
    assert made["actors"] == made["timeline"] == []


def test_long_lists_are_cut_and_counted():
    """Of two hundred addresses fifty are listed, and the other hundred and fifty are counted."""
    records = told([{"eventName": "InvokeModel", "sourceIPAddress": f"198.51.100.{n}"} for n in range(200)])[0]
    [person] = told_of(records)["actors"]
    assert (len(person["addresses"]), person["more"]["addresses"]) == (50, 150)
    assert person["more"]["regions"] == 0


def test_the_summary_names_what_a_lead_asks_first():
    """How bad, who, at what cost, what is not known: in this order, and in whole sentences."""
    first, who, cost, unseen = story()["summary"]
    assert "5 critical" in first
    assert "role/ml-admin" in who
    assert "$3.27" in cost
    assert "cost not known" in cost
    assert "logging was off" in unseen
