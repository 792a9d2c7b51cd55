"""What an expert expects of the detections on real logs, and nothing beside it.

The sets are at hand where RESPONDER_DATA names their folder, or in ../shared/data. Times are normalised here as the
reading of logs does it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hunt import detecting, tables
from hunt.asking import span
from lambdas.evidence import query

DATA = Path(os.environ.get("RESPONDER_DATA") or Path(__file__).parents[3] / "shared" / "data")
pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"no real logs at {DATA}; set RESPONDER_DATA to their folder")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d).*")

Record = dict[str, Any]


def lines(path: str) -> list[Record]:
    return [json.loads(line) for line in (DATA / path).read_text().splitlines()]


def normal(records: Iterable[Record]) -> Iterator[Record]:
    """Each eventID once, times in one form; what has no time or no identity is no record of CloudTrail's."""
    seen: set[str] = set()
    for record in records:
        name = "timestamp" if "timestamp" in record else "eventTime"
        moment = MOMENT.fullmatch(record.get(name) or "")
        if moment and isinstance(record.get("userIdentity", {}), dict) and record.get("eventID", name) not in seen:
            seen.update([record["eventID"]] if record.get("eventID") else [])
            yield {**record, name: f"{moment[1]}T{moment[2]}Z", "resources": None, "tlsDetails": None}


def found(cloudtrail: Iterable[Record] = (), invocations: Iterable[Record] = (), **inputs: Any) -> list[Record]:
    return detecting.detect(tables.of_records(normal(cloudtrail), normal(invocations)), inputs)


def test_invictus_shows_its_trails_tampered_with_and_nothing_of_gen_ai() -> None:
    """By jq: no record is of a gen-AI source. Two trails were deleted and one's selectors narrowed; the selectors that
    were widened, and the calls that found no trail, are not among them. Users and keys that were made there followed no
    use of gen AI.
    """
    files = sorted((DATA / "invictus" / "CloudTrail").glob("*.json"))
    (row,) = found(record for path in files for record in json.loads(path.read_text())["Records"])
    assert (row["id"], row["n"], row["actor"]) == ("trail_tampered", 3, "arn:aws:iam::123837392027:user/bert-jan")
    assert set(row["event_ids"]) == {
        "076e96d5-2983-473f-920a-2fc2d7e02777",
        "c0057a42-1625-4b1d-9db5-352f931f790a",
        "fcec2e46-3cc3-4ac2-8144-3674f06990e4",
    }


def test_stratus_shows_llmjacking_by_one_session() -> None:
    """Its 15 Bedrock records: use case, agreement and entitlement within two seconds, and a call 92 seconds later, all
    by one session of a role. Its looking around is not reported as a long-term key's, because it is none.
    """
    records = json.loads((DATA / "stratus-red-team" / "aws.impact.bedrock-invoke-model.json").read_text())
    rows = found(records)
    assert [(row["id"], row["severity"], row["n"]) for row in rows] == [
        ("llmjacking_sequence", "critical", 1),
        ("model_access_opened", "medium", 3),
    ]
    assert {row["access_key"] for row in rows} == {"ASIA6FTSFH98XNF7DFZB"}
    assert rows[0]["event_ids"] == ["51d580ea-04f5-421c-b733-b5e4ec485a6e"]


def test_the_other_detonations_of_stratus_show_only_tampered_trails() -> None:
    """Three of its techniques are on CloudTrail, each by a user of its own: stop, delete, narrow. The others are of no
    concern to gen AI.
    """
    files = [path for path in (DATA / "stratus-red-team").glob("*.json") if "bedrock" not in path.name]
    rows = found(record for path in files for record in json.loads(path.read_text()))
    assert sorted((row["id"], row["detail"].split()[0], row["n"]) for row in rows) == [
        ("trail_tampered", "DeleteTrail", 1),
        ("trail_tampered", "PutEventSelectors", 1),
        ("trail_tampered", "StopLogging", 1),
    ]


def test_an_honest_application_is_left_alone() -> None:
    """29 calls of a health-care assistant within a minute, 23 of them throttled: throttling is neither a denial nor a
    probe, and 8,687 tokens are no burst.
    """
    records = lines("bedrock-invocations/invocations.jsonl")
    assert Counter(record.get("errorCode") for record in records) == {None: 6, "ThrottlingException": 23}
    assert found(invocations=records) == []


# What Panther's rules call bad, where one of ours has it in view too. Theirs on tokens reads fields that no record has.
RULES = {
    "AWS.Bedrock.DeleteModelInvocationLoggingConfiguration": {"logging_disabled"},
    "AWS.Bedrock.GuardrailUpdateDelete": {"guardrail_deleted", "guardrail_changed"},
    "AWS.CloudTrail.Stopped": {"trail_tampered"},
    "AWS.CloudTrail.EventSelectorsDisabled": {"trail_tampered"},
    "AWS.CloudTrail.SecurityConfigurationChange": {"trail_tampered"},
    "AWS.CloudTrail.IAMCompromisedKeyQuarantine": {"key_quarantined"},
    "AWS.IAM.AccessKeyCompromised": {"key_quarantined"},
    "AWS.BedrockModelInvocation.GuardRailIntervened": {"guardrail_intervened"},
}


@pytest.mark.parametrize("rule", RULES)
def test_the_same_rule_of_panther_judges_its_examples_alike(rule: str) -> None:
    """Each example alone; a guardrail's one intervention counts there, so it does here for once."""
    ours = [one for one in query.detections() if one.id in RULES[rule]]
    examples = lines("panther-analysis/cloudtrail.jsonl") + lines("panther-analysis/bedrock_invocation.jsonl")
    judged = [example for example in examples if example["_rule"] == rule]
    assert {example["_expected"] for example in judged} == {True, False}
    for example in judged:
        log = "invocations" if "schemaType" in example["event"] else "cloudtrail"
        connection = tables.of_records(**{log: normal([example["event"]])})
        inputs = {**detecting.NOWHEN, **span(connection), "interventions": "1"}
        answers = [row for one in ours for row in detecting.answers(connection, one, inputs)]
        assert bool(answers) is example["_expected"], example["_test"]


def test_all_examples_of_panther_together_show_nothing_absurd() -> None:
    """Hundreds of events of every kind of attack and of daily work. Found are each of the above, a trail that was cut
    down to one Region, and a log bucket whose objects were made to expire. Examples share their ids.
    """
    examples = enumerate(lines("panther-analysis/cloudtrail.jsonl"))
    rows = found({**one["event"], "eventID": str(place)} for place, one in examples if one["event"].get("eventName"))
    assert Counter(row["id"] for row in rows) == {
        "trail_tampered": 4,
        "logging_disabled": 1,
        "key_quarantined": 2,
        "log_store_tampered": 1,
        "guardrail_deleted": 1,
        "guardrail_changed": 1,
    }
