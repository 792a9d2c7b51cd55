"""Where the responder is deployed: a CloudFormation stack, or the embedded AWS of a running `responder local`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cli.failures import NOT_FOUND, CommandFailed, Unreachable, from_function
from cli.options import DEFAULT_STACK

Json = dict[str, Any]


@dataclass(frozen=True)
class Deployment:
    """The addresses of one deployment. `endpoint` is None where boto3 finds AWS by itself.

    `outputs` are the stack's outputs by name: functions, state machines, tables, bucket and queue.
    """

    name: str
    outputs: dict[str, str]
    region: str | None = None
    endpoint: str | None = None
    pages_url: str | None = None
    credentials: dict[str, str] = field(default_factory=dict)
    pid: int | None = None

    def output(self, name: str) -> str:
        """Raises CommandFailed where the stack does not have it: then it is no responder, or an older one."""
        if name not in self.outputs:
            raise CommandFailed(
                NOT_FOUND, f"{self.name} has no output {name}: is it a genai-responder, and of this version?"
            )
        return self.outputs[name]

    def client(self, service: str, region: str | None = None) -> Any:
        return _client(service, region or self.region, self.endpoint, tuple(sorted(self.credentials.items())))

    def invoke(self, output: str, payload: Json) -> Json:
        """Call a function and wait. Raises CommandFailed with what the function said, where it failed."""
        answer = self.client("lambda").invoke(FunctionName=self.output(output), Payload=json.dumps(payload).encode())
        body: Json = json.loads(answer["Payload"].read() or b"{}") or {}
        if "FunctionError" in answer or "errorType" in body or "error" in body:
            raise from_function(output, body)
        return body

    def member_roles(self) -> list[str]:
        """The ARNs of the roles that the responder acts as in its accounts; none of a stack that does not say."""
        from lambdas.core.action import POWERS

        prefix, accounts = self.outputs.get("Prefix"), self.outputs.get("MemberAccounts", "")
        pairs = ((account, power) for account in accounts.split(",") if account and prefix for power in POWERS)
        return [f"arn:aws:iam::{account}:role/{prefix}-member-{power}" for account, power in pairs]

    def ledger(self) -> Any:
        from lambdas.core.ledger import Ledger

        return Ledger(self.client("dynamodb"), self.output("LedgerTable"))


@cache
def _client(service: str, region: str | None, endpoint: str | None, credentials: tuple[tuple[str, str], ...]) -> Any:
    import boto3
    from botocore.config import Config

    patience: Any = {
        "retries": {"mode": "standard", "total_max_attempts": 4},
        "connect_timeout": 5,
        "read_timeout": 130,
    }
    one_address: Any = {"inject_host_prefix": False, "s3": {"addressing_style": "path"}} if endpoint else {}
    config = Config(**patience, **one_address)
    return boto3.client(service, region_name=region, endpoint_url=endpoint, config=config, **dict(credentials))  # type: ignore[call-overload]


def find(stack: str | None, local: bool) -> Deployment:
    """The deployment to talk to, named on stderr. Raises CommandFailed where there is none."""
    from cli.screen import say

    if local and stack:
        raise CommandFailed(2, "--stack, --local: name one of them, not both")
    running = None if stack else running_local()
    if local and running is None:
        raise Unreachable("No embedded AWS is running. Start one in another terminal: responder local")
    found = running or from_stack(stack or DEFAULT_STACK)
    say(f"Using {found.name}.")
    return found


def own_account(local: bool) -> Deployment:
    """Where no responder is needed: the running embedded AWS, or the account of the ambient credentials."""
    running = running_local()
    if local and running is None:
        raise Unreachable("No embedded AWS is running. Start one in another terminal: responder local")
    return running or Deployment("the account of your credentials", {})


def from_stack(stack: str) -> Deployment:
    """Raises Unreachable where there is no such stack in the Region of the ambient credentials."""
    import boto3
    from botocore.exceptions import ClientError

    client = boto3.client("cloudformation")
    where = f"stack {stack} in {client.meta.region_name}"
    try:
        described = client.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        raise Unreachable(f"There is no {where}. Name another with --stack, or start `responder local`.") from error
    outputs = {o["OutputKey"]: o["OutputValue"] for o in described.get("Outputs", [])}
    return Deployment(where, outputs, client.meta.region_name)


def connection_file() -> Path:
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "genai-responder" / "local.json"


def publish(deployment: Deployment) -> Path:
    """Tell other commands of this user where the embedded AWS is. Only this user can read it."""
    path = connection_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(deployment), file)
    return path


def running_local() -> Deployment | None:
    """The embedded AWS that `responder local` announced, or None. The file of one that died is removed."""
    path = connection_file()
    try:
        found = Deployment(**json.loads(path.read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise Unreachable(
            f"{path} does not describe an embedded AWS; remove it and start `responder local` again."
        ) from error
    if found.pid is not None and alive(found.pid):
        return found
    path.unlink(missing_ok=True)
    return None


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
