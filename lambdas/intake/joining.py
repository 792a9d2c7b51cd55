"""One incident, once: what came in opens an incident, joins the one that is open about its principal, or is known.

    pk open#<account>#<principal>         sk open      what others join: {incident_id, incident, takes_over}
    pk finding#<account>#<region>#<id>    sk finding   which incident a finding belongs to: {incident_id, number, count}
    pk <incident id>                      sk joined#<hash>   a finding that joined it: {id, type, kind, at}
                                          sk taken_over      which incident goes on with it: {by, at}

* A finding belongs to one incident. Its copies and updates find that incident, and start nothing.
* It recurs where something happened (`last_seen`) after that incident was closed: then it opens the next one, whose
  id is a hash over the finding and a number. An older copy that comes late happened before, and stays where it was.
* Two findings about the same principal are one incident while that is open: the place `open#` is taken by a conditional
  write, which one of two that come at once wins. It needs no release: whoever comes next reads the incident's status.
* A crash loses nothing: the place holds the whole incident, and whoever finds it finishes its opening.
* A weaker incident is no shield: a finding that lets more run unattended (deploy/policy.yaml) than the open incident's
  does is not held up by it. It opens the next one, which takes the place and goes on with all that is left; the weaker
  one finishes what runs unattended, asks nobody any more, and ends with its report.
"""

from __future__ import annotations

import json
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from lambdas.core import documents
from lambdas.core.errors import TargetNotFound, Unsettled
from lambdas.core.fields import clean, sha256
from lambdas.core.ledger import DONE, OPEN, Ledger, now
from lambdas.intake.opening import open_incident, start
from lambdas.planning import policy

Json = dict[str, Any]

ARCHIVING = "guardduty.archive_finding"
TRIES = 10
"""How often to look again where others took the place at the same moment. Each try, one of them comes through."""


def joined_or_opened(incident: Json, received: Any, ledger: Ledger) -> Json:
    """What became of an incident that intake has read: {outcome: incident | joined, incident_id, reason}.

    Raises Unsettled where others were always quicker: Lambda brings the event again.
    """
    for _ in range(TRIES):
        became = _attempt(incident, received, ledger)
        if became:
            return became
    raise Unsettled(f"Finding {clean(incident['source']['id'], 64)}: others wrote about its principal all the time.")


def take_place(incident: Json, ledger: Ledger) -> None:
    """For an incident that people started: others join it, unless one about its principal is open already."""
    place = _place(incident)
    if place and not _open_holder(_first(ledger, place), ledger):
        _claim(place, incident, _first(ledger, place), ledger)


def outcome(kind: str, incident_id: str | None, reason: str) -> Json:
    return {"outcome": kind, "incident_id": incident_id, "reason": reason}


def recurs(incident: Json, item: Json) -> bool:
    """Did what the finding tells of happen after its incident was closed?"""
    if item["status"] == OPEN or not incident["source"]["last_seen"]:
        return False
    closed = item.get("closed_at") or item.get("updated_at") or item["opened_at"]
    return datetime.fromisoformat(incident["source"]["last_seen"]) > datetime.fromisoformat(closed)


def archived_by_us(incident: Json, ledger: Ledger) -> bool:
    """Is the finding archived because the response to it had dealt with it, and not because people decided so?"""
    known = _first(ledger, _finding_place(incident))
    steps = ledger.steps(known["incident_id"]) if known else []
    return any(step["action"] == ARCHIVING and step["status"] in DONE for step in steps)


def numbered(incident: Json, number: int) -> Json:
    """The incident of a finding's first occurrence as it is, that of a later one under an id of its own."""
    if number == 1:
        return incident
    parts = [incident["account"], incident["region"], incident["source"]["id"], number]
    digest = sha256(json.dumps(parts).encode())[:10]
    return {**incident, "incident_id": f"{incident['incident_id'][:11]}-{digest}"}


def principal_key(incident: Json) -> str | None:
    """Who is meant, the same from every source; None where nobody is named.

    A user and root are one, whichever key signed. A role is many: its sessions may have nothing to do with each other.
    """
    who = incident["principal"]
    name = who["user_name"] or who["principal_id"] or who["arn"] or who["access_key_id"]
    if who["type"] == "Root":
        return "root"
    if who["type"] == "AssumedRole" and ":" in (who["principal_id"] or ""):
        return f"session/{who['principal_id']}"
    return f"{who['type']}/{name}" if name else None


def stronger(incident: Json, other: Json) -> bool:
    """May more run unattended for this finding than for the other incident's?"""
    return bool(not incident["withheld"] and _unattended(incident) - _unattended(other))


def _unattended(incident: Json) -> set[int]:
    """The numbers of the policy's rules that let something run unattended for the incident's finding type."""
    automatic = (rule for rule in policy.rules() if rule.approval == policy.AUTOMATIC)
    return {rule.number for rule in automatic if any(fnmatchcase(incident["source"]["type"], t) for t in rule.types)}


