"""AWS Security Hub: finding updates, and GetFindings by id, which moto answers with everything."""

from __future__ import annotations

from typing import Any

from moto.securityhub.models import securityhub_backends

from deploy.local.model_service import Call, extend
from deploy.local.services.paging import page

Json = dict[str, Any]
_CHANGED = ("Note", "Severity", "VerificationState", "Confidence", "Criticality", "Types", "Workflow")
_CHANGED += ("UserDefinedFields",)


def install() -> None:
    extend("securityhub", {"BatchUpdateFindings": batch_update_findings, "GetFindings": get_findings})


def _findings(call: Call) -> list[Json]:
    return [finding.data for finding in securityhub_backends[call.account][call.region].findings]


def batch_update_findings(call: Call, params: Json) -> Json:
    known = {(f["Id"], f["ProductArn"]): f for f in _findings(call)}
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
