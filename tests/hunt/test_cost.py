"""Tokens and dollars: prices are data with a source, and what has no price has no cost."""

from __future__ import annotations

import json
import re

import pytest

from hunt.cost import KINDS, PRICES, estimate, model_of, price_of
from hunt.stories import told
from hunt.story import tell
from tests.hunt.attack import SONNET, UNKNOWN, logs, story

TABLE = json.loads(PRICES.read_text())
HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"


def rows(records):
    return tell(logs(*told(records)), [])["cost"]


@pytest.mark.parametrize("row", TABLE["prices"], ids=lambda row: f"{row['profile'] or ''}.{row['model']}")
def test_every_price_has_a_date_and_a_source(row):
    """No price without the page that it was read in and the day on which that was."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"])
    assert re.fullmatch(r"https://\S+", row["source"])
    assert all(row[kind] is None or row[kind] >= 0 for kind in KINDS)
    assert row["input"] is not None
    assert row["output"] is not None


def test_no_price_stands_twice():
    """A model has one price for each geography."""
    keys = [(row["model"], row["profile"]) for row in TABLE["prices"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("named", "model", "profile"),
    [
        (HAIKU, HAIKU, None),
        (f"global.{HAIKU}", HAIKU, "global"),
        (f"us-gov.{HAIKU}", HAIKU, "us-gov"),
        (f"arn:aws:bedrock:us-east-1::foundation-model/{HAIKU}", HAIKU, None),
        (f"arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.{HAIKU}", HAIKU, "eu"),
        ("arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2c3", None, None),
        ("arn:aws:bedrock:us-east-1:111122223333:provisioned-model/x", None, None),
        ("", "", None),
    ],
)
def test_what_a_caller_names_leads_to_its_model(named, model, profile):
    """An id, a profile's id or an ARN is the same model; an ARN that hides its model has no price."""
    assert model_of(named) == (named if model is None else model, profile)
    assert (price_of(named) is None) == (model != HAIKU)


def test_a_geography_has_its_own_price():
    """A profile of one geography costs more than the global one where the table says so."""
    assert price_of(f"us.{HAIKU}")["input"] > price_of(f"global.{HAIKU}")["input"]


def test_the_attacks_cost_is_what_can_be_worked_out_by_hand():
    """90 calls of 1,000 and 2,000 tokens at 3.30 and 16.50 dollars a million: 3.267; an unknown model has none."""
    cost = story()["cost"]
    by_model = {row["model_id"]: row for row in cost["rows"]}
    assert by_model[SONNET]["usd"] == pytest.approx(90 * (1000 * 3.3 + 2000 * 16.5) / 1e6)
    assert by_model[UNKNOWN]["usd"] is None
    assert by_model[UNKNOWN]["tokens"]["output"] == 4 * 700
    assert cost["total"]["unmetered_calls"] == 45
    assert cost["total"]["complete"] is False


def test_a_token_without_a_price_makes_the_cost_unknown():
    """Where a cache's price is not known and the cache was used, the sum is not known either, and not too small."""
    price = {"input": 1.0, "output": 2.0, "cache_read": None, "cache_write": None}
    used = {"input": 1_000_000, "output": 500_000, "cache_read": 0, "cache_write": 0}
    assert estimate(used, price) == 2.0
    assert estimate({**used, "cache_read": 1}, price) is None
    assert estimate(used, None) is None


def test_blocked_calls_have_no_tokens_and_cost_nothing():
    """A record without counts is counted as such: a throttled call is not billed."""
    record = {"operation": "Converse", "modelId": HAIKU, "errorCode": "ThrottlingException"}
    blocked = [{**record, "input": {"inputContentType": "application/json"}, "output": None}]
    [row] = rows(blocked)["rows"]
    assert (row["calls"], row["without_counts"], row["usd"]) == (1, 1, 0.0)
