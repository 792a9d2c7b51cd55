"""`responder approvals`: who was asked, who answered, until when. Never a link, never a token."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from cli.deployment import find
from cli.records import incident_item, plans_in_force, records
from cli.screen import clock, console, left, plain, print_json, status_text, table
from lambdas.reporting.records import Records

Json = dict[str, Any]


def run(incident_id: str | None, stack: str | None, local: bool, as_json: bool) -> None:
    gates = wanted(records(find(stack, local)), incident_id)
    if as_json:
        print_json(gates)
    elif gates:
        console().print(gates_table(gates, with_incident=incident_id is None))
    else:
        console().print(
            f"No approval was asked for {plain(incident_id)} so far." if incident_id else "No approval is open."
        )


def wanted(found: Records, incident_id: str | None) -> list[Json]:
    """The gates of one incident, or all open ones. Raises CommandFailed for an unknown incident."""
    if incident_id is None:
        return sorted(
            (gate for gate in found.all_gates() if gate["state"] == "open"), key=lambda gate: gate["deadline"]
        )
    incident_item(found, incident_id)
    return [gate for plan in plans_in_force(found, incident_id) for gate in found.gates(incident_id, plan["hash"])]


def gates_table(gates: list[Json], with_incident: bool = False) -> Table:
    columns = ("Incident",) * with_incident + ("Approval", "State", "Asked", "Answers", "Time")
    return table("Approvals", columns, ((plain(g["incident_id"]),) * with_incident + _row(g) for g in gates))


def _row(gate: Json) -> tuple[str, ...]:
    need = "two people" if gate["required"] > 1 else "one person"
    time = left(gate["deadline"]) if gate["state"] == "open" else ""
    return (need, status_text(gate["state"]), plain(", ".join(gate["asked"])), _answers(gate["votes"]), time)


def _answers(votes: list[Json]) -> str:
    return "\n".join(_answer(vote) for vote in votes) or "none yet"


def _answer(vote: Json) -> str:
    said = "approved" if vote["decision"] == "approve" else "refused"
    why = f": {plain(vote['reason'])}" if vote["reason"] else ""
    return f"{plain(vote['approver'])} {said} at {clock(vote['at'])}{why}"
