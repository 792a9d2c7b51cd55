"""The embedded AWS from outside: start it, deploy into it, call it, look into it, end it.

with EmbeddedAws() as aws:
    aws.deploy({"Prefix": "responder"})
    aws.fire(finding)
    aws.mail()
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import botocore.session
from botocore.config import Config

from deploy.local import OPERATOR_KEY

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 20.0
# What an owner's shell may hold: it must not reach the stand-in, nor the stand-in's clients the owner's account.
PRIVATE = ("AWS_", "MOTO_", "BOTO_")


class StartFailed(RuntimeError):
    """The embedded AWS did not come up. The message is what it said last."""


class EmbeddedAws:
    """The embedded AWS in a process of its own. Everything it started ends with it, and it ends with us.

    `port` and `pages_port` 0 take any free port. `without` leaves out parts ("iam", "cloudtrail", "pages", "services").
    """

    def __init__(
        self, region: str = "us-east-1", port: int = 0, pages_port: int = 0, without: Iterable[str] = ()
    ) -> None:
        self.region = region
        self.outputs: dict[str, str] = {}
        self.endpoint = ""
        self.pages_url = ""
        self._arguments = ["--port", str(port), "--pages-port", str(pages_port), "--region", region]
        self._arguments += [word for part in without for word in ("--without", part)]
        self._process: subprocess.Popen[str] | None = None
        self._log = Path(os.devnull)
        self._clients: dict[tuple[Any, ...], Any] = {}
        self._faults: list[dict[str, str]] = []
        self._session = _private_session()
        self._lock = threading.Lock()

    def start(self) -> Self:
        """Returns when calls can be made. Raises StartFailed with the reason."""
        with tempfile.NamedTemporaryFile(prefix="embedded-aws-", suffix=".log", delete=False) as log:
            self._log = Path(log.name)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local.server", "--until-stdin-closes", *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env=_environment(),
                text=True,
                # Ctrl-C reaches us; we end the server in order, and it its children.
                start_new_session=True,
            )
        addresses = self._first_line()
        self.endpoint, self.pages_url = addresses["endpoint"], addresses["pages_url"] or ""
        return self

    def _first_line(self) -> dict[str, Any]:
        assert self._process
        assert self._process.stdout
        giving_up = threading.Timer(START_SECONDS, self._process.kill)
        giving_up.start()
        line = self._process.stdout.readline()
        giving_up.cancel()
        if not line:
            said = self.log().strip()
            self.close()
            raise StartFailed(said.splitlines()[-1] if said else "the embedded AWS ended without a word")
        addresses: dict[str, Any] = json.loads(line)
        return addresses

    def close(self) -> None:
        """End the server and every child. Does nothing if it has ended."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._log.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The server's process. The functions' processes are its children. Raises StartFailed where it has ended."""
        if self._process is None:
            raise StartFailed("the embedded AWS is not running")
        return self._process.pid

    def log(self) -> str:
        """What the server has written to its standard error."""
        with contextlib.suppress(FileNotFoundError):
            return self._log.read_text(errors="replace")
        return ""

    def client(
        self,
        service: str,
        region: str | None = None,
        credentials: dict[str, str] | None = None,
        account: str | None = None,
    ) -> Any:
        """A boto client. Without `credentials` it is the operator's, which IAM does not check.

        `account` is where the operator works, if not in the responder's own account. `credentials` are keyword
        arguments of boto: aws_access_key_id, aws_secret_access_key, aws_session_token.
        """
        keys = credentials or {"aws_access_key_id": OPERATOR_KEY, "aws_secret_access_key": OPERATOR_KEY}
        kind = (service, region or self.region, account, *sorted(keys.items()))
        with self._lock:
            if kind not in self._clients:
                self._clients[kind] = self._new_client(service, region or self.region, keys, account)
            return self._clients[kind]

    def _new_client(self, service: str, region: str, keys: dict[str, str], account: str | None) -> Any:
        client = self._session.create_client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            config=Config(
                inject_host_prefix=False,
                retries={"total_max_attempts": 1},
                max_pool_connections=32,
                read_timeout=930,
                s3={"addressing_style": "path"},
            ),
            **keys,
        )
        if account:
            client.meta.events.register("before-sign", _in_account(account))
        return client

    def deploy(self, parameters: dict[str, Any] | None = None, members: Sequence[str] = ()) -> dict[str, str]:
        """Deploy the product's templates, and the member roles into the accounts of `members` besides its own.

        Returns the outputs; raises UnappliedProperty with resource and property.
        """
        from deploy.local.deployer import deploy

        self.outputs = deploy(self, parameters, members)
        return self.outputs

    def fire(self, event: dict[str, Any]) -> int:
        """Bring in an event from an AWS service (source `aws.*`). Returns to how many targets it goes.

        Raises ValueError, with the reason, for what is no event or is above 256 KB.
        """
        return int(self._view("events", json.dumps(event).encode())["delivered_to"])

    @contextlib.contextmanager
    def failing(self, *faults: dict[str, str]) -> Iterator[None]:
        """While this lasts, calls that match one of these fail: {service, code, operation?, region?, account?}."""
        self._fail([*self._faults, *faults])
        try:
            yield
        finally:
            self._fail([fault for fault in self._faults if fault not in faults])

    def _fail(self, faults: list[dict[str, str]]) -> None:
        self._view("faults", json.dumps(faults).encode())
        self._faults = faults

    def mail(self) -> list[dict[str, Any]]:
        """Every mail sent: at, from, to, subject, text, html."""
        return list(self._view("mail"))

    def notices(self) -> list[dict[str, Any]]:
        """Every message published to an SNS topic: topic, subject, message, attributes."""
        return list(self._view("notices"))

    def decisions(self) -> list[dict[str, Any]]:
        """Every IAM decision: at, principal, role, session, action, resource, allowed, reason."""
        return list(self._view("decisions"))

    def api_calls(self) -> list[dict[str, Any]]:
        """Every call as CloudTrail records it."""
        return list(self._view("api-calls"))

    def executions(self) -> list[dict[str, str]]:
        """Every execution of a state machine: name, machine, status, arn."""
        return list(self._view("executions"))

    def _view(self, name: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.endpoint}/_embedded/{name}", body, {"Content-Type": "application/json"}
        )
        try:
            with _opener.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code != HTTPStatus.BAD_REQUEST:
                raise
            raise ValueError(json.load(refusal)["message"]) from None


# No proxy: loopback is not to be asked of one.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _in_account(account: str) -> Any:
    def add_header(request: Any, **_: Any) -> None:
        request.headers["x-moto-account-id"] = account

    return add_header


def _environment() -> dict[str, str]:
    """Ours without the owner's AWS settings. Byte code is kept: it halves the start."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PRIVATE)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    return {**kept, **files, "AWS_EC2_METADATA_DISABLED": "true", "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"}


def _private_session() -> botocore.session.Session:
    """A session that reads neither the owner's profile nor their files."""
    nothing = {"profile": (None, None, None, None), "config_file": (None, None, os.devnull, None)}
    return botocore.session.Session(session_vars={**nothing, "credentials_file": (None, None, os.devnull, None)})
