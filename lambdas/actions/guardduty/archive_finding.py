"""Archive the GuardDuty finding that a response has dealt with, so that what is left in the list needs somebody.

Facts of AWS, and where they stand:
* Only GuardDuty's administrator account may archive; a member account may not, even its own findings (Amazon GuardDuty
  API reference, ArchiveFindings). The plan asks GetAdministratorAccount first and says so.
* A finding that was archived by hand or by API goes on being updated, and each update is still sent to EventBridge
  (GuardDuty User Guide, "Processing findings with EventBridge"); only suppression rules silence them. Intake tells an
  update of what we archived from what people did, and a recurrence opens the next incident.
* IAM knows no resource for it (service authorization reference): the session's policy names the action alone.

It is the last step of a response, and is taken only where everything before it is done and stands.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code
from lambdas.actions._fields import ACCOUNT, REGION
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import StateDrifted
from lambdas.core.fields import pick
from lambdas.core.session import Session

NOT_SCOPABLE = "the authorization reference knows no resource for it"
GET = Permission("guardduty:GetFindings", reason=NOT_SCOPABLE)

ACTION = Action(
    title="Archive GuardDuty finding",
    catalogue="guardduty.archive",
    stage="notification",
    machine="close_findings",
    power="notify",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="guardduty_finding",
        fields={
            "account": ACCOUNT,
            "region": REGION,
            "detector_id": {
                "type": "string",
                "pattern": "^[0-9A-Za-z]{1,300}$",
                "description": "detector that found it",
            },
            "finding_id": {"type": "string", "pattern": "^[0-9A-Za-z]{1,64}$", "description": "id of the finding"},
        },
        label="GuardDuty finding {finding_id} in {region}",
        arn="arn:{partition}:guardduty:{region}:{account}:detector/{detector_id}/finding/{finding_id}",
    ),
    impact="None: the finding leaves the list of those that are open. GuardDuty goes on updating and sending it.",
    way_back="Undo puts the finding back among the open ones, if it was there before.",
    playbooks=("bedrock", "amazon_q"),
    permissions={
        "read": (GET,),
        "perform": (GET, Permission("guardduty:ArchiveFindings", reason=NOT_SCOPABLE)),
        "undo": (GET, Permission("guardduty:UnarchiveFindings", reason=NOT_SCOPABLE)),
    },
    volatile=("updated_at",),
)


def read(session: Session, target: Json) -> Json:
    """{exists, archived, updated_at}. GuardDuty keeps a finding for 90 days."""
    finding = _finding(session, target)
    return {
        "exists": finding is not None,
        "archived": bool(pick(finding, "Service.Archived", False)),
        "updated_at": pick(finding, "UpdatedAt"),
    }


def achieved(target: Json, state: Json) -> bool:
    return bool(state["archived"])


def perform(session: Session, target: Json, before: Json) -> None:
    """Archive the finding. Raises StateDrifted where GuardDuty does not have it any more."""
    if not _is_archived(session, target):
        session.client("guardduty").archive_findings(**_named(target))


def undo(session: Session, target: Json, before: Json) -> None:
    """Take it out of the archive, if it was not there before. Raises StateDrifted where GuardDuty has it no more."""
    if not achieved(target, before) and _is_archived(session, target):
        session.client("guardduty").unarchive_findings(**_named(target))


def _is_archived(session: Session, target: Json) -> bool:
    now = read(session, target)
    if not now["exists"]:
        raise StateDrifted(f"GuardDuty has no finding {target['finding_id']} any more. Nothing was changed.")
    return achieved(target, now)


def _finding(session: Session, target: Json) -> Json | None:
    try:
        found = session.client("guardduty").get_findings(**_named(target))["Findings"]
    except ClientError as error:
        # BadRequestException: the detector is not (any more) one of this account (API reference, GetFindings).
        if error_code(error) != "BadRequestException":
            raise
        return None
    return next(iter(found), None)


def _named(target: Json) -> dict[str, Any]:
    return {"DetectorId": target["detector_id"], "FindingIds": [target["finding_id"]]}
