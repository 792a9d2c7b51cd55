"""Evidence before anything is touched: what the finding said, who the principal is, what it called, how Bedrock stands.

Every artefact is written once, as incidents/<id>/evidence/<nn>-<name>.json, with the hash of exactly those bytes in the
manifest; the manifest's own hash stands in the ledger. A rerun keeps what an earlier attempt wrote, and goes on with
the event history where that stopped, and asks no query twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from lambdas.baseline.read import latest
from lambdas.core import documents
from lambdas.core.errors import InputRefused, TargetNotFound, Unsettled
from lambdas.core.fields import canonical
from lambdas.core.ledger import Ledger, now
from lambdas.core.observe import names_of, observe
from lambdas.core.session import Session
from lambdas.evidence import artefacts, history
from lambdas.evidence.keeping import Keeper, lock_gaps
from lambdas.evidence.reading import Reading
from lambdas.intake.opening import RECEIVED

Json = dict[str, Any]
Take = Callable[[Reading, Json, Json], None]
Kept = tuple[list[Json], list[Json]]
"""(manifest entries, gaps)"""

PERMISSIONS = artefacts.PERMISSIONS
PASSES: dict[str, dict[str, Take]] = {
    "first": {
        "01-principal": artefacts.principal,
        "02-cloudtrail": artefacts.first_events,
        "03-bedrock": artefacts.bedrock,
    },
    "rest": {
        "05-inventory": artefacts.inventory,
        "06-credential_report": artefacts.credential_report,
        "07-invocation_log_index": artefacts.invocation_log_index,
    },
}
PRESERVED = {"first": "Evidence preserved", "rest": "More evidence preserved"}
MANIFESTS = {"first": "manifest.json", "rest": "manifest-rest.json"}
THREADS = 5
BUDGET_SECONDS = 200
"""How long one invocation reads history: well within the function's 300 seconds."""
PATIENCE_SECONDS = 480
"""How long all of them do: the state machine calls again for ten minutes."""

NOT_CONFIGURED = (
    "The responder was not told where CloudTrail's files and the model-invocation logs lie (parameters TrailBucket and "
    "InvocationLogBucket), so they were not searched. CloudTrail's event history was: 90 days of management events."
)


def handler(event: Json, context: Any) -> Json:
    """Input {incident, pass?: first | rest}; answer {manifest, sha256, version, artefacts, gaps}: two counts last.

    `first` reads little, because containment waits for it; `rest` reads on, before people are asked. Raises Unsettled
    where there is more to read: called again, it goes on.
    """
    ledger, which = Ledger(), event.get("pass", "first")
    incident = ledger.incident(event["incident"]["incident_id"])
    key = documents.key_of(incident["incident_id"], "evidence", MANIFESTS[which])
    manifest = _stored(key) or preserve(incident, which, ledger)
    digest, version = documents.write_version(key, canonical(manifest))
    counts = {"artefacts": len(manifest["artefacts"]), "gaps": len(manifest["gaps"])}
    facts = {"manifest": key, "sha256": digest, "version": version, **counts}
    if ledger.put_new(incident["incident_id"], f"evidence#{which}", {**facts, "at": manifest["made_at"]}):
        ledger.note(incident["incident_id"], f"{PRESERVED[which]}: {_counted(counts)}", **facts)
    return facts


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name if count != 1 else name[:-1]}" for name, count in counts.items() if count)


def preserve(incident: Json, which: str, ledger: Ledger) -> Json:
    """Take and write every artefact of one pass. Returns its manifest (schemas/manifest.json). Raises Unsettled."""
    keeper = Keeper(incident, which)
    entries, gaps = _received(keeper) if which == "first" else (_joined(keeper), [])
    baseline, _ = latest(incident["account"], incident["region"], ledger)
    recorded = baseline["kinds"] if baseline else {}
    try:
        session = _session(keeper, recorded)
    except InputRefused as error:
        gaps += [{"what": name, "why": str(error)} for name in PASSES[which]]
        # The logs lie with the responder, whether the account has member roles or not.
        taken = _questions(keeper, ledger) if which == "rest" else ([], [])
    else:
        taken = _all(keeper, session, recorded, ledger)
    entries, gaps = entries + taken[0], gaps + taken[1]
    place = {name: incident[name] for name in ("incident_id", "account", "region")}
    return {**place, "pass": which, "made_at": now(), "artefacts": entries, "gaps": gaps}


