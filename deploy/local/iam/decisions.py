"""One decision: may this caller do this, on that resource?

Source: IAM User Guide, "Policy evaluation logic", and "Troubleshoot access denied error messages" for their wording.
Evaluated are identity policies, permissions boundaries, session policies, and the policies of buckets, keys and roles
(trust). Organization policies and the policies of queues, topics and functions are not.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from moto.iam.models import iam_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends

from deploy.local.iam.context import conditions
from deploy.local.iam.policies import Asked, Effect, Statement, effect, parse
from deploy.local.iam.principals import Caller, Documents
from deploy.local.iam.requests import ApiRequest
from deploy.local.iam.resources import Need, needs

log = logging.getLogger(__name__)

DECISIONS: deque[dict[str, Any]] = deque(maxlen=50_000)
"""Every decision that is still kept, oldest first, as a dict of Decision's members."""


@dataclass(frozen=True)
class Decision:
    """One permission asked and answered. `at` is ISO 8601 in UTC, `reason` AWS's words."""

    at: str
    principal: str
    role: str | None
    session: str | None
    action: str
    resource: str
    allowed: bool
    reason: str

    @property
    def message(self) -> str:
        """The text of AWS's AccessDenied."""
        return (
            f"User: {self.principal} is not authorized to perform: {self.action} on resource: {self.resource} "
            f"{self.reason}"
        )


def decide(request: ApiRequest, caller: Caller) -> Decision | None:
    """The first refusal among the permissions that a call needs, or None if all are given.

    Raises UnknownOperatorError for a condition that cannot be judged.
    """
    if caller.kind == "operator" or (request.signing_name, request.name) == ("sts", "GetCallerIdentity"):
        return None
    context = conditions(request, caller)
    answers = (_answer(need, request, caller, context) for need in needs(request, caller))
    return next((answer for answer in answers if not answer.allowed), None)


def _answer(need: Need, request: ApiRequest, caller: Caller, context: Mapping[str, Any]) -> Decision:
    asked = Asked(need.action, need.resource, {**context, **need.extra}, caller.principal)
    reason = _refusal(asked, caller, _resource_policy(request, need))
    return record(caller, need.action, need.resource, reason)


def record(caller: Caller, action: str, resource: str, refusal: str) -> Decision:
    """Keep a decision; an empty refusal is an allowance. A denial is logged too."""
    session = caller.of_role
    decision = Decision(
        at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        principal=caller.arn,
        role=caller.name if session else None,
        session=session.name if session else None,
        action=action,
        resource=resource,
        allowed=not refusal,
        reason=refusal or "allowed",
    )
    DECISIONS.append(asdict(decision))
    if refusal:
        log.warning("denied: %s", decision.message)
    return decision


def _refusal(asked: Asked, caller: Caller, resource: ResourcePolicy | None) -> str:
    """AWS's reason why it is denied; an empty string if it is allowed."""
    session = caller.session.policies if caller.session else ()
    theirs = effect(resource.statements, asked) if resource else None
    if theirs == "Deny":
        return "with an explicit deny in a resource-based policy"
    for kind, documents in (
        ("an identity-based policy", caller.identity),
        ("a permissions boundary", caller.boundary or ()),
        ("a session policy", session),
    ):
        if _of(documents, asked) == "Deny":
            return f"with an explicit deny in {kind}"
    return _missing(asked, caller, resource, theirs, session)


def _missing(
    asked: Asked, caller: Caller, resource: ResourcePolicy | None, theirs: Effect | None, session: Documents
) -> str:
    """Which kind of policy fails to allow it. Session policies each must (AWS intersects them with the role's)."""
    if not _is_named(asked, caller, resource) and _of(caller.identity, asked) != "Allow":
        return f"because no identity-based policy allows the {asked.action} action"
    if caller.boundary is not None and _of(caller.boundary, asked) != "Allow":
        return f"because no permissions boundary allows the {asked.action} action"
    if session and _of(session, asked) != "Allow":
        return f"because no session policy allows the {asked.action} action"
    if resource is not None and theirs != "Allow" and (resource.needed or resource.account != caller.account):
        return f"because no resource-based policy allows the {asked.action} action"
    return ""


def _is_named(asked: Asked, caller: Caller, resource: ResourcePolicy | None) -> bool:
    """Whether the policy of a resource in the caller's account names the caller itself, which then needs no other.

    Naming the account leaves it to the account's IAM policies.
    """
    if resource is None or resource.account != caller.account:
        return False
    itself = replace(asked, principal=replace(asked.principal, account=""))
    return effect(resource.statements, itself) == "Allow"


def _of(documents: Documents, asked: Asked) -> Effect | None:
    return effect((statement for document in documents for statement in document), asked)


@dataclass(frozen=True)
class ResourcePolicy:
    """A policy that stands on the resource, and the account that owns it.

    Where it is `needed`, nothing is allowed that it does not allow: so it is with keys and with roles.
    """

    account: str
    statements: tuple[Statement, ...]
    needed: bool = False


def _resource_policy(request: ApiRequest, need: Need) -> ResourcePolicy | None:
    if need.action.startswith("s3:") and need.resource.startswith("arn:aws:s3:::"):
        return _bucket_policy(need.resource.removeprefix("arn:aws:s3:::").split("/", 1)[0])
    if need.action.startswith("kms:") and ":key/" in need.resource:
        return _key_policy(need.resource)
    if need.action.startswith("sts:") and need.resource.startswith("arn:"):
        return _trust_policy(need.resource)
    return None


def _bucket_policy(name: str) -> ResourcePolicy | None:
    partition, account = s3_backends.bucket_accounts.get(name, (None, None))
    if account is None:
        return None
    bucket = s3_backends[account][partition].buckets.get(name)
    if bucket is None:
        return None
    return ResourcePolicy(account, parse(bucket.policy.decode()) if bucket.policy else ())


def _trust_policy(role_arn: str) -> ResourcePolicy:
    """Who may assume a role; nobody may assume a role that is not there.

    Stricter than AWS within one account: the caller's own policy has to allow it besides. So what passes here also
    passes across accounts.
    """
    account = role_arn.split(":")[4]
    roles = iam_backends[account]["aws"].roles.values() if account in iam_backends else ()
    role = next((r for r in roles if r.arn == role_arn), None)
    return ResourcePolicy("", parse(_document(role)) if role else (), needed=True)


def _key_policy(key_arn: str) -> ResourcePolicy | None:
    region, account = key_arn.split(":")[3:5]
    key = kms_backends[account][region].keys.get(key_arn.split("/", 1)[1])
    return ResourcePolicy(account, parse(_text(key.policy)), needed=True) if key else None


def _text(policy: Any) -> str:
    return policy if isinstance(policy, str) else json.dumps(policy)


def _document(role: Any) -> str:
    return str(role.assume_role_policy_document)


def statements_of(text: str | bytes) -> Iterator[Statement]:
    """The statements of a policy text, for services that judge a resource policy themselves."""
    yield from parse(text.decode() if isinstance(text, bytes) else text)
