"""The trails of an account as lambdas.evidence.coverage judges them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lambdas.evidence.coverage import GLOBAL_REGION

Json = dict[str, Any]


def trails(client: Callable[[str], Any], region: str) -> list[Json]:
    """Every trail that could record events of `region`, or IAM's. `client` makes a CloudTrail client for a Region.

    A trail is asked in its home Region: elsewhere only shadows of it are known. Raises ClientError as AWS refuses.
    """
    found = {
        described["TrailARN"]: described
        for place in dict.fromkeys((region, GLOBAL_REGION))
        for described in client(place).describe_trails()["trailList"]
    }
    return [_read(client(described["HomeRegion"]), described) for described in found.values()]


def _read(client: Any, described: Json) -> Json:
    arn = described["TrailARN"]
    selectors = client.get_event_selectors(TrailName=arn)
    return {
        "name": described["Name"],
        "logging": client.get_trail_status(Name=arn)["IsLogging"],
        "multi_region": described["IsMultiRegionTrail"],
        "home_region": described["HomeRegion"],
        "global_events": described["IncludeGlobalServiceEvents"],
        "event_selectors": selectors.get("EventSelectors") or [],
        "advanced_event_selectors": selectors.get("AdvancedEventSelectors") or [],
    }
