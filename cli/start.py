"""`responder start`: an IR lead's own word opens an incident."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cli.deployment import Deployment, find
from cli.failures import USAGE, CommandFailed
from cli.screen import console, plain, print_json

PLAYBOOKS = ("bedrock",)
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Requester:
    email: str
    arn: str


@dataclass(frozen=True)
class Request:
    playbook: str
    account: str
    region: str
    principal: str
    reason: str
    person: str | None
    drill: bool

    def check(self) -> None:
        """Raises CommandFailed naming the first option that does not fit. The function checks again."""
        must(self.playbook in PLAYBOOKS, "PLAYBOOK", f"is one of: {', '.join(PLAYBOOKS)}")
        must(re.fullmatch(r"\d{12}", self.account), "--account", "is 12 digits")
        must(
            re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", self.region),
            "--region",
            "is the name of a Region, such as us-east-1",
        )
        must(self.principal.strip(), "--principal", "is an ARN, an IAM user name or an access key id")
        must(self.reason.strip(), "--reason", "must say why")
        check_person(self.person)


def must(condition: object, field: str, problem: str) -> None:
    if not condition:
        raise CommandFailed(USAGE, f"{field}: {problem}")


def check_person(person: str | None) -> None:
    must(person is None or MAIL.fullmatch(person), "--as", "is a mail address, such as lead@example.com")


def run(request: Request, stack: str | None, local: bool, as_json: bool) -> None:
    request.check()
    deployment = find(stack, local)
    answer = deployment.invoke("IntakeManualFunction", payload(request, requester(request.person, deployment)))
    if as_json:
        print_json(answer)
        return
    incident_id = plain(answer["incident_id"])
    console().print(f"[bold]{incident_id}[/]: response started. Every change waits for approval by mail.")
    console().print(f"Follow it: responder status {incident_id} --watch")


def payload(request: Request, asked_by: Requester) -> dict[str, Any]:
    return {
        "playbook": request.playbook,
        "account": request.account,
        "region": request.region,
        "principal": request.principal,
        "reason": request.reason,
        "requested_by": asked_by.email,
        "requester_arn": asked_by.arn,
        "drill": request.drill,
    }


def requester(person: str | None, deployment: Deployment) -> Requester:
    """Who asks: the credentials' ARN as AWS sees it, and the address given, or the one that names the session.

    Raises CommandFailed where there is no address: who asks must be known, so as not to approve it too.
    """
    arn: str = deployment.client("sts").get_caller_identity()["Arn"]
    email = person or arn.rsplit("/", 1)[-1]
    must(MAIL.fullmatch(email), "--as", "your mail address is needed (or set RESPONDER_EMAIL)")
    return Requester(email, arn)
