"""Whatever bytes a file holds, the reader neither breaks nor loses count."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunt.relevance import Wanted
from hunt.worker import Setup, Task, Worker
from tests.hunt.logs import call, conversation, counts, event, invocation, of

NAMES = st.text(max_size=4) | st.sampled_from(
    [
        "Records",
        "Events",
        "CloudTrailEvent",
        "detail",
        "event",
        "message",
        "logEvents",
        "eventJson",
        "eventSource",
        "eventName",
        "eventTime",
        "userIdentity",
        "sessionContext",
        "resources",
        "schemaType",
        "modelId",
        "operation",
        "input",
        "output",
        "timestamp",
        "application_id",
        "conversation_id",
        "eventID",
        "managementEvent",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
SOUND = st.sampled_from([call(), event(), invocation(), conversation()])
EDITED = st.builds(lambda record, edits: {**record, **edits}, SOUND, st.dictionaries(NAMES, JSON, max_size=3))
VALUE = st.one_of(
    JSON, SOUND, EDITED, st.lists(EDITED, max_size=4), st.lists(EDITED, max_size=4).map(lambda r: {"Records": r})
)
TEXT = st.lists(VALUE.map(json.dumps), max_size=5).map("\n".join).map(str.encode)
CUT = st.builds(lambda text, at: text[: at % (len(text) + 1)], TEXT, st.integers(0, 2_000))
SPOILED = st.builds(
    lambda text, at, byte: text[:at] + byte + text[at + 1 :], TEXT, st.integers(0, 500), st.binary(max_size=2)
)
CONTENT = st.one_of(st.binary(max_size=200), TEXT, CUT, SPOILED)
PACKED = st.builds(lambda text, cut: gzip.compress(text)[: None if cut > 60 else cut], CONTENT, st.integers(0, 120))
HEADED = st.binary(max_size=60).map(lambda text: b"\x1f\x8b\x08" + text)


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(st.one_of(CONTENT, PACKED, HEADED), st.sampled_from(["json", "gz", "txt"]))
def test_any_bytes_are_looked_at_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    """read = relevant + malformed + irrelevant, where irrelevant cannot be less than nothing; what is told of as
    malformed is as many as are counted, and each line that is kept is JSON in UTF-8."""
    folder = tmp_path_factory.mktemp("any")
    path = folder / f"any.{suffix}"
    path.write_bytes(content)
    found = Worker(Setup(Wanted(), str(folder))).done(Task(1, [(0, path.name, str(path))]))
    lines = [line for part in folder.glob("*.jsonl") for line in part.read_bytes().splitlines() if part != path]
    assert found.relevant == len([json.loads(line.decode()) for line in lines])
    assert 0 <= found.relevant + found.malformed <= found.read
    assert len(found.reports) == found.malformed
    assert found.relevant <= sum(found.seen.get("kinds", {}).values()) <= found.read


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(st.lists(TEXT, max_size=3))
def test_any_json_is_read_into_the_tables(tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]) -> None:
    """What was kept can be asked for, and all times in it are in one form."""
    folder = tmp_path_factory.mktemp("any")
    for number, content in enumerate(contents):
        (folder / f"{number}.json").write_bytes(content)
    logs = of(folder)
    read, relevant, duplicates, malformed = counts(logs)
    assert relevant + duplicates + malformed <= read
    times = "SELECT eventTime FROM cloudtrail_logs UNION ALL SELECT timestamp FROM bedrock_invocations"
    assert all(len(time) == 20 for (time,) in logs.connection.execute(times).fetchall())
