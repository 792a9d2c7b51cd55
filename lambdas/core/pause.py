"""The kill switch: one SSM parameter, read before every change. Only the word `running` lets a change through.

Whatever else stands there is the reason, so that it can be set from anywhere, the AWS console too. A switch that cannot
be read stops every change as well.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

from lambdas.core.errors import PowerRefused
from lambdas.core.fields import clean
from lambdas.core.session import own_client

Json = dict[str, Any]
RUNNING = "running"


def paused(client: Any, parameter: str) -> Json | None:
    """{since, reason} where the responder is paused, None where it is running. Raises botocore's errors."""
    found = client.get_parameter(Name=parameter)["Parameter"]
    if found["Value"] == RUNNING:
        return None
    changed: datetime = found["LastModifiedDate"]
    return {"since": changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "reason": clean(found["Value"], 300)}


def require_running() -> None:
    """Raises PowerRefused, with since when and why, unless the responder is running. Never remembers what it read."""
    from botocore.exceptions import BotoCoreError, ClientError

    parameter = os.environ["PAUSE_PARAMETER"]
    try:
        found = paused(own_client("ssm"), parameter)
    except (ClientError, BotoCoreError) as error:
        message = f"Nothing is changed, because the kill switch {parameter} cannot be read: {clean(error)}"
        raise PowerRefused(message) from error
    if found:
        raise PowerRefused(f"Nothing is changed: paused since {found['since']}. {found['reason']}")
