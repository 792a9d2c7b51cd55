"""AWS Account Management: the Regions of an account. moto has its alternate contacts already.

Source: Account Management reference guide, "Enable or disable AWS Regions": those that are there by default, and a few
that are not, of which none is enabled here.
"""

from __future__ import annotations

from typing import Any

from deploy.local.model_service import Call, extend
from deploy.local.services.paging import page

Json = dict[str, Any]
BY_DEFAULT = (
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
)
OPT_IN = ("af-south-1", "ap-east-1", "eu-south-1", "me-south-1")


def install() -> None:
    extend("account", HANDLERS)


def list_regions(call: Call, params: Json) -> Json:
    status = {**dict.fromkeys(BY_DEFAULT, "ENABLED_BY_DEFAULT"), **dict.fromkeys(OPT_IN, "DISABLED")}
    wanted = params.get("RegionOptStatusContains") or set(status.values())
    regions = [
        {"RegionName": name, "RegionOptStatus": status[name]} for name in sorted(status) if status[name] in wanted
    ]
    return page(regions, params, "Regions", size="MaxResults", token="NextToken", most=50)


HANDLERS = {"ListRegions": list_regions}
