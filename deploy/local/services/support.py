"""AWS Support: cases, with the severities that the account's plan offers.

Source: AWS Support API reference and User Guide ("Choosing a severity", "Endpoint"): one endpoint, in us-east-1; a
support plan with API access is needed, else every call is refused with SubscriptionRequiredException, which the
service's model does not declare.
"""

from __future__ import annotations

import os
import uuid
from datetime import datetime, timedelta
from typing import Any

from moto.core.errors import COMMON_ERROR_CODES

from deploy.local.model_service import ApiError, Call, extend, state_of
from deploy.local.services.paging import page

Json = dict[str, Any]
REGION = "us-east-1"
SEVERITIES = {
    "low": "General guidance",
    "normal": "System impaired",
    "high": "Production system impaired",
    "urgent": "Production system down",
    "critical": "Business-critical system down",
}
PLANS = {"none": (), "business": tuple(SEVERITIES)[:4], "enterprise": tuple(SEVERITIES)}
"""The severity codes by plan. `none` is a plan without the Support API (Basic, Developer)."""

_SERVICES = (
    ("customer-account", "Account", {"security": "Security", "other-account-issues": "Other Account Issues"}),
    ("service-bedrock", "Bedrock", {"security": "Security", "general-guidance": "General Guidance"}),
)
_UNMODELLED = ("SubscriptionRequiredException", "InvalidParameterValueException", "UnknownEndpoint")
"""moto warns of codes that the model lacks, unless it knows them as common to all services."""
_NO_PLAN = "Amazon Web Services Premium Support Subscription is required to use this service."


def install() -> None:
    COMMON_ERROR_CODES.extend(c for c in _UNMODELLED if c not in COMMON_ERROR_CODES)
    extend("support", {name: _guarded(handler) for name, handler in HANDLERS.items()})


def set_plan(account: str, plan: str) -> None:
    """Give an account a plan of PLANS. Raises KeyError for another one.

    Where none was set it is EMBEDDED_SUPPORT_PLAN, else `business`.
    """
    state_of("support", account, REGION)["plan"]["codes"] = PLANS[plan]


def _severities(call: Call) -> tuple[str, ...]:
    default = PLANS[os.environ.get("EMBEDDED_SUPPORT_PLAN", "business")]
    codes: tuple[str, ...] = call.state["plan"].get("codes", default)
    return codes


def _guarded(handler: Any) -> Any:
    """The conditions that hold for every operation."""

    def guarded(call: Call, params: Json) -> Json:
        if call.region != REGION:
            raise ApiError(
                "UnknownEndpoint", f"AWS Support has one endpoint, in {REGION}; there is none in {call.region}."
            )
        if not _severities(call):
            raise ApiError("SubscriptionRequiredException", _NO_PLAN)
        if params.get("dryRun"):
            raise ApiError("DryRunOperationException", "The request would have succeeded.")
        answer: Json = handler(call, params)
        return answer

    return guarded


def describe_severity_levels(call: Call, params: Json) -> Json:
    return {"severityLevels": [{"code": code, "name": SEVERITIES[code]} for code in _severities(call)]}


def describe_services(call: Call, params: Json) -> Json:
    wanted = params.get("serviceCodeList")
    rows = [row for row in _SERVICES if not wanted or row[0] in wanted]
    return {"services": [{"code": code, "name": name, "categories": _categories(kinds)} for code, name, kinds in rows]}


def _categories(kinds: dict[str, str]) -> list[Json]:
    return [{"code": code, "name": name} for code, name in kinds.items()]


def create_case(call: Call, params: Json) -> Json:
    _refuse_codes(call, params)
    case_id = f"case-{call.account}-mu{call.now.year}-{uuid.uuid4().hex[:16]}"
    case = {
        "severityCode": "normal",
        "language": "en",
        "ccEmailAddresses": [],
        **{k: v for k, v in params.items() if k not in ("communicationBody", "attachmentSetId", "issueType")},
        "caseId": case_id,
        "displayId": str(uuid.uuid4().int)[:10],
        "status": "opened",
        "submittedBy": "ir-lead@example.com",
        "timeCreated": _stamp(call.now),
        "communications": [],
    }
    call.state["cases"][case_id] = case
    _add(call, case, params)
    return {"caseId": case_id}


