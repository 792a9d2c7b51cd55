"""Is the finding real, and is it about generative AI? Until both are answered, nothing runs unattended.

A finding of GuardDuty is confirmed by GuardDuty: GetFindings lags behind the event, so the state machine retries
FindingNotFound for at least a minute. A call is confirmed by CloudTrail and EventBridge, Security Hub's finding by what
is there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from botocore.exceptions import ClientError

from lambdas.baseline.read import latest
from lambdas.core.action import Permission
from lambdas.core.errors import FindingNotFound, NotEnrolled, NotOurs
from lambdas.core.fields import camel, clean, pick
from lambdas.core.ledger import Ledger
from lambdas.core.observe import observe
from lambdas.core.session import Session
from lambdas.evidence import cloudtrail
from lambdas.intake.finding_types import ENRICHED, known
from lambdas.planning.targets import invocation_logging

Json = dict[str, Any]

PERMISSIONS = (
    Permission("guardduty:GetFindings"),
    Permission("guardduty:ListDetectors"),
    *cloudtrail.PERMISSIONS,
    *invocation_logging.PERMISSIONS,
)
HOURS, PAGES = 24, 10
NOT_ASKED = "Whether this is real could not be asked in the account"
NOT_RETURNED = "GuardDuty did not return this finding, so it may be forged."
ANOTHER_CALL = "CloudTrail has another call under this event's id, so the event may be forged."
ANOTHER = "GuardDuty returned another finding under this id, so the event may be forged."
NO_CALLS = f"no generative AI call by this principal in {HOURS} h"
NO_ONE = "the finding names no principal whose calls could be looked up"


def handler(event: Json, context: Any) -> Json:
    """Input {incident, unconfirmed?: true, error?}; answer {confirmed}.

    Raises FindingNotFound while GuardDuty does not return the finding; called with `unconfirmed` after the last try,
    and with the name of the error that it ended in.
    """
    ledger = Ledger()
    incident = ledger.incident(event["incident"]["incident_id"])
    judged = doubted(incident, _why_not(event)) if event.get("unconfirmed") else judge(incident)
    ledger.update_incident(judged)
    ledger.note(incident["incident_id"], _word(judged))
    return {"confirmed": judged["confirmed"]}


def _why_not(event: Json) -> str:
    error = event.get("error", FindingNotFound.__name__)
    return NOT_RETURNED if error == FindingNotFound.__name__ else f"{NOT_ASKED} ({clean(error, 64)})."


def judge(incident: Json) -> Json:
    """The incident with `confirmed` and `withheld` as GuardDuty and CloudTrail bear them out."""
    confirm = CONFIRMED_BY.get(incident["source"]["kind"])
    if confirm is None:
        return incident
    where = (incident["incident_id"], incident["account"], incident["region"])
    try:
        session = observe(*where, PERMISSIONS, step_id="confirm")
    except NotEnrolled as error:
        return doubted(incident, str(error))
    if doubt := confirm(session, incident):
        return doubted(incident, doubt)
    why = why_withheld(session, incident)
    return withheld({**incident, "confirmed": True}, why) if why else {**incident, "confirmed": True}


def doubt_of_guardduty(session: Session, incident: Json) -> str | None:
    """Why GuardDuty does not bear the finding out; None where it does. Raises FindingNotFound."""
    return None if same_finding(incident, fetched(session, incident)) else ANOTHER


def doubt_of_cloudtrail(session: Session, incident: Json) -> str | None:
    """Why CloudTrail does not bear the call out. One that it does not return yet was delivered by AWS all the same.

    LookupEvents lags by up to 15 minutes (CloudTrail User Guide, "Viewing events with CloudTrail event history"), and
    whoever turned off the logging must not have that long. Only AWS can send what opened the incident: EventBridge
    refuses a source `aws.*` from PutEvents, and the function takes events from its own rules alone. What runs
    unattended then cuts nobody off, and logging is restored only where it is seen to differ.
    """
    sought = [{"AttributeKey": "EventId", "AttributeValue": incident["source"]["id"]}]
    answer = session.client("cloudtrail").lookup_events(LookupAttributes=sought)
    records = [cloudtrail.record(event) for event in answer["Events"]]
    return None if all(_same_call(incident, record) for record in records) else ANOTHER_CALL


def _same_call(incident: Json, record: Json) -> bool:
    key = incident["principal"]["access_key_id"]
    named = (incident["source"]["type"], incident["account"])
    same = named == (f"cloudtrail:{record.get('eventName')}", record.get("recipientAccountId"))
    return same and (key is None or key == pick(record, "userIdentity.accessKeyId"))


def doubt_of_securityhub(session: Session, incident: Json) -> str | None:
    """Why the account's state does not bear the check out. Whoever may import findings can write one."""
    baseline, problem = latest(incident["account"], incident["region"])
    try:
        invocation_logging.find(session, incident, baseline["kinds"] if baseline else {})
    except NotOurs as error:
        return problem or str(error)
    return None


