"""Record what is recognised in an account and Region, on schedule or on demand; show it, compare it, accept it.

The first record is accepted. From then on what differs is only a candidate, whoever made the change: a configuration
that a suspect changed never becomes the baseline by itself. A person accepts it, with a reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.baseline import actors, inventory
from lambdas.baseline.drift import differences
from lambdas.baseline.read import BROKEN, latest, pointer, signed_document
from lambdas.baseline.signature import sign
from lambdas.core import documents
from lambdas.core.errors import InputRefused, NotAchieved, ResponderError, TargetNotFound
from lambdas.core.fields import canonical, clean, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.core.schema import validate

Json = dict[str, Any]

FIRST = "the first record of this account and Region"
DIFFERS = "differs from the accepted baseline"
THREADS = 4
BUDGET_SECONDS = 780
"""Regions that are not begun within it are left to the next run: the function lives 900 seconds."""
SCHEDULED = "aws.events"
ALL = "all Regions"
"""Stands for the Region in the record of an account of which nothing can be read."""
FAILURES = (ClientError, BotoCoreError, ResponderError)


def handler(event: Json, context: Any) -> Json:
    """Input as schemas/baseline_request.json, or a scheduled event: then all accounts and Regions are recorded.

    Answer of one account and Region as `record`, `show`, `drift` or `accept` have it; {records: [...]} where no Region
    is named. Raises SchemaMismatch, InputRefused, TargetNotFound, PowerRefused, and NotAchieved where a scheduled run
    left a Region out.
    """
    if event.get("source") == SCHEDULED:
        return _scheduled()
    validate("baseline_request", event)
    work = WORK[event.get("do", "record")]
    if event.get("region"):
        return work({**event, "account": event.get("account") or inventory.own_account()})
    if work is accept:
        raise InputRefused("region", "is missing: one Region is accepted at a time")
    return {"records": everywhere(work, [event["account"]] if event.get("account") else inventory.accounts())}


def _scheduled() -> Json:
    records = everywhere(record, inventory.accounts())
    failed = [f"{r['region']} of {r['account']}: {r['problem']}" for r in records if r["state"] == "failed"]
    if failed:
        raise NotAchieved(
            f"No baseline was recorded in {len(failed)} of {len(records)} Regions. {' '.join(failed)[:2000]}"
        )
    return {"records": records}


def everywhere(work: Callable[[Json], Json], accounts: list[str]) -> list[Json]:
    """The work's answer for each Region of each account. One that fails is in state `failed` and keeps no other."""
    deadline = time.monotonic() + BUDGET_SECONDS
    places, failed = _places(accounts)
    with ThreadPoolExecutor(THREADS) as pool:
        return [*pool.map(lambda place: _attempt(work, place, deadline), places), *failed]


def _places(accounts: list[str]) -> tuple[list[Json], list[Json]]:
    """(account and Region of each, the failed records of accounts whose Regions cannot be asked for)."""
    places: list[Json] = []
    failed: list[Json] = []
    for account in accounts:
        try:
            places += [{"account": account, "region": region} for region in inventory.regions(account)]
        except FAILURES as error:
            failed.append({"account": account, "region": ALL, "state": "failed", "problem": clean(error)})
    return places, failed


def _attempt(work: Callable[[Json], Json], place: Json, deadline: float) -> Json:
    if time.monotonic() >= deadline:
        return {**place, "state": "failed", "problem": "There was no time left for it; name it with --region."}
    try:
        return work(place)
    except FAILURES as error:
        return {**place, "state": "failed", "problem": clean(error)}


def record(request: Json) -> Json:
    """{account, region, state: accepted | candidate | unchanged, key, kinds_sha256, problem, gaps}.

    `problem` says why an older baseline is not used, `gaps` which kinds could not be read.
    """
    return keep(inventory.inventory(request["account"], request["region"]), Ledger())


def keep(found: Json, ledger: Ledger) -> Json:
    """Sign and store an inventory, as accepted or as candidate. What is stored already is not stored again."""
    account, region, gaps = found["account"], found["region"], found["gaps"]
    known, problem = latest(account, region, ledger)
    whole = carried(known, found)
    answer = {"account": account, "region": region, "problem": problem, "gaps": gaps}
    answer["kinds_sha256"] = sha256(canonical(whole["kinds"]))
    if known and known["kinds"] == whole["kinds"]:
        return {**answer, "state": "unchanged", "key": None}
    records = list(ledger.items(pointer(account, region)))
    if records and (waiting := _waiting(records, answer["kinds_sha256"])):
        return {**answer, "state": "candidate", "key": waiting}
    state, reason = ("candidate", DIFFERS) if records else ("accepted", FIRST)
    return {
        **answer,
        "state": state,
        "key": store({**whole, "recorded_at": now(), "state": state, "reason": reason}, ledger),
    }


def carried(known: Json | None, found: Json) -> Json:
    """What was found, with the kinds that could not be read as they were accepted before: a hole is no deletion."""
    before = known["kinds"] if known else {}
    return {**found, "kinds": {**{kind: before[kind] for kind in found["gaps"] if kind in before}, **found["kinds"]}}


