"""Is the finding real, and is it about generative AI? Until both are answered, nothing runs unattended.

An event could be forged by whoever may put events on the bus, a finding in GuardDuty cannot. GetFindings lags behind
the event, so the state machine retries FindingNotFound for at least a minute.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.core.action import Permission
from lambdas.core.errors import FindingNotFound
from lambdas.core.fields import camel, pick
from lambdas.core.ledger import Ledger
from lambdas.core.observe import observe
from lambdas.core.session import Session
from lambdas.evidence import cloudtrail
from lambdas.intake.finding_types import ENRICHED, known

Json = dict[str, Any]

PERMISSIONS = (
    Permission("guardduty:GetFindings"),
    *cloudtrail.PERMISSIONS,
)
HOURS, PAGES = 24, 10
NOT_RETURNED = "GuardDuty did not return this finding, so it may be forged."
ANOTHER = "GuardDuty returned another finding under this id, so the event may be forged."
NO_CALLS = f"no generative AI call by this principal in {HOURS} h"
NO_ONE = "the finding names no principal whose calls could be looked up"


def handler(event: Json, context: Any) -> Json:
    """Input {incident, unconfirmed?: true}; answer {confirmed, automatic: number of actions that may run unattended}.

    Raises FindingNotFound while GuardDuty does not return the finding; called with `unconfirmed` after the last try.
    """
    ledger = Ledger()
    incident = ledger.incident(event["incident"]["incident_id"])
    judged = doubted(incident, NOT_RETURNED) if event.get("unconfirmed") else judge(incident)
    ledger.update_incident(judged)
    ledger.note(incident["incident_id"], _word(judged), automatic=judged["automatic"])
    return {"confirmed": judged["confirmed"], "automatic": len(judged["automatic"])}


def judge(incident: Json) -> Json:
    """The incident with `confirmed`, `automatic` and `withheld` as GuardDuty and CloudTrail bear them out."""
    if incident["source"]["kind"] != "guardduty":
        return incident
    where = (incident["incident_id"], incident["account"], incident["region"])
    session = observe(*where, PERMISSIONS, step_id="confirm")
    if not same_finding(incident, fetched(session, incident)):
        return doubted(incident, ANOTHER)
    why = why_withheld(session, incident)
    return withheld({**incident, "confirmed": True}, why) if why else {**incident, "confirmed": True}


def fetched(session: Session, incident: Json) -> Json:
    """The finding as GuardDuty has it, with lowerCamelCase keys. Raises FindingNotFound."""
    source = incident["source"]
    try:
        answer = session.client("guardduty").get_findings(DetectorId=source["detector_id"], FindingIds=[source["id"]])
    except ClientError as error:
        # BadRequestException: the detector is not one of this account (GuardDuty API reference, GetFindings).
        if error.response["Error"]["Code"] != "BadRequestException":
            raise
        raise FindingNotFound(NOT_RETURNED) from error
    if not answer["Findings"]:
        raise FindingNotFound(NOT_RETURNED)
    finding: Json = camel(answer["Findings"][0])
    return finding


def same_finding(incident: Json, finding: Json) -> bool:
    expected = (incident["source"]["type"], incident["account"], incident["source"]["id"], incident["region"])
    return expected == tuple(finding.get(name) for name in ("type", "accountId", "id", "region"))


def why_withheld(session: Session, incident: Json) -> str | None:
    """Why nothing is automatic although the finding is real; None where nothing speaks against it."""
    if incident["withheld"]:
        return str(incident["withheld"])
    if known()[incident["source"]["type"]]["route"] not in ENRICHED:
        return None
    sought = cloudtrail.attribute(incident["principal"])
    if sought is None:
        return NO_ONE
    return None if made_ai_calls(session, incident["region"], sought) else NO_CALLS


def made_ai_calls(session: Session, region: str, sought: Json) -> bool:
    """Did this principal call Bedrock in the last day, in the finding's Region or in us-east-1?"""
    return any(
        str(pick(record, "eventSource", "")).startswith("bedrock")
        for place in cloudtrail.regions(region)
        for page, _ in cloudtrail.lookup(session, place, sought, HOURS, PAGES)
        for record in page
    )


def doubted(incident: Json, why: str) -> Json:
    return withheld({**incident, "confirmed": False}, why)


def withheld(incident: Json, why: str) -> Json:
    return {**incident, "automatic": [], "withheld": why}


def _word(incident: Json) -> str:
    confirmed = "Finding confirmed" if incident["confirmed"] else "Finding not confirmed"
    return f"{confirmed}; nothing runs unattended: {incident['withheld']}" if incident["withheld"] else confirmed
