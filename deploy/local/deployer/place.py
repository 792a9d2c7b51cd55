"""Where templates are applied."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol


class Aws(Protocol):
    """What the deployer needs of the embedded AWS: clients that may do everything, and where it serves APIs."""

    pages_url: str

    def client(self, service: str, *, account: str | None = None) -> Any: ...


class Place:
    """Where a template is applied: clients, account, Region, and names for what the template leaves unnamed.

    `account` is a member's; without it the place is the account of `aws` itself.
    """

    def __init__(self, aws: Aws, account: str | None = None) -> None:
        self._aws = aws
        self._member = account
        self._clients: dict[str, Any] = {}

    def client(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = self._aws.client(service, account=self._member)
        return self._clients[service]

    @cached_property
    def account(self) -> str:
        return str(self.client("sts").get_caller_identity()["Account"])

    @cached_property
    def region(self) -> str:
        return str(self.client("sts").meta.region_name)

    def name(self, logical_id: str) -> str:
        """A name as CloudFormation would make one: lower case, so that a bucket can have it."""
        suffix = sha256(f"{self.account}{self.region}{logical_id}".encode()).hexdigest()[:12]
        return f"genai-responder-{logical_id.lower()}-{suffix}"
