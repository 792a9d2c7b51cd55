"""`responder local`: the whole responder on this machine, until Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING

from cli.deployment import Deployment, publish
from cli.failures import RESPONSE_FAILED, USAGE, CommandFailed
from cli.screen import console, plain, print_json, say

if TYPE_CHECKING:
    from deploy.local.stack import EmbeddedAws

LOOK_SECONDS = 0.5
STAND_IN = "This is a stand-in for AWS, on this machine only. It keeps everything in memory and forgets it at the end."


def run(as_json: bool, mail_from: str, approvers: list[str], members: list[str]) -> None:
    """Raises CommandFailed for what is no account, and where the embedded AWS is not installed or ends by itself."""
    _require_accounts(members)
    parameters = {"MailFrom": mail_from} | ({"FirstApprovers": ",".join(approvers)} if approvers else {})
    end_on_signals()
    say("Starting the embedded AWS and deploying the responder on it.")
    with embedded_aws() as aws:
        deployment = deploy(aws, parameters, members)
        path = publish(deployment)
        try:
            tell(deployment, as_json)
            stay(aws)
        finally:
            path.unlink(missing_ok=True)
            say("Ending the embedded AWS.")


def _require_accounts(members: list[str]) -> None:
    if not all(re.fullmatch(r"\d{12}", account, re.ASCII) for account in members):
        raise CommandFailed(USAGE, "--member: must be the 12 digits of an account's id, for example 111122223333")


def end_on_signals() -> None:
    """Ctrl-C ends this process even where its starter had it ignored, as a shell does with what it puts aside."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Being told to end is the same as Ctrl-C: every child is ended on the way out."""
    raise KeyboardInterrupt


def embedded_aws() -> EmbeddedAws:
    """Raises CommandFailed where what the embedded AWS needs is not installed."""
    try:
        from deploy.local.stack import EmbeddedAws
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed: pip install 'genai-responder[local]'"
        raise CommandFailed(USAGE, message) from error
    return EmbeddedAws()


def deploy(aws: EmbeddedAws, parameters: dict[str, str], members: Sequence[str] = ()) -> Deployment:
    """Deploy the templates into a started embedded AWS, with logs to search, and its members; where everything is."""
    from deploy.local import OPERATOR_KEY, logs

    where = logs.keep(aws, members)
    outputs = aws.deploy({"PageBaseUrl": f"{aws.pages_url}/prod", **where, **parameters}, members)
    return Deployment(
        name="the embedded AWS on this machine",
        outputs=outputs,
        region=aws.region,
        endpoint=aws.endpoint,
        pages_url=aws.pages_url,
        credentials={"aws_access_key_id": OPERATOR_KEY, "aws_secret_access_key": OPERATOR_KEY},
        pid=os.getpid(),
    )


def tell(deployment: Deployment, as_json: bool) -> None:
    addresses = {
        "endpoint": deployment.endpoint,
        "pages_url": deployment.pages_url,
        "mailbox_url": f"{deployment.pages_url}/mail",
        "region": deployment.region,
        "logs": [deployment.output(logs) for logs in ("TrailLogs", "InvocationLogs")],
    }
    if as_json:
        print_json(addresses)
        return
    console().print(f"\nThe responder is up.\n\n  AWS API         {addresses['endpoint']}")
    console().print(f"  Approval pages  {addresses['pages_url']}\n  Mailbox         {addresses['mailbox_url']}")
    console().print(
        f"  Logs            {deployment.output('TrailLogs')}\n                  {deployment.output('InvocationLogs')}\n"
    )
    console().print(f"[yellow]{plain(STAND_IN)}[/]\n\nIn another terminal: responder local fire FILE\nCtrl-C ends it.")


def stay(aws: EmbeddedAws) -> None:
    while aws.running:
        time.sleep(LOOK_SECONDS)
    last = aws.log().strip().splitlines()[-1:] or ["without a word"]
    raise CommandFailed(RESPONSE_FAILED, f"The embedded AWS ended by itself: {last[0]}")
