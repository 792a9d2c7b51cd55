"""One inline policy of a user or role, under a name of our own, put there and taken back.

Facts of AWS, and where they stand:
* Put replaces the document of that name without asking. All inline policies of a user share 2,048 characters, those of
  a role 10,240, white space not counted (IAM User Guide, "IAM and AWS STS quotas").
* IAM is eventually consistent: what was put is read, and takes effect, with some delay (IAM User Guide,
  "Troubleshoot IAM"). The runner reads back until it shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from botocore.exceptions import ClientError

from lambdas.actions._answers import error_code, found
from lambdas.core.action import Json, Permission
from lambdas.core.errors import NoRoom, StateDrifted
from lambdas.core.session import Session


def unique_id(prefix: str) -> Json:
    """The schema of a target's unique id (IAM User Guide, "Unique identifiers")."""
    return {"type": "string", "pattern": f"^{prefix}[A-Z0-9]{{12,124}}$", "description": "tells it from a namesake"}


@dataclass(frozen=True)
class Place:
    """Where the policy stands. `unique_id` tells the user or role from a later one of the same name."""

    kind: Literal["User", "Role"]
    name: str
    unique_id: str
    policy: str

    @property
    def holder(self) -> dict[str, str]:
        return {f"{self.kind}Name": self.name}

    def call(self, session: Session, verb: str, **parameters: str) -> Callable[..., Any]:
        """GetUserPolicy, PutRolePolicy, ... on this policy."""
        method = getattr(session.client("iam"), f"{verb}_{self.kind.lower()}_policy")
        return lambda: method(**self.holder, PolicyName=self.policy, **parameters)


def permissions(kind: Literal["User", "Role"], arn: str) -> dict[Any, tuple[Permission, ...]]:
    """What the functions of an action need that does no more than this."""
    get, put = (Permission(f"iam:Get{kind}", arn), Permission(f"iam:Get{kind}Policy", arn)), f"iam:Put{kind}Policy"
    delete = Permission(f"iam:Delete{kind}Policy", arn)
    back = Permission(put, arn, reason="undo, where another policy of that name stood there before")
    return {"read": get, "perform": (*get, Permission(put, arn)), "undo": (*get, delete, back)}


def read(session: Session, place: Place) -> Json:
    """{exists: is it that very user or role; policy: the document under our name, None where there is none}."""
    there = found(getattr(session.client("iam"), f"get_{place.kind.lower()}"), **place.holder)
    policy = found(place.call(session, "get"))
    return {
        "exists": there is not None and there[place.kind][f"{place.kind}Id"] == place.unique_id,
        "policy": policy["PolicyDocument"] if policy else None,
    }


def put(session: Session, place: Place, before: Json, document: Json, achieved: Callable[[Json], bool]) -> None:
    """Put the document, unless it is there. Raises StateDrifted where the place is not as it was, and NoRoom."""
    state = _present(session, place)
    if achieved(state):
        return
    if state["policy"] != before["policy"]:
        raise StateDrifted(f"Somebody put another policy under the name {place.policy}. Nothing was changed.")
    _write(session, place, document)


def take_back(session: Session, place: Place, before: Json, achieved: Callable[[Json], bool]) -> None:
    """Put back what stood there before, mostly nothing. Raises StateDrifted where somebody changed what we put."""
    state = _present(session, place)
    if state["policy"] == before["policy"]:
        return
    if not achieved(state):
        raise StateDrifted(f"Somebody changed policy {place.policy} in the meantime. Nothing was taken back.")
    if before["policy"] is None:
        place.call(session, "delete")()
    else:
        _write(session, place, before["policy"])


def _present(session: Session, place: Place) -> Json:
    state = read(session, place)
    if not state["exists"]:
        raise StateDrifted(
            f"{place.kind} {place.name} is gone, or was made again under the same name. Nothing was changed."
        )
    return state


def _write(session: Session, place: Place, document: Json) -> None:
    try:
        place.call(session, "put", PolicyDocument=json.dumps(document, separators=(",", ":")))()
    except ClientError as error:
        if error_code(error) != "LimitExceeded":
            raise
        raise NoRoom(
            f"The inline policies of {place.kind.lower()} {place.name} leave no room for {place.policy}: "
            "make one of them a managed policy and `responder resume`, or deny it with a service control policy."
        ) from error
