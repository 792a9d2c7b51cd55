"""Quarantine one session of a role: an inline policy that denies all to it, and leaves the role's other sessions alone.

Facts of AWS, and where they stand:
* A session's aws:userid is `<unique id of the role>:<name of the session>` (IAM User Guide, "AWS global condition
  context keys"). Who assumes the role chooses the name: EC2 takes the instance's id, ECS the task's, Lambda the name of
  the function, so that there all its instances are one session.
* Credentials that are issued later under the same name work again: a host gets new ones by itself, and so does whoever
  can still assume the role. Against them there is revoking all sessions of the role, which is another action.
* Service-linked roles, and those of IAM Identity Center, take no policy (IAM API reference, PutRolePolicy:
  UnmodifiableEntity). They are never proposed.
"""

from __future__ import annotations

from functools import partial

from lambdas.actions._fields import ACCOUNT, INCIDENT_ID, PATH_AND_NAME
from lambdas.actions.iam import _denials, _inline_policy
from lambdas.actions.iam._inline_policy import Place
from lambdas.core.action import Action, Json, Target
from lambdas.core.session import Session

ARN = "arn:{partition}:iam::{account}:role/{role}"

ACTION = Action(
    title="Quarantine role session",
    catalogue="iam.role.session_quarantine",
    stage="containment",
    machine="contain_credentials",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="role_session",
        fields={
            "account": ACCOUNT,
            "incident_id": INCIDENT_ID,
            "role": {"type": "string", "pattern": PATH_AND_NAME, "description": "path and name of the role"},
            "role_name": {"type": "string", "pattern": r"^[\w+=,.@-]{1,64}$"},
            "role_id": _inline_policy.unique_id("AROA"),
            "session_name": {
                "type": "string",
                "pattern": r"^[\w+=,.@-]{2,64}$",
                "description": "as who assumed the role chose it",
            },
            "since": _denials.SINCE,
        },
        label="session {session_name} of role {role_name}",
        arn=ARN,
    ),
    impact="All fails that runs under this session name with credentials issued until now: at Lambda, the function.",
    way_back="Undo takes the denying policy away, or puts back what stood under its name before.",
    playbooks=("bedrock", "amazon_q"),
    permissions=_inline_policy.permissions("Role", ARN),
)


def read(session: Session, target: Json) -> Json:
    """{exists: is it that very role; policy: the document under our name, None where there is none}."""
    return _inline_policy.read(session, _place(target))


def achieved(target: Json, state: Json) -> bool:
    """At whatever moment we put it: that is after the incident was opened, and not known before."""
    moment = _denials.moment_of(state["policy"])
    return bool(state["exists"] and moment >= target["since"] and state["policy"] == _document(target, moment))


def perform(session: Session, target: Json, before: Json) -> None:
    """Put the policy. Raises StateDrifted where the role is another or the name is taken, and NoRoom."""
    document = _document(target, _denials.from_now())
    _inline_policy.put(session, _place(target), before, document, partial(achieved, target))


def undo(session: Session, target: Json, before: Json) -> None:
    """Take the policy away. Raises StateDrifted where the role is another or somebody changed the policy."""
    _inline_policy.take_back(session, _place(target), before, partial(achieved, target))


def _document(target: Json, moment: str) -> Json:
    return _denials.one_session(f"{target['role_id']}:{target['session_name']}", moment)


def _place(target: Json) -> Place:
    return Place("Role", target["role_name"], target["role_id"], f"IR-SessionDeny-{target['incident_id']}")
