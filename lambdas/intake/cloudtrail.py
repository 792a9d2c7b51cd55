"""EventBridge hands over a critical API call, as CloudTrail recorded it, and its caller is the suspect.

Which calls, stands in cloudtrail_events.json, one a line, by event source and name together:

    about       logging, guardrail, trail, guardduty, or the responder itself
    resource    the request parameter that names what was touched: it has to be the responder's own, where this is set

What opens no incident: a call that failed, one that an AWS service made by itself, our own (a session of the
responder's roles, told as restore_invocation_logging.py says), and a Put of logging that is as in the signed baseline.

Step Functions' SendTaskSuccess and SendTaskFailure are not watched: CloudTrail hides the task token, so that a call on
the responder's cannot be told from any other, and a forged one opens nothing: each step reads the approvals itself.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from lambdas.actions.bedrock._logging import leaves
from lambdas.baseline import read as baseline
from lambdas.core.action import POWERS
from lambdas.core.errors import InputRefused, NotOurs, TargetNotFound
from lambdas.core.fields import clean, pick, require
from lambdas.core.ledger import Ledger, now
from lambdas.core.schema import validate
from lambdas.intake import delivery
from lambdas.intake.finding import incident_id, moment_in
from lambdas.intake.finding_types import known
from lambdas.intake.origin import require_enrolled
from lambdas.intake.principal import principal
from lambdas.planning.protected import own_roles

Json = dict[str, Any]

DETAIL_TYPE = "AWS API Call via CloudTrail"
PUT_LOGGING = "PutModelInvocationLoggingConfiguration"
ABOUT = {
    "logging": "model invocation logging",
    "guardrail": "a guardrail",
    "trail": "CloudTrail",
    "guardduty": "GuardDuty",
    "responder": "the responder itself",
}
SEVERITY = {"high": 8.0, "medium": 6.0, "low": 4.0}
OWN_RESOURCES = ("LEDGER_TABLE", "APPROVALS_TABLE", "LINK_KEY", "BASELINE_KEY", "DATA_KEY", "PAUSE_PARAMETER")
"""Environment variables that hold the names of what has no name with the prefix."""
_SESSION = re.compile(
    r"arn:aws[a-z-]*:sts::(?P<account>\d{12}):assumed-role/(?P<role>[^/]+)/(?P<session>[^/]+)", re.ASCII
)
_STEP = re.compile(r"(?P<incident>IR-\d{8}-[0-9a-f]{10})_", re.ASCII)
_ARN = re.compile(r"arn:aws[a-z-]*:(?:iam|sts)::\d{12}:\S+", re.ASCII)


def handler(event: Any, context: Any) -> Json:
    """One event, or a batch from a queue. Answer {outcome, incident_id, reason}, for a batch {outcomes: [...]}."""
    return delivery.outcomes(event, take_in)


def take_in(event: Any) -> Json:
    return delivery.take_in(event, incident_of, lambda event: pick(event, "detail.eventID"))


@cache
def watched() -> dict[tuple[str, str], Json]:
    rows = json.loads(Path(__file__).with_name("cloudtrail_events.json").read_text(encoding="utf-8"))
    return {(row["eventSource"], row["eventName"]): row for row in rows}


def incident_of(event: Any, ledger: Ledger) -> Json:
    """The incident that a recorded call opens (schemas/incident.json).

    Raises InputRefused, naming the field, for what is no such record, NotOurs for a call that is not critical here.
    """
    detail = record_in(event)
    row = watched().get((detail["eventSource"], detail["eventName"]))
    if row is None:
        raise NotOurs(f"{clean(detail['eventName'], 64)} of {clean(detail['eventSource'], 64)} is not watched.")
    require_enrolled(detail["recipientAccountId"])
    _require_done(detail)
    _require_on_ours(detail, row)
    if by_responder(detail, ledger):
        raise NotOurs(f"{row['eventName']}: the responder made this call itself.")
    changed = _change(detail, ledger) if row["eventName"] == PUT_LOGGING else None
    incident = _incident(detail, row, changed)
    validate("incident", incident)
    return incident


def record_in(event: Any) -> Json:
    """CloudTrail's record within an event. Raises InputRefused where it is none, or not of the event's own account.

    Nobody but AWS can make such an event: PutEvents refuses a source that begins with `aws.` (EventBridge API
    reference, PutEvents: NotAuthorizedForSource).
    """
    if not isinstance(event, dict):
        raise InputRefused("event", "is not a JSON object")
    if not str(event.get("source")).startswith("aws."):
        raise InputRefused("source", "is not one of AWS")
    if event.get("detail-type") != DETAIL_TYPE:
        raise InputRefused("detail-type", f"is not {DETAIL_TYPE}")
    detail: Json = require(event, "detail", dict)
    for field in ("eventSource", "eventName", "eventID", "eventTime", "awsRegion", "recipientAccountId"):
        require(event, f"detail.{field}")
    require(event, "detail.userIdentity", dict)
    if detail["recipientAccountId"] != event.get("account"):
        raise InputRefused("detail.recipientAccountId", "is not the account that the event comes from")
    return detail


def _require_done(detail: Json) -> None:
    if "errorCode" in detail:
        raise NotOurs(f"detail.errorCode: the call failed ({clean(detail['errorCode'], 64)}), and changed nothing.")
    if pick(detail, "userIdentity.type") == "AWSService":
        raise NotOurs(f"{clean(pick(detail, 'userIdentity.invokedBy', 'An AWS service'), 64)} made the call by itself.")


def _require_on_ours(detail: Json, row: Json) -> None:
    """Raises NotOurs for a call that is critical on the responder's resources only, and is on another one."""
    if row["resource"] is None:
        return
    touched = pick(detail, f"requestParameters.{row['resource']}", "")
    if detail["recipientAccountId"] != own_account() or not is_own(str(touched)):
        raise NotOurs(f"{row['eventName']}: {clean(touched, 200) or 'its target'} is not the responder's.")


