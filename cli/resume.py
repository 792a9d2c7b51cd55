"""`responder resume`: finish a response, or an undo, that broke off."""

from __future__ import annotations

from typing import Any

import typer

from cli import pause
from cli.deployment import find
from cli.failures import REFUSED, CommandFailed
from cli.records import incident_item, records
from cli.screen import console, plain, print_json
from cli.start import check_person, requester

Json = dict[str, Any]


def run(incident_id: str, person: str | None, stack: str | None, local: bool, as_json: bool) -> None:
    """Exits with REFUSED, after saying why, where nothing was started."""
    check_person(person)
    deployment = find(stack, local)
    incident_item(records(deployment), incident_id)
    switch = pause.state(deployment)
    if switch["paused"]:
        raise CommandFailed(REFUSED, f"paused since {switch['since']}: {switch['reason']}; first: responder unpause")
    asked_by = requester(person, deployment)
    request = {"incident_id": incident_id, "requested_by": asked_by.email, "requester_arn": asked_by.arn}
    tell(deployment.invoke("ResumeFunction", request), as_json)


def tell(answer: Json, as_json: bool) -> None:
    if as_json:
        print_json(answer)
    else:
        console().print(plain(answer["why"], 1000))
    if not answer["started"]:
        raise typer.Exit(REFUSED)
    if not as_json:
        console().print(f"Follow it: responder status {plain(answer['incident_id'])} --watch")
