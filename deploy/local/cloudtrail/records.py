"""CloudTrail's record of one API call, in AWS's format (eventVersion 1.11).

Source: CloudTrail User Guide, "CloudTrail record contents" and "CloudTrail userIdentity element".
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from deploy.local.cloudtrail.reading import (
    is_data_event,
    is_read_only,
    parsed_answer,
    request_parameters,
    response_elements,
)
from deploy.local.iam import Made
from deploy.local.iam.principals import Caller, Session

Record = dict[str, Any]
GLOBAL = {"iam": "us-east-1", "sts": "us-east-1", "support": "us-east-1", "organizations": "us-east-1"}
"""Services that record in one Region, whichever one the call was made in."""

_RESOURCE_TYPES = {
    "accessKeyId": "AWS::IAM::AccessKey",
    "agentId": "AWS::Bedrock::Agent",
    "bucketName": "AWS::S3::Bucket",
    "functionName": "AWS::Lambda::Function",
    "policyArn": "AWS::IAM::Policy",
    "roleArn": "AWS::IAM::Role",
    "roleName": "AWS::IAM::Role",
    "tableName": "AWS::DynamoDB::Table",
    "userName": "AWS::IAM::User",
}


def record(made: Made) -> Record:
    answer = parsed_answer(made)
    data = is_data_event(made)
    written: Record = {
        "eventVersion": "1.11",
        "userIdentity": identity(made),
        "eventTime": made.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{made.request.signing_name}.amazonaws.com",
        "eventName": made.request.name,
        "awsRegion": GLOBAL.get(made.request.signing_name, made.request.region),
        "sourceIPAddress": made.request.source_ip,
        "userAgent": made.request.user_agent,
        **_error(made, answer),
        "requestParameters": request_parameters(made),
        "responseElements": response_elements(made, answer),
        "requestID": made.request_id,
        "eventID": str(uuid.uuid4()),
        "readOnly": is_read_only(made),
        "eventType": "AwsApiCall",
        "managementEvent": not data,
        "recipientAccountId": made.account,
        "eventCategory": "Data" if data else "Management",
    }
    return written


def _error(made: Made, answer: dict[str, Any]) -> Record:
    """A refusal by IAM is AccessDenied in every service's records."""
    if made.denied:
        code = made.denied.code
        plain = "AccessDenied" if code.startswith("AccessDenied") else code
        return {"errorCode": plain, "errorMessage": made.denied.message}
    if made.status < 300:
        return {}
    error = answer.get("Error") or {}
    return {"errorCode": error.get("Code") or str(made.status), "errorMessage": error.get("Message", "")}


def identity(made: Made) -> Record:
    caller = made.caller
    if caller is None:
        return {"type": "Unknown", "accountId": made.account, "accessKeyId": made.request.access_key}
    common = {
        "principalId": caller.user_id,
        "arn": caller.arn,
        "accountId": caller.account,
        "accessKeyId": caller.access_key,
    }
    session = caller.session
    context = {"sessionContext": _session(caller, session)} if session else {}
    if session and session.name:
        return {"type": "AssumedRole" if session.role_arn else "FederatedUser", **common, **context}
    return {"type": "IAMUser", **common, "userName": caller.name, **context}


def _session(caller: Caller, session: Session) -> Record:
    """Who issued it stands there where the session goes by a name of its own."""
    created = session.issued.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        **({"sessionIssuer": _issuer(caller, session)} if session.name else {}),
        "attributes": {"creationDate": created, "mfaAuthenticated": "false"},
        **({"sourceIdentity": session.source_identity} if session.source_identity else {}),
    }


def _issuer(caller: Caller, session: Session) -> Record:
    user = f"arn:aws:iam::{caller.account}:user/{caller.name}"
    return {
        "type": "Role" if session.role_arn else "IAMUser",
        "principalId": caller.issuer_id,
        "arn": session.role_arn or user,
        "accountId": caller.account,
        "userName": caller.name,
    }


def copies(written: Record) -> Iterator[Record]:
    """The record, and its copy in the other account where a role of another account was assumed."""
    yield written
    if written["eventName"] != "AssumeRole" or "errorCode" in written:
        return
    account = str((written["requestParameters"] or {}).get("roleArn", "")).split(":")[4:5]
    if account and account[0] != written["recipientAccountId"]:
        yield {**written, "recipientAccountId": account[0], "eventID": str(uuid.uuid4())}


def resources(written: Record) -> list[dict[str, str]]:
    """The named resources of a record, as LookupEvents lists and finds them."""
    named = {**(written["responseElements"] or {}), **(written["requestParameters"] or {})}
    texts = {name: value for name, value in named.items() if isinstance(value, str)}
    ends = ("Name", "Id", "Arn", "Identifier", "ARN")
    kept = {name: value for name, value in texts.items() if name.endswith(ends) and not name.startswith("client")}
    return [{"ResourceType": _RESOURCE_TYPES.get(n, "AWS::Resource"), "ResourceName": v} for n, v in kept.items()]


def user_name(written: Record) -> str:
    """What LookupEvents calls the user: the session's name for a role, the user's own name else."""
    who = written["userIdentity"]
    if who["type"] == "AssumedRole":
        return str(who["arn"].rsplit("/", 1)[-1])
    return str(who.get("userName", ""))