def _session(keeper: Keeper, recorded: Json) -> Session:
    incident = keeper.incident
    names = {**names_of(incident), "log_buckets": artefacts.log_buckets(recorded)}
    place = incident["incident_id"], incident["account"], incident["region"]
    return observe(*place, artefacts.permissions_for(incident, keeper.which), names, keeper.step)


def _all(keeper: Keeper, session: Session, recorded: Json, ledger: Ledger) -> Kept:
    """Everything at the same time: the longest of them is the event history."""
    tasks: list[Callable[[], Kept]] = [
        partial(_taken, keeper, session, recorded, name, take) for name, take in PASSES[keeper.which].items()
    ]
    first = keeper.which == "first"
    tasks += [_lock] if first else [partial(_history, keeper, session, ledger), partial(_questions, keeper, ledger)]
    with ThreadPoolExecutor(THREADS) as pool:
        kept = [future.result() for future in [pool.submit(task) for task in tasks]]
    entries = sorted((entry for found, _ in kept for entry in found), key=lambda entry: str(entry["name"]))
    return entries, [gap for _, missing in kept for gap in missing]


def _lock() -> Kept:
    return [], lock_gaps()


def _history(keeper: Keeper, session: Session, ledger: Ledger) -> Kept:
    """The parts of the event history. Raises Unsettled while there are more and there is time for them."""
    ledger.put_new(keeper.incident_id, "history", {"begun_at": now()})
    found = history.preserve(keeper, session, ledger, time.monotonic() + BUDGET_SECONDS)
    if found.unfinished and _age(ledger.item(keeper.incident_id, "history")["begun_at"]) < PATIENCE_SECONDS:
        raise Unsettled(f"{len(found.entries)} parts of the event history are kept, and there are more.")
    if found.unfinished:
        found.gaps.append({"what": history.CALL, "why": f"not all of it could be read in {PATIENCE_SECONDS} seconds"})
    return found.entries, found.gaps


def _questions(keeper: Keeper, ledger: Ledger) -> Kept:
    """What the logs answer in Athena. Raises Unsettled while it still searches and there is time for that."""
    if not os.environ["QUERY_WORKGROUP"]:
        return [], [{"what": "athena", "why": NOT_CONFIGURED}]
    # Not above: the first pass, for which containment waits, asks nothing.
    from lambdas.evidence import questions

    found = questions.preserve(keeper, ledger, time.monotonic() + BUDGET_SECONDS)
    if found.unfinished:
        raise Unsettled(f"{len(found.entries)} questions are answered, and Athena still searches for others.")
    return found.entries, found.gaps


def _age(at: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()


def _taken(keeper: Keeper, session: Session, recorded: Json, name: str, take: Take) -> Kept:
    """Take one artefact and write it. The second pass, which may be called often, reads no artefact twice."""
    if keeper.which == "rest" and (earlier := keeper.stored(name)):
        return [earlier[1]], earlier[0]["gaps"]
    reading = Reading(session)
    take(reading, keeper.incident, recorded)
    document, entry = keeper.keep(name, reading)
    return [entry], document["gaps"]


def _received(keeper: Keeper) -> Kept:
    """What intake wrote before it opened the incident."""
    name = Path(RECEIVED).stem
    try:
        return [_as_received(keeper, name)], []
    except TargetNotFound as error:
        return [], [{"what": name, "why": str(error)}]


def _joined(keeper: Keeper) -> list[Json]:
    """What came in about the same incident while it was open, as intake keeps it."""
    prefix = documents.key_of(keeper.incident_id, "evidence", "00-")
    names = (Path(key).stem for key in documents.keys(prefix) if not key.endswith(RECEIVED))
    return [_as_received(keeper, name) for name in names]


def _as_received(keeper: Keeper, name: str) -> Json:
    content, version = documents.read_version(keeper.key(name))
    facts = {"name": name, "taken_at": keeper.incident["opened_at"], "calls": [], "session": "intake"}
    return keeper.entry(facts, content, version)


def _stored(key: str) -> Json | None:
    try:
        document: Json = documents.read_json(key)
    except TargetNotFound:
        return None
    return document
