"""Asynchronous invocations: answered at once, tried three times, then sent where failed events are kept.

An event that is throttled has not been tried: it waits in the queue until it is too old. A function that is reserved
nothing is stopped, and its events are given up at once.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

import json
import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from moto.awslambda.models import LambdaFunction

from deploy.local.lambda_pool import Workers, role_credentials
from deploy.local.lambda_worker import Outcome
from deploy.local.model_service import ApiError

LOG = logging.getLogger(__name__)
# AWS waits one minute and then two; here a minute passes in a second.
RETRY_SECONDS = (1.0, 2.0)
# AWS waits from one second on, and up to five minutes between two attempts.
THROTTLED_SECONDS = 1.0
OLDEST_SECONDS = 21600
ATTEMPTS_AT_ONCE = 8


@dataclass
class Invocation:
    """One event on its way, with how often it was tried."""

    function: LambdaFunction
    body: bytes
    request_id: str
    tried: int = 0
    taken_at: float = field(default_factory=time.monotonic)


class AsynchronousInvocations:
    """Lambda's internal queue."""

    def __init__(self, workers: Workers, endpoint: str) -> None:
        self.workers = workers
        self.endpoint = endpoint
        self.queue: queue.SimpleQueue[Invocation] = queue.SimpleQueue()
        for _ in range(ATTEMPTS_AT_ONCE):
            threading.Thread(target=self._work, name="lambda-async", daemon=True).start()

    def add(self, function: LambdaFunction, body: bytes) -> None:
        self.queue.put(Invocation(function, body, str(uuid.uuid4())))

    def _work(self) -> None:
        while True:
            self._attempt(self.queue.get())

    def _attempt(self, invocation: Invocation) -> None:
        try:
            outcome = self.workers.run(invocation.function, invocation.body)
        except ApiError as error:
            LOG.warning("asynchronous invocation of %s: %s", invocation.function.function_name, error)
            self._throttled(invocation)
        else:
            invocation.tried += 1
            if outcome.failed:
                self._again(invocation, outcome)

    def _throttled(self, invocation: Invocation) -> None:
        function = invocation.function
        if int(function.reserved_concurrency) == 0 or time.monotonic() - invocation.taken_at > oldest(function):
            self._give_up(invocation, None)
        else:
            self._later(THROTTLED_SECONDS, invocation)

    def _again(self, invocation: Invocation, outcome: Outcome) -> None:
        if invocation.tried > allowed_retries(invocation.function):
            self._give_up(invocation, outcome)
        else:
            self._later(RETRY_SECONDS[min(invocation.tried, 2) - 1], invocation)

    def _later(self, seconds: float, invocation: Invocation) -> None:
        timer = threading.Timer(seconds, self.queue.put, (invocation,))
        timer.daemon = True
        timer.start()

    def _give_up(self, invocation: Invocation, outcome: Outcome | None) -> None:
        """Both may be set: AWS sends to both."""
        function = invocation.function
        dead_letters = getattr(function, "kept", {}).get("DeadLetterConfig", {}).get("TargetArn")
        destination = failure_destination(function)
        if dead_letters:
            self._send(function, dead_letters, invocation.body.decode(), dead_letter_attributes(invocation, outcome))
        if destination:
            self._send(function, destination, json.dumps(failure_record(invocation, outcome)), {})
        if not dead_letters and not destination:
            LOG.warning("event of %s is lost: no dead-letter queue and no destination", function.function_name)

    def _send(self, function: LambdaFunction, target: str, body: str, attributes: dict[str, Any]) -> None:
        """With the function's own role, as AWS does: a role that may not send loses the event."""
        service = target.split(":")[2]
        if service not in SENDERS:
            LOG.error(
                "%s: the embedded AWS sends failed events to SQS and SNS only, not to %s",
                function.function_name,
                target,
            )
            return
        try:
            SENDERS[service](client(service, self.endpoint, function), target, body, attributes)
        except (ClientError, BotoCoreError) as error:
            LOG.warning("failed event of %s could not be sent to %s: %s", function.function_name, target, error)


def _to_queue(sqs: Any, target: str, body: str, attributes: dict[str, Any]) -> None:
    sqs.send_message(QueueUrl=queue_url(sqs.meta.endpoint_url, target), MessageBody=body, MessageAttributes=attributes)


def queue_url(endpoint: str, arn: str) -> str:
    """A queue's address, without asking: the caller may be allowed to send only."""
    account, name = arn.split(":")[4:6]
    return f"{endpoint}/{account}/{name}"


def _to_topic(sns: Any, target: str, body: str, attributes: dict[str, Any]) -> None:
    sns.publish(TopicArn=target, Message=body, MessageAttributes=attributes)


SENDERS: dict[str, Callable[[Any, str, str, dict[str, Any]], None]] = {"sqs": _to_queue, "sns": _to_topic}


def client(service: str, endpoint: str, function: LambdaFunction) -> Any:
    keys = role_credentials(function.account_id, function.region, function.role, function.function_name)
    return boto3.session.Session().client(
        service,
        region_name=function.region,
        endpoint_url=endpoint,
        config=Config(retries={"total_max_attempts": 1}),
        **{name.lower(): value for name, value in keys.items()},
    )


def allowed_retries(function: LambdaFunction) -> int:
    config = _event_invoke_config(function)
    return int(config.get("MaximumRetryAttempts", 2))


def oldest(function: LambdaFunction) -> float:
    return float(_event_invoke_config(function).get("MaximumEventAgeInSeconds", OLDEST_SECONDS))


def failure_destination(function: LambdaFunction) -> str | None:
    chosen = _event_invoke_config(function).get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    return str(chosen) if chosen else None


def _event_invoke_config(function: LambdaFunction) -> dict[str, Any]:
    configs = function.event_invoke_config
    return configs[0].config if configs else {}


def dead_letter_attributes(invocation: Invocation, outcome: Outcome | None) -> dict[str, Any]:
    """RequestID, ErrorCode and the first KB of ErrorMessage: the body of a dead letter is the event itself."""
    message = json.loads(outcome.payload).get("errorMessage", "") if outcome else "Rate Exceeded."
    return {
        "RequestID": {"DataType": "String", "StringValue": invocation.request_id},
        "ErrorCode": {"DataType": "Number", "StringValue": "200" if outcome else "429"},
        "ErrorMessage": {"DataType": "String", "StringValue": message[:1024] or "Unknown"},
    }


def failure_record(invocation: Invocation, outcome: Outcome | None) -> dict[str, Any]:
    """What a failure destination gets: the event, why it failed and how often it was tried."""
    request: dict[str, Any] = {
        "requestId": invocation.request_id,
        "functionArn": f"{invocation.function.function_arn}:$LATEST",
        "condition": "RetriesExhausted" if outcome else "EventAgeExceeded",
        "approximateInvokeCount": invocation.tried,
    }
    record = {
        "version": "1.0",
        "timestamp": _now(),
        "requestContext": request,
        "requestPayload": json.loads(invocation.body),
    }
    if outcome:
        record["responseContext"] = {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"}
        record["responsePayload"] = json.loads(outcome.payload)
    return record


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
