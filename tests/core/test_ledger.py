"""The ledger: conditional writes, history kept, and documents that come back exactly."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws

from lambdas.core.errors import TargetNotFound
from lambdas.core.ledger import Ledger, _attributes, _plain

STEP = {"step_id": "01-deactivate_access_key-0a1b2c3d", "action": "iam.deactivate_access_key", "label": "key AKIA…"}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.decimals(-1000, 1000, places=3).map(float)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName="ledger",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "sk")],
            BillingMode="PAY_PER_REQUEST",
        )
        yield Ledger(client, "ledger")


def intend(ledger: Ledger, doing: str = "perform") -> bool:
    return ledger.intend("IR-1", STEP, "a" * 64, ["automatic"], doing)


def test_an_incident_opens_once(ledger: Ledger) -> None:
    """The second opening of the same incident changes nothing and says so."""
    assert ledger.open_incident({"incident_id": "IR-1", "opened_at": "t", "source": {"severity": 8.1}})
    assert not ledger.open_incident({"incident_id": "IR-1", "opened_at": "later", "source": {}})
    assert ledger.incident("IR-1")["source"] == {"severity": 8.1}


def test_a_missing_incident_is_an_error_by_name(ledger: Ledger) -> None:
    """Reading or changing an incident that was never opened raises TargetNotFound, and creates nothing."""
    with pytest.raises(TargetNotFound):
        ledger.incident("IR-none")
    with pytest.raises(TargetNotFound):
        ledger.set_status("IR-none", "closed")
    assert list(ledger.incidents()) == []


def test_intent_stands_before_outcome_and_history_keeps_both(ledger: Ledger) -> None:
    """After intent and outcome the step has the outcome as status and both entries, in order, in its history."""
    assert intend(ledger)
    ledger.conclude("IR-1", STEP["step_id"], "performed", result_key="r.json")
    step = ledger.step("IR-1", STEP["step_id"])
    assert step is not None and step["status"] == "performed"
    assert [entry["status"] for entry in step["history"]] == ["intended", "performed"]
    assert step["history"][1]["result_key"] == "r.json"


def test_a_performed_step_is_not_intended_again(ledger: Ledger) -> None:
    """A crash before the outcome lets the step be intended again; an outcome `performed` does not."""
    assert intend(ledger) and intend(ledger)
    ledger.conclude("IR-1", STEP["step_id"], "performed")
    assert not intend(ledger)


def test_only_what_was_performed_can_be_undone(ledger: Ledger) -> None:
    """An undo is intended only for a performed step, and never for one that found nothing to do."""
    assert not intend(ledger, "undo")
    assert intend(ledger)
    ledger.conclude("IR-1", STEP["step_id"], "nothing_to_do")
    assert not intend(ledger, "undo")


def test_the_timeline_is_in_order(ledger: Ledger) -> None:
    """Notes come back oldest first, with their details."""
    for what in ("one", "two", "three"):
        ledger.note("IR-1", what, n=1.5)
    assert [event["what"] for event in ledger.timeline("IR-1")] == ["one", "two", "three"]
    assert ledger.timeline("IR-1")[0]["detail"] == {"n": 1.5}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=8), JSON, max_size=5))
def test_documents_come_back_exactly(document: dict[str, object]) -> None:
    """Any JSON object survives the way into DynamoDB's types and back."""
    assert _plain(_attributes(document)) == document


def test_an_item_is_written_over_only_as_it_was_seen(ledger: Ledger) -> None:
    """Of two who saw the same, one writes: the other finds it changed, or there already, and changes nothing."""
    assert ledger.put_over("place", "open", {"incident_id": "one"}, "incident_id", None)
    assert not ledger.put_over("place", "open", {"incident_id": "two"}, "incident_id", None)
    seen = ledger.item("place", "open")
    assert ledger.put_over("place", "open", {"incident_id": "two"}, "incident_id", seen)
    assert not ledger.put_over("place", "open", {"incident_id": "three"}, "incident_id", seen)
    assert ledger.item("place", "open")["incident_id"] == "two"