def own_account() -> str:
    return os.environ["RESPONSE_MACHINE"].split(":")[4]


def is_own(name: str) -> bool:
    """Is this name or ARN one of the responder's? Its functions, machines and rules begin with the prefix."""
    parts = re.split("[:/]", name)
    named = {os.environ[variable] for variable in OWN_RESOURCES if variable in os.environ}
    return bool(named & {name, parts[-1]}) or any(part.startswith(f"{os.environ['PREFIX']}-") for part in parts)


def by_responder(detail: Json, ledger: Ledger) -> bool:
    """Did the responder make this call? A member role counts only in a session named after an incident of ours."""
    found = _SESSION.fullmatch(str(pick(detail, "userIdentity.arn")))
    if found is None or found["role"] not in own_roles():
        return False
    members = {f"{os.environ['PREFIX']}-member-{power}" for power in POWERS}
    if found["role"] not in members:
        return found["account"] == own_account()
    step = _STEP.match(found["session"])
    return step is not None and _is_incident(step["incident"], ledger)


def _is_incident(name: str, ledger: Ledger) -> bool:
    try:
        ledger.item(name, "incident")
    except TargetNotFound:
        return False
    return True


def _change(detail: Json, ledger: Ledger) -> str:
    """What a Put of logging made different from the baseline, in words. Raises NotOurs where that is nothing.

    A baseline that was there and cannot be trusted is no reason to look away; where none was ever recorded, nothing
    can be called a change.
    """
    recorded, problem = baseline.latest(detail["recipientAccountId"], detail["awsRegion"], ledger)
    if problem == baseline.NONE_RECORDED:
        raise NotOurs(f"{PUT_LOGGING}: {problem}")
    wanted = leaves(pick(recorded, "kinds.invocation_logging.loggingConfig", {}))
    given = leaves(pick(detail, "requestParameters.loggingConfig", {}))
    other = sorted(leaf for leaf in given if given[leaf] != wanted[leaf])
    if not problem and not other:
        raise NotOurs(f"{PUT_LOGGING}: the configuration is as in the baseline.")
    return problem or f"Other than in the baseline: {', '.join(other)}."


def _incident(detail: Json, row: Json, changed: str | None) -> Json:
    account, region, event_id = detail["recipientAccountId"], detail["awsRegion"], detail["eventID"]
    return {
        "incident_id": incident_id(account, region, event_id, detail["eventTime"]),
        "playbook": "bedrock",
        "account": account,
        "region": region,
        "partition": "aws",
        "opened_at": now(),
        "source": _source(detail, row, changed),
        "principal": actor(detail),
        "requested_by": None,
        "requester_arn": None,
        "reason": f"Tampering with {ABOUT[row['about']]}: {row['eventName']}",
        "drill": False,
        "confirmed": False,
        "withheld": None,
    }


def _source(detail: Json, row: Json, changed: str | None) -> Json:
    kind = f"cloudtrail:{row['eventName']}"
    facts, who = known()[kind], pick(detail, "userIdentity.arn") or pick(detail, "userIdentity.type", "somebody")
    touched = pick(detail, f"requestParameters.{row['resource']}") if row["resource"] else None
    return {
        "kind": "cloudtrail",
        "type": kind,
        "id": clean(detail["eventID"], 128),
        "detector_id": None,
        "arn": None,
        "severity": SEVERITY[facts["confidence"]],
        "title": clean(f"{row['eventName']} by {who}"),
        "description": clean(" ".join(str(text) for text in (touched, changed, f"{facts['note']}.") if text)),
        "first_seen": moment_in(detail, "eventTime"),
        "last_seen": moment_in(detail, "eventTime"),
        "count": 1,
        "sample": False,
    }


def actor(detail: Json) -> Json:
    """Who made the call, as intake writes it into an incident.

    A name of another account says nothing here: who has it in this account is somebody else.
    """
    who, account = detail["userIdentity"], detail["recipientAccountId"]
    arn = who.get("arn")
    arn = arn if isinstance(arn, str) and _ARN.fullmatch(arn) else None
    if who.get("accountId", account) != account:
        return principal("AWSAccount", None, who.get("accessKeyId"), who.get("principalId"), arn)
    name = pick(who, "sessionContext.sessionIssuer.userName") or who.get("userName")
    return principal(who.get("type"), name, who.get("accessKeyId"), who.get("principalId"), arn)
