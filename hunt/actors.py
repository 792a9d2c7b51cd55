"""Who did it: every identity in the records, with what is known of it, the worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hunt.calls import Json, rows, severity_rank
from hunt.cost import KINDS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED = 50
"""How many keys, addresses and so on of one identity are listed, the most used first; how many more is counted."""
LISTS = {
    "accounts": "account",
    "access_keys": "access_key",
    "addresses": "address",
    "user_agents": "agent",
    "regions": "region",
    "models": "model",
}
WHO = """
SELECT actor, min(kind) AS kind, min(moment) AS first, max(moment) AS last, count(*) AS calls, count(error) AS errors,
  count(*) FILTER (genai) AS genai_calls, count(*) FILTER (invocation) AS invocations
FROM calls GROUP BY actor
"""
# The names of the columns are this file's own.
LIST = """
SELECT actor, {0} AS value, count(*) OVER (PARTITION BY actor) AS total FROM calls
WHERE {0} IS NOT NULL AND {0} <> '' GROUP BY actor, {0}
QUALIFY row_number() OVER (PARTITION BY actor ORDER BY count(*) DESC, {0}) <= {1}
ORDER BY actor, count(*) DESC, value
"""


def actors(connection: DuckDBPyConnection, detections: Sequence[Json], spent: Json) -> list[Json]:
    """Every identity; `more` counts what a list leaves out. Worst detection first, then cost, model calls, calls."""
    lists = {name: _listed(connection, column) for name, column in LISTS.items()}
    found = _detected(detections)
    cost = _costs(spent)
    made = [_actor(row, lists, found[row["actor"]], cost) for row in rows(connection, WHO)]
    return sorted(made, key=_order)


def _listed(connection: DuckDBPyConnection, column: str) -> dict[str, list[Json]]:
    by_actor: dict[str, list[Json]] = defaultdict(list)
    for row in rows(connection, LIST.format(column, LISTED)):
        by_actor[row["actor"]].append(row)
    return by_actor


def _detected(detections: Sequence[Json]) -> dict[str, list[Json]]:
    by_actor: dict[str, list[Json]] = defaultdict(list)
    for found in detections:
        by_actor[found["actor"]].append(found)
    return by_actor


def _costs(spent: Json) -> dict[str, Json]:
    """The rows of the cost by identity, summed: {tokens, usd, unpriced_models, unmetered_calls}."""
    nothing: Json = {"usd": None, "unpriced_models": 0, "unmetered_calls": 0}
    by_actor: dict[str, Json] = defaultdict(lambda: {**nothing, "tokens": dict.fromkeys(KINDS, 0)})
    for line in spent["rows"]:
        one = by_actor[line["actor"]]
        one["tokens"] = {kind: one["tokens"][kind] + line["tokens"][kind] for kind in KINDS}
        one["unpriced_models"] += line["usd"] is None
        if line["usd"] is not None:
            one["usd"] = round((one["usd"] or 0) + line["usd"], 6)
    for row in spent["unmetered"]:
        by_actor[row["actor"]]["unmetered_calls"] += row["n"]
    return by_actor


def _actor(row: Json, lists: dict[str, dict[str, list[Json]]], found: list[Json], cost: dict[str, Json]) -> Json:
    listed = {name: by_actor.get(row["actor"], []) for name, by_actor in lists.items()}
    more = {name: values[0]["total"] - len(values) if values else 0 for name, values in listed.items()}
    return {
        **row,
        "name": short(row["actor"]),
        **{name: [value["value"] for value in values] for name, values in listed.items()},
        "more": more,
        **cost[row["actor"]],
        "severity": max((one["severity"] for one in found), key=severity_rank, default=None),
        "detections": sorted({one["id"] for one in found}),
    }


def _order(actor: Json) -> tuple[Any, ...]:
    return (
        -severity_rank(actor["severity"]),
        actor["kind"] == "AWSService",
        -len(actor["detections"]),
        -(actor["usd"] or 0),
        -actor["invocations"],
        -actor["genai_calls"],
        -actor["calls"],
        actor["actor"],
    )


def short(arn: str) -> str:
    """A name to read for an identity: `user/mallory`, `role/app`, `root`, `ec2.amazonaws.com`."""
    resource = arn.split(":", 5)[-1] if arn.startswith("arn:") else arn
    kind, _, name = resource.partition("/")
    return f"{kind}/{name.rsplit('/', 1)[-1]}" if kind in ("user", "role") and name else resource


def account_of(arn: str) -> str:
    """The account in an ARN; nothing where there is none."""
    return arn.split(":")[4] if arn.count(":") >= 5 else ""
