"""What stands in an account and Region now, kind by kind, and in which Regions to look."""

from __future__ import annotations

import os
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lambdas.baseline import kinds
from lambdas.core.action import Permission
from lambdas.core.errors import NotAchieved
from lambdas.core.observe import observe
from lambdas.core.refusals import said
from lambdas.core.session import Session, own_client

Json = dict[str, Any]

HOME = "us-east-1"
PERMISSIONS = (Permission("account:ListRegions", "arn:{partition}:account::{account}:account"),)
ENABLED = ["ENABLED", "ENABLED_BY_DEFAULT"]


def inventory(account: str, region: str) -> Json:
    """{account, region, kinds: {kind: what its `read` found}, gaps: {kind: why it could not be read}}.

    A kind that cannot be read is a gap and never empty: an API that is not there in this Region, a call that was
    denied. Raises NotAchieved where nothing of the Region itself could be read, and NotEnrolled.
    """
    modules = {name: kinds.load(name) for name in kinds.names()}
    permissions = dict.fromkeys(permission for module in modules.values() for permission in module.PERMISSIONS)
    session = observe("baseline", account, region, permissions)
    found, gaps = _read_all(session, modules)
    if not any(getattr(modules[kind], "HOME", region) == region for kind in found):
        why = next(iter(gaps.values()))
        raise NotAchieved(f"Nothing can be read in {region} of {account}: {why} Is the Region enabled there?")
    return {"account": account, "region": region, "kinds": found, "gaps": gaps}


def _read_all(session: Session, modules: Json) -> tuple[Json, dict[str, str]]:
    found: Json = {}
    gaps: dict[str, str] = {}
    for kind, module in modules.items():
        try:
            found[kind] = module.read(session)
        except (ClientError, BotoCoreError) as error:
            gaps[kind] = said(error, session.region)
    return found, gaps


def accounts() -> list[str]:
    """Those of the parameter BaselineAccounts; without it the responder's own."""
    return _listed(os.environ["BASELINE_ACCOUNTS"]) or [own_account()]


def own_account() -> str:
    return str(own_client("sts").get_caller_identity()["Account"])


def regions(account: str) -> list[str]:
    """Those of the parameter BaselineRegions; without it every Region that is enabled in the account."""
    return _listed(os.environ["BASELINE_REGIONS"]) or _enabled(account)


def _enabled(account: str) -> list[str]:
    session = observe("baseline", account, HOME, PERMISSIONS, step_id="regions")
    pages = session.client("account", HOME).get_paginator("list_regions").paginate(RegionOptStatusContains=ENABLED)
    return [region["RegionName"] for page in pages for region in page["Regions"]]


def _listed(text: str) -> list[str]:
    return [value.strip() for value in text.split(",") if value.strip()]
