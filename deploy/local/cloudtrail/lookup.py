"""CloudTrail's LookupEvents: management events of one account and Region, newest first.

Source: CloudTrail API reference, LookupEvents: one attribute for each call, at most 50 events in an answer, two
requests a second in an account and Region, beyond which it throttles. EMBEDDED_LOOKUP_RATE changes that rate.
"""

from __future__ import annotations

import base64
import json
import os
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from deploy.local.cloudtrail.records import Record, resources, user_name
from deploy.local.cloudtrail.trail import Trail
from deploy.local.model_service import ApiError, Call

MOST = 50
_ASKED: dict[tuple[str, str], deque[float]] = defaultdict(deque)


class Lookup:
    """The operation, over the records of one trail."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail

    def __call__(self, call: Call, params: dict[str, Any]) -> dict[str, Any]:
        throttle(call.account, call.region)
        most = _checked(params)
        self.trail.catch_up()
        found = self._found(call, params)
        answered = [next(found, None) for _ in range(most + 1)]
        events = [item for item in answered[:most] if item]
        more = answered[most] is not None
        token = {"NextToken": _token(events[-1][0])} if more else {}
        return {"Events": [_event(written) for _, written in events], **token}

    def _found(self, call: Call, params: dict[str, Any]) -> Iterator[tuple[int, Record]]:
        """From the newest record before the token's on."""
        before = _position(params.get("NextToken"))
        for number, written in reversed(list(self.trail.kept)):
            if (before is None or number < before) and _is_in(written, call) and _fits(written, params):
                yield number, written


def throttle(account: str, region: str) -> None:
    """Raises ApiError(ThrottlingException) for one call too many within a second."""
    rate = float(os.environ.get("EMBEDDED_LOOKUP_RATE", "2"))
    asked, now = _ASKED[account, region], time.monotonic()
    while asked and now - asked[0] >= 1:
        asked.popleft()
    if len(asked) >= rate:
        raise ApiError("ThrottlingException", "Rate exceeded")
    asked.append(now)


def _checked(params: dict[str, Any]) -> int:
    most = int(params.get("MaxResults", MOST))
    if not 1 <= most <= MOST:
        raise ApiError("InvalidMaxResultsException", f"A valid value for MaxResults is between 1 and {MOST}.")
    if len(params.get("LookupAttributes", ())) > 1:
        raise ApiError("InvalidLookupAttributesException", "You can only specify one lookup attribute.")
    start, end = params.get("StartTime"), params.get("EndTime")
    if start and end and _aware(start) > _aware(end):
        raise ApiError("InvalidTimeRangeException", "The start time occurs after the end time.")
    return most


def _token(number: int) -> str:
    return base64.b64encode(str(number).encode()).decode()


def _position(token: str | None) -> int | None:
    if not token:
        return None
    try:
        return int(base64.b64decode(token, validate=True))
    except ValueError as error:
        raise ApiError("InvalidNextTokenException", "The token is not valid.") from error


def _is_in(written: Record, call: Call) -> bool:
    here = (written["recipientAccountId"], written["awsRegion"]) == (call.account, call.region)
    return here and bool(written["managementEvent"])


def _fits(written: Record, params: dict[str, Any]) -> bool:
    at = datetime.fromisoformat(written["eventTime"])
    start, end = params.get("StartTime"), params.get("EndTime")
    if (start and at < _aware(start)) or (end and at > _aware(end)):
        return False
    return all(a["AttributeValue"] in _values(written, a["AttributeKey"]) for a in params.get("LookupAttributes", ()))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _values(written: Record, attribute: str) -> list[str]:
    plain = {
        "EventId": written["eventID"],
        "EventName": written["eventName"],
        "EventSource": written["eventSource"],
        "ReadOnly": str(written["readOnly"]).lower(),
        "Username": user_name(written),
        "AccessKeyId": written["userIdentity"].get("accessKeyId", ""),
    }
    if attribute in plain:
        return [plain[attribute]]
    return [resource[attribute] for resource in resources(written)]


def _event(written: Record) -> dict[str, Any]:
    return {
        "EventId": written["eventID"],
        "EventName": written["eventName"],
        "ReadOnly": str(written["readOnly"]).lower(),
        "AccessKeyId": written["userIdentity"].get("accessKeyId", ""),
        "EventTime": datetime.fromisoformat(written["eventTime"]),
        "EventSource": written["eventSource"],
        "Username": user_name(written),
        "Resources": resources(written),
        "CloudTrailEvent": json.dumps(written),
    }
