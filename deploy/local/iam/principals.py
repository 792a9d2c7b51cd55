"""Who makes a call: an IAM user, a session of theirs or of an assumed role, found by the access key in moto's backends.

Source of keys and ARNs: IAM User Guide, "AWS global condition context keys" and "IAM identifiers" (unique identifiers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from deploy.local.iam.policies import Principal, Statement, parse

OPERATOR = "operator"
"""The access key of whoever runs the emulator: its calls are recorded but not checked."""

Documents = tuple[tuple[Statement, ...], ...]


class KeyRefusedError(Exception):
    """The access key is unknown or inactive, its token is wrong, or its session has ended (`expired`)."""

    def __init__(self, account: str, *, expired: bool = False) -> None:
        super().__init__(account)
        self.account = account
        self.expired = expired


@dataclass(frozen=True)
class Session:
    """What STS was told when it issued a session. `issued` and `expires` are aware datetimes in UTC.

    A session of a user has no `role_arn`, and a `name` only from GetFederationToken.
    """

    role_arn: str
    name: str
    issued: datetime
    expires: datetime
    token: str
    user_name: str = ""
    policies: Documents = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    transitive: tuple[str, ...] = ()
    source_identity: str = ""


@dataclass(frozen=True)
class Caller:
    """One caller with everything that may decide about its calls."""

    kind: Literal["operator", "user", "session"]
    account: str
    arn: str
    user_id: str
    name: str
    access_key: str
    identity: Documents = ()
    boundary: Documents | None = None
    session: Session | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    issuer_id: str = ""

    @property
    def of_role(self) -> Session | None:
        """Its session, if that is one of an assumed role."""
        return self.session if self.session and self.session.role_arn else None

    @property
    def principal(self) -> Principal:
        arns = (self.arn, self.of_role.role_arn) if self.of_role else (self.arn,)
        return Principal(arns=arns, account=self.account)


def identify(access_key: str, token: str | None) -> Caller:
    """The caller that an access key belongs to. Raises KeyRefusedError."""
    if access_key == OPERATOR:
        return operator(default_account())
    for account, backends in list(iam_backends.items()):
        found = backends["aws"].access_keys.get(access_key)
        if found is not None:
            return _user(account, found) if found.user_name else _session(account, found, token)
    raise KeyRefusedError(default_account())


def issued(access_key: str) -> str | None:
    """The token that STS gave out with an access key, for calls that the gate has checked already."""
    for account, backends in list(iam_backends.items()):
        key = backends["aws"].access_keys.get(access_key)
        if key is not None and not key.user_name:
            session = getattr(key, "session", None) or _from_moto(account, access_key)
            return session.token if session else None
    return None


def default_account() -> str:
    from moto.core import DEFAULT_ACCOUNT_ID

    return DEFAULT_ACCOUNT_ID


def operator(account: str) -> Caller:
    return Caller("operator", account, f"arn:aws:iam::{account}:user/{OPERATOR}", "AIDAOPERATOR", OPERATOR, OPERATOR)


def owner(access_key: str) -> str | None:
    """The account that an access key belongs to, or None."""
    for account, backends in list(iam_backends.items()):
        if access_key in backends["aws"].access_keys:
            return account
    return None


def _user(account: str, key: Any) -> Caller:
    iam = iam_backends[account]["aws"]
    user = iam.users.get(key.user_name)
    if user is None or key.status != "Active":
        raise KeyRefusedError(account)
    return _user_caller(account, user, key.access_key_id)


def _user_caller(account: str, user: Any, access_key: str, session: Session | None = None) -> Caller:
    """A user by themselves, or in a session: its permissions are the user's own, whatever became of the key."""
    iam = iam_backends[account]["aws"]
    federated = session.name if session else ""
    groups = [group for group in iam.groups.values() if user in group.users]
    return Caller(
        kind="user",
        account=account,
        arn=f"arn:aws:sts::{account}:federated-user/{federated}" if federated else user.arn,
        user_id=f"{account}:{federated}" if federated else user.id,
        name=user.name,
        access_key=access_key,
        identity=tuple(statements for holder in (user, *groups) for statements in _policies_of(holder)),
        boundary=_boundary(iam, user),
        session=session,
        tags=_tags(user.tags),
        issuer_id=user.id,
    )


def _session(account: str, key: Any, token: str | None) -> Caller:
    session = getattr(key, "session", None) or _from_moto(account, key.access_key_id)
    if session is None or session.token != token:
        raise KeyRefusedError(account)
    if session.expires <= datetime.now(UTC):
        raise KeyRefusedError(account, expired=True)
    key.session = session
    if session.user_name:
        return _session_of_user(account, key.access_key_id, session)
    return _role_caller(account, key.access_key_id, session)


def _session_of_user(account: str, access_key: str, session: Session) -> Caller:
    user = iam_backends[account]["aws"].users.get(session.user_name)
    if user is None:
        raise KeyRefusedError(account)
    return _user_caller(account, user, access_key, session)


def _role_caller(account: str, access_key: str, session: Session) -> Caller:
    iam = iam_backends[account]["aws"]
    name = session.role_arn.rsplit("/", 1)[-1]
    role = next((r for r in iam.roles.values() if r.name == name), None)
    role_id = role.id if role else "AROAGONE"
    return Caller(
        kind="session",
        account=account,
        arn=f"arn:aws:sts::{account}:assumed-role/{name}/{session.name}",
        user_id=f"{role_id}:{session.name}",
        name=name,
        access_key=access_key,
        identity=_policies_of(role) if role else (),
        boundary=_boundary(iam, role) if role else None,
        session=session,
        tags={**(_tags(role.tags) if role else {}), **session.tags},
        issuer_id=role_id,
    )


def _from_moto(account: str, access_key: str) -> Session | None:
    """A session that a part of the emulator made in moto's backend directly, without tags or policy."""
    for assumed in reversed(sts_backends[account]["aws"].assumed_roles):
        if assumed.access_key_id == access_key:
            return session_of(assumed)
    return None


def session_of(assumed: Any, **told: Any) -> Session:
    """The session of moto's AssumedRole, with what STS was `told` besides."""
    return Session(
        role_arn=assumed.role_arn,
        name=assumed.session_name,
        issued=assumed.access_key.create_date.replace(tzinfo=UTC),
        expires=assumed.expiration.replace(tzinfo=UTC),
        token=assumed.session_token,
        **told,
    )


def _policies_of(holder: Any) -> Documents:
    """Inline and attached policies of moto's user, group or role."""
    attached = [default_document(policy) for policy in holder.managed_policies.values()]
    return tuple(parse(text) for text in (*holder.policies.values(), *attached))


def default_document(policy: Any) -> str:
    """The text of the default version of moto's managed policy."""
    return next(version.document for version in policy.versions if version.is_default)


def _boundary(iam: Any, holder: Any) -> Documents | None:
    arn = getattr(holder, "permissions_boundary_arn", None)
    policy = iam.managed_policies.get(arn) if arn else None
    return (parse(default_document(policy)),) if policy else None


def _tags(tags: Any) -> dict[str, str]:
    """moto keeps the tags of a user as a list and those of a role as a dict of tags."""
    listed = tags.values() if isinstance(tags, dict) else tags or ()
    return {tag["Key"]: tag["Value"] for tag in listed}
