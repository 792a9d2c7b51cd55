"""`responder unpause`: lets changes through again."""

from __future__ import annotations

from cli import pause
from cli.deployment import find
from cli.screen import console, print_json
from lambdas.core import pause as switch


def run(stack: str | None, local: bool, as_json: bool) -> None:
    deployment = find(stack, local)
    before = pause.state(deployment)
    pause.write(deployment, switch.RUNNING)
    if as_json:
        print_json(pause.state(deployment))
        return
    console().print(
        "The responder is running." if before["paused"] is not False else "The responder was running already."
    )
    console().print("What was refused meanwhile is not caught up by itself: responder resume INCIDENT")
