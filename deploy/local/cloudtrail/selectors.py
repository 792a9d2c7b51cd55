"""CloudTrail's event selectors, of which a trail has one kind at a time, and from its first moment on.

moto answers none for a trail that nobody gave any, and keeps both kinds. Source: CloudTrail API reference,
PutEventSelectors, GetEventSelectors and EventSelector: a new trail has one basic selector, all management events.
"""

from __future__ import annotations

from typing import Any

from moto.cloudtrail.exceptions import TrailNotFoundException
from moto.cloudtrail.models import Trail

from deploy.local.model_service import ApiError, Call, extend

Json = dict[str, Any]
DEFAULTS = {
    "ReadWriteType": "All",
    "IncludeManagementEvents": True,
    "DataResources": [],
    "ExcludeManagementEventSources": [],
}


def install() -> None:
    extend("cloudtrail", {"GetEventSelectors": get, "PutEventSelectors": put})
    described = Trail.description

    def description(self: Trail, include_region: bool = False) -> Json:
        is_custom = bool(self.event_selectors or self.advanced_event_selectors)
        return {**described(self, include_region), "HasCustomEventSelectors": is_custom}

    Trail.description = description


def get(call: Call, params: Json) -> Json:
    trail = _trail(call, params)
    if trail.advanced_event_selectors:
        return {"TrailARN": trail.arn, "AdvancedEventSelectors": trail.advanced_event_selectors}
    return {"TrailARN": trail.arn, "EventSelectors": trail.event_selectors or [DEFAULTS]}


def put(call: Call, params: Json) -> Json:
    trail = _trail(call, params)
    basic, advanced = params.get("EventSelectors"), params.get("AdvancedEventSelectors")
    if bool(basic) is bool(advanced):
        raise ApiError("InvalidEventSelectorsException", "Specify either event selectors or advanced ones, not both.")
    trail.event_selectors = [{**DEFAULTS, **selector} for selector in basic or []]
    trail.advanced_event_selectors = list(advanced or [])
    return get(call, params)


def _trail(call: Call, params: Json) -> Trail:
    try:
        return call.backend("cloudtrail").get_trail(params["TrailName"])
    except TrailNotFoundException as error:
        raise ApiError("TrailNotFoundException", f"Unknown trail: {params['TrailName']}") from error
