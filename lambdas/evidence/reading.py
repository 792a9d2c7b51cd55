"""One artefact in the making: the answers of AWS, which calls gave them, and which calls failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.core.fields import clean
from lambdas.core.ledger import now
from lambdas.core.refusals import code, said
from lambdas.core.session import Session

Json = dict[str, Any]

MOST_ITEMS = 1000
ABSENT = (
    "NoSuchEntity",
    "NoSuchEntityException",
    "ResourceNotFoundException",
    "NoSuchBucket",
    "NoSuchBucketPolicy",
    "OwnershipControlsNotFoundError",
)


@dataclass
class Reading:
    """`content` is what will be stored. A call that fails leaves a gap and the rest goes on."""

    session: Session
    content: Json = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    gaps: list[Json] = field(default_factory=list)
    taken_at: str = field(default_factory=now)

    def call(self, service: str, operation: str, region: str | None = None, **parameters: Any) -> Json | None:
        """The answer of one call as plain JSON. None where it failed, or where there is no such thing."""
        client = self.session.client(service, region)
        return self._tried(client, f"{service}:{operation}", lambda: getattr(client, operation)(**parameters))

    def items(self, service: str, operation: str, key: str, most: int = MOST_ITEMS, **parameters: Any) -> list[Any]:
        """The items of a paged list, at most so many: that some were left out is a gap."""
        client = self.session.client(service)
        pages = client.get_paginator(operation).paginate(PaginationConfig={"MaxItems": most}, **parameters)
        answer = self._tried(client, f"{service}:{operation}", pages.build_full_result) or {}
        if answer.get("NextToken"):
            self.gap(f"{service}:{operation}", f"more than {most} items: the rest was left out")
        items: list[Any] = answer.get(key, [])
        return items

    def pages(self, name: str, region: str, pages: Iterable[tuple[list[Any], bool]]) -> tuple[list[Any], bool]:
        """(the items of all pages, whether some are left), also where one page of that Region failed."""
        items: list[Any] = []
        more = True
        try:
            for page, left in pages:
                items, more = [*items, *page], left
        except (ClientError, BotoCoreError) as error:
            self.gap(f"{name} in {region}", said(error, region))
            return items, True
        self._called(name)
        return items, more

    def gap(self, what: str, why: str) -> None:
        self.gaps.append({"what": clean(what, 200), "why": clean(why)})

    def _tried(self, client: Any, name: str, call: Callable[[], Json]) -> Json | None:
        try:
            answer = call()
        except (ClientError, BotoCoreError) as error:
            if code(error) not in ABSENT:
                self.gap(name, said(error, client.meta.region_name))
                return None
            answer = {}
        self._called(name)
        return plain(answer) or None

    def _called(self, name: str) -> None:
        if name not in self.calls:
            self.calls.append(name)


def plain(answer: Any) -> Any:
    """The answer with times as ISO 8601 text and without the response's own metadata."""
    if isinstance(answer, dict):
        return {name: plain(value) for name, value in answer.items() if name != "ResponseMetadata"}
    if isinstance(answer, list):
        return [plain(value) for value in answer]
    if isinstance(answer, bytes):
        return answer.decode("utf-8", "backslashreplace")
    return answer.isoformat() if isinstance(answer, datetime) else answer
