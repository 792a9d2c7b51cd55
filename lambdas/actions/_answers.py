"""Answers of AWS as plain JSON, and "not found" as an answer instead of an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

NOT_FOUND = ("ResourceNotFoundException", "NoSuchEntity")
"""Bedrock's and Lambda's word for it, and IAM's, whose codes lack the suffix (botocore service models)."""


def plain(answer: Any) -> Any:
    """The same answer with times as ISO 8601 text and without the response's own metadata."""
    if isinstance(answer, dict):
        return {name: plain(value) for name, value in answer.items() if name != "ResponseMetadata"}
    if isinstance(answer, list):
        return [plain(value) for value in answer]
    return answer.isoformat() if isinstance(answer, datetime) else answer


def found(call: Callable[..., Any], **parameters: Any) -> dict[str, Any] | None:
    """The answer of a call, or None where AWS says that there is no such thing. Other errors pass through."""
    try:
        answer: dict[str, Any] = plain(call(**parameters))
    except ClientError as error:
        if error_code(error) not in NOT_FOUND:
            raise
        return None
    return answer


def listed(client: Any, operation: str, key: str, **parameters: Any) -> list[Any]:
    """All items of a paged list; none where what they belong to does not exist."""
    items: list[Any] = []
    try:
        for page in client.get_paginator(operation).paginate(**parameters):
            items += plain(page[key])
    except ClientError as error:
        if error_code(error) not in NOT_FOUND:
            raise
        return []
    return items


def error_code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
