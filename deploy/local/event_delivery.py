"""Delivery of an event to one target, and to the dead-letter queue when that fails.

Lambda functions, queues and topics are asked by their own resource policy whether EventBridge may call them; a state
machine is started with the target's role, which IAM checks.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import json
import logging
import re
import time
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from moto.awslambda.models import lambda_backends
from moto.core.exceptions import JsonRESTError, ServiceException
from moto.events.models import Rule
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

from deploy.local.event_input import target_input
from deploy.local.lambda_pool import role_credentials

LOG = logging.getLogger(__name__)
# AWS tries for 24 hours, up to 185 times; here only the first few of these are made, in quick succession.
MOST_RETRIES = 3
RETRY_SECONDS = 0.2
FINAL_CODES = {"AccessDenied": "NO_PERMISSIONS", "NotFound": "NO_RESOURCE", "DoesNotExist": "NO_RESOURCE",
               "NonExistent": "NO_RESOURCE", "InvalidExecutionInput": "INVALID_PARAMETER"}  # fmt: skip
PASSING_CODES = {"TooManyRequests": "THROTTLING", "Throttl": "THROTTLING"}


class Undelivered(Exception):
    """Why a target did not take an event. `retry` tells whether another attempt may help."""

    def __init__(self, code: str, message: str, retry: bool = False) -> None:
        super().__init__(message)
        self.code, self.retry = code, retry


@dataclass(frozen=True)
class Delivery:
    """One event for one target of one rule."""

    rule: Rule
    target: dict[str, Any]
    event: dict[str, Any]
    endpoint: str

    @property
    def arn(self) -> str:
        return str(self.target["Arn"])

    @property
    def service(self) -> str:
        return self.arn.split(":")[2]

    def run(self) -> None:
        """Deliver, try again where that may help, and otherwise send the event to the dead-letter queue."""
        wanted = (self.target.get("RetryPolicy") or {}).get("MaximumRetryAttempts", MOST_RETRIES)
        retries = min(int(wanted), MOST_RETRIES)
        for attempt in range(retries + 1):
            try:
                self._attempt()
                break
            except Undelivered as failure:
                if not failure.retry or attempt == retries:
                    self._give_up(failure, attempt)
                    break
            time.sleep(RETRY_SECONDS)

    def _attempt(self) -> None:
        try:
            payload = target_input(self.target, self.event, self.rule.name, self.rule.arn)
        except ValueError as error:
            raise Undelivered("INVALID_JSON", f"The input template does not give JSON: {error}") from None
        try:
            SENDERS[self.service](self, payload)
        except (ClientError, BotoCoreError, ServiceException, JsonRESTError) as error:
            raise _undelivered(error) from None

    def _give_up(self, failure: Undelivered, retries: int) -> None:
        queue = (self.target.get("DeadLetterConfig") or {}).get("Arn")
        if not queue:
            LOG.error("rule %s, target %s: event lost: %s %s", self.rule.name, self.arn, failure.code, failure)
            return
        try:
            _send_to_queue(self, queue, json.dumps(self.event), self._dead_letter_attributes(failure, retries))
        except (Undelivered, ServiceException) as error:
            LOG.warning("rule %s: event lost, its dead-letter queue %s refuses it: %s", self.rule.name, queue, error)

    def _dead_letter_attributes(self, failure: Undelivered, retries: int) -> dict[str, Any]:
        facts = {
            "RULE_ARN": self.rule.arn,
            "TARGET_ARN": self.arn,
            "ERROR_CODE": failure.code,
            "ERROR_MESSAGE": str(failure)[:1024],
            "RETRY_ATTEMPTS": str(retries),
        }
        if failure.retry:
            facts["EXHAUSTED_RETRY_CONDITION"] = "MaximumRetryAttempts"
        return {name: {"DataType": "String", "StringValue": value} for name, value in facts.items()}


def _undelivered(error: Exception) -> Undelivered:
    name, message = _code_and_message(error)
    for part, code in FINAL_CODES.items():
        if part in name:
            return Undelivered(code, message)
    passing = next((code for part, code in PASSING_CODES.items() if part in name), "ERROR_FROM_TARGET")
    return Undelivered(passing, message, retry=True)


def _code_and_message(error: Exception) -> tuple[str, str]:
    if isinstance(error, ClientError):
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    name = getattr(error, "error_type", None) or str(getattr(error, "code", "")) or type(error).__name__
    return name + type(error).__name__, str(getattr(error, "message", error))


def allowed(statements: list[dict[str, Any]], action: str, source_arn: str) -> bool:
    """Whether a resource policy lets EventBridge do this for that rule."""
    return any(_allows(statement, action, source_arn) for statement in statements)


def _allows(statement: dict[str, Any], action: str, source_arn: str) -> bool:
    principal = statement.get("Principal")
    services = _list(principal.get("Service", []) if isinstance(principal, dict) else [])
    named = principal == "*" or "events.amazonaws.com" in services
    actions = any(_like(pattern.lower(), action.lower()) for pattern in _list(statement.get("Action", [])))
    return statement.get("Effect") == "Allow" and named and actions and _from_rule(statement, source_arn)


def _from_rule(statement: dict[str, Any], source_arn: str) -> bool:
    """Conditions on aws:SourceArn and aws:SourceAccount, which are all that EventBridge brings with it."""
    facts = {"aws:sourcearn": source_arn, "aws:sourceaccount": source_arn.split(":")[4]}
    pairs = [pair for block in statement.get("Condition", {}).values() for pair in block.items()]
    return all(any(_like(value, facts.get(key.lower(), "")) for value in _list(values)) for key, values in pairs)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _like(pattern: str, value: str) -> bool:
    return re.fullmatch("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in str(pattern)), value) is not None


def _require(delivery: Delivery, statements: list[dict[str, Any]], action: str, resource: str) -> None:
    if not allowed(statements, action, delivery.rule.arn):
        raise Undelivered(
            "NO_PERMISSIONS", f"events.amazonaws.com is not authorized to perform: {action} on {resource}"
        )


def _send_to_function(delivery: Delivery, payload: str) -> None:
    _, _, _, region, account, *_ = delivery.arn.split(":")
    function = lambda_backends[account][region].get_function(delivery.arn)
    _require(delivery, function.policy.statements, "lambda:InvokeFunction", delivery.arn)
    function.invoke(payload, {"x-amz-invocation-type": "Event"}, {})


def _send_to_machine(delivery: Delivery, payload: str) -> None:
    role = delivery.target.get("RoleArn")
    if not role:
        raise Undelivered("NO_PERMISSIONS", f"RoleArn is required for target {delivery.arn}")
    name = f"{delivery.event['id']}_{uuid.UUID(int=zlib.crc32(delivery.rule.arn.encode()))}"[:80]
    _client("stepfunctions", delivery, role).start_execution(stateMachineArn=delivery.arn, name=name, input=payload)


def _client(service: str, delivery: Delivery, role: str) -> Any:
    region = delivery.arn.split(":")[3]
    keys = role_credentials(role.split(":")[4], region, role, delivery.rule.name[:64])
    return botocore.session.Session().create_client(
        service,
        region_name=region,
        endpoint_url=delivery.endpoint,
        config=Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
        **{name.lower(): value for name, value in keys.items()},
    )


def _to_queue(delivery: Delivery, payload: str) -> None:
    _send_to_queue(delivery, delivery.arn, payload, {})


def _send_to_queue(delivery: Delivery, arn: str, body: str, attributes: dict[str, Any]) -> None:
    _, _, _, region, account, name = arn.split(":")
    backend = sqs_backends[account][region]
    _require(delivery, backend.get_queue(name)._policy_json.get("Statement", []), "sqs:SendMessage", arn)
    group = (delivery.target.get("SqsParameters") or {}).get("MessageGroupId") if name.endswith(".fifo") else None
    backend.send_message(name, body, message_attributes=attributes, group_id=group, delay_seconds=0)


def _to_topic(delivery: Delivery, payload: str) -> None:
    _, _, _, region, account, _ = delivery.arn.split(":")
    topic = sns_backends[account][region].get_topic(delivery.arn)
    _require(delivery, json.loads(topic.policy)["Statement"], "sns:Publish", delivery.arn)
    topic.publish(payload)


SENDERS: dict[str, Callable[[Delivery, str], None]] = {
    "lambda": _send_to_function,
    "states": _send_to_machine,
    "sqs": _to_queue,
    "sns": _to_topic,
}
