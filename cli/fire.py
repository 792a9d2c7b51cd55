"""`responder local fire`: sends findings to the running embedded AWS, and tells what intake said of each."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from cli import embedded
from cli.deployment import Deployment, find
from cli.failures import REFUSED, RESPONSE_FAILED
from cli.findings import facts, read
from cli.screen import console, plain, print_json
from lambdas.core.errors import NotOurs
from lambdas.intake.finding_types import facts_of
from lambdas.reporting.records import plain_value

Json = dict[str, Any]
BETWEEN_LOOKS_SECONDS = 0.1
SILENT = "no_answer"
OURS = ("incident", "joined")


def run(file: Path, drill: bool, as_json: bool, wait: int) -> None:
    """Exits with 0 where every finding opened or joined an incident, 3 where not, 6 where one was not answered."""
    import typer

    events = read(file)
    deployment = find(None, local=True)
    answers = []
    for event in events:
        answers.append({**facts(event), **(drilled if drill else sent)(deployment, event, wait)})
        if not as_json:
            console().print(line(answers[-1]))
    if as_json:
        print_json(answers)
    raise typer.Exit(code(answers))


def code(answers: list[Json]) -> int:
    outcomes = {answer["outcome"] for answer in answers}
    if SILENT in outcomes:
        return RESPONSE_FAILED
    return 0 if outcomes <= set(OURS) else REFUSED


def sent(deployment: Deployment, event: Json, wait: int) -> Json:
    """Send one event through EventBridge; intake's answer {outcome, incident_id, reason}."""
    if embedded.fire(deployment, on_our_bus(deployment, event)) == 0:
        return {"outcome": "not_ours", "incident_id": None, "reason": unheard(event)}
    return answer_to(deployment, event["id"], wait)


def drilled(deployment: Deployment, event: Json, wait: int) -> Json:
    """A drill goes to intake directly: EventBridge never delivers one. GuardDuty knows of the finding all the same."""
    ours = on_our_bus(deployment, event)
    embedded.fire(deployment, ours)
    return deployment.invoke("IntakeGuardDutyFunction", {**ours, "drill": True})


def on_our_bus(deployment: Deployment, event: Json) -> Json:
    """The event as the bus of the embedded account gets it; the attacked account stands in the finding itself."""
    account = deployment.output("BedrockResponse").split(":")[4]
    return {**event, "account": account, "region": deployment.region}


def unheard(event: Json) -> str:
    """Why no rule of the responder listens to this event."""
    try:
        facts_of(facts(event)["type"])
    except NotOurs as error:
        return str(error)
    return "no rule of the responder listens to this event; its source, detail-type or archived flag does not fit"


def answer_to(deployment: Deployment, event_id: str, wait: int) -> Json:
    """Intake's answer to one event, from the ledger, once it is there."""
    ends = time.monotonic() + wait
    while time.monotonic() < ends:
        found = recorded(deployment, event_id)
        if found:
            return {name: found.get(name) for name in ("outcome", "incident_id", "reason")}
        time.sleep(BETWEEN_LOOKS_SECONDS)
    return {"outcome": SILENT, "incident_id": None, "reason": f"intake has not answered within {wait} s"}


def recorded(deployment: Deployment, event_id: str) -> Json | None:
    """A scan: the key begins with the finding's id, which a finding that was refused may not have."""
    pages = (
        deployment.client("dynamodb")
        .get_paginator("scan")
        .paginate(
            TableName=deployment.output("LedgerTable"),
            FilterExpression="sk = :id AND begins_with(pk, :intake)",
            ExpressionAttributeValues={":id": {"S": event_id}, ":intake": {"S": "intake#"}},
        )
    )
    items = (item for page in pages for item in page["Items"])
    return next(({name: plain_value(value) for name, value in item.items()} for item in items), None)


def line(answer: Json) -> str:
    reason, what = plain(answer["reason"]), plain(answer["type"] or "finding without a type")
    told = {
        "incident": f"[green]incident {plain(answer['incident_id'])}[/] (response started)",
        "joined": f"[green]incident {plain(answer['incident_id'])}[/] (open already)",
        "not_ours": f"[yellow]not ours[/]: {reason}",
        "refused": f"[red]refused[/]: {reason} (dead-letter queue)",
    }.get(answer["outcome"], f"[red]no answer[/]: {reason}")
    return f"{what}: {told}"
