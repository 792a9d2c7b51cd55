"""AWS Security Hub: importing, finding and updating findings, and a refusal of all three while it is off.

moto tells findings apart by their id alone, so that a product could overwrite another's, lets an import overwrite what
people wrote, and answers GetFindings with everything. Source: Security Hub API reference, BatchImportFindings.
"""

from __future__ import annotations

from typing import Any

from moto.securityhub.models import Finding, securityhub_backends

from deploy.local.model_service import ApiError, Call, extend
from deploy.local.services.paging import page

Json = dict[str, Any]
_CHANGED = ("Note", "Severity", "VerificationState", "Confidence", "Criticality", "Types", "Workflow")
_CHANGED += ("UserDefinedFields",)
_PEOPLES = ("Note", "UserDefinedFields", "VerificationState", "Workflow")


def install() -> None:
    extend("securityhub", HANDLERS)


def batch_import_findings(call: Call, params: Json) -> Json:
    """A finding that is there is updated, but for what people write."""
    known = _known(call)
    kept = securityhub_backends[call.account][call.region].findings
    for given in params["Findings"]:
        if found := known.get((given["Id"], given["ProductArn"])):
            found.update({name: value for name, value in given.items() if name not in _PEOPLES})
        else:
            kept.append(Finding(given["Id"], dict(given)))
    return {"FailedCount": 0, "SuccessCount": len(params["Findings"]), "FailedFindings": []}


def _known(call: Call) -> dict[tuple[str, str], Json]:
    return {(finding["Id"], finding["ProductArn"]): finding for finding in _findings(call)}


def _findings(call: Call) -> list[Json]:
    """Those of the hub. Where it was never enabled, or was disabled, AWS refuses."""
    hub = securityhub_backends[call.account][call.region]
    if not hub.enabled:
        raise ApiError("InvalidAccessException", f"Account {call.account} is not subscribed to AWS Security Hub")
    return [finding.data for finding in hub.findings]


def batch_update_findings(call: Call, params: Json) -> Json:
    known = _known(call)
    done: list[Json] = []
    refused: list[Json] = []
    for identifier in params["FindingIdentifiers"]:
        finding = known.get((identifier["Id"], identifier["ProductArn"]))
        if finding is None:
            refused.append(_refused(identifier))
            continue
        finding.update(_changes(call, params))
        done.append(identifier)
    return {"ProcessedFindings": done, "UnprocessedFindings": refused}


def _changes(call: Call, params: Json) -> Json:
    changes = {name: params[name] for name in _CHANGED if name in params}
    if "Note" in changes:
        changes["Note"] = {**changes["Note"], "UpdatedAt": call.now.strftime("%Y-%m-%dT%H:%M:%S.000Z")}
    return changes


def _refused(identifier: Json) -> Json:
    return {"FindingIdentifier": identifier, "ErrorCode": "FindingNotFound", "ErrorMessage": "Finding Not Found"}


def get_findings(call: Call, params: Json) -> Json:
    """Of the filters, those on text members of the finding that compare with EQUALS or PREFIX."""
    kept = [f for f in _findings(call) if _fits(f, params.get("Filters", {}))]
    return page(kept, params, "Findings", size="MaxResults", token="NextToken", refusal="InvalidInputException")


def _fits(finding: Json, filters: Json) -> bool:
    return all(any(_compares(str(finding.get(name, "")), test) for test in tests) for name, tests in filters.items())


def _compares(text: str, test: Json) -> bool:
    if test.get("Comparison") == "PREFIX":
        return text.startswith(test["Value"])
    return text == test.get("Value")


HANDLERS = {
    "BatchImportFindings": batch_import_findings,
    "BatchUpdateFindings": batch_update_findings,
    "GetFindings": get_findings,
}
