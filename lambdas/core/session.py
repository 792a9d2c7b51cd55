"""Credentials for one call: the member role of one power, narrowed to what one action declares on one target.

CloudTrail then shows, on each call, which incident and step made it (session name), who let it happen (source
identity) and under which approval (session tags). Source of limits: AWS STS API reference, AssumeRole: session name
2-64 characters of [\\w+=,.@-], session policy 2,048 characters, shortest duration 900 seconds.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from lambdas.core.action import Action, Call, Permission, Power

SHORTEST_SECONDS = 900
_NOT_ALLOWED = re.compile(r"[^\w+=,.@-]", re.ASCII)
_MAKING = threading.Lock()
"""boto3 makes clients in one thread at a time; once made, all threads may use them."""


class Session:
    """Clients for one account, made with one set of credentials (the function's own where none are given)."""

    def __init__(self, account: str, region: str, credentials: Mapping[str, str] | None = None) -> None:
        self.account = account
        self.region = region
        self.partition = "aws"
        self._credentials = dict(credentials or {})
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str | None = None) -> Any:
        """The boto3 client of a service; `region` only for services that live in one Region, such as support."""
        key = (service, region or self.region)
        if key not in self._clients:
            self._clients[key] = _client(*key, **self._credentials)
        return self._clients[key]


def _client(service: str, region: str, **credentials: str) -> Any:
    import boto3
    from botocore.config import Config

    retries: Any = {"mode": "standard", "total_max_attempts": 5}
    with _MAKING:
        return boto3.client(
            service,  # type: ignore[call-overload]
            region_name=region,
            config=Config(retries=retries, connect_timeout=5, read_timeout=60),
            **credentials,
        )


@cache
def own_client(service: str, region: str | None = None) -> Any:
    """A client with the function's own credentials, made at first use and kept for the next invocation."""
    return _client(service, region or os.environ["AWS_REGION"])


def statements(permissions: Iterable[Permission], target: Mapping[str, Any]) -> list[dict[str, Any]]:
    """IAM statements for these permissions on this target's own ARNs, one for each distinct resource and condition."""
    grouped: dict[str, dict[str, Any]] = {}
    for permission in permissions:
        condition = {op: dict(keys) for op, keys in permission.condition.items()}
        resources = sorted(_resources(permission.resource, target))
        if not resources:
            # The target has none of these: IAM refuses a statement without a resource.
            continue
        key = json.dumps([resources, condition], sort_keys=True)
        statement = grouped.setdefault(key, {"Effect": "Allow", "Action": [], "Resource": resources})
        if permission.action not in statement["Action"]:
            statement["Action"].append(permission.action)
        if condition:
            statement["Condition"] = condition
    return list(grouped.values())


def _resources(template: str, target: Mapping[str, Any]) -> set[str]:
    lists = [k for k, v in target.items() if isinstance(v, list) and f"{{{k}}}" in template]
    if not lists:
        return {template.format_map(target)}
    return {arn for value in target[lists[0]] for arn in _resources(template, {**target, lists[0]: value})}


def declared(action: Action, calls: Sequence[Call]) -> tuple[Permission, ...]:
    return tuple(p for call in calls for p in action.permissions.get(call, ()))


def safe_name(text: str, limit: int = 64) -> str:
    """`text` within the characters that STS allows in session names, source identities and tags."""
    return _NOT_ALLOWED.sub("-", text)[:limit]


def assume(
    power: Power,
    account: str,
    region: str,
    *,
    incident_id: str,
    step_id: str,
    allowed: list[dict[str, Any]],
    approved_by: str = "automatic",
    action_id: str = "observe",
    approval: str = "automatic",
) -> Session:
    """A session as the member role of `power` in `account`, allowed only the statements `allowed`.

    `approved_by` becomes the source identity, `approval` (a gate's id, or `automatic`) a session tag: the eradicate
    role's trust policy demands that it names a gate. Raises NotEnrolled where the role cannot be assumed.
    """
    answer = _assumed(
        account,
        f"{os.environ['PREFIX']}-member-{power}",
        RoleSessionName=safe_name(f"{incident_id}_{step_id}"),
        SourceIdentity=safe_name(approved_by),
        DurationSeconds=SHORTEST_SECONDS,
        Policy=json.dumps({"Version": "2012-10-17", "Statement": allowed}, separators=(",", ":")),
        Tags=[
            {"Key": "incident", "Value": safe_name(incident_id, 256)},
            {"Key": "action", "Value": safe_name(action_id, 256)},
            {"Key": "approval", "Value": safe_name(approval, 256)},
        ],
    )
    return Session(
        account,
        region,
        {
            "aws_access_key_id": answer["AccessKeyId"],
            "aws_secret_access_key": answer["SecretAccessKey"],
            "aws_session_token": answer["SessionToken"],
        },
    )


def _assumed(account: str, role: str, **told: Any) -> Any:
    """The credentials. STS denies a role that is not there as it denies one that does not trust us."""
    from botocore.exceptions import ClientError

    from lambdas.core.errors import NotEnrolled
    from lambdas.core.refusals import is_denial, not_enrolled

    try:
        return own_client("sts").assume_role(RoleArn=f"arn:aws:iam::{account}:role/{role}", **told)["Credentials"]
    except ClientError as error:
        if not is_denial(error):
            raise
        raise NotEnrolled("account", not_enrolled(account, role)) from error
