"""Whatever bytes a file holds, the reader neither breaks nor loses count."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.one_of(CONTENT, PACKED, HEADED), min_size=1, max_size=3), st.sampled_from(["json", "gz", "txt"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes], suffix: str
) -> None:
    """read = relevant + duplicates + malformed + irrelevant, where irrelevant cannot be less than nothing; what is told
    of as malformed is as many as are counted; each kind is counted."""
    folder = tmp_path_factory.mktemp("any")
    for number, content in enumerate(contents):
        (folder / f"{number}.{suffix}").write_bytes(content)
    logs = of(folder)
    read, relevant, duplicates, malformed = counts(logs)
    assert 0 <= relevant + duplicates + malformed <= read
    assert len(logs.malformed) == malformed
    kinds = logs.seen.get("kinds", {})
    assert relevant + duplicates <= sum(kinds.values()) <= read
    times = logs.connection.execute(
        "SELECT eventTime FROM cloudtrail_logs UNION ALL SELECT timestamp FROM bedrock_invocations"
    )
    assert all(len(time) == 20 for (time,) in times.fetchall())
