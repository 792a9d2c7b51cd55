"""Findings come in many shapes; each becomes the event that EventBridge would deliver, or a line that says why not."""

import json
import os
from pathlib import Path

import pytest

from cli.failures import CommandFailed
from cli.findings import facts, read

FINDING = {"accountId": "123456789012", "region": "us-east-1", "id": "f" * 32, "type": "A:IAMUser/B"}
EVENT = {"source": "aws.guardduty", "detail-type": "GuardDuty Finding", "id": "same", "detail": FINDING}
PASCAL = {"AccountId": "123456789012", "Region": "us-east-1", "Id": "f" * 32, "Type": "A:IAMUser/B"}
DATA = Path(os.environ.get("RESPONDER_DATA", Path(__file__).parents[3] / "shared" / "data"))


def written(tmp_path, content):
    path = tmp_path / "file.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.mark.parametrize(
    "content",
    [EVENT, FINDING, PASCAL, [EVENT], [FINDING], {"Findings": [PASCAL]}, {**EVENT, "detail": PASCAL}],
    ids=["event", "finding", "pascal", "events", "findings", "GetFindings", "pascal event"],
)
def test_each_shape_becomes_an_event_in_eventbridges_spelling(tmp_path, content):
    """Events and bare findings, in both spellings, alone or in lists, all become the same event."""
    (event,) = read(written(tmp_path, content))
    assert event["detail"] == FINDING
    assert event["source"] == "aws.guardduty"
    assert facts(event) == {"finding_id": "f" * 32, "type": "A:IAMUser/B"}


def test_json_lines_are_one_finding_each(tmp_path):
    """One document a line is read line by line; empty lines are passed over."""
    text = f"{json.dumps(EVENT)}\n\n{json.dumps(FINDING)}\n"
    assert len(read(written(tmp_path, text))) == 2


def test_each_event_has_an_id_of_its_own(tmp_path):
    """Sample files share one event id; sent, each delivery can be told apart."""
    events = read(written(tmp_path, [EVENT, EVENT]))
    assert len({event["id"] for event in events} | {"same"}) == 3


@pytest.mark.parametrize(
    ("content", "told", "code"),
    [
        ("{", "line 1, column 2: is not JSON", 2),
        (f"{json.dumps(EVENT)}\nnot json\n", "line 2, column 1: is not JSON", 2),
        ("[]", "holds no finding", 2),
        ("[1]", "each finding is a JSON object", 2),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(tmp_path, content, told, code):
    """Bad input names the file and the place in it, and is exit code 2."""
    with pytest.raises(CommandFailed, match=told) as failed:
        read(written(tmp_path, content))
    assert failed.value.code == code


def test_a_file_that_is_not_there_is_code_4(tmp_path):
    """A missing file is named; the code is 4."""
    with pytest.raises(CommandFailed, match="there is no file") as failed:
        read(tmp_path / "none.json")
    assert failed.value.code == 4


@pytest.mark.skipif(
    not DATA.exists(), reason="no recorded samples here: set RESPONDER_DATA to the folder that holds guardduty/"
)
def test_the_recorded_samples_are_read():
    """All 15 recorded sample findings are read, each with its type."""
    paths = sorted((DATA / "guardduty" / "samples").glob("*.json"))
    assert len(paths) == 15
    assert all(facts(event)["type"] for path in paths for event in read(path))
