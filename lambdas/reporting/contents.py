"""What a report says: the document that schemas/report.json describes, made from the records of one incident.

What cannot be read becomes a gap in the report, never a report that fails: it is the last word on an incident.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from lambdas.core.errors import ResponderError
from lambdas.core.fields import clean, pick, sha256
from lambdas.core.ledger import DONE, UNDOABLE, now
from lambdas.planning.log_rows import kept
from lambdas.reporting import words
from lambdas.reporting.records import PLANNED, Records, merged

Json = dict[str, Any]
T = TypeVar("T")

SHOWN_CHANGES = 40
UNDONE = "undone"
UNAPPROVED = {"refused": "ApprovalRefused", "expired": "ApprovalExpired"}


class Reader:
    """Reads from the records and keeps what could not be read as gaps: [{what, why}]."""

    def __init__(self, records: Records, incident_id: str) -> None:
        self.records = records
        self.incident_id = incident_id
        self.gaps: list[Json] = []

    def attempt(self, what: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except (ClientError, ResponderError, ValueError, KeyError) as error:
            self.gaps.append({"what": what, "why": clean(error)})
            return otherwise


def make(records: Records, item: Json, run: Json, number: int) -> Json:
    """The report on an incident item of the ledger.

    `run` is what the state machine says of itself: {kind, plan_hash, done, not_approved, failure}; the latter two hold
    {Error, Cause} by the name of the state that failed.
    """
    incident, kind = item["incident"], run["kind"]
    reader = Reader(records, incident["incident_id"])
    plans = _plans(reader, run)
    gates = [gate for plan in plans for gate in _gates(reader, plan["hash"])]
    steps = [_step(reader, step, plan, gates) for plan in plans for step in plan["steps"]]
    ending = end(run, steps, gates)
    report = {
        "incident_id": incident["incident_id"],
        "kind": kind,
        "number": number,
        "made_at": now(),
        "outcome": ending["outcome"],
        "stopped": ending["stopped"],
        "incident": _incident(incident),
        "plans": [_plan(plan) for plan in plans],
        "steps": steps,
        "not_done": [*_not_done(steps), *_not_proposed(plans)],
        "decisions": [_decision(gate) for gate in gates],
        "survivors": list(_survivors(plans, steps)),
        "logs": _logs(reader),
        "evidence": _evidence(reader),
        "undo_commands": _undo_commands(incident["incident_id"], steps),
        "timeline": _timeline(reader),
    }
    return {**report, "summary": words.summary(report), "gaps": reader.gaps}


def end(run: Json, steps: list[Json], gates: list[Json]) -> Json:
    """How it ended: {outcome, stopped}. Where nothing stopped it, every approved step must have done what it should."""
    if run["failure"]:
        return {"outcome": "failed", "stopped": _stopped(run["failure"])}
    broken = [step for step in steps if step["status"] in words.BROKEN]
    if broken:
        cause = clean("; ".join(f"{step['title']}: {words.broken(step)}" for step in broken))
        return {"outcome": "failed", "stopped": {"stage": broken[0]["stage"], "error": "StepsFailed", "cause": cause}}
    if run["not_approved"]:
        return _unapproved(run["not_approved"], gates)
    return {"outcome": "closed", "stopped": None}


def _unapproved(failures: Json, gates: list[Json]) -> Json:
    """A gate that did not open: its own record says whether it was refused or expired. Without one, it failed."""
    shut = next((gate for gate in gates if gate["state"] in UNAPPROVED), None)
    if shut is None:
        return {"outcome": "failed", "stopped": _stopped(failures)}
    stopped = {"stage": "approval", "error": UNAPPROVED[shut["state"]], "cause": clean(shut["reason"])}
    return {"outcome": shut["state"], "stopped": stopped}


def _stopped(failures: Json) -> Json:
    """The first of the failures: {stage, error, cause}."""
    stage, failure = next(iter(failures.items()))
    return {
        "stage": clean(stage),
        "error": clean(failure.get("Error") or "unknown"),
        "cause": clean(_message(str(failure.get("Cause") or ""))),
    }


def _message(cause: str) -> str:
    """What a cause says: the message of a Lambda's or a nested execution's failure, or the cause as it is."""
    document = _document(cause)
    inner = pick(document, "errorMessage") or pick(document, "Cause") or pick(document, "Error")
    return _message(str(inner)) if inner else cause


def _document(cause: str) -> Any:
    try:
        return json.loads(cause)
    except ValueError:
        return None


def _incident(incident: Json) -> Json:
    source, principal = incident["source"], incident["principal"]
    return {
        "type": clean(source["type"]),
        "kind": source["kind"],
        "title": clean(source["title"]),
        "description": clean(source["description"]),
        "severity": source["severity"],
        "finding_id": clean(source["id"]),
        "first_seen": source["first_seen"],
        "last_seen": source["last_seen"],
        "account": incident["account"],
        "region": incident["region"],
        "opened_at": incident["opened_at"],
        "principal": {name: clean(value) for name, value in principal.items() if value is not None},
        "requested_by": incident["requested_by"],
        "reason": clean(incident["reason"]),
        "drill": incident["drill"],
        "confirmed": incident["confirmed"],
        "withheld": incident.get("withheld"),
    }


def _plans(reader: Reader, run: Json) -> list[Json]:
    """The plan that this report is on, with its hash; none where none was made. One that cannot be read is a gap."""
    plan_hash = run["plan_hash"]
    read = reader.attempt(f"plan {plan_hash[:12]}", lambda: _read_plan(reader, run), None) if plan_hash else None
    return [read] if read else []


def _read_plan(reader: Reader, run: Json) -> Json | None:
    plan = reader.records.plan(reader.incident_id, run["plan_hash"])
    steps = merged(plan, reader.records.ledger.steps(reader.incident_id))
    return {**plan, "hash": run["plan_hash"], "steps": [_with_failure(step, run["done"]) for step in steps]}


def _with_failure(step: Json, done: Any) -> Json:
    """A step whose function never came as far as the ledger has its failure from the machine."""
    item = next((item for item in _items(done) if item.get("step_id") == step["step_id"]), {})
    if step["status"] != PLANNED or item.get("status") != "failed":
        return step
    failure = item.get("error") or {}
    error = {"name": failure.get("name", "unknown"), "message": _message(str(failure.get("message", "")))}
    return {**step, "status": "failed", "error": error}


def _items(done: Any) -> Iterator[Json]:
    """The outcomes of steps, wherever they stand in what the machine gathered."""
    if isinstance(done, dict) and "step_id" in done:
        yield done
    elif isinstance(done, dict | list):
        for inner in done.values() if isinstance(done, dict) else done:
            yield from _items(inner)


def _plan(plan: Json) -> Json:
    return {
        "kind": plan["kind"],
        "hash": plan["hash"],
        "made_at": plan["made_at"],
        "steps": len(plan["steps"]),
        "extends": plan.get("extends"),
        "requested_by": plan.get("requested_by"),
        "reason": clean(plan.get("reason") or ""),
    }


def _gates(reader: Reader, plan_hash: str) -> list[Json]:
    return reader.attempt("approvals", lambda: reader.records.gates(reader.incident_id, plan_hash), [])


def _decision(gate: Json) -> Json:
    names = ("gate", "plan_hash", "required", "state", "asked")
    votes = [{**vote, "reason": clean(vote["reason"])} for vote in gate["votes"]]
    return {**{name: gate[name] for name in names}, "reason": clean(gate["reason"]), "votes": votes}


def _step(reader: Reader, step: Json, plan: Json, gates: list[Json]) -> Json:
    result = _result(reader, step)
    error = result.get("error") or step["error"]
    return {
        "step_id": step["step_id"],
        "undoes": step["undoes"],
        "action": step["action"],
        "title": clean(step["title"]),
        "label": clean(step["label"]),
        "target_arn": clean(step["target_arn"]),
        "stage": step["stage"],
        "plan_hash": plan["hash"],
        "approval": step["approval"],
        "decided_by": clean(step["decided_by"]),
        "why": clean(step["why"]),
        "reversibility": step["reversibility"],
        "impact": clean(step["impact"]),
        "way_back": clean(step["way_back"]),
        "status": step["status"],
        "approved_by": step["approved_by"],
        "at": result.get("at") or step["updated_at"],
        "changes": changes(result.get("before"), result.get("after")),
        "error": {name: clean(text) for name, text in error.items()} if error else None,
        "not_done_because": _because(step, gates),
    }


def _result(reader: Reader, step: Json) -> Json:
    """The result of a step's last attempt, {} where there was none. That of an undo begins where the step had ended."""
    result = _document_of(reader, step, step["result_key"])
    if result.get("doing") == "undo":
        return {**result, "before": _document_of(reader, step, step["performed_key"]).get("after")}
    return result


