"""Evidence before anything is touched: what the finding said, who the principal is, what it called, how Bedrock stands.

Every artefact is written once, as incidents/<id>/evidence/<nn>-<name>.json, with the hash of exactly those bytes in the
manifest; the manifest's own hash stands in the ledger. A rerun keeps what an earlier attempt wrote.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lambdas.core import documents
from lambdas.core.errors import InputRefused, TargetNotFound
from lambdas.core.fields import canonical, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.core.observe import names_of, observe
from lambdas.core.session import Session, safe_name
from lambdas.evidence import artefacts
from lambdas.evidence.reading import Reading
from lambdas.intake.opening import RECEIVED

Json = dict[str, Any]
Take = Callable[[Reading, Json], None]

PERMISSIONS = artefacts.PERMISSIONS
PASSES: dict[str, dict[str, Take]] = {
    "first": {
        "01-principal": artefacts.principal,
        "02-cloudtrail": artefacts.first_events,
        "03-bedrock": artefacts.bedrock,
    },
    "rest": {"04-cloudtrail_rest": artefacts.all_events, "05-inventory": artefacts.inventory},
}
MANIFESTS = {"first": "manifest.json", "rest": "manifest-rest.json"}
THREADS = 3


def handler(event: Json, context: Any) -> Json:
    """Input {incident, pass?: first | rest}; answer {manifest, sha256, artefacts, gaps}: its key, hash and two counts.

    `first` reads little, because containment waits for it; `rest` reads on, before people are asked.
    """
    ledger, which = Ledger(), event.get("pass", "first")
    incident = ledger.incident(event["incident"]["incident_id"])
    key = documents.key_of(incident["incident_id"], "evidence", MANIFESTS[which])
    manifest = _stored(key) or preserve(incident, which)
    digest = documents.write_json(key, manifest)
    facts = {"manifest": key, "sha256": digest, "artefacts": len(manifest["artefacts"]), "gaps": len(manifest["gaps"])}
    if ledger.put_new(incident["incident_id"], f"evidence#{which}", {**facts, "at": manifest["made_at"]}):
        ledger.note(incident["incident_id"], "Evidence preserved", **facts)
    return facts


def preserve(incident: Json, which: str) -> Json:
    """Take and write every artefact of one pass. Returns its manifest (schemas/manifest.json)."""
    entries: list[Json] = []
    gaps: list[Json] = []
    if which == "first":
        entries, gaps = _received(incident)
    try:
        session = observe(*_where(incident), artefacts.permissions_for(incident), names_of(incident), _step(which))
    except InputRefused as error:
        gaps += [{"what": name, "why": str(error)} for name in PASSES[which]]
    else:
        for entry, missing in _taken(incident, session, which):
            entries.append(entry)
            gaps += missing
    return {
        "incident_id": incident["incident_id"],
        "account": incident["account"],
        "region": incident["region"],
        "pass": which,
        "made_at": now(),
        "artefacts": entries,
        "gaps": gaps,
    }


def _taken(incident: Json, session: Session, which: str) -> list[tuple[Json, list[Json]]]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda item: _keep(incident, session, which, *item), PASSES[which].items()))


def _keep(incident: Json, session: Session, which: str, name: str, take: Take) -> tuple[Json, list[Json]]:
    """Take one artefact and write it; what an earlier attempt wrote under its key stands."""
    reading = Reading(session)
    take(reading, incident)
    document: Json = {
        "name": name,
        "taken_at": reading.taken_at,
        "calls": reading.calls,
        "gaps": reading.gaps,
        "session": _session_name(incident, which),
        "content": reading.content,
    }
    key = documents.key_of(incident["incident_id"], "evidence", f"{name}.json")
    content = canonical(document)
    digest = documents.write(key, content)
    stored = document if digest == sha256(content) else documents.read_json(key)
    gaps: list[Json] = stored["gaps"]
    return _entry(stored, key, digest, len(canonical(stored))), gaps


def _received(incident: Json) -> tuple[list[Json], list[Json]]:
    """What intake wrote before it opened the incident."""
    key = documents.key_of(incident["incident_id"], "evidence", RECEIVED)
    try:
        content = documents.read(key)
    except TargetNotFound as error:
        return [], [{"what": "00-finding", "why": str(error)}]
    facts = {"name": "00-finding", "taken_at": incident["opened_at"], "calls": [], "session": "intake"}
    return [_entry(facts, key, sha256(content), len(content))], []


def _entry(document: Json, key: str, digest: str, size: int) -> Json:
    kept = {name: document[name] for name in ("name", "taken_at", "calls", "session")}
    return {**kept, "key": key, "sha256": digest, "bytes": size}


def _stored(key: str) -> Json | None:
    try:
        document: Json = documents.read_json(key)
    except TargetNotFound:
        return None
    return document


def _where(incident: Json) -> tuple[str, str, str]:
    return incident["incident_id"], incident["account"], incident["region"]


def _step(which: str) -> str:
    return f"evidence-{which}"


def _session_name(incident: Json, which: str) -> str:
    """As CloudTrail shows the caller: role and session name."""
    return f"{os.environ['PREFIX']}-member-observe/{safe_name(incident['incident_id'] + '_' + _step(which))}"
