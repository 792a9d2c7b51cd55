"""Which events the trails of an account do not record: judged from their event selectors, with no call made.

A trail, as CloudTrail's DescribeTrails, GetTrailStatus and GetEventSelectors tell of it, is

    {"name", "logging", "multi_region", "home_region", "global_events", "event_selectors", "advanced_event_selectors"}

Sources: CloudTrail API reference, EventSelector and AdvancedFieldSelector; User Guide, "Global service events": events
of IAM stand in us-east-1, so only a trail of that Region or a multi-Region one has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

Json = dict[str, Any]
Event = Mapping[str, Any]
Operators = Mapping[str, Callable[[str, str], bool]]
Selector = Sequence[Json]
"""The field selectors of one advanced event selector. All of them must fit."""

GLOBAL_REGION = "us-east-1"
GLOBAL_SOURCES = ("iam.amazonaws.com",)
WHOLE_TYPE = {"arn:aws:s3", "arn:aws:s3:::", "arn:aws:lambda", "arn:aws:dynamodb"}
"""Values of a basic selector that mean every resource of its type."""
POSITIVE: Operators = {"Equals": str.__eq__, "StartsWith": str.startswith, "EndsWith": str.endswith}
NEGATIVE: Operators = {"NotEquals": str.__eq__, "NotStartsWith": str.startswith, "NotEndsWith": str.endswith}
NEVER, PARTLY = "never", "partly"
WHY = {
    "eventCategory": "AWS does not say whether it is a management or a data event",
    "readOnly": "only reads, or only writes, are selected",
    "eventSource": "its service is left out",
    "eventName": "its name is left out",
    "resources.type": "not every resource type of it is selected",
    "resources.ARN": "only some resources are selected",
}
UNKNOWN_FLAG = "only reads, or only writes, are selected, and which of them it is, is not known"
UNKNOWN_TYPE = "AWS does not say which resource type selects it"


def not_logged(trails: Iterable[Json], events: Iterable[Event], region: str) -> list[Json]:
    """The events that no logging trail is sure to record in `region`: those of the catalogue, each with

    recorded    never; or partly: only some resources, identities or types, or only if its unknown flag is the right one
    why         in words
    switch_on   what would record it
    """
    found = [trail for trail in trails if trail["logging"]]
    judged = (
        (event, [s for trail in found if _reaches(event, trail, region) for s in advanced(trail)]) for event in events
    )
    return [told for event, selectors in judged if (told := _told(event, selectors, bool(found)))]


def advanced(trail: Json) -> list[Selector]:
    """The trail's selectors as advanced ones, whichever kind it has."""
    if trail["advanced_event_selectors"]:
        return [selector["FieldSelectors"] for selector in trail["advanced_event_selectors"]]
    return [selector for basic in trail["event_selectors"] for selector in _of_basic(basic)]


def _of_basic(basic: Json) -> Iterator[Selector]:
    flag = {"ReadOnly": ["true"], "WriteOnly": ["false"]}.get(basic.get("ReadWriteType", "All"))
    read_write = [{"Field": "readOnly", "Equals": flag}] if flag else []
    if basic.get("IncludeManagementEvents", True):
        left_out = basic.get("ExcludeManagementEventSources")
        sources = [{"Field": "eventSource", "NotEquals": left_out}] if left_out else []
        yield [{"Field": "eventCategory", "Equals": ["Management"]}, *read_write, *sources]
    for resource in basic.get("DataResources") or []:
        values = resource.get("Values") or []
        some = [] if WHOLE_TYPE & set(values) else [{"Field": "resources.ARN", "StartsWith": values}]
        kind = {"Field": "resources.type", "Equals": [resource["Type"]]}
        yield [{"Field": "eventCategory", "Equals": ["Data"]}, *read_write, kind, *some]


def _reaches(event: Event, trail: Json, region: str) -> bool:
    """Whether records of this service come to the trail at all, before any selector."""
    is_global = event["eventSource"] in GLOBAL_SOURCES
    place = GLOBAL_REGION if is_global else region
    return (trail["multi_region"] or trail["home_region"] == place) and (trail["global_events"] or not is_global)


def _told(event: Event, selectors: Sequence[Selector], is_any_logging: bool) -> Json | None:
    """None where each form that the record can have is recorded."""
    forms = [_recorded(form, selectors) for form in _forms(event)]
    if all(forms):
        return None
    recorded = NEVER if all(answer is False for answer in forms) else PARTLY
    why = _why(event, selectors) if is_any_logging else "no trail is logging"
    return {**event, "recorded": recorded, "why": why, "switch_on": _switch_on(event)}


def _forms(event: Event) -> Iterator[Json]:
    """Every form that a record of the event can have, as far as it is known. None stands for what nobody knows."""
    flags = ["true", "false"] if event["readOnly"] == "unknown" else [str(event["readOnly"]).lower()]
    for category in _categories(event):
        types = (event["resources"] or [None]) if category == "Data" else [None]
        for flag, kind in product(flags, types):
            yield {
                "eventCategory": category,
                "readOnly": flag,
                "eventSource": event["eventSource"],
                "eventName": event["eventName"],
                "resources.type": kind,
            }


def _categories(event: Event) -> list[str]:
    return ["Management", "Data"] if event["category"] == "unknown" else [event["category"]]


def _recorded(form: Json, selectors: Iterable[Selector]) -> bool | None:
    """True, False, or None: it depends on what the catalogue cannot know."""
    answers = {_all(_fits(form, field) for field in selector) for selector in selectors}
    return True if True in answers else None if None in answers else False


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = set(answers)
    return False if False in found else None if None in found else True


def _fits(form: Json, field: Json) -> bool | None:
    """Any value of the operators that include, and none of those that exclude."""
    value = form.get(field["Field"])
    if value is None:
        return None
    includes = [operator(value, given) for name, operator in POSITIVE.items() for given in field.get(name) or []]
    excludes = [operator(value, given) for name, operator in NEGATIVE.items() for given in field.get(name) or []]
    return (any(includes) or not includes) and not any(excludes)


def _why(event: Event, selectors: Iterable[Selector]) -> str:
    """What stands in the way, in the selectors of the event's own category."""
    forms = list(_forms(event))
    near = [
        s for s in selectors if any(_fits(f, field) for f in forms for field in s if field["Field"] == "eventCategory")
    ]
    if not near:
        return f"no trail selects {' or '.join(_categories(event)).lower()} events here"
    if event["category"] == "Data" and not event["resources"]:
        return UNKNOWN_TYPE
    fields = dict.fromkeys(f["Field"] for s in near for f in s for form in forms if not _fits(form, f))
    words = {**WHY, "readOnly": UNKNOWN_FLAG} if event["readOnly"] == "unknown" else WHY
    return "; ".join(words.get(name, f"only some values of {name} are selected") for name in fields)


def _switch_on(event: Event) -> str:
    kinds = {
        "Management": "management events, reads and writes, no service excluded",
        "Data": f"data events of {' and '.join(event['resources'])}" if event["resources"] else UNKNOWN_TYPE,
    }
    return " or ".join(kinds[category] for category in _categories(event))
