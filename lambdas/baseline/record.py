"""Record what is recognised in an account and Region, on schedule or on demand.

The first record is accepted. From then on what differs is only a candidate, whoever made the change: a configuration
that a suspect changed never becomes the baseline by itself. A person accepts it, with a reason.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from lambdas.baseline.read import latest, pointer
from lambdas.baseline.signature import sign
from lambdas.core import documents
from lambdas.core.errors import InputRefused
from lambdas.core.fields import canonical, clean, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.core.observe import observe
from lambdas.core.schema import validate
from lambdas.core.session import Session, own_client

Json = dict[str, Any]

FIRST = "the first record of this account and Region"
DIFFERS = "differs from the accepted baseline"


def handler(event: Json, context: Any) -> Json:
    """Input {account?, region?, accept?: true, reason?}; a scheduled event brings its own account and Region.

    Answer {state: accepted | candidate | unchanged, key, problem}: `problem` says why an older baseline is not used.
    Raises InputRefused (account, reason) and SchemaMismatch.
    """
    account = event.get("account") or own_client("sts").get_caller_identity()["Account"]
    found = inventory(account, event.get("region") or os.environ["AWS_REGION"])
    return keep(found, _reason(event))


def kinds() -> tuple[str, ...]:
    """The kinds of resources that a baseline holds, found by file."""
    files = (Path(__file__).parent / "kinds").glob("*.py")
    return tuple(sorted(file.stem for file in files if not file.stem.startswith("_")))


def inventory(account: str, region: str) -> Json:
    """{account, region, kinds: {kind: what its `read` found}}. A kind that cannot be read fails the whole: a baseline
    with a hole would take every resource in it for unrecognised."""
    modules = {kind: import_module(f"lambdas.baseline.kinds.{kind}") for kind in kinds()}
    permissions = [permission for module in modules.values() for permission in module.PERMISSIONS]
    session: Session = observe("baseline", account, region, permissions)
    return {"account": account, "region": region, "kinds": {kind: m.read(session) for kind, m in modules.items()}}


def keep(found: Json, accepted_because: str | None) -> Json:
    """Sign and store an inventory, as accepted or as candidate. What is stored already is not stored again."""
    ledger = Ledger()
    records = list(ledger.items(pointer(found["account"], found["region"])))
    known, problem = latest(found["account"], found["region"], ledger)
    if known and known["kinds"] == found["kinds"]:
        return {"state": "unchanged", "key": None, "problem": None}
    reason = accepted_because or (DIFFERS if records else FIRST)
    state = "candidate" if reason == DIFFERS else "accepted"
    if state == "candidate" and (waiting := _waiting(records, found)):
        return {"state": state, "key": waiting, "problem": problem}
    key = _store(ledger, {**found, "recorded_at": now(), "state": state, "reason": reason})
    return {"state": state, "key": key, "problem": problem}


def _waiting(records: list[Json], found: Json) -> str | None:
    """The key of the last candidate, if it holds the same."""
    candidates = [record for record in records if record["sk"].startswith("candidate#")]
    same = candidates and candidates[-1]["kinds_sha256"] == sha256(canonical(found["kinds"]))
    return str(candidates[-1]["key"]) if same else None


def _store(ledger: Ledger, document: Json) -> str:
    validate("baseline", document)
    account, region, at = document["account"], document["region"], document["recorded_at"]
    key = f"baseline/{account}/{region}/{at}.json"
    documents.write_json(key, sign(document))
    facts = {"key": key, "reason": document["reason"], "kinds_sha256": sha256(canonical(document["kinds"]))}
    ledger.put_new(pointer(account, region), f"{document['state']}#{at}", facts)
    return key


def _reason(event: Json) -> str | None:
    """Why a person accepts what is there now; None where nobody does."""
    if event.get("accept") is not True:
        return None
    if not isinstance(event.get("reason"), str) or not clean(event["reason"]):
        raise InputRefused("reason", "is missing: say why this is accepted as the baseline")
    return clean(event["reason"], 1000)
