"""Amazon GuardDuty: findings. moto keeps detectors; what they find is kept here.

A finding arrives as the detail of an EventBridge event (members in lower camel case, as on the wire) and is served by
GetFindings through the service's own model. With EMBEDDED_FINDING_LAG (seconds) a finding is served only so long after
it arrived: in AWS the API lags behind the event.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.model import Shape
from moto.guardduty.models import guardduty_backends

from deploy.local.model_service import ApiError, Call, extend, service_model, state_of
from deploy.local.services.paging import page

Json = dict[str, Any]
_NOT_OWNED = "The request is rejected because the input detectorId is not owned by the current account."
_NOT_ADMINISTRATOR = "The request is rejected because the current account is not the administrator of this detector."
_SAMPLE_TYPES = ["CredentialAccess:IAMUser/AnomalousBehavior", "Impact:IAMUser/AnomalousBehavior"]

_SAMPLE_RESOURCE = {
    "resourceType": "AccessKey",
    "accessKeyDetails": {
        "accessKeyId": "GeneratedFindingAccessKeyId",
        "principalId": "GeneratedFindingPrincipalId",
        "userName": "GeneratedFindingUserName",
        "userType": "IAMUser",
    },
}
_SAMPLE_SERVICE = {
    "serviceName": "guardduty",
    "archived": False,
    "count": 1,
    "additionalInfo": {"type": "default", "value": '{"sample": true}'},
}


def install() -> None:
    extend("guardduty", HANDLERS)


def remember(finding: Mapping[str, Any], account: str, region: str) -> None:
    """Keep a finding, or its update: `finding` is the detail of a "GuardDuty Finding" event.

    Its detector is made if the account has none of that id. What people did with an earlier version of the finding
    (archived, feedback) stays.
    """
    kept = state_of("guardduty", account, region)["findings"]
    detector_id = finding.get("service", {}).get("detectorId") or _some_detector(account, region)
    _ensure_detector(account, region, detector_id)
    before = kept.get(finding["id"], {})
    kept[finding["id"]] = {
        "finding": dict(finding),
        "detector": detector_id,
        "seen_at": before.get("seen_at", time.monotonic()),
        "changes": before.get("changes", {}),
    }


def as_members_own(finding: Mapping[str, Any]) -> Json:
    """A finding as the member itself sees it: of its own detector, and not of its administrator's."""
    service = {name: value for name, value in finding.get("service", {}).items() if name != "detectorId"}
    return {**finding, "service": service}


def record_finding(event: Mapping[str, Any]) -> None:
    """Keep the finding of a "GuardDuty Finding" event; one without an id is no finding and is passed over.

    Exported findings spell their members as the API does (`Id`): those are taken as well.
    """
    detail = event["detail"]
    finding = as_on_the_wire(detail) if "Id" in detail else detail
    if isinstance(finding.get("id"), str):
        remember(finding, str(event.get("account") or "123456789012"), str(event.get("region") or "us-east-1"))


def as_on_the_wire(value: Any) -> Any:
    """A value with its member names in lower camel case."""
    if isinstance(value, Mapping):
        return {name[:1].lower() + name[1:]: as_on_the_wire(inner) for name, inner in value.items()}
    return [as_on_the_wire(inner) for inner in value] if isinstance(value, list) else value


def _some_detector(account: str, region: str) -> str:
    detectors = guardduty_backends[account][region].list_detectors()
    return detectors[0] if detectors else uuid.uuid4().hex


def _ensure_detector(account: str, region: str, detector_id: str) -> None:
    backend = guardduty_backends[account][region]
    if detector_id in backend.detectors:
        return
    made = backend.create_detector(True, "SIX_HOURS", {}, {}, [])
    detector = backend.detectors.pop(made)
    detector.id = detector_id
    backend.detectors[detector_id] = detector


def _of_detector(call: Call, params: Json) -> dict[str, Json]:
    """What this detector found, as far as the API knows it by now."""
    if params["DetectorId"] not in guardduty_backends[call.account][call.region].detectors:
        raise ApiError("BadRequestException", _NOT_OWNED, Type="InvalidInputException")
    known_since = time.monotonic() - float(os.environ.get("EMBEDDED_FINDING_LAG", "0"))
    kept = call.state["findings"].items()
    return {i: k for i, k in kept if k["detector"] == params["DetectorId"] and k["seen_at"] <= known_since}


def get_findings(call: Call, params: Json) -> Json:
    """Ids that the detector does not have are left out of the answer, as in AWS."""
    known = _of_detector(call, params)
    shape: Any = service_model("guardduty").shape_for("Finding")
    found = [known[i] for i in params["FindingIds"] if i in known]
    return {"Findings": [from_wire(shape, _as_it_is(kept)) for kept in found]}


def _as_it_is(kept: Json) -> Json:
    """The finding with what people changed about it."""
    finding: Json = kept["finding"]
    service = {"archived": False, **finding.get("service", {}), "detectorId": kept["detector"]}
    return {**finding, "service": {**service, **kept["changes"]}}


