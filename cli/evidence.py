"""`responder evidence`: what was preserved of an incident, and the proof that it still is that."""

from __future__ import annotations

from typing import Any

from cli.deployment import Deployment, find
from cli.failures import RESPONSE_FAILED, CommandFailed
from cli.records import incident_item, records
from cli.screen import console, plain, print_json, say, table
from lambdas.evidence.proof import Bucket, prove

Json = dict[str, Any]


def list_(incident_id: str, stack: str | None, local: bool, as_json: bool) -> None:
    """Show the manifests' artefacts and gaps. What is wrong with them is said as well, and is `verify`'s to judge."""
    proof = proved(find(stack, local), incident_id)
    if as_json:
        print_json({name: proof[name] for name in ("incident_id", "passes", "artefacts", "gaps")})
        return
    rows = ((plain(a["name"]), plain(a["bytes"]), plain(a["taken_at"]), plain(a["sha256"])) for a in proof["artefacts"])
    console().print(table(f"Evidence of {plain(incident_id)}", ("Artefact", "Bytes", "Taken at", "SHA-256"), rows))
    if proof["gaps"]:
        missing = ((plain(gap["what"]), plain(gap["why"])) for gap in proof["gaps"])
        console().print(table("What could not be read", ("What", "Why"), missing))
    if proof["faults"]:
        say(f"Not all of it is as it was written: responder evidence verify {incident_id}")


def verify(incident_id: str, stack: str | None, local: bool, as_json: bool) -> None:
    """Raises CommandFailed where anything is not as it was preserved."""
    proof = proved(find(stack, local), incident_id)
    if as_json:
        print_json(proof)
    else:
        tell(proof)
    if not proof["intact"]:
        raise CommandFailed(RESPONSE_FAILED, f"{incident_id}: the evidence is not intact ({_count(proof['faults'])})")


def proved(deployment: Deployment, incident_id: str) -> Json:
    found = records(deployment)
    incident_item(found, incident_id)
    return prove(found.ledger, Bucket(found.s3, found.bucket), incident_id)


def tell(proof: Json) -> None:
    for done in proof["passes"]:
        known = f"SHA-256 {done['sha256']}, in the ledger since {done['at']}"
        console().print(f"Manifest {plain(done['manifest'])}, {plain(known)}")
    if proof["unlisted"]:
        say(f"In no manifest, or not yet: {', '.join(proof['unlisted'])}")
    if proof["intact"]:
        said = "each as it was written, and under retention"
        console().print(f"[green]Intact[/]: {len(proof['artefacts'])} artefacts, {said}.")
        return
    rows = ((f"[red]{plain(f['fault'])}[/]", plain(f["key"], 1024), plain(f["what"])) for f in proof["faults"])
    console().print(table("Not as it was preserved", ("Fault", "Key", "What"), rows))


def _count(faults: list[Json]) -> str:
    kinds = sorted({fault["fault"] for fault in faults})
    return ", ".join(f"{sum(fault['fault'] == kind for fault in faults)} {kind}" for kind in kinds)
