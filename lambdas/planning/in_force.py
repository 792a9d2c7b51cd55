"""Which plan of a response is in force, of the one that was made first and the one that extends it.

    pk <incident id>, sk `extended`   which plan extends the first: {hash, extends, at}
                      sk `asked_on`   the plan that people were asked to decide on: {hash, at}

Both are written once, and never changed. A plan that people were asked about is never replaced: not by an extension
that comes too late, as from an attempt that everybody had given up.
"""

from __future__ import annotations

from lambdas.core.ledger import Ledger, now

EXTENDED = "extended"
ASKED = "asked_on"


def in_force(ledger: Ledger, incident_id: str) -> str | None:
    """The hash of the response's plan; None where none was made."""
    for decided in (ASKED, EXTENDED):
        if item := next(ledger.items(incident_id, decided), None):
            return str(item["hash"])
    plans = ledger.plans(incident_id, "response")
    # Of two that were made at once, the first is the plan.
    return str(plans[0]["hash"]) if plans else None


def may_be_extended(ledger: Ledger, incident_id: str) -> bool:
    return not any(next(ledger.items(incident_id, decided), None) for decided in (ASKED, EXTENDED))


def extend(ledger: Ledger, incident_id: str, first: str, second: str) -> bool:
    """Decide that `second`, which is on record, extends `first`. False where another one does already."""
    return ledger.put_new(incident_id, EXTENDED, {"hash": second, "extends": first, "at": now()})


def settle(ledger: Ledger, incident_id: str, plan_hash: str) -> None:
    """People are asked about this plan now: it stays the response's, unless they were asked about another before."""
    ledger.put_new(incident_id, ASKED, {"hash": plan_hash, "at": now()})