def _waiting(records: list[Json], kinds_sha256: str) -> str | None:
    """The key of the last candidate, if it holds the same."""
    candidates = [item for item in records if item["sk"].startswith("candidate#")]
    same = candidates and candidates[-1]["kinds_sha256"] == kinds_sha256
    return str(candidates[-1]["key"]) if same else None


def store(document: Json, ledger: Ledger, **facts: Any) -> str:
    """Write a signed record, and into the ledger that it is there. Its key."""
    validate("baseline", document)
    account, region, at = document["account"], document["region"], now()
    key = f"baseline/{account}/{region}/{at}.json"
    documents.write_json(key, sign(document))
    known = {"key": key, "reason": document["reason"], "kinds_sha256": sha256(canonical(document["kinds"]))}
    ledger.put_new(pointer(account, region), f"{document['state']}#{at}", {**known, **facts})
    return key


def show(request: Json) -> Json:
    """{account, region, state: accepted | none, problem, baseline: the accepted document, candidate: the waiting one's
    {at, key, kinds_sha256}}; either may be null."""
    place = request["account"], request["region"]
    ledger = Ledger()
    known, problem = latest(*place, ledger)
    newest = [i for i in ledger.items(pointer(*place)) if i["sk"].startswith(("candidate#", "accepted#"))]
    newest.sort(key=lambda item: str(item["sk"].partition("#")[2]))
    waiting = newest[-1] if newest and newest[-1]["sk"].startswith("candidate#") else None
    facts = waiting and {
        "at": waiting["sk"].partition("#")[2],
        "key": waiting["key"],
        "kinds_sha256": waiting["kinds_sha256"],
    }
    state = "accepted" if known else "none"
    return {
        "account": place[0],
        "region": place[1],
        "state": state,
        "problem": problem,
        "baseline": known,
        "candidate": facts,
    }


def drift(request: Json) -> Json:
    """What `record` answers, with {since, changes: as `differences` has them, actors, actors_problem}.

    It looks at what is there now; what differs is kept as a candidate, which can then be accepted by its hash.
    """
    ledger = Ledger()
    found = inventory.inventory(request["account"], request["region"])
    answer = keep(found, ledger)
    known, _ = latest(request["account"], request["region"], ledger)
    changes = differences(known["kinds"], carried(known, found)["kinds"]) if known else []
    seen: tuple[list[Json], str | None] = ([], None)
    if known and changes:
        changed = {change["kind"] for change in changes}
        seen = actors.who_changed(request["account"], request["region"], changed, known["recorded_at"])
    since = known["recorded_at"] if known else None
    return {**answer, "since": since, "changes": changes, "actors": seen[0], "actors_problem": seen[1]}


def accept(request: Json) -> Json:
    """Make the candidate with this `kinds_sha256` the baseline; without one, what is there now. Answers as `record`.

    Raises InputRefused (reason), TargetNotFound (no such candidate), PowerRefused (an open incident's principal may
    have made the changes, unless `force`).
    """
    reason, ledger = _reason(request), Ledger()
    if not request.get("kinds_sha256"):
        answer = record(request)
        if answer["state"] != "candidate":
            return answer
        request = {**request, "kinds_sha256": answer["kinds_sha256"]}
    account, region = request["account"], request["region"]
    candidate = _candidate(ledger, account, region, request["kinds_sha256"])
    known, problem = latest(account, region, ledger)
    if not request.get("force"):
        actors.refuse_suspects(ledger, candidate, known["recorded_at"] if known else _long_ago())
    by = {"accepted_by": request.get("accepted_by"), "accepter_arn": request.get("accepter_arn")}
    document = {**candidate, "state": "accepted", "reason": reason, "accepted_at": now(), **by}
    key = store(document, ledger, **by, forced=bool(request.get("force")))
    answer = {"account": account, "region": region, "state": "accepted", "key": key, "problem": problem}
    return {**answer, "kinds_sha256": request["kinds_sha256"], "gaps": candidate.get("gaps", {})}


def _candidate(ledger: Ledger, account: str, region: str, kinds_sha256: str) -> Json:
    found = [i for i in ledger.items(pointer(account, region), "candidate#") if i["kinds_sha256"] == kinds_sha256]
    if not found:
        raise TargetNotFound(f"There is no candidate with hash {clean(kinds_sha256, 64)} in {region} of {account}.")
    document = signed_document(found[-1]["key"])
    if document is None or sha256(canonical(document["kinds"])) != kinds_sha256:
        raise NotAchieved(f"The candidate cannot be accepted. {BROKEN}")
    return document


def _long_ago() -> str:
    """Where no baseline says since when: as far as CloudTrail's event history reaches."""
    from datetime import UTC, datetime

    from lambdas.evidence.cloudtrail import HISTORY

    return (datetime.now(UTC) - HISTORY).isoformat()


def _reason(request: Json) -> str:
    """Why a person accepts it."""
    if not clean(request.get("reason") or ""):
        raise InputRefused("reason", "is missing: say why this is accepted as the baseline")
    return clean(request["reason"], 1000)


WORK: dict[str, Callable[[Json], Json]] = {"record": record, "show": show, "drift": drift, "accept": accept}
