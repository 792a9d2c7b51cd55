"""STS: sessions that remember what they were told, of roles (policy, tags, source identity, chaining) and of users.

Limits from the STS API reference, AssumeRole: a policy of at most 2,048 characters; at least 900 seconds, at most
the role's own maximum, and one hour for a role that was assumed from a role. `deploy.local.iam` judges who may do it:
GetSessionToken, too, which in AWS needs no permission.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from deploy.local.iam.policies import parse
from deploy.local.iam.principals import (
    Caller,
    Documents,
    KeyRefusedError,
    Session,
    default_document,
    identify,
    operator,
    owner,
    session_of,
)
from deploy.local.model_service import ApiError, Call, extend

POLICY_LIMIT = 2048
CHAINED_SECONDS = 3600
USERS_SECONDS = 43200
"""How long a session of a user lasts where nobody asks for more, up to 129,600 seconds (36 hours)."""


def install() -> None:
    extend("sts", HANDLERS)


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


def get_session_token(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    return {"Credentials": _for_user(call, params.get("DurationSeconds", USERS_SECONDS))}


def get_federation_token(call: Call, params: dict[str, Any]) -> dict[str, Any]:
    """Without a policy of its own the session may do nothing (AWS STS API reference, GetFederationToken)."""
    name, policies = params["Name"], _session_policies(params, call.account) or ((),)
    federated = f"arn:aws:sts::{call.account}:federated-user/{name}"
    return {
        "Credentials": _for_user(call, params.get("DurationSeconds", USERS_SECONDS), name=name, policies=policies),
        "FederatedUser": {"FederatedUserId": f"{call.account}:{name}", "Arn": federated},
        "PackedPolicySize": _packed(params),
    }


def _for_user(call: Call, seconds: int, name: str = "", policies: Documents = ()) -> dict[str, Any]:
    """Credentials of a new session of the calling user, who needs a long-term key for it."""
    caller = _caller(call)
    if caller.kind != "user" or caller.session:
        raise ApiError("AccessDenied", f"Cannot call {call.operation} with session credentials")
    key = iam_backends[call.account]["aws"].create_temp_access_key()
    now, token = datetime.now(UTC).replace(microsecond=0), secrets.token_urlsafe(32)
    expires = now + timedelta(seconds=seconds)
    key.session = Session("", name, now, expires, token, caller.name, policies)
    return {
        "AccessKeyId": key.access_key_id,
        "SecretAccessKey": key.secret_access_key,
        "SessionToken": token,
        "Expiration": expires.replace(tzinfo=None),
    }


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
        "policies": _session_policies(params, params["RoleArn"].split(":")[4]),
        "tags": {**asked, **handed_on},
        "transitive": tuple({*handed_on, *params.get("TransitiveTagKeys", ())}),
        "source_identity": identity or params.get("SourceIdentity", ""),
    }


def _refuse_changes(handed_on: dict[str, str], asked: dict[str, str]) -> None:
    changed = sorted(key for key in asked if key in handed_on and asked[key] != handed_on[key])
    if changed:
        raise ApiError("InvalidParameterValue", f"One of the specified transitive tag keys can't be set: {changed[0]}")


def _session_policies(params: dict[str, Any], account: str) -> Documents:
    texts = [params["Policy"]] if params.get("Policy") else []
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
    if caller.of_role and seconds > CHAINED_SECONDS:
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


HANDLERS = {
    "AssumeRole": assume_role,
    "GetCallerIdentity": get_caller_identity,
    "GetFederationToken": get_federation_token,
    "GetSessionToken": get_session_token,
}
