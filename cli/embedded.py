"""Talking to an embedded AWS that another process runs: its views and events beside the AWS API itself."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from cli.deployment import Deployment
from cli.failures import AWS_FAILED, CommandFailed

# No proxy: loopback is not to be asked of one.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fire(deployment: Deployment, event: dict[str, Any]) -> int:
    """Bring in an event from an AWS service. Returns to how many targets the rules delivered it."""
    return int(_view(deployment, "events", event)["delivered_to"])


def _view(deployment: Deployment, name: str, body: Any = None) -> Any:
    """Raises CommandFailed where the embedded AWS does not answer, or refuses what it was sent."""
    address = f"{deployment.endpoint}/_embedded/{name}"
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, content, {"Content-Type": "application/json"})  # noqa: S310 - loopback
    try:
        with _opener.open(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.URLError as error:
        message = f"The embedded AWS at {deployment.endpoint} did not take the event: {error.reason}"
        raise CommandFailed(AWS_FAILED, message) from error
