"""CloudTrail's trails that record one Region, also those of other Regions and of the organisation: is it watched?"""

from __future__ import annotations

from typing import Any

from lambdas.core.action import Permission
from lambdas.core.session import Session

_ANY_TRAIL = "arn:{partition}:cloudtrail:*:*:trail/*"
_ELSEWHERE = "a trail may be at home in another Region, and an organisation's in its management account"
PERMISSIONS = (
    Permission("cloudtrail:DescribeTrails"),
    Permission("cloudtrail:GetTrailStatus", _ANY_TRAIL, reason=_ELSEWHERE),
    Permission("cloudtrail:GetEventSelectors", _ANY_TRAIL, reason=_ELSEWHERE),
)
EVENTS = ("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging", "PutEventSelectors")


def read(session: Session) -> dict[str, Any]:
    """{trails: {arn: {settings as DescribeTrails has them, IsLogging, EventSelectors, AdvancedEventSelectors}}}."""
    trails = session.client("cloudtrail").describe_trails()["trailList"]
    return {"trails": {trail["TrailARN"]: {**trail, **_state(session, trail)} for trail in trails}}


def _state(session: Session, trail: dict[str, Any]) -> dict[str, Any]:
    """Asked in its home Region: elsewhere only its shadow is known."""
    client, arn = session.client("cloudtrail", trail["HomeRegion"]), trail["TrailARN"]
    selectors = client.get_event_selectors(TrailName=arn)
    kinds = {name: selectors.get(name) or [] for name in ("EventSelectors", "AdvancedEventSelectors")}
    return {"IsLogging": client.get_trail_status(Name=arn)["IsLogging"], **kinds}
