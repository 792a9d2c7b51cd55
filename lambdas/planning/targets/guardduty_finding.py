"""The incident's own finding in GuardDuty, where it came from there and is this account's to archive."""

from __future__ import annotations

from typing import Any

from lambdas.core.action import Permission
from lambdas.core.errors import FindingNotFound, NotOurs
from lambdas.core.fields import pick
from lambdas.core.session import Session
from lambdas.intake.confirm import doubt_of_guardduty
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = (
    Permission("guardduty:GetFindings", reason="the authorization reference knows no resource for it"),
    Permission("guardduty:ListDetectors"),
    Permission("guardduty:GetAdministratorAccount", "arn:{partition}:guardduty:{region}:{account}:detector/*"),
)


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where the incident has no such finding, or another account has to archive it."""
    source = incident["source"]
    if source["kind"] != "guardduty" or not source["detector_id"]:
        raise NotOurs("The incident did not begin with a finding of GuardDuty.")
    _require_shown(session, incident)
    _require_own(session, source["detector_id"])
    target = {
        "account": incident["account"],
        "region": incident["region"],
        "detector_id": source["detector_id"],
        "finding_id": source["id"],
    }
    return [Candidate(target, "It is what the incident began with. It is archived last, if all before it was done.")]


def _require_shown(session: Session, incident: Json) -> None:
    try:
        doubt = doubt_of_guardduty(session, incident)
    except FindingNotFound as error:
        raise NotOurs(str(error)) from error
    if doubt:
        raise NotOurs(doubt)


def _require_own(session: Session, detector_id: str) -> None:
    """Only the administrator account archives, even the findings of its members (API reference, ArchiveFindings)."""
    guardduty = session.client("guardduty")
    if detector_id not in guardduty.list_detectors()["DetectorIds"]:
        raise NotOurs("The finding names a detector of GuardDuty's administrator: only from there can it be archived.")
    answer = guardduty.get_administrator_account(DetectorId=detector_id)
    if str(pick(answer, "Administrator.RelationshipStatus", "")).upper() == "ENABLED":
        administrator = answer["Administrator"]["AccountId"]
        raise NotOurs(f"GuardDuty is administered by account {administrator}: only from there can it be archived.")