CONFIRMED_BY: dict[str, Callable[[Session, Json], str | None]] = {
    "guardduty": doubt_of_guardduty,
    "cloudtrail": doubt_of_cloudtrail,
    "securityhub": doubt_of_securityhub,
}
"""By kind of source. An IR lead's own word is confirmed from the start."""


def fetched(session: Session, incident: Json) -> Json:
    """The finding as the attacked account's GuardDuty has it, with lowerCamelCase keys. Raises FindingNotFound.

    A finding that came from GuardDuty's administrator may name the administrator's detector, which the member may not
    ask. The member's own has the finding under the same id (GuardDuty User Guide, "Managing multiple accounts").
    """
    guardduty, source = session.client("guardduty"), incident["source"]
    findings = _of_detector(guardduty, source["detector_id"], source["id"])
    if findings is None:
        own = guardduty.list_detectors()["DetectorIds"]
        findings = [finding for detector in own for finding in _of_detector(guardduty, detector, source["id"]) or []]
    if not findings:
        raise FindingNotFound(NOT_RETURNED)
    finding: Json = camel(findings[0])
    return finding


def _of_detector(guardduty: Any, detector: str, finding_id: str) -> list[Json] | None:
    """The findings of this id; None where the detector is not one of this account."""
    try:
        answer = guardduty.get_findings(DetectorId=detector, FindingIds=[finding_id])
    except ClientError as error:
        # The one bad request that is left: all else of it is ours (GuardDuty API reference, GetFindings).
        if error.response["Error"]["Code"] != "BadRequestException":
            raise
        return None
    found: list[Json] = answer["Findings"]
    return found


def same_finding(incident: Json, finding: Json) -> bool:
    expected = (incident["source"]["type"], incident["account"], incident["source"]["id"], incident["region"])
    return expected == tuple(finding.get(name) for name in ("type", "accountId", "id", "region"))


def why_withheld(session: Session, incident: Json) -> str | None:
    """Why nothing is automatic although the finding is real; None where nothing speaks against it."""
    if incident["withheld"]:
        return str(incident["withheld"])
    if known()[incident["source"]["type"]]["route"] not in ENRICHED:
        return None
    sought = cloudtrail.attributes(incident["principal"])
    if not sought:
        return NO_ONE
    return None if made_ai_calls(session, incident["region"], sought[0]) else NO_CALLS


def made_ai_calls(session: Session, region: str, sought: Json) -> bool:
    """Did this principal call Bedrock in the last day, in the finding's Region or in us-east-1?"""
    until = datetime.now(UTC)
    since = until - timedelta(hours=HOURS)
    return any(
        str(pick(cloudtrail.record(event), "eventSource", "")).startswith("bedrock")
        for place in cloudtrail.regions(region)
        for page, _ in islice(cloudtrail.lookup(session, place, sought, since, until), PAGES)
        for event in page
    )


def doubted(incident: Json, why: str) -> Json:
    return withheld({**incident, "confirmed": False}, why)


def withheld(incident: Json, why: str) -> Json:
    return {**incident, "withheld": why}


def _word(incident: Json) -> str:
    confirmed = "Finding confirmed" if incident["confirmed"] else "Finding not confirmed"
    return f"{confirmed}; nothing runs unattended: {incident['withheld']}" if incident["withheld"] else confirmed
