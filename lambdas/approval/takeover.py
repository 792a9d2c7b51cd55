"""An incident that a stronger finding took over (lambdas/intake/joining.py) asks nobody any more: its heir does."""

from __future__ import annotations

from lambdas.approval.gate import Gate, refuse
from lambdas.core.documents import read_plan
from lambdas.core.ledger import Ledger


def withdrawn(gate: Gate, ledger: Ledger) -> Gate | None:
    """The open gate, refused now if another incident has taken over; None where none has.

    What an undo asks is asked all the same: what was done before the heir came is taken back where it was done.
    """
    heir = next(ledger.items(gate.incident_id, "taken_over"), None)
    if heir is None or read_plan(gate.incident_id, gate.plan_hash)["kind"] == "undo":
        return None
    return refuse(gate, f"{heir['by']} has taken over this incident, and asks for what is left to decide.")
