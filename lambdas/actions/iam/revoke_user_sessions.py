"""Revoke the sessions of an IAM user: an inline policy that denies all to temporary credentials issued until now.

Facts of AWS, and where they stand:
* GetSessionToken, GetFederationToken and the console give sessions that outlive the key they were made with: up to 36
  hours after it was deactivated (AWS STS API reference). They cannot be listed, and have no status to set.
* Their permissions are the user's own, evaluated at each call, so that a Deny on the user reaches them (IAM User Guide,
  "Disabling permissions for temporary security credentials").
* Long-term keys have no aws:TokenIssueTime: this alone does not stop them. Nor does it stop a session that is issued
  later, for which somebody needs a key that still works.
"""

from __future__ import annotations

from functools import partial

from lambdas.actions._fields import ACCOUNT, INCIDENT_ID, USER, USER_NAME
from lambdas.actions.iam import _denials, _inline_policy
from lambdas.actions.iam._inline_policy import Place
from lambdas.core.action import Action, Json, Target
from lambdas.core.session import Session

ARN = "arn:{partition}:iam::{account}:user/{user}"

ACTION = Action(
    title="Revoke user sessions",
    catalogue="iam.user.revoke_sessions",
    stage="containment",
    machine="contain_credentials",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="iam_user",
        fields={
            "account": ACCOUNT,
            "incident_id": INCIDENT_ID,
            "user": USER,
            "user_name": USER_NAME,
            "user_id": _inline_policy.unique_id("AIDA"),
            "since": _denials.SINCE,
        },
        label="sessions of IAM user {user_name}",
        arn=ARN,
    ),
    impact="Every session of the user issued until now fails, the console's too; access keys and later sessions work.",
    way_back="Undo takes the denying policy away, or puts back what stood under its name before.",
    playbooks=("bedrock", "amazon_q"),
    permissions=_inline_policy.permissions("User", ARN),
)


def read(session: Session, target: Json) -> Json:
    """{exists: is it that very user; policy: the document under our name, None where there is none}."""
    return _inline_policy.read(session, _place(target))


def achieved(target: Json, state: Json) -> bool:
    """At whatever moment we put it: that is after the incident was opened, and not known before."""
    moment = _denials.moment_of(state["policy"])
    return bool(state["exists"] and moment >= target["since"] and state["policy"] == _denials.older_sessions(moment))


def perform(session: Session, target: Json, before: Json) -> None:
    """Put the policy. Raises StateDrifted where the user is another or the name is taken, and NoRoom."""
    document = _denials.older_sessions(_denials.from_now())
    _inline_policy.put(session, _place(target), before, document, partial(achieved, target))


def undo(session: Session, target: Json, before: Json) -> None:
    """Take the policy away. Raises StateDrifted where the user is another or somebody changed the policy."""
    _inline_policy.take_back(session, _place(target), before, partial(achieved, target))


def _place(target: Json) -> Place:
    return Place("User", target["user_name"], target["user_id"], f"IR-RevokeSessions-{target['incident_id']}")