def _refuse_codes(call: Call, params: Json) -> None:
    kinds = {code: kinds for code, _, kinds in _SERVICES}
    service, category = params.get("serviceCode"), params.get("categoryCode")
    if service is not None and (service not in kinds or category not in kinds[service]):
        raise ApiError("InvalidParameterValueException", f"Invalid service or category code: {service}, {category}.")
    if params.get("severityCode", "low") not in _severities(call):
        raise ApiError("InvalidParameterValueException", f"Severity {params['severityCode']} is not in this plan.")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _add(call: Call, case: Json, params: Json) -> None:
    """A communication of a case, newest first."""
    attached = _attached(call, params.get("attachmentSetId"))
    case["communications"].insert(
        0,
        {
            "caseId": case["caseId"],
            "body": params["communicationBody"],
            "submittedBy": case["submittedBy"],
            "timeCreated": _stamp(call.now),
            "attachmentSet": attached,
        },
    )


def _attached(call: Call, set_id: str | None) -> list[Json]:
    if set_id is None:
        return []
    found = call.state["attachment_sets"].get(set_id)
    if found is None:
        raise ApiError("AttachmentSetIdNotFound", f"An attachment set with the ID {set_id} could not be found.")
    return [{"attachmentId": f"attachment-{uuid.uuid4().hex[:16]}", "fileName": a["fileName"]} for a in found["files"]]


def describe_cases(call: Call, params: Json) -> Json:
    wanted = params.get("caseIdList")
    unknown = [case_id for case_id in wanted or () if case_id not in call.state["cases"]]
    if unknown:
        raise ApiError("CaseIdNotFound", f"The requested caseId {unknown[0]} could not be located.")
    cases = [c for c in call.state["cases"].values() if _is_asked_for(c, params)]
    shown = [_shown(case, params) for case in sorted(cases, key=lambda c: str(c["timeCreated"]), reverse=True)]
    return page(shown, params, "cases", most=100)


def _is_asked_for(case: Json, params: Json) -> bool:
    listed = not params.get("caseIdList") or case["caseId"] in params["caseIdList"]
    shown = params.get("includeResolvedCases") or case["status"] != "resolved" or params.get("caseIdList")
    after, before = params.get("afterTime", ""), params.get("beforeTime", "9")
    numbered = params.get("displayId") in (None, case["displayId"])
    return bool(listed and shown and numbered and after <= case["timeCreated"] <= before)


def _shown(case: Json, params: Json) -> Json:
    shown = {k: v for k, v in case.items() if k != "communications"}
    if params.get("includeCommunications", True):
        shown["recentCommunications"] = {"communications": case["communications"][:5]}
    return shown


def _case(call: Call, params: Json) -> Json:
    case: Json | None = call.state["cases"].get(params.get("caseId", ""))
    if case is None:
        raise ApiError("CaseIdNotFound", f"The requested caseId {params.get('caseId')} could not be located.")
    return case


def describe_communications(call: Call, params: Json) -> Json:
    return page(_case(call, params)["communications"], params, "communications", most=100)


def add_communication_to_case(call: Call, params: Json) -> Json:
    case = _case(call, params)
    _add(call, case, params)
    if case["status"] == "resolved":
        case["status"] = "reopened"
    return {"result": True}


def add_attachments_to_set(call: Call, params: Json) -> Json:
    set_id = params.get("attachmentSetId") or f"as-{uuid.uuid4().hex[:16]}"
    if params.get("attachmentSetId") and set_id not in call.state["attachment_sets"]:
        raise ApiError("AttachmentSetIdNotFound", f"An attachment set with the ID {set_id} could not be found.")
    kept = call.state["attachment_sets"].setdefault(set_id, {"files": []})
    kept["files"] += params["attachments"]
    return {"attachmentSetId": set_id, "expiryTime": _stamp(call.now + timedelta(hours=1))}


def resolve_case(call: Call, params: Json) -> Json:
    case = _case(call, params)
    before, case["status"] = case["status"], "resolved"
    return {"initialCaseStatus": before, "finalCaseStatus": "resolved"}


HANDLERS = {
    "CreateCase": create_case,
    "DescribeCases": describe_cases,
    "DescribeCommunications": describe_communications,
    "DescribeSeverityLevels": describe_severity_levels,
    "DescribeServices": describe_services,
    "AddAttachmentsToSet": add_attachments_to_set,
    "AddCommunicationToCase": add_communication_to_case,
    "ResolveCase": resolve_case,
}
