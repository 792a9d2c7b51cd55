"""`responder undo`: shows what would be taken back, asks, and starts the undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import typer

from cli.deployment import Deployment, find
from cli.failures import NOT_FOUND, REFUSED, USAGE, CommandFailed
from cli.records import incident_item, records
from cli.screen import console, plain, print_json, say, status_text, table
from cli.start import Requester, check_person, must, requester
from lambdas.core.ledger import UNDOABLE
from lambdas.reporting.records import Records

Json = dict[str, Any]


@dataclass(frozen=True)
class Request:
    incident_id: str
    step_ids: list[str]
    reason: str
    person: str | None


def run(wanted: Request, yes: bool, stack: str | None, local: bool, as_json: bool) -> None:
    check_person(wanted.person)
    must(wanted.reason.strip(), "--reason", "must say why")
    deployment = find(stack, local)
    steps = chosen(records(deployment), wanted)
    if not yes:
        confirm(steps, as_json)
    answer = request(deployment, wanted)
    if as_json:
        print_json(answer)
    else:
        tell(wanted.incident_id)


def request(deployment: Deployment, wanted: Request) -> Json:
    """Have the undo planned and started; what the function answers."""
    return deployment.invoke("UndoPlanFunction", payload(wanted, requester(wanted.person, deployment)))


def chosen(found: Records, request: Request) -> list[Json]:
    """The steps that would be undone. Raises CommandFailed for one that is unknown, or has nothing to take back."""
    incident_item(found, request.incident_id)
    recorded = {step["step_id"]: step for step in found.ledger.steps(request.incident_id)}
    for step_id in request.step_ids:
        _check(recorded, step_id)
    steps = [s for s in recorded.values() if s["status"] in UNDOABLE and s["step_id"] in (request.step_ids or recorded)]
    if not steps:
        raise CommandFailed(REFUSED, f"{request.incident_id}: no step changed anything that could be taken back")
    return steps


def _check(recorded: dict[str, Json], step_id: str) -> None:
    if step_id not in recorded:
        known = ", ".join(recorded) or "none was carried out"
        raise CommandFailed(NOT_FOUND, f"STEP: {step_id} is no step of this incident; its steps: {known}")
    status = recorded[step_id]["status"]
    if status not in UNDOABLE:
        raise CommandFailed(REFUSED, f"STEP: {step_id} is {status}, so there is nothing to take back")


def confirm(steps: list[Json], as_json: bool) -> None:
    """Ask on the terminal. Raises CommandFailed where nobody can be asked, typer.Exit where the answer is no."""
    if as_json or not console().is_terminal:
        raise CommandFailed(USAGE, "--yes: is needed where nobody can be asked")
    rows = ((plain(s["label"]), plain(s["step_id"]), status_text(s["status"])) for s in steps)
    console().print(table("Would be undone", ("What", "Step", "Now"), rows))
    if not typer.confirm("Undo this?"):
        say("Nothing was changed.")
        raise typer.Exit(REFUSED)


def payload(request: Request, asked_by: Requester) -> Json:
    return {
        "incident_id": request.incident_id,
        "step_ids": request.step_ids or None,
        "requested_by": asked_by.email,
        "requester_arn": asked_by.arn,
        "reason": request.reason,
    }


def tell(incident_id: str) -> None:
    console().print("Undo planned. What gives power back waits for an approver, who has mail now.")
    console().print(f"Follow it: responder status {plain(incident_id)} --watch")
