"""STS: AssumeRole that remembers session policy, tags, source identity and what is handed on when roles are chained.

Limits from the STS API reference, AssumeRole: a policy of at most 2,048 characters; at least 900 seconds, at most
the role's own maximum, and one hour for a role that was assumed from a role. `deploy.local.iam` judges who may do it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from deploy.local.iam.policies import parse
from deploy.local.iam.principals import (
    Caller,
    Documents,
    KeyRefusedError,
    default_document,
    identify,
    operator,
    owner,
    session_of,
)
from deploy.local.model_service import ApiError, Call, extend

POLICY_LIMIT = 2048
CHAINED_SECONDS = 3600


def install() -> None:
    extend("sts", {"AssumeRole": assume_role, "GetCallerIdentity": get_caller_identity})


def assume_role(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    caller = _caller(call)
    _check_limits(params, caller)
    assumed = _issue(params["RoleArn"], params["RoleSessionName"], params.get("DurationSeconds", 3600), call.account)
    told = _told(params, caller)
    assumed.access_key.session = session_of(assumed, **told)
    return {
        "Credentials": credentials(assumed),
        "AssumedRoleUser": {"AssumedRoleId": assumed.user_id, "Arn": assumed.arn},
        "PackedPolicySize": _packed(params),
        **({"SourceIdentity": told["source_identity"]} if told["source_identity"] else {}),
    }


def get_caller_identity(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    caller = _caller(call)
    return {"UserId": caller.user_id, "Account": caller.account, "Arn": caller.arn}


def credentials(assumed: Any) -> dict[str, Any]:
    """moto's AssumedRole as STS answers it."""
    return {
        "AccessKeyId": assumed.access_key_id,
        "SecretAccessKey": assumed.secret_access_key,
        "SessionToken": assumed.session_token,
        "Expiration": assumed.expiration,
    }


def _issue(role_arn: str, name: str, seconds: int, account: str) -> Any:
    return sts_backends[account]["aws"].assume_role(
        region_name="us-east-1",
        role_session_name=name,
        role_arn=role_arn,
        policy="",
        duration=seconds,
        external_id="",
    )


def _caller(call: Call) -> Caller:
    """The gate has let this call pass, so its key is good; what it does not know is the operator."""
    if owner(call.access_key) is None:
        return operator(call.account)
    try:
        return identify(call.access_key, _token_of(call))
    except KeyRefusedError:
        return operator(call.account)


def _token_of(call: Call) -> str | None:
    key = iam_backends[owner(call.access_key) or call.account]["aws"].access_keys[call.access_key]
    session = getattr(key, "session", None)
    return session.token if session else None


def _told(params: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """What the new session carries: its own tags win over nothing, since handed-on tags cannot be changed."""
    before = caller.session
    handed_on = {key: before.tags[key] for key in before.transitive} if before else {}
    asked = {tag["Key"]: tag["Value"] for tag in params.get("Tags", ())}
    _refuse_changes(handed_on, asked)
    identity = before.source_identity if before else ""
    if identity and params.get("SourceIdentity", identity) != identity:
        raise ApiError("AccessDenied", "The source identity of a session cannot be changed when it assumes a role.")
    return {
        "policies": _session_policies(params),
        "tags": {**asked, **handed_on},
        "transitive": tuple({*handed_on, *params.get("TransitiveTagKeys", ())}),
        "source_identity": identity or params.get("SourceIdentity", ""),
    }


def _refuse_changes(handed_on: dict[str, str], asked: dict[str, str]) -> None:
    changed = sorted(key for key in asked if key in handed_on and asked[key] != handed_on[key])
    if changed:
        raise ApiError("InvalidParameterValue", f"One of the specified transitive tag keys can't be set: {changed[0]}")


def _session_policies(params: dict[str, Any]) -> Documents:
    texts = [params["Policy"]] if params.get("Policy") else []
    account = params["RoleArn"].split(":")[4]
    texts += _managed(account, (item["arn"] for item in params.get("PolicyArns", ())))
    return tuple(parse(text) for text in texts)


def _managed(account: str, arns: Iterable[str]) -> list[str]:
    policies = iam_backends[account]["aws"].managed_policies
    return [default_document(policies[arn]) for arn in arns if arn in policies]


def _check_limits(params: dict[str, Any], caller: Caller) -> None:
    policy, seconds = params.get("Policy", ""), params.get("DurationSeconds", 3600)
    if len(policy) > POLICY_LIMIT:
        raise ApiError(
            "ValidationError",
            "1 validation error detected: Value at 'policy' failed to satisfy constraint: "
            f"Member must have length less than or equal to {POLICY_LIMIT}",
        )
    _check_policy(policy)
    if caller.session and seconds > CHAINED_SECONDS:
        raise ApiError(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        )
    if seconds > _longest(params["RoleArn"]):
        raise ApiError(
            "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        )


def _check_policy(policy: str) -> None:
    try:
        parse(policy or '{"Statement": []}')
    except (ValueError, KeyError, AttributeError) as error:
        raise ApiError("MalformedPolicyDocument", "The policy is not valid JSON.") from error


def _longest(role_arn: str) -> int:
    roles = iam_backends[role_arn.split(":")[4]]["aws"].roles.values()
    role = next((r for r in roles if r.arn == role_arn), None)
    return int(role.max_session_duration or CHAINED_SECONDS) if role else 43200


def _packed(params: dict[str, Any]) -> int:
    """Per cent of the allowed size. AWS packs before it measures; this is the upper bound without packing."""
    size = len(params.get("Policy", "")) + len(json.dumps(params.get("Tags", [])))
    return min(100, size * 100 // POLICY_LIMIT)
