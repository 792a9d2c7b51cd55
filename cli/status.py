"""`responder status`: open incidents, or one incident, live if wanted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from cli import pause
from cli.approvals import gates_table
from cli.deployment import Deployment, find
from cli.failures import RESPONSE_FAILED, CommandFailed
from cli.records import RUNNING, incident_item, records, summary, view
from cli.screen import clock, console, plain, print_json, status_text, table
from lambdas.core.ledger import OPEN

Json = dict[str, Any]
BETWEEN_LOOKS_SECONDS = 1.0
EVENTS_SHOWN = 12


def run(incident_id: str | None, watch: bool, everything: bool, stack: str | None, local: bool, as_json: bool) -> None:
    deployment = find(stack, local)
    if incident_id is None:
        show_list(deployment, everything, as_json)
    elif watch:
        follow(deployment, incident_id, as_json)
    else:
        show(view(deployment, records(deployment), incident_id), as_json)


def show_list(deployment: Deployment, everything: bool, as_json: bool) -> None:
    lines = (summary(item) for item in deployment.ledger().incidents() if everything or item["status"] == OPEN)
    incidents = sorted(lines, key=lambda line: line["opened_at"], reverse=True)
    if as_json:
        print_json(incidents)
        return
    if switch := pause.words(pause.state(deployment)):
        console().print(f"[red bold]{switch}[/]")
    if incidents:
        columns = ("Incident", "Status", "Opened (UTC)", "What, where and who")
        console().print(table("Incidents", columns, map(_line, incidents)))
    else:
        console().print(
            "No incident." if everything else "No open incident. `responder status --all` lists closed ones."
        )


def _line(incident: Json) -> tuple[str, ...]:
    what = incident["type"] + (" (drill)" if incident["drill"] else "")
    where = f"{incident['account']} {incident['region']}, {incident['principal']}"
    opened = incident["opened_at"][:16].replace("T", " ")
    about = f"{plain(what)}\n[dim]{plain(where)}[/]"
    return (plain(incident["incident_id"]), status_text(incident["status"]), plain(opened), about)


def show(seen: Json, as_json: bool) -> None:
    if as_json:
        print_json(seen)
    else:
        console().print(screen(seen))


def follow(deployment: Deployment, incident_id: str, as_json: bool) -> None:
    """Show every change until no execution runs. Raises CommandFailed where the last one failed."""
    last = follow_json(deployment, incident_id) if as_json else follow_live(deployment, incident_id)
    if last["executions"] and last["executions"][-1]["status"] != "SUCCEEDED":
        raise CommandFailed(
            RESPONSE_FAILED, f"{incident_id} ended as {last['status']}; read: responder report {incident_id}"
        )


def follow_live(deployment: Deployment, incident_id: str) -> Json:
    from rich.live import Live

    with Live(console=console(), auto_refresh=False) as live:
        for seen in looks(deployment, incident_id):
            live.update(screen(seen), refresh=True)
    return seen


def follow_json(deployment: Deployment, incident_id: str) -> Json:
    """One JSON line for each change."""
    import json

    before = None
    for seen in looks(deployment, incident_id):
        line = json.dumps(seen, ensure_ascii=False)
        if line != before:
            typer.echo(line)
        before = line
    return seen


def looks(deployment: Deployment, incident_id: str) -> Iterator[Json]:
    found = records(deployment)
    incident_item(found, incident_id)
    while True:
        seen = view(deployment, found, incident_id)
        yield seen
        if all(execution["status"] != RUNNING for execution in seen["executions"]):
            return
        time.sleep(BETWEEN_LOOKS_SECONDS)


def screen(seen: Json) -> Group:
    return Group(*_parts(seen))


def _parts(seen: Json) -> Iterator[RenderableType]:
    if switch := pause.words(seen["pause"]):
        yield Text.from_markup(f"[red bold]{switch}[/]")
    yield Text.from_markup(_header(seen))
    for execution in seen["executions"]:
        yield Text.from_markup(_execution(execution))
    for plan in seen["plans"]:
        yield ""
        title = "Undo steps" if plan["kind"] == "undo" else "Steps"
        yield table(title, ("Step", "Approval", "Status"), map(_step, plan["steps"]))
    if seen["approvals"]:
        yield ""
        yield gates_table(seen["approvals"])
    yield ""
    yield table(
        "Timeline (UTC)", ("", ""), ((clock(e["at"]), plain(e["what"])) for e in seen["timeline"][-EVENTS_SHOWN:])
    )


def _header(seen: Json) -> str:
    drill = "  [reverse] DRILL [/]" if seen["drill"] else ""
    doubt = "  [yellow]not confirmed by GuardDuty[/]" if not seen["confirmed"] else ""
    where = f"{plain(seen['type'])} by {plain(seen['principal'])} in {plain(seen['account'])} {plain(seen['region'])}"
    return f"[bold]{plain(seen['incident_id'])}[/]  {status_text(seen['status'])}{drill}{doubt}\n{where}"


def _execution(execution: Json) -> str:
    at = f" at {plain(execution['stage'])}" if execution["stage"] and execution["status"] == RUNNING else ""
    return f"{execution['kind'].capitalize()}: {plain(execution['status'].lower())}{at}"


def _step(step: Json) -> tuple[str, ...]:
    by = f" ({plain(', '.join(step['approved_by']))})" if step["approved_by"] else ""
    return (
        f"{plain(step['label'])}\n[dim]{plain(step['step_id'])}[/]",
        plain(step["approval"]),
        status_text(step["status"]) + by,
    )
