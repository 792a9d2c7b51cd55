"""Open a case with AWS Support for the attacked account, once per incident.

Facts of AWS, and where they stand:
* The Support API lives in us-east-1 only for this partition, and speaks for the account that calls it (AWS Support User
  Guide, "About the AWS Support API"). IAM knows no resources for it.
* It needs a Business Support+, Enterprise or Unified Operations plan; otherwise every call answers
  SubscriptionRequiredException, which botocore's model lacks. The web form works on every plan.
* CreateCase has no client token, so that a retry would open a second case: the subject carries the incident's id, and
  DescribeCases is asked first. A body has at most 8,000 characters.
* "Account and Billing" of the console is issueType `customer-service`, service `customer-account`; category codes and
  severity codes differ by plan and are asked for.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code, listed
from lambdas.actions._fields import ACCOUNT
from lambdas.core import documents
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import NoWayBack, TargetNotFound
from lambdas.core.fields import pick
from lambdas.core.session import Session, own_client

HOME = "us-east-1"
FORM = "https://support.aws.amazon.com/#/contacts/aws-account-support"
SEVERITIES = ("low", "normal", "high", "urgent", "critical")
SERVICE = "customer-account"
CATEGORY = "Security"
OTHER_CATEGORY = "other-account-issues"
NO_PLAN = "SubscriptionRequiredException"
LONGEST_BODY = 8000
NOT_SCOPABLE = "the Support API knows no resources"

DESCRIBE = Permission("support:DescribeCases", reason=NOT_SCOPABLE)

ACTION = Action(
    title="Open AWS Support case",
    catalogue="support.case.create",
    stage="notification",
    machine="notify",
    power="notify",
    approval="automatic",
    reversibility="partial",
    target=Target(
        kind="account",
        fields={
            "account": ACCOUNT,
            "incident_id": {"type": "string", "pattern": "^IR-[0-9]{8}-[0-9a-f]{10}$"},
            "subject": {
                "type": "string",
                "pattern": r"^\[IR:IR-[0-9]{8}-[0-9a-f]{10}\] ",
                "maxLength": 200,
                "description": "begins with [IR:<incident id>], by which a case that is open already is found",
            },
            "body": {"type": "string", "minLength": 1, "maxLength": LONGEST_BODY, "description": "no secrets"},
            "severity": {"enum": list(SEVERITIES), "description": "the highest wanted; the plan may offer less"},
        },
        label="AWS Support case for account {account}",
        arn="arn:{partition}:support:us-east-1:{account}:case/{incident_id}",
    ),
    impact="None: AWS is told about the incident.",
    way_back="Undo resolves the case; what AWS has read stays read. A mail that went out instead cannot be taken back.",
    playbooks=("bedrock", "amazon_q"),
    permissions={
        "read": (DESCRIBE,),
        "perform": (
            DESCRIBE,
            Permission("support:DescribeSeverityLevels", reason=NOT_SCOPABLE),
            Permission("support:DescribeServices", reason=NOT_SCOPABLE),
            Permission("support:CreateCase", reason=NOT_SCOPABLE),
        ),
        "undo": (DESCRIBE, Permission("support:ResolveCase", reason=NOT_SCOPABLE)),
    },
    volatile=("status",),
)


def read(session: Session, target: Json) -> Json:
    """{plan: does the account have the Support API; case_id and status of the open case or None; mailed: bool}."""
    try:
        case = _open_case(session, target)
    except ClientError as error:
        if error_code(error) != NO_PLAN:
            raise
        return {"plan": False, "case_id": None, "status": None, "mailed": _mailed(target)}
    return {"plan": True, "case_id": pick(case, "caseId"), "status": pick(case, "status"), "mailed": _mailed(target)}


def achieved(target: Json, state: Json) -> bool:
    return bool(state["case_id"] or state["mailed"])


def perform(session: Session, target: Json, before: Json) -> None:
    """Create the case, or mail its text to the first approvers where the account's plan has no Support API."""
    now = read(session, target)
    if achieved(target, now):
        return
    if now["plan"]:
        _create(session, target)
    else:
        _mail(target)


def undo(session: Session, target: Json, before: Json) -> None:
    """Resolve the case that we opened. Raises NoWayBack where a mail went out instead."""
    if achieved(target, before):
        return
    if _mailed(target):
        raise NoWayBack("The account's plan has no Support API: the text went out by mail, and cannot be taken back.")
    case = _open_case(session, target)
    if case:
        session.client("support", HOME).resolve_case(caseId=case["caseId"])


def _open_case(session: Session, target: Json) -> Json | None:
    cases = listed(
        session.client("support", HOME),
        "describe_cases",
        "cases",
        includeResolvedCases=False,
        includeCommunications=False,
        afterTime=_day_before(target["incident_id"]),
    )
    mark = f"[IR:{target['incident_id']}]"
    return next((case for case in cases if case["subject"].startswith(mark)), None)


def _day_before(incident_id: str) -> str:
    """No case for an incident is older than the incident, whose id holds its day. A day more for clocks that differ."""
    day = datetime.strptime(incident_id.split("-")[1], "%Y%m%d").replace(tzinfo=UTC)
    return (day - timedelta(days=1)).isoformat()


def _create(session: Session, target: Json) -> None:
    support = session.client("support", HOME)
    support.create_case(
        subject=target["subject"],
        communicationBody=target["body"],
        issueType="customer-service",
        serviceCode=SERVICE,
        categoryCode=_category(support),
        severityCode=_severity(support, target["severity"]),
        language="en",
    )


def _category(support: Any) -> str:
    services = support.describe_services(serviceCodeList=[SERVICE], language="en")["services"]
    named: dict[str, str] = {
        c["name"]: c["code"] for service in services for c in service["categories"] if service["code"] == SERVICE
    }
    return named.get(CATEGORY, OTHER_CATEGORY)


def _severity(support: Any, wanted: str) -> str:
    """The highest that the plan offers and the step wants; the plan's lowest where all that it offers is more."""
    offered = {level["code"] for level in support.describe_severity_levels(language="en")["severityLevels"]}
    ranked = [severity for severity in SEVERITIES if severity in offered]
    wanted_at_most = [severity for severity in ranked if SEVERITIES.index(severity) <= SEVERITIES.index(wanted)]
    return wanted_at_most[-1] if wanted_at_most else ranked[0]


def _mail_key(target: Json) -> str:
    return documents.key_of(target["incident_id"], "results", "support-mail.json")


def _mailed(target: Json) -> bool:
    try:
        documents.read_json(_mail_key(target))
    except TargetNotFound:
        return False
    return True


def _mail(target: Json) -> None:
    """Written down after it is sent: a crash between the two sends it twice, which is better than never."""
    to = [address.strip() for address in os.environ["FIRST_APPROVERS"].split(",")]
    answer = own_client("sesv2").send_email(
        FromEmailAddress=os.environ["MAIL_FROM"],
        Destination={"ToAddresses": to},
        Content={
            "Simple": {"Subject": {"Data": _mail_subject(target)}, "Body": {"Text": {"Data": _mail_text(target)}}}
        },
    )
    documents.write_json(_mail_key(target), {"message_id": answer["MessageId"], "to": to})


def _mail_subject(target: Json) -> str:
    return f"[IR:{target['incident_id']}] Please open an AWS Support case by hand"


def _mail_text(target: Json) -> str:
    return (
        f"The support plan of account {target['account']} does not let a case be opened by API. Please open it by hand,"
        f" signed in to that account:\n{FORM}\n\nSubject: {target['subject']}\n\n{target['body']}\n"
    )
