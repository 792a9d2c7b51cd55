"""Which GuardDuty finding types open an incident, by type and never by severity.

GuardDuty's own Bedrock findings are Medium or Low by default (GuardDuty User Guide, "IAM finding types" and "AI
Protection finding types"). The facts stand in finding_types.json, one type a line:

    type         as GuardDuty spells it; `manual` is an IR lead's own start, `cloudtrail:<eventName>` a watched call,
                 `securityhub:<check>` another product's finding in Security Hub
    route        bedrock        the finding is about Bedrock
                 by-enrichment  it is about credentials: theirs are generative AI calls, or nothing is automatic
                 by-resource    it is about a bucket or function: the same question, asked of the caller
                 manual         an incident in which only people act
                 notify         expected use: no incident
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean

Json = dict[str, Any]

MANUAL = "manual"
OTHER_SOURCES = ("cloudtrail:", "securityhub:")
"""Begin the types that are not GuardDuty's: the name of a watched call, or of another product's check, follows."""
ENRICHED = ("by-enrichment", "by-resource")
ROUTES = ("bedrock", *ENRICHED, "manual", "notify")
PRINCIPALS = ("IAMUser", "IAM")


@cache
def known() -> dict[str, Json]:
    rows = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return {row["type"]: row for row in rows}


def facts_of(finding_type: str) -> Json:
    """The facts of a finding type: {type, route, confidence, note}.

    Raises NotOurs for a type that opens no incident, with the reason in words.
    """
    facts = known().get(finding_type)
    if facts is None or finding_type == MANUAL or finding_type.startswith(OTHER_SOURCES):
        raise NotOurs(_why_unknown(finding_type))
    if facts["route"] == "notify":
        raise NotOurs(f"{finding_type} opens no incident: {facts['note']}.")
    return facts


def _why_unknown(finding_type: str) -> str:
    shown = clean(finding_type, 128) or "(empty)"
    resource = shown.partition(":")[2].partition("/")[0]
    if resource in PRINCIPALS or not resource:
        return f"detail.type: {shown} is not a finding type that this product knows."
    return f"detail.type: {shown} is about {clean(resource, 40)}, not generative AI."
