"""Tokens and their estimated cost, by identity and model, from the model-invocation logs.

Prices are data (prices.json), each with its date and source. A model without a price there costs an unknown amount, and
that is what is said. CloudTrail knows of invocations but not of tokens: these are counted, and their cost is not known.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hunt.calls import Json, rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PRICES = Path(__file__).parent / "prices.json"
KINDS = ("input", "output", "cache_read", "cache_write")
PER = 1_000_000
# What an on-demand model id may stand in. Other ARNs (application profiles, provisioned models) hide the model.
ARN = re.compile(r"^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:foundation-model|inference-profile)/(.+)$")
PROFILE = re.compile(r"^(us|eu|apac|au|jp|ca|in|us-gov|global)\.(.+)$")

METERED_ROWS = """
SELECT actor, model, list_sort(list_distinct(list(region))) AS regions, count(*) AS calls,
  count(*) FILTER (input IS NULL AND output IS NULL) AS without_counts,
  coalesce(sum(input) FILTER (input > 0), 0)::BIGINT AS input,
  coalesce(sum(output) FILTER (output > 0), 0)::BIGINT AS output,
  coalesce(sum(cache_read) FILTER (cache_read > 0), 0)::BIGINT AS cache_read,
  coalesce(sum(cache_write) FILTER (cache_write > 0), 0)::BIGINT AS cache_write
FROM metered GROUP BY actor, model ORDER BY actor, model
"""
UNMETERED = """
SELECT actor, coalesce(model, '') AS model, count(*) AS n, min(moment) AS first, max(moment) AS last FROM calls
WHERE log = 'cloudtrail' AND invocation AND error IS NULL
  AND (request_id IS NULL OR request_id NOT IN (SELECT request_id FROM metered WHERE request_id IS NOT NULL))
GROUP BY actor, coalesce(model, '') ORDER BY n DESC, actor, model
"""


@cache
def _table() -> dict[tuple[str, str | None], Json]:
    document = json.loads(PRICES.read_text())
    return {(row["model"], row["profile"]): {**row, "region": document["region"]} for row in document["prices"]}


def model_of(model_id: str) -> tuple[str, str | None]:
    """(model, geography of its inference profile or None) of what a caller named: an id, a profile's id, or an ARN."""
    bare = match[1] if (match := ARN.match(model_id)) else model_id
    profile = PROFILE.match(bare)
    return (profile[2], profile[1]) if profile else (bare, None)


def price_of(model_id: str) -> Json | None:
    """The price of what a caller named: its profile's own, else the model's; None where none is known.

    {model, profile, input, output, cache_read, cache_write, date, source, region}, in USD per million tokens.
    """
    model, profile = model_of(model_id)
    return _table().get((model, profile)) or _table().get((model, None))


def estimate(tokens: Json, price: Json | None) -> float | None:
    """USD; None where a price for any of these tokens is not known."""
    if price is None or any(tokens[kind] and price[kind] is None for kind in KINDS):
        return None
    usd: float = sum(tokens[kind] * (price[kind] or 0) for kind in KINDS) / PER
    return round(usd, 6)


def cost(connection: DuckDBPyConnection) -> Json:
    """{currency, rows, total, unmetered, prices}: what was used, by identity and model, dearest first.

    `usd` is null where it is not known; the total sums what is known, and `complete` says whether that is all.
    """
    lines = [_line(row) for row in rows(connection, METERED_ROWS)]
    lines.sort(key=lambda line: -(line["usd"] or 0))
    unmetered = rows(connection, UNMETERED)
    return {
        "currency": "USD",
        "rows": lines,
        "total": _total(lines, unmetered),
        "unmetered": unmetered,
        "prices": _used(lines),
    }


def _line(row: Json) -> Json:
    tokens = {kind: row[kind] for kind in KINDS}
    price = price_of(row["model"])
    # Nothing was answered, so nothing is known to have been billed; no price is needed to say so.
    usd = 0.0 if not any(tokens.values()) and price else estimate(tokens, price)
    model, profile = model_of(row["model"])
    return {
        "actor": row["actor"],
        "model_id": row["model"],
        "model": model,
        "profile": profile,
        "regions": row["regions"],
        "calls": row["calls"],
        "without_counts": row["without_counts"],
        "tokens": tokens,
        "usd": usd,
    }


def _total(lines: list[Json], unmetered: list[Json]) -> Json:
    unpriced = sum(1 for line in lines if line["usd"] is None)
    hidden = sum(row["n"] for row in unmetered)
    return {
        "tokens": {kind: sum(line["tokens"][kind] for line in lines) for kind in KINDS},
        "usd": round(sum(line["usd"] or 0 for line in lines), 6),
        "calls": sum(line["calls"] for line in lines),
        "unpriced_models": unpriced,
        "unmetered_calls": hidden,
        "complete": unpriced == 0 and hidden == 0,
    }


def _used(lines: list[Json]) -> list[Json]:
    """The prices that were used, each once."""
    found = {line["model_id"]: price_of(line["model_id"]) for line in lines}
    unique = {(price["model"], price["profile"]): price for price in found.values() if price}
    return [unique[key] for key in sorted(unique, key=str)]
