"""Pages of a list as AWS answers them: at most so many items, and a token for what follows."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from deploy.local.model_service import ApiError


def page(
    items: Sequence[Any],
    params: Mapping[str, Any],
    result: str,
    *,
    size: str = "maxResults",
    token: str = "nextToken",
    most: int = 100,
    refusal: str = "ValidationException",
) -> dict[str, Any]:
    """`{result: [...], token: ...}`, without the token on the last page. Raises ApiError(refusal) for a bad token."""
    start = _position(params.get(token), refusal)
    end = start + min(int(params.get(size) or most), most)
    following = {token: base64.b64encode(str(end).encode()).decode()} if end < len(items) else {}
    return {result: list(items[start:end]), **following}


def _position(token: str | None, refusal: str) -> int:
    if not token:
        return 0
    try:
        return int(base64.b64decode(token, validate=True))
    except ValueError as error:
        raise ApiError(refusal, "The token in the request is not valid.") from error