def from_wire(shape: Any, value: Any) -> Any:
    """A value with the names of the wire, as botocore's shape names it; members that the shape lacks are left out."""
    if shape.type_name == "structure" and isinstance(value, Mapping):
        named = ((name, inner, inner.serialization.get("name", name)) for name, inner in shape.members.items())
        return {n: from_wire(inner, value[wire]) for n, inner, wire in named if value.get(wire) is not None}
    if shape.type_name == "list" and isinstance(value, list):
        return [from_wire(shape.member, inner) for inner in value]
    if shape.type_name == "map" and isinstance(value, Mapping):
        return {key: from_wire(shape.value, inner) for key, inner in value.items()}
    return _scalar(shape, value)


def _scalar(shape: Shape, value: Any) -> Any:
    if shape.type_name == "timestamp":
        return datetime.fromtimestamp(value, UTC) if isinstance(value, int | float) else datetime.fromisoformat(value)
    if shape.type_name == "string" and not isinstance(value, str):
        return str(value)
    if shape.type_name in ("double", "float"):
        return float(value)
    return value


def list_findings(call: Call, params: Json) -> Json:
    criteria = params.get("FindingCriteria", {}).get("Criterion", {})
    ids = [i for i, kept in _of_detector(call, params).items() if _fits(_as_it_is(kept), criteria)]
    return page(ids, params, "FindingIds", size="MaxResults", token="NextToken", most=50, refusal="BadRequestException")


def _fits(finding: Json, criteria: Mapping[str, Json]) -> bool:
    return all(_fulfils(_at(finding, path), condition) for path, condition in criteria.items())


def _at(finding: Any, path: str) -> Any:
    for name in path.split("."):
        finding = finding.get(name) if isinstance(finding, Mapping) else None
    return finding


def _fulfils(value: Any, condition: Json) -> bool:
    """Conditions of FindingCriteria; text is compared as text, so `service.archived` is "true" or "false"."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    tests = {
        "Equals": lambda want: text in want,
        "Eq": lambda want: text in want,
        "NotEquals": lambda want: text not in want,
        "Neq": lambda want: text not in want,
        "GreaterThan": lambda want: float(value) > want,
        "Gt": lambda want: float(value) > want,
        "GreaterThanOrEqual": lambda want: float(value) >= want,
        "Gte": lambda want: float(value) >= want,
        "LessThan": lambda want: float(value) < want,
        "Lt": lambda want: float(value) < want,
        "LessThanOrEqual": lambda want: float(value) <= want,
        "Lte": lambda want: float(value) <= want,
    }
    return all(tests[name](want) for name, want in condition.items())


def get_administrator_account(call: Call, params: Json) -> Json:
    """moto spells the answer otherwise than the wire does."""
    _of_detector(call, params)
    administrators = guardduty_backends[call.account][call.region].admin_account_ids
    named = {"AccountId": administrators[0], "RelationshipStatus": "Enabled"} if administrators else {}
    return {"Administrator": named}


def archive_findings(call: Call, params: Json) -> None:
    """Only the administrator account archives (API reference, ArchiveFindings)."""
    if get_administrator_account(call, params)["Administrator"]:
        raise ApiError("BadRequestException", _NOT_ADMINISTRATOR, Type="AccessDeniedException")
    _change(call, params, archived=True)


def unarchive_findings(call: Call, params: Json) -> None:
    _change(call, params, archived=False)


def update_findings_feedback(call: Call, params: Json) -> None:
    _change(call, params, userFeedback=params["Feedback"])


def _change(call: Call, params: Json, **changes: Any) -> None:
    known = _of_detector(call, params)
    for finding_id in params["FindingIds"]:
        if finding_id not in known:
            raise ApiError("BadRequestException", "The request is rejected because a finding ID is invalid.")
        known[finding_id]["changes"].update(changes)


def create_sample_findings(call: Call, params: Json) -> None:
    _of_detector(call, params)
    for finding_type in params.get("FindingTypes") or _SAMPLE_TYPES:
        remember(_sample(call, params["DetectorId"], finding_type), call.account, call.region)


def _sample(call: Call, detector_id: str, finding_type: str) -> Json:
    finding_id, now = uuid.uuid4().hex, call.now.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "schemaVersion": "2.0",
        "accountId": call.account,
        "region": call.region,
        "partition": call.partition,
        "id": finding_id,
        "arn": call.arn(f"detector/{detector_id}/finding/{finding_id}"),
        "type": finding_type,
        "title": f"[SAMPLE] {finding_type}",
        "description": "[SAMPLE] A finding that shows what this type looks like.",
        "severity": 5.0,
        "createdAt": now,
        "updatedAt": now,
        "resource": _SAMPLE_RESOURCE,
        "service": {
            **_SAMPLE_SERVICE,
            "detectorId": detector_id,
            "eventFirstSeen": now,
            "eventLastSeen": now,
        },
    }


HANDLERS = {
    "GetFindings": get_findings,
    "ListFindings": list_findings,
    "GetAdministratorAccount": get_administrator_account,
    "ArchiveFindings": archive_findings,
    "UnarchiveFindings": unarchive_findings,
    "UpdateFindingsFeedback": update_findings_feedback,
    "CreateSampleFindings": create_sample_findings,
}
