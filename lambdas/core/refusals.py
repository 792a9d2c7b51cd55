"""What AWS's refusals mean: not so fast (wait), the Region is off (name it), or the account has no member roles."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from lambdas.core.errors import Throttled
from lambdas.core.fields import clean

T = TypeVar("T")

THROTTLING = (
    "ThrottlingException",
    "Throttling",
    "ThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "RequestLimitExceeded",
)
"""IAM and STS say Throttling, CloudTrail and Bedrock ThrottlingException; no model declares all of them."""
OFF = ("UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure", "OptInRequired")
"""How an opt-in Region that is not enabled refuses good credentials (Account Management reference guide, "Enable or
disable AWS Regions"; IAM User Guide, "Managing AWS STS in an AWS Region")."""
SILENT = (EndpointConnectionError, ConnectTimeoutError)
PATIENCE_SECONDS = 45.0
LONGEST_PAUSE_SECONDS = 10.0


def code(error: BaseException) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""


def is_throttling(error: BaseException) -> bool:
    return code(error) in THROTTLING


@contextmanager
def throttling_by_name() -> Iterator[None]:
    """Step Functions retries by an error's class, and botocore has none for codes that no model declares."""
    try:
        yield
    except ClientError as error:
        if not is_throttling(error):
            raise
        raise Throttled(f"AWS asked to call less often, for longer than was waited. {clean(error)}") from error


def patiently(call: Callable[[], T]) -> T:
    """The answer of a call that only reads, asked again with backoff and full jitter while AWS throttles it.

    After PATIENCE_SECONDS it raises what AWS said. botocore has then tried several times in each of these attempts.
    """
    deadline, pause = time.monotonic() + PATIENCE_SECONDS, 1.0
    while True:
        try:
            return call()
        except ClientError as error:
            if not is_throttling(error) or time.monotonic() >= deadline:
                raise
        time.sleep(random.uniform(0, pause))  # noqa: S311 - spreads calls, and keeps no secret
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


def said(error: ClientError | BotoCoreError, region: str) -> str:
    """What an error says, at most 500 characters; of a Region that is off, which one and what to do."""
    if code(error) not in OFF and not isinstance(error, SILENT):
        return clean(error)
    return clean(
        f"Region {region} cannot be read: it is switched off in this account, or does not answer. Switch it on there "
        f"(aws account enable-region --region-name {region}), or leave it out of BaselineRegions. AWS said: {error}"
    )


def not_enrolled(account: str, role: str) -> str:
    """That a member role cannot be assumed, and the command that deploys it."""
    own = os.environ["RESPONSE_MACHINE"].split(":")[4]
    return (
        f"{account} is not enrolled: its role {role} cannot be assumed. Deploy deploy/member.yaml there: aws "
        "cloudformation deploy --template-file deploy/member.yaml --stack-name genai-responder-member --capabilities "
        f"CAPABILITY_NAMED_IAM --parameter-overrides ResponderAccount={own} Prefix={os.environ['PREFIX']}; then start "
        "a response by hand (responder start)"
    )


def is_denial(error: Any) -> bool:
    return code(error) in ("AccessDenied", "AccessDeniedException", "NoSuchEntity")
