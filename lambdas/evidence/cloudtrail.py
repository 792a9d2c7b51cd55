"""CloudTrail's event history of one principal.

Limits (CloudTrail API reference, LookupEvents): two requests a second per account and Region, 50 events a page,
90 days, one attribute a request, management events only. IAM and global STS events stand in us-east-1 alone. Data
events (InvokeAgent, Retrieve, bedrock-mantle) never appear.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from lambdas.core.action import Permission
from lambdas.core.session import Session

Json = dict[str, Any]

PERMISSIONS = (Permission("cloudtrail:LookupEvents", reason="has no resource level; the look-up names one principal"),)
PAUSE_SECONDS = 0.55
"""Two requests a second, and a little more for what the way to AWS adds and takes."""
PAGE = 50
HISTORY = timedelta(days=90)
GLOBAL_REGION = "us-east-1"


class Pace:
    """Waits before each look-up but the first, so that one account and Region is asked at most twice a second."""

    def __init__(self) -> None:
        self._next = 0.0

    def wait(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + PAUSE_SECONDS


def attributes(principal: Json) -> list[Json]:
    """What to look a principal up by, the surest first: its key, its user name. Empty where neither is known."""
    known = {"AccessKeyId": principal["access_key_id"], "Username": _user_name(principal)}
    return [{"AttributeKey": name, "AttributeValue": value} for name, value in known.items() if value]


def _user_name(principal: Json) -> str | None:
    """CloudTrail's Username of a role session is the session's name, which stands behind the role's unique id."""
    if principal["type"] == "AssumedRole":
        return (principal["principal_id"] or "").partition(":")[2] or None
    return principal["user_name"] if principal["type"] == "IAMUser" else None


def regions(region: str) -> list[str]:
    return list(dict.fromkeys((region, GLOBAL_REGION)))


def lookup(
    session: Session,
    region: str,
    sought: Json,
    since: datetime,
    until: datetime | None = None,
    pace: Pace | None = None,
) -> Iterator[tuple[list[Json], bool]]:
    """(events as LookupEvents answers them, whether there are more) of each page from `until` back to `since`."""
    client, pace = session.client("cloudtrail", region), pace or Pace()
    asked: Json = {"LookupAttributes": [sought], "MaxResults": PAGE}
    asked |= {"StartTime": since, "EndTime": until or datetime.now(UTC)}
    while True:
        pace.wait()
        answer = client.lookup_events(**asked)
        yield answer["Events"], "NextToken" in answer
        if "NextToken" not in answer:
            return
        asked["NextToken"] = answer["NextToken"]


def record(event: Json) -> Json:
    """The record itself, which stands as JSON text within the answer. A text that is not JSON is kept as it is."""
    try:
        found = json.loads(event["CloudTrailEvent"])
    except (KeyError, ValueError):
        return {"eventID": event.get("EventId"), "unreadable": event.get("CloudTrailEvent")}
    return found if isinstance(found, dict) else {"unreadable": found}
