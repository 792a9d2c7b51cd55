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
Pages = Iterator[tuple[list[Json], bool]]

PERMISSIONS = (Permission("cloudtrail:LookupEvents", reason="has no resource level; the look-up names one principal"),)
PAUSE_SECONDS = 0.5
PAGE = 50
GLOBAL_REGION = "us-east-1"


def attribute(principal: Json) -> Json | None:
    """What to look a principal up by: its key, else the user's name. None where neither is known.

    CloudTrail's Username of a role session is the session's name, which findings do not have.
    """
    if principal["access_key_id"]:
        return {"AttributeKey": "AccessKeyId", "AttributeValue": principal["access_key_id"]}
    if principal["type"] == "IAMUser" and principal["user_name"]:
        return {"AttributeKey": "Username", "AttributeValue": principal["user_name"]}
    return None


def regions(region: str) -> list[str]:
    return list(dict.fromkeys((region, GLOBAL_REGION)))


def lookup(session: Session, region: str, sought: Json, hours: int, pages: int) -> Pages:
    """(records, whether there are more) of each page of the last `hours`, newest first, at most `pages` of them.

    Throttling is retried by the client with backoff; the pause before each further page keeps it rare.
    """
    client = session.client("cloudtrail", region)
    end = datetime.now(UTC)
    asked: Json = {"LookupAttributes": [sought], "MaxResults": PAGE}
    asked |= {"StartTime": end - timedelta(hours=hours), "EndTime": end}
    for number in range(pages):
        time.sleep(PAUSE_SECONDS if number else 0)
        answer = client.lookup_events(**asked)
        yield [_record(event) for event in answer["Events"]], "NextToken" in answer
        if "NextToken" not in answer:
            return
        asked["NextToken"] = answer["NextToken"]


def _record(event: Json) -> Json:
    """The record itself stands as JSON text within the answer. A text that is not JSON is kept as it is."""
    try:
        record = json.loads(event["CloudTrailEvent"])
    except (KeyError, ValueError):
        return {"eventID": event.get("EventId"), "unreadable": event.get("CloudTrailEvent")}
    return record if isinstance(record, dict) else {"unreadable": record}
