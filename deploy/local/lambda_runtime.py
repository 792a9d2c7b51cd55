"""Lambda functions as processes of their own, in the place of moto's Docker containers.

lambda_pool.py keeps the processes, lambda_worker.py is one of them, lambda_async.py retries what was invoked
asynchronously; here moto is told to use them, and what it gets wrong about functions is put right.
"""

import json
from typing import Any

from moto.awslambda.models import LambdaFunction

from deploy.local.lambda_async import AsynchronousInvocations
from deploy.local.lambda_pool import Workers, log_tail
from deploy.local.model_service import ApiError

# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
SYNCHRONOUS_BYTES = 6 * 1024 * 1024
ASYNCHRONOUS_BYTES = 1024 * 1024
# Properties of a function that moto takes and forgets.
KEPT = ("DeadLetterConfig", "LoggingConfig")


def checked_body(body: str | bytes, limit: int) -> bytes:
    """The event as bytes. Raises AWS's refusals of what is too large or is not JSON."""
    raw = body.encode() if isinstance(body, str) else body
    if len(raw) > limit:
        raise ApiError("RequestTooLargeException", f"{len(raw)} byte payload is too large (the limit is {limit} bytes)")
    try:
        json.loads(raw or b"{}")
    except ValueError as error:
        raise ApiError("InvalidRequestContentException", f"Could not parse request body into json: {error}") from None
    return raw or b"{}"


def install(endpoint: str) -> Workers:
    """Let moto's functions run here. Returns the processes, to be closed at the end."""
    workers = Workers(endpoint)
    later = AsynchronousInvocations(workers, endpoint)
    _install_invoke(workers, later)
    _keep_forgotten_properties()
    _share_equal_code()
    return workers


def _install_invoke(workers: Workers, later: Any) -> None:
    def invoke(self: LambdaFunction, body: str, request_headers: Any, response_headers: Any) -> str | bytes:
        kind = request_headers.get("x-amz-invocation-type") or "RequestResponse"
        if kind == "Event":
            later.add(self, checked_body(body, ASYNCHRONOUS_BYTES))
        if kind != "RequestResponse":
            return ""
        outcome = workers.run(self, checked_body(body, SYNCHRONOUS_BYTES))
        response_headers["x-amz-log-result"] = log_tail(self, outcome)
        response_headers["x-amz-executed-version"] = "$LATEST"
        if outcome.failed:
            response_headers["x-amz-function-error"] = "Unhandled"
        return outcome.payload

    LambdaFunction.invoke = invoke
    LambdaFunction._invoke_lambda = _for_event_sources(workers)


def _for_event_sources(workers: Workers) -> Any:
    """What moto calls for SNS, SQS and Streams: (payload, failed, log)."""

    def invoke(self: LambdaFunction, event: Any = None) -> tuple[str, bool, str]:
        body = event if isinstance(event, str) else json.dumps(event or {})
        outcome = workers.run(self, body.encode())
        return outcome.payload.decode(), outcome.failed, "\n".join(outcome.lines)

    return invoke


def _keep_forgotten_properties() -> None:
    """DeadLetterConfig and LoggingConfig."""
    start, update, describe = (
        LambdaFunction.__init__,
        LambdaFunction.update_configuration,
        LambdaFunction.get_configuration,
    )

    def started(self: LambdaFunction, account_id: str, spec: dict[str, Any], region: str, version: Any = 1) -> None:
        self.kept = {name: spec[name] for name in KEPT if name in spec}
        start(self, account_id, spec, region, version)

    def updated(self: LambdaFunction, config_updates: dict[str, Any]) -> dict[str, Any]:
        self.kept.update({name: config_updates[name] for name in KEPT if name in config_updates})
        return update(self, config_updates)

    def described(self: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
        return {**describe(self, on_create), **self.kept}

    LambdaFunction.__init__ = started
    LambdaFunction.update_configuration = updated
    LambdaFunction.get_configuration = described


def _share_equal_code() -> None:
    """All functions of the product are one archive of some 20 MB: it is held once."""
    load, codes = LambdaFunction._set_function_code, dict[str, bytes]()

    def loaded(self: LambdaFunction, updated_spec: dict[str, Any]) -> None:
        load(self, updated_spec)
        self.code_bytes = codes.setdefault(self.code_sha_256, self.code_bytes)
        self.code.pop("ZipFile", None)

    LambdaFunction._set_function_code = loaded
