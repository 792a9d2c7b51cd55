"""The incident's finding in Security Hub, where that is on, has the finding, and nobody has decided on it yet."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = (Permission("securityhub:GetFindings", "arn:{partition}:securityhub:{region}:{account}:hub/default"),)
GUARDDUTY = "product/aws/guardduty"
DECIDED = ("RESOLVED", "SUPPRESSED")


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate for each finding of that id. Raises NotOurs where there is none, or people have decided on it."""
    shown = [finding for finding in _findings(session, _id(incident)) if _is_meant(incident, finding)]
    if not shown:
        raise NotOurs("Security Hub does not have the finding.")
    undecided = [finding for finding in shown if pick(finding, "Workflow.Status", "NEW") not in DECIDED]
    if not undecided:
        raise NotOurs("People have resolved or suppressed the finding in Security Hub already.")
    why = "Who looks at the finding there should see that it has an incident."
    return [Candidate(_target(incident, finding), why) for finding in undecided]


def _id(incident: Json) -> str:
    """GuardDuty's findings stand there under their ARN, those of other products under their own id."""
    source = incident["source"]
    known = {"guardduty": source["arn"], "securityhub": source["id"]}.get(source["kind"])
    if not known:
        raise NotOurs("The incident did not begin with a finding that Security Hub could have.")
    return str(known)


def _findings(session: Session, finding_id: str) -> list[Json]:
    filters = {"Id": [{"Value": finding_id, "Comparison": "EQUALS"}]}
    try:
        found: list[Json] = session.client("securityhub").get_findings(Filters=filters)["Findings"]
    except ClientError as error:
        # Security Hub API reference, GetFindings: "the account doesn't have permission", said where it is off.
        if error_code(error) != "InvalidAccessException":
            raise
        raise NotOurs("Security Hub is off in this account and Region.") from error
    return found


def _is_meant(incident: Json, finding: Json) -> bool:
    """Anybody may import a finding under any id, but only GuardDuty under GuardDuty's product."""
    return incident["source"]["kind"] != "guardduty" or str(finding["ProductArn"]).endswith(GUARDDUTY)


def _target(incident: Json, finding: Json) -> Json:
    return {
        "account": incident["account"],
        "region": incident["region"],
        "incident_id": incident["incident_id"],
        "finding_id": finding["Id"],
        "product_arn": finding["ProductArn"],
    }
