"""The policies that take power away: what each denies.

Facts of AWS, and where they stand:
* An explicit Deny wins over every Allow, wherever that stands (IAM User Guide, "Policy evaluation logic").
* aws:TokenIssueTime stands in calls made with temporary credentials only, so that a Deny by it leaves long-term keys
  alone (IAM User Guide, "AWS global condition context keys").
* AWS's own AWSCompromisedKeyQuarantineV3 denies five Bedrock actions, and neither agents nor bedrock-mantle, Amazon Q,
  logging or the taking away of itself (AWS managed policy reference): hence a policy of our own.
* `bedrock:*` matches neither `bedrock-mantle:*` nor `bedrock-agentcore:*`: these are prefixes of their own.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from lambdas.core.action import Json
from lambdas.core.fields import pick

MARGIN = timedelta(seconds=30)
"""Sessions issued while the policy is on its way to all of IAM are denied too, as the console does it."""
MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
SINCE: Json = {"type": "string", "pattern": MOMENT, "description": "when the incident was opened, in UTC"}

GENERATIVE_AI = (
    *("bedrock:*", "bedrock-mantle:*", "bedrock-agentcore:*", "q:*", "qbusiness:*", "qapps:*", "qdeveloper:*"),
    *("codewhisperer:*", "user-subscriptions:*", "sagemaker:InvokeEndpoint*", "aws-marketplace:Subscribe"),
)
ESCALATION = (
    *("iam:Add*", "iam:Attach*", "iam:Create*", "iam:Deactivate*", "iam:Delete*", "iam:Detach*", "iam:PassRole"),
    *("iam:Put*", "iam:Remove*", "iam:Reset*", "iam:Set*", "iam:Update*", "iam:Upload*", "sts:AssumeRole"),
    *("sts:GetFederationToken", "sts:GetSessionToken", "organizations:*", "account:*"),
)
TRACES = (
    *("cloudtrail:Delete*", "cloudtrail:Put*", "cloudtrail:Stop*", "cloudtrail:Update*", "guardduty:Create*"),
    *("guardduty:Delete*", "guardduty:Disassociate*", "guardduty:Update*", "logs:Delete*", "logs:PutRetentionPolicy"),
    *("events:Delete*", "events:Disable*", "events:Put*", "events:Remove*", "states:Delete*", "states:Stop*"),
    *("states:Update*", "states:SendTask*", "lambda:Delete*", "lambda:Update*", "kms:Disable*"),
    *("kms:ScheduleKeyDeletion", "s3:Delete*", "s3:PutBucket*", "s3:PutLifecycleConfiguration"),
)


def quarantine() -> Json:
    """Nothing of generative AI, no change of permissions, no new sessions, and no traces removed."""
    denied = {"IRDenyGenAI": GENERATIVE_AI, "IRDenyEscalation": ESCALATION, "IRDenyAntiForensics": TRACES}
    return _document(*(_deny(sid, list(actions)) for sid, actions in denied.items()))


def older_sessions(moment: str) -> Json:
    """Nothing at all with temporary credentials that were issued before `moment`."""
    return _document(_deny("IRRevokeOlder", "*", DateLessThan={"aws:TokenIssueTime": moment}))


def one_session(user_id: str, moment: str) -> Json:
    """Nothing at all in the session of this aws:userid, where its credentials were issued before `moment`."""
    condition = {"StringEquals": {"aws:userid": user_id}, "DateLessThan": {"aws:TokenIssueTime": moment}}
    return _document(_deny("IRSessionDeny", "*", **condition))


def from_now() -> str:
    """The moment up to which sessions are denied, in UTC."""
    return f"{datetime.now(UTC) + MARGIN:%Y-%m-%dT%H:%M:%SZ}"


def moment_of(document: Json | None) -> str:
    """The moment in one of these policies; an empty string, which is before every moment, for any other policy."""
    text = str(pick(document, "Statement.0.Condition.DateLessThan.aws:TokenIssueTime"))
    return text if re.fullmatch(MOMENT, text) else ""


def _document(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _deny(sid: str, actions: Any, **condition: Json) -> Json:
    statement = {"Sid": sid, "Effect": "Deny", "Action": actions, "Resource": "*"}
    return {**statement, "Condition": condition} if condition else statement
