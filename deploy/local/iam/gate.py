"""The one place through which every API call goes: identified, decided, passed on to moto, and told to listeners.

It is a WSGI application around moto's, so that it covers every service however moto dispatches it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from deploy.local import request_ids
from deploy.local.faults import fault_of
from deploy.local.iam import answers
from deploy.local.iam.conditions import UnknownOperatorError
from deploy.local.iam.decisions import decide
from deploy.local.iam.principals import Caller, KeyRefusedError, default_account, identify, operator
from deploy.local.iam.requests import ApiRequest, read
from deploy.local.services.account import OPT_IN

log = logging.getLogger(__name__)

GLOBAL = ("account", "iam", "organizations", "support")
"""Services with one endpoint for all Regions. Clients sign for their own Region here, where the endpoint is given."""
REQUEST_ID = ("x-amzn-requestid", "x-amz-request-id")
"""What services call the header, S3 the latter. moto's own are random, and the same call has several."""
UNCHECKED = ("/moto-api", "/_embedded", "/favicon.ico")
"""Paths that are the emulator's own and no AWS API."""

StartResponse = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


@dataclass(frozen=True)
class Made:
    """One call that was made, with its answer. `caller` is None where the key was refused."""

    request: ApiRequest
    caller: Caller | None
    account: str
    at: datetime
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    denied: answers.Answer | None = None
    request_id: str = ""


LISTENERS: list[Callable[[Made], None]] = []
"""Told of each call after its answer; they must not raise and must not take time."""


class Gate:
    """moto's WSGI application with IAM in front of it."""

    def __init__(self, application: Wsgi) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "/").startswith(UNCHECKED):
            return self.application(environ, start_response)
        request = read(environ)
        if request is None:
            return _send(answers.unsigned(), str(uuid.uuid4()), start_response)
        started = datetime.now(UTC)
        judged = judge(request, environ)
        if judged.refusal:
            return _refuse(request, judged, started, judged.refusal, start_response)
        return self._pass_on(request, judged, started, environ, start_response)

    def _pass_on(
        self,
        request: ApiRequest,
        judged: Judged,
        started: datetime,
        environ: dict[str, Any],
        start_response: StartResponse,
    ) -> list[bytes]:
        answer = _Answer(start_response, request_ids.new())
        body = answer.take(self.application(environ, answer.start))
        made = Made(request, judged.caller, judged.account, started, answer.status, b"".join(body), answer.headers)
        tell(replace(made, request_id=answer.request_id))
        return body


class _Answer:
    """What moto answers, kept while it is passed on, under the id of the request that all records of it have."""

    def __init__(self, start_response: StartResponse, request_id: str) -> None:
        self.start_response = start_response
        self.request_id = request_id
        self.status = 200
        self.headers: dict[str, str] = {}

    def start(self, status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        kept = [(name, value) for name, value in headers if name.lower() not in REQUEST_ID]
        headers = [*kept, *((name, self.request_id) for name in REQUEST_ID)]
        self.status, self.headers = int(status.split()[0]), dict(headers)
        return self.start_response(status, headers, *rest)

    def take(self, answer: Iterable[bytes]) -> list[bytes]:
        body = list(answer)
        getattr(answer, "close", lambda: None)()
        return body


class Judged(NamedTuple):
    """Who calls, in which account, and the refusal if there is one."""

    caller: Caller | None
    account: str
    refusal: answers.Answer | None = None


def judge(request: ApiRequest, environ: dict[str, Any]) -> Judged:
    try:
        caller = identify(request.access_key, request.token)
    except KeyRefusedError as refusal:
        return Judged(None, refusal.account, answers.key_refused(request, expired=refusal.expired))
    if caller.kind == "operator":
        account = environ.get("HTTP_X_MOTO_ACCOUNT_ID", default_account())
        return Judged(operator(account), account)
    if request.region in OPT_IN and request.signing_name not in GLOBAL:
        return Judged(caller, caller.account, answers.key_refused(request, expired=False))
    if fault := fault_of(request, caller.account):
        return Judged(caller, caller.account, answers.failed(request, fault.code))
    try:
        denial = decide(request, caller)
    except UnknownOperatorError as limit:
        log.error("%s", limit)  # noqa: TRY400 - its stack trace says nothing about the policy
        return Judged(caller, caller.account, answers.cannot_judge(request, str(limit)))
    return Judged(caller, caller.account, answers.denied(request, denial.message) if denial else None)


def _refuse(
    request: ApiRequest, judged: Judged, started: datetime, refused: answers.Answer, start_response: StartResponse
) -> list[bytes]:
    request_id = str(uuid.uuid4())
    made = Made(request, judged.caller, judged.account, started, refused.status, refused.body, dict(refused.headers))
    tell(replace(made, denied=refused, request_id=request_id))
    return _send(refused, request_id, start_response)


def _send(answer: answers.Answer, request_id: str, start_response: StartResponse) -> list[bytes]:
    headers = [*answer.headers.items(), ("x-amzn-RequestId", request_id), ("Content-Length", str(len(answer.body)))]
    start_response(f"{answer.status} {answer.code}", headers)
    return [answer.body]


def tell(made: Made) -> None:
    for listener in LISTENERS:
        listener(made)
