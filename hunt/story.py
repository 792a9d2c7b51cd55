"""What happened, as one document: schemas/hunt.json. Terminal, page and files are made of it and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hunt import calls
from hunt.actors import actors, short
from hunt.blind_spots import blind_spots
from hunt.calls import Json, rows, severity_rank
from hunt.cost import cost
from hunt.lineage import lineage
from hunt.summary import summary
from hunt.timeline import timeline

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from hunt.reading import Logs

# The hours in which something relevant was called, by Region, which conversations with Amazon Q do not tell.
ACTIVITY = """
SELECT substr(moment, 1, 13) || ':00:00Z' AS hour, region, count(*) AS calls, count(error) AS errors,
  count(*) FILTER (invocation) AS invocations
FROM calls WHERE moment IS NOT NULL AND log <> 'conversations' GROUP BY 1, 2 ORDER BY 1, 2
"""
OWN = "SELECT actor, count(*) AS calls FROM calls WHERE actor IN (SELECT unnest($1)) GROUP BY actor ORDER BY actor"
ROLES = "SELECT regexp_replace(actor, ':role/.*/', ':role/') AS bare, min(actor) AS arn FROM calls GROUP BY 1"


def tell(
    logs: Logs,
    detections: Sequence[Json],
    places: Sequence[str] = (),
    wanted: Mapping[str, object] | None = None,
    own: Sequence[str] = (),
) -> Json:
    """The document, of the wanted actors alone where there are any.

    `detections` are hunt.detecting's, `own` the ARNs of this responder's roles, which the detections were told to
    trust. Text of the logs in it is hostile: who shows it cleans and escapes it.
    """
    actors_wanted = _texts((wanted or {}).get("actors"))
    calls.prepare(logs.connection, actors_wanted)
    found = _detections(logs.connection, detections, bool(actors_wanted))
    document = {
        "places": list(places),
        "wanted": dict(wanted or {}),
        "records": dict(logs.records),
        "files": logs.files,
        "passed_over": dict(logs.seen.get("passed_over") or {}),
        "period": _period(logs),
        **_told(logs, found),
        "detections": found,
        "own_roles": rows(logs.connection, OWN, (list(own),)),
        "skipped_files": logs.skipped_files,
        "malformed": logs.malformed,
    }
    return {"summary": summary(document), **document}


def _told(logs: Logs, found: Sequence[Json]) -> Json:
    """What the calls tell: {actors, lineage, timeline, activity, cost, blind_spots}."""
    spent = cost(logs.connection)
    people = actors(logs.connection, found, spent)
    spots = blind_spots(logs)
    off = [spot for spot in spots if spot["kind"].endswith("_off")]
    return {
        "actors": people,
        "lineage": lineage(logs.connection, people),
        "timeline": timeline(logs.connection, found, off),
        "activity": rows(logs.connection, ACTIVITY),
        "cost": spent,
        "blind_spots": spots,
    }


def _detections(connection: DuckDBPyConnection, detections: Sequence[Json], narrowed: bool) -> list[Json]:
    """The detections by the story's names for their actors; of its actors alone where it is `narrowed` to some."""
    roles = _roles(connection)
    found = [_detection(one, roles) for one in detections]
    return [one for one in found if one["actor"] in roles.values()] if narrowed else found


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _roles(connection: DuckDBPyConnection) -> dict[str, str]:
    return {row["bare"]: row["arn"] for row in rows(connection, ROLES)}


def _detection(found: Json, roles: Mapping[str, str]) -> Json:
    """A detection whose actor is one of the story's: a role, where the invocation log named its session."""
    actor = found["actor"] or "unknown"
    parts = actor.split(":")
    if len(parts) == 6 and parts[2] == "sts" and parts[5].startswith("assumed-role/"):
        bare = f"arn:{parts[1]}:iam::{parts[4]}:role/{parts[5].split('/')[1]}"
        actor = roles.get(bare, bare)
    return {
        **found,
        "title": found.get("title") or str(found["id"]).replace("_", " ").capitalize(),
        "actor": actor,
        "actor_name": short(actor),
        "event_ids": [event_id for event_id in found["event_ids"] or [] if event_id],
    }


def _period(logs: Logs) -> Json:
    """`first` and `last` of all that was read, and of what is relevant."""
    told = rows(logs.connection, "SELECT min(moment) AS first, max(moment) AS last FROM calls")[0]
    return {"first": logs.first, "last": logs.last, "relevant_first": told["first"], "relevant_last": told["last"]}


def worst(document: Json) -> str | None:
    """The severity of the worst detection, or None."""
    return max((found["severity"] for found in document["detections"]), key=severity_rank, default=None)
