"""A GuardDuty event read into an incident. No calls to AWS here: the same event always gives the same incident id."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

from lambdas.core.errors import InputRefused, NotOurs
from lambdas.core.fields import camel, clean, pick, require, sha256
from lambdas.core.ledger import now
from lambdas.core.schema import validate
from lambdas.intake.finding_types import facts_of
from lambdas.intake.principal import of_finding

Json = dict[str, Any]

SOURCE, DETAIL_TYPE = "aws.guardduty", "GuardDuty Finding"
ONLY_PEOPLE = "Root credentials or other use that only people may judge."


def incident_of(event: Any) -> Json:
    """The incident that an event opens (schemas/incident.json).

    Raises InputRefused or SchemaMismatch, naming the field, for what cannot be understood, and NotOurs for what can
    and is no business of this product. The type is looked at before anything else of the finding, so that a
    finding about something else is never refused for how it is written.
    """
    finding = finding_in(event)
    facts = facts_of(require(finding, "detail.type"))
    validate("guardduty_event", finding)
    detail = finding["detail"]
    _refuse_infinite(detail)
    if is_sample(detail) and finding.get("drill") is not True:
        raise NotOurs("detail.service.additionalInfo.sample: it is a sample finding; only a drill opens it.")
    incident = _incident(detail, facts, finding.get("drill") is True)
    validate("incident", incident)
    return incident


def finding_in(event: Any) -> Json:
    """The event with lowerCamelCase keys in its detail. Raises InputRefused where it is no GuardDuty finding at all."""
    if not isinstance(event, dict):
        raise InputRefused("event", "is not a JSON object")
    if event.get("source") != SOURCE:
        raise InputRefused("source", f"is not {SOURCE}")
    if event.get("detail-type") != DETAIL_TYPE:
        raise InputRefused("detail-type", f"is not {DETAIL_TYPE}")
    require(event, "detail", dict)
    try:
        return {**event, "detail": camel(event["detail"])}
    except RecursionError as error:
        raise InputRefused("detail", "is nested too deeply") from error


def incident_id(account: str, region: str, finding_id: str, created_at: str) -> str:
    """One finding is one incident, however often it is delivered or updated: GuardDuty keeps its id and createdAt."""
    digest = sha256(json.dumps([account, region, finding_id]).encode())
    return f"IR-{created_at[:10].replace('-', '')}-{digest[:10]}"


def is_sample(detail: Json) -> bool:
    """Sample findings say so in additionalInfo: as a field in EventBridge, within a JSON string in GetFindings."""
    info = pick(detail, "service.additionalInfo", {})
    if not isinstance(info, dict) or info.get("sample") is True:
        return isinstance(info, dict)
    try:
        return pick(json.loads(str(info.get("value"))), "sample") is True
    except (ValueError, RecursionError):
        return False


def _refuse_infinite(detail: Json) -> None:
    """JSON has no infinity, and Python's reader takes it all the same."""
    if not math.isfinite(detail["severity"]):
        raise InputRefused("detail.severity", "is not a number")


def _incident(detail: Json, facts: Json, drill: bool) -> Json:
    only_people = facts["route"] == "manual"
    return {
        "incident_id": incident_id(detail["accountId"], detail["region"], detail["id"], detail["createdAt"]),
        "playbook": "bedrock",
        "account": detail["accountId"],
        "region": detail["region"],
        "partition": pick(detail, "partition", "aws"),
        "opened_at": now(),
        "source": _source(detail),
        "principal": of_finding(detail),
        "requested_by": None,
        "requester_arn": None,
        "reason": f"GuardDuty finding {detail['type']}",
        "drill": drill,
        "confirmed": False,
        "withheld": ONLY_PEOPLE if only_people else None,
    }


def _source(detail: Json) -> Json:
    service = detail["service"]
    return {
        "kind": "guardduty",
        "type": detail["type"],
        "id": detail["id"],
        "detector_id": service["detectorId"],
        "arn": clean(detail["arn"], 512) if "arn" in detail else None,
        "severity": detail["severity"],
        "title": clean(pick(detail, "title", detail["type"])),
        "description": clean(pick(detail, "description", "")),
        "first_seen": moment_in(service, "eventFirstSeen"),
        "last_seen": moment_in(service, "eventLastSeen") or moment_in(detail, "updatedAt"),
        "count": int(service.get("count", 1)),
        "sample": is_sample(detail),
    }


def moment_in(document: Json, name: str) -> str | None:
    """A time as ISO 8601 in UTC; null where it is none. GuardDuty writes it with and without a zone, and means UTC."""
    try:
        moment = datetime.fromisoformat(document.get(name, ""))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None
