"""Who made the suspicious calls, in one form for every kind of finding.

A name or key id that AWS could not have issued is left out: what cannot be named is never acted on.
"""

from __future__ import annotations

import re
from typing import Any

from lambdas.core.fields import clean, pick

Json = dict[str, Any]

TYPES = (
    "IAMUser",
    "AssumedRole",
    "Role",
    "Root",
    "FederatedUser",
    "AWSAccount",
    "AWSService",
    "Directory",
    "IdentityCenterUser",
    "WebIdentityUser",
    "SAMLUser",
)
_BY_LOWER = {name.lower(): name for name in TYPES}
_NAME = re.compile(r"[A-Za-z0-9_+=,.@-]{1,64}")
_KEY = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,124}")


def principal(
    kind: Any = None, user_name: Any = None, access_key_id: Any = None, principal_id: Any = None, arn: str | None = None
) -> Json:
    """{type, user_name, access_key_id, principal_id, arn}; what is missing or impossible is null or `Unknown`."""
    return {
        "type": _BY_LOWER.get(str(kind).lower(), "Unknown"),
        "user_name": _fitting(_NAME, user_name),
        "access_key_id": _fitting(_KEY, access_key_id),
        "principal_id": clean(principal_id, 256) or None if principal_id else None,
        "arn": arn,
    }


def is_access_key_id(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


def is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def of_finding(detail: Json) -> Json:
    """The principal of a finding with lowerCamelCase keys; of attack sequences the first actor of that account."""
    details = pick(detail, "resource.accessKeyDetails")
    if not details:
        return of_sequence(detail)
    kind, name = details.get("userType"), details.get("userName")
    return principal(kind, name, details.get("accessKeyId"), details.get("principalId"), _root_arn(detail, kind))


def of_sequence(detail: Json) -> Json:
    """The first actor that belongs to the attacked account, else an access key among the sequence's resources."""
    sequence = pick(detail, "service.detection.sequence", {})
    users = [actor["user"] for actor in sequence.get("actors") or [] if actor.get("user")]
    ours = [user for user in users if pick(user, "account.uid") in (None, detail["accountId"])]
    if not ours:
        return _of_resources(sequence)
    first, kind = ours[0], ours[0].get("type")
    return principal(kind, first.get("name"), first.get("credentialUid"), first.get("uid"), _root_arn(detail, kind))


def _of_resources(sequence: Json) -> Json:
    for resource in sequence.get("resources") or []:
        key = pick(resource, "data.accessKey")
        if isinstance(key, dict):
            return principal(key.get("userType"), key.get("userName"), resource.get("uid"), key.get("principalId"))
    return principal()


def _root_arn(detail: Json, kind: Any) -> str | None:
    return f"arn:aws:iam::{detail['accountId']}:root" if str(kind).lower() == "root" else None


def _fitting(pattern: re.Pattern[str], value: Any) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None
