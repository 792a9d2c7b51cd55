"""The condition keys of one request, in lower case.

Source: IAM User Guide, "AWS global condition context keys", and the condition keys of each service in the Service
Authorization Reference. A key that AWS leaves out of a request is left out here too: `Null` and `...IfExists` see it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from deploy.local.iam.principals import Caller
from deploy.local.iam.requests import ApiRequest

Values = dict[str, Any]


def conditions(request: ApiRequest, caller: Caller) -> Values:
    """Everything that is the same for each permission that the call needs."""
    values = _of_request(request) | _of_caller(caller)
    own = _OF_SERVICE.get(request.signing_name)
    if own:
        values |= own(request.params, request)
    return {key: value for key, value in values.items() if value is not None}


def _of_request(request: ApiRequest) -> Values:
    now = datetime.now(UTC)
    return {
        "aws:currenttime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "aws:epochtime": str(int(now.timestamp())),
        "aws:requestedregion": request.region,
        "aws:securetransport": "true",
        "aws:sourceip": request.source_ip,
        "aws:useragent": request.user_agent,
        "aws:viaawsservice": "false",
        **_tags_asked(request.params),
    }


def _tags_asked(params: Mapping[str, Any]) -> Values:
    """aws:RequestTag/key and aws:TagKeys, from whichever form of tags the call has."""
    tags = pairs(params.get("Tags") or params.get("tags"))
    keys = [*tags, *(params.get("TagKeys") or params.get("tagKeys") or ())]
    named: Values = {f"aws:requesttag/{key}".lower(): value for key, value in tags.items()}
    return named | ({"aws:tagkeys": keys} if keys else {})


def pairs(tags: Any) -> dict[str, str]:
    """Tags as a dict, from a dict or from a list of Key and Value in either casing."""
    if isinstance(tags, Mapping):
        return {str(k): str(v) for k, v in tags.items()}
    listed = [{k.lower(): v for k, v in tag.items()} for tag in tags or () if isinstance(tag, Mapping)]
    names = {"key", "tagkey"}, {"value", "tagvalue"}
    return {str(_one(tag, names[0])): str(_one(tag, names[1])) for tag in listed}


def _one(tag: Mapping[str, Any], names: set[str]) -> Any:
    return next((tag[name] for name in names if name in tag), "")


def _of_caller(caller: Caller) -> Values:
    session, role = caller.session, caller.of_role
    kind = "AssumedRole" if role else "FederatedUser" if session and session.name else "User"
    values: Values = {
        "aws:principalarn": role.role_arn if role else caller.arn,
        "aws:principalaccount": caller.account,
        "aws:principaltype": kind,
        "aws:principalisawsservice": "false",
        "aws:userid": caller.user_id,
        "aws:username": caller.name if kind == "User" else None,
        **{f"aws:principaltag/{key}".lower(): value for key, value in caller.tags.items()},
    }
    if session:
        values["aws:tokenissuetime"] = session.issued.strftime("%Y-%m-%dT%H:%M:%SZ")
        values["aws:sourceidentity"] = session.source_identity or None
        values["aws:multifactorauthpresent"] = "false"
    return values


def _sts(params: Mapping[str, Any], request: ApiRequest) -> Values:
    return {
        "sts:rolesessionname": params.get("RoleSessionName"),
        "sts:externalid": params.get("ExternalId"),
        "sts:sourceidentity": params.get("SourceIdentity"),
        "sts:transitivetagkeys": list(params.get("TransitiveTagKeys") or ()) or None,
        "sts:durationseconds": _text(params.get("DurationSeconds")),
    }


def _iam(params: Mapping[str, Any], request: ApiRequest) -> Values:
    boundary = params.get("PermissionsBoundary")
    return {"iam:policyarn": params.get("PolicyArn"), "iam:permissionsboundary": boundary}


def _kms(params: Mapping[str, Any], request: ApiRequest) -> Values:
    given = params.get("EncryptionContext") or {}
    values: Values = {f"kms:encryptioncontext:{key}".lower(): value for key, value in given.items()}
    return values | {
        "kms:encryptioncontextkeys": list(given) or None,
        "kms:macalgorithm": params.get("MacAlgorithm"),
        "kms:messagetype": params.get("MessageType"),
        "kms:signingalgorithm": params.get("SigningAlgorithm"),
        "kms:encryptionalgorithm": params.get("EncryptionAlgorithm"),
    }


def _s3(params: Mapping[str, Any], request: ApiRequest) -> Values:
    header = request.headers.get
    return {
        "s3:prefix": params.get("Prefix"),
        "s3:delimiter": params.get("Delimiter"),
        "s3:max-keys": _text(params.get("MaxKeys")),
        "s3:versionid": params.get("VersionId"),
        "s3:if-none-match": header("if-none-match"),
        "s3:x-amz-acl": header("x-amz-acl"),
        "s3:x-amz-server-side-encryption": header("x-amz-server-side-encryption"),
        "s3:x-amz-server-side-encryption-aws-kms-key-id": header("x-amz-server-side-encryption-aws-kms-key-id"),
        "s3:object-lock-mode": header("x-amz-object-lock-mode"),
        "s3:object-lock-retain-until-date": header("x-amz-object-lock-retain-until-date"),
        "s3:object-lock-legal-hold": header("x-amz-object-lock-legal-hold"),
    }


def _cloudwatch(params: Mapping[str, Any], request: ApiRequest) -> Values:
    return {"cloudwatch:namespace": params.get("Namespace")}


def _lambda(params: Mapping[str, Any], request: ApiRequest) -> Values:
    return {"lambda:functionarn": params.get("FunctionArn")}


def _bedrock(params: Mapping[str, Any], request: ApiRequest) -> Values:
    return {"bedrock:guardrailidentifier": params.get("guardrailIdentifier")}


def _dynamodb(params: Mapping[str, Any], request: ApiRequest) -> Values:
    names = params.get("ProjectionExpression")
    return {"dynamodb:attributes": names.replace(" ", "").split(",") if names else None}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_OF_SERVICE: Mapping[str, Callable[[Mapping[str, Any], ApiRequest], Values]] = {
    "bedrock": _bedrock,
    "dynamodb": _dynamodb,
    "iam": _iam,
    "kms": _kms,
    "lambda": _lambda,
    "monitoring": _cloudwatch,
    "s3": _s3,
    "sts": _sts,
}
