"""The IAM user whose credentials made the suspicious calls, whichever of them that were."""

from __future__ import annotations

from typing import Any

from lambdas.actions._fields import in_arn
from lambdas.core.session import Session
from lambdas.planning import suspect
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = suspect.PERMISSIONS


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where the incident's principal is no IAM user, or not that one any more."""
    user = suspect.user(session, incident)
    target = {
        "account": incident["account"],
        "incident_id": incident["incident_id"],
        "user": in_arn(user["Arn"].partition(":user/")[2]),
        "user_name": user["UserName"],
        "user_id": user["UserId"],
        "since": f"{incident['opened_at'][:19]}Z",
    }
    why = "The suspicious calls were made with credentials of this user, who may have others."
    return [Candidate(target, why + suspect.misnamed(incident, user["UserName"]))]
