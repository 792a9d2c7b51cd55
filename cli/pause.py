"""`responder pause`: the kill switch, set with the operator's own credentials and nothing in between."""

from __future__ import annotations

from typing import Any

from cli.deployment import Deployment, find
from cli.failures import aws_errors, from_aws
from cli.screen import console, plain, print_json
from cli.start import check_person, must
from lambdas.core import pause
from lambdas.core.fields import clean

Json = dict[str, Any]
LONGEST_REASON = 1000
"""SSM keeps 4 KB in a standard parameter (Systems Manager User Guide, "Managing parameter tiers")."""


def run(reason: str, person: str | None, stack: str | None, local: bool, as_json: bool) -> None:
    must(reason.strip(), "REASON", "must say why")
    check_person(person)
    deployment = find(stack, local)
    write(deployment, f"{person or name(deployment)}: {clean(reason, LONGEST_REASON)}")
    found = state(deployment)
    if as_json:
        print_json(found)
        return
    console().print(f"[bold]{words(found)}[/]")
    console().print("No step is carried out and none is undone, until: responder unpause")


def write(deployment: Deployment, value: str) -> None:
    deployment.client("ssm").put_parameter(
        Name=deployment.output("PauseParameter"), Value=value, Type="String", Overwrite=True
    )


def name(deployment: Deployment) -> str:
    """Who pauses: the name of their session or user, which AWS knows."""
    arn: str = deployment.client("sts").get_caller_identity()["Arn"]
    return arn.rsplit("/", 1)[-1]


def state(deployment: Deployment) -> Json:
    """{paused: true | false, since, reason}; paused is null where the operator may not read the switch."""
    try:
        found = pause.paused(deployment.client("ssm"), deployment.output("PauseParameter"))
    except aws_errors() as error:
        return {"paused": None, "since": None, "reason": str(from_aws(error))}
    return {"paused": bool(found), **(found or {"since": None, "reason": None})}


def words(found: Json) -> str:
    """One line, as Rich markup, empty while the responder is running."""
    if found["paused"] is None:
        return f"Whether the responder is paused is not known: {plain(found['reason'])}"
    return f"PAUSED since {found['since']}. {plain(found['reason'], 400)}" if found["paused"] else ""