def _document_of(reader: Reader, step: Json, key: str | None) -> Json:
    if not key:
        return {}
    found: Json = reader.attempt(f"result of {step['step_id']}", lambda: reader.records.document(key), {})
    return found


def changes(before: Any, after: Any) -> list[Json]:
    """What a read-back shows as different: [{field, before, after}], by dotted path; null where there is nothing.

    Of something deleted only that: its export is evidence, and longer than anybody reads here.
    """
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    old, new = dict(_leaves(before)), dict(_leaves(after))
    seen = new if after.get("exists") is False else {*old, *new}
    paths = [path for path in sorted(seen) if old.get(path) != new.get(path)]
    return [
        {"field": clean(path), "before": _shown(old.get(path)), "after": _shown(new.get(path))}
        for path in paths[:SHOWN_CHANGES]
    ]


def _shown(value: str | None) -> str | None:
    return value and clean(value)


def _leaves(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The scalar values of a document as text, by dotted path; a list of scalars is one value.

    What is empty is not told from what is absent.
    """
    if isinstance(document, dict):
        for name, value in document.items():
            yield from _leaves(value, f"{path}.{name}" if path else str(name))
    elif isinstance(document, list) and any(isinstance(value, dict | list) for value in document):
        for position, value in enumerate(document):
            yield from _leaves(value, f"{path}.{position}")
    elif path and document not in (None, []):
        values = document if isinstance(document, list) else [document]
        yield path, ", ".join(value if isinstance(value, str) else json.dumps(value) for value in values)


def _because(step: Json, gates: list[Json]) -> str | None:
    """Why a step was not carried out, or None where it was."""
    if step["status"] in (*DONE, UNDONE):
        return None
    if step["status"] != PLANNED:
        return clean(pick(step, "error.message") or words.status(step["status"]))
    gate = next((g for g in gates if g["gate"] == step["approval"] and g["plan_hash"]), None)
    return words.not_reached(step, gate)


def _not_done(steps: list[Json]) -> list[Json]:
    missing = (step for step in steps if step["not_done_because"])
    return [
        {"step_id": s["step_id"], "what": f"{s['title']}: {s['label']}", "why": s["not_done_because"]} for s in missing
    ]


def _not_proposed(plans: list[Json]) -> list[Json]:
    entries = (entry for plan in plans for entry in plan["not_proposed"])
    return [{"step_id": None, "what": clean(entry["action"]), "why": clean(entry["why"])} for entry in entries]


def _survivors(plans: list[Json], steps: list[Json]) -> Iterator[Json]:
    """What something deleted had used, and what is therefore still there: its export names it under `survivors`."""
    deleted = {step["step_id"] for step in steps if step["stage"] == "eradication" and step["status"] == "performed"}
    for step in (step for plan in plans for step in plan["steps"] if step["step_id"] in deleted):
        for kind, names in (step["before"].get("survivors") or {}).items():
            for name in [names] if isinstance(names, str) else sorted(names or ()):
                facts = {"what": words.survivor(kind), "name": clean(name), "used_by": clean(step["label"])}
                yield {"step_id": step["step_id"], **facts}


def _logs(reader: Reader) -> list[Json]:
    """What the logs say in short, each with the artefact that says so in full."""
    incident_id, ledger = reader.incident_id, reader.records.ledger
    rows: list[Json] = reader.attempt("what the logs say", lambda: kept(ledger, incident_id), [])
    return [{**row, "name": clean(row["name"]), "text": clean(row["text"])} for row in rows]


def _evidence(reader: Reader) -> list[Json]:
    """Each manifest of preserved evidence with its own SHA-256 and its artefacts'."""
    keys: list[str] = reader.attempt("evidence", lambda: reader.records.keys(reader.incident_id, "evidence"), [])
    manifests = [key for key in keys if key.rsplit("/", 1)[-1].startswith("manifest")]
    if not manifests:
        reader.gaps.append({"what": "evidence", "why": "No manifest of preserved evidence was found."})
    found = (reader.attempt(f"manifest {key}", lambda: _manifest(reader, key), None) for key in manifests)  # noqa: B023
    return [manifest for manifest in found if manifest]


def _manifest(reader: Reader, key: str) -> Json | None:
    content = reader.records.content(key)
    manifest = json.loads(content)
    reader.gaps.extend({"what": clean(gap["what"]), "why": clean(gap["why"])} for gap in manifest["gaps"])
    names = ("name", "key", "sha256", "bytes", "taken_at")
    artefacts = [{name: artefact[name] for name in names} for artefact in manifest["artefacts"]]
    return {"key": key, "sha256": sha256(content), "made_at": manifest["made_at"], "artefacts": artefacts}


def _undo_commands(incident_id: str, steps: list[Json]) -> list[Json]:
    able = [s for s in steps if s["undoes"] is None and s["status"] in UNDOABLE and s["reversibility"] != "none"]
    return [
        {
            "command": f'responder undo {incident_id} {step["step_id"]} --reason "..."',
            "title": step["title"],
            "label": step["label"],
        }
        for step in able
    ]


def _timeline(reader: Reader) -> list[Json]:
    events: list[Json] = reader.attempt("timeline", lambda: reader.records.ledger.timeline(reader.incident_id), [])
    return [{"at": event["at"], "what": clean(event["what"])} for event in events]