def _attempt(incident: Json, received: Any, ledger: Ledger) -> Json | None:
    """One try; None where somebody else was quicker, so that all has to be read again."""
    known = _first(ledger, _finding_place(incident))
    item = ledger.item(known["incident_id"], "incident") if known else None
    if known and item and not recurs(incident, item):
        return _known(incident, known, item, ledger)
    candidate = numbered(incident, known["number"] + 1 if known else 1)
    place = _place(candidate)
    held = _first(ledger, place) if place else None
    other = _open_holder(held, ledger)
    if other and other["incident_id"] != candidate["incident_id"] and not stronger(candidate, other):
        return _join(candidate, other, received, known, ledger)
    weaker = _weaker(candidate, other, held)
    if place and not _claim(place, candidate, held, ledger, weaker):
        return None
    return _open(candidate, received, known, ledger, weaker)


def _weaker(incident: Json, other: Json | None, held: Json | None) -> str | None:
    """The open incident that this one takes over, which a crash may have left to us to tell."""
    if held and held["incident_id"] == incident["incident_id"]:
        taken: str | None = held["takes_over"]
        return taken
    return other["incident_id"] if other else None


def _take_over(weaker: str, incident: Json, ledger: Ledger) -> None:
    heir, why = incident["incident_id"], f"{incident['source']['type']} lets more run unattended"
    if ledger.put_new(weaker, "taken_over", {"by": heir, "at": now()}):
        ledger.note(weaker, f"Taken over by {heir}: {why}")
        ledger.note(heir, f"It takes over {weaker}: {why}")


def _open(incident: Json, received: Any, known: Json | None, ledger: Ledger, weaker: str | None) -> Json | None:
    opened, _ = open_incident(incident, received, ledger)
    if weaker:
        _take_over(weaker, incident, ledger)
    belongs = _assign(incident, incident["incident_id"], known, ledger)
    return outcome("incident", incident["incident_id"], incident["reason"]) if opened and belongs else None


def _join(incident: Json, other: Json, received: Any, known: Json | None, ledger: Ledger) -> Json | None:
    # The response under this name, which a crash may have kept from starting: Step Functions starts it once.
    start(other)
    incident_id, source = other["incident_id"], incident["source"]
    mark = sha256(json.dumps([source["id"], known and known["number"]]).encode())[:16]
    documents.write(documents.key_of(incident_id, "evidence", f"00-joined-{mark}.json"), json.dumps(received).encode())
    facts = {"id": source["id"], "type": source["type"], "kind": source["kind"], "at": now()}
    if ledger.put_new(incident_id, f"joined#{mark}", facts):
        what = f"Joined by {source['type']}, finding {source['id']}"
        ledger.note(incident_id, clean(what), title=source["title"], severity=source["severity"])
    if not _assign(incident, incident_id, known, ledger):
        return None
    return outcome("joined", incident_id, f"{incident_id} about the same principal is open, and it joined that.")


def _known(incident: Json, known: Json, item: Json, ledger: Ledger) -> Json:
    """A copy or an update: it is written down, and starts nothing."""
    incident_id, count = known["incident_id"], incident["source"]["count"]
    if count > known["count"] and _rewrite(incident, {**known, "count": count}, known, ledger):
        ledger.note(incident_id, "The finding was updated", count=count, last_seen=incident["source"]["last_seen"])
    if item["status"] != OPEN:
        return outcome("joined", incident_id, f"It belongs to {incident_id}, which is closed; nothing happened since.")
    return outcome("joined", incident_id, f"The finding has its incident already, {incident_id}.")


def _open_holder(held: Json | None, ledger: Ledger) -> Json | None:
    """The open incident that holds the place, opened now if a crash came before that; None where the place is free."""
    if held is None:
        return None
    try:
        item = ledger.item(held["incident_id"], "incident")
    except TargetNotFound:
        ledger.open_incident(held["incident"])
        start(held["incident"])
        return dict(held["incident"])
    return dict(item["incident"]) if item["status"] == OPEN else None


def _claim(place: str, incident: Json, held: Json | None, ledger: Ledger, weaker: str | None = None) -> bool:
    """Take the place from whom it was seen with. True where it is taken by this incident already."""
    if held and held["incident_id"] == incident["incident_id"]:
        return True
    facts = {"incident_id": incident["incident_id"], "incident": incident, "takes_over": weaker}
    return ledger.put_over(place, "open", facts, "incident_id", held)


def _assign(incident: Json, incident_id: str, known: Json | None, ledger: Ledger) -> bool:
    number, count = (known["number"] if known else 0) + 1, incident["source"]["count"]
    return _rewrite(incident, {"incident_id": incident_id, "number": number, "count": count}, known, ledger)


def _rewrite(incident: Json, facts: Json, known: Json | None, ledger: Ledger) -> bool:
    return ledger.put_over(_finding_place(incident), "finding", facts, "number", known)


def _first(ledger: Ledger, pk: str) -> Json | None:
    return next(iter(ledger.items(pk)), None)


def _place(incident: Json) -> str | None:
    """Real findings never join a drill, nor a drill them."""
    key, drill = principal_key(incident), "drill#" if incident["drill"] else ""
    return f"open#{incident['account']}#{drill}{key}" if key else None


def _finding_place(incident: Json) -> str:
    return f"finding#{incident['account']}#{incident['region']}#{incident['source']['id']}"
