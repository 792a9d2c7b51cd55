"""Quarantine an IAM user: an inline policy that denies generative AI, more power, and the removal of traces.

It holds for every credential of the user at once: access keys, sessions made from them, Bedrock API keys, the console.
What the user does besides goes on, so that a build server with a stolen key still builds. `_denials.py` says what is
denied and why AWS's own quarantine policy is not enough; `_inline_policy.py` what IAM makes of such policies.
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
    title="Quarantine user",
    catalogue="iam.user.quarantine",
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
        label="IAM user {user_name}",
        arn=ARN,
    ),
    impact="The user can use no generative AI, change no permissions and remove no traces; all else goes on working.",
    way_back="Undo takes the denying policy away, or puts back what stood under its name before.",
    playbooks=("bedrock", "amazon_q"),
    permissions=_inline_policy.permissions("User", ARN),
)


def read(session: Session, target: Json) -> Json:
    """{exists: is it that very user; policy: the document under our name, None where there is none}."""
    return _inline_policy.read(session, _place(target))


def achieved(target: Json, state: Json) -> bool:
    return bool(state["exists"] and state["policy"] == _denials.quarantine())


def perform(session: Session, target: Json, before: Json) -> None:
    """Put the policy. Raises StateDrifted where the user is another or the name is taken, and NoRoom."""
    _inline_policy.put(session, _place(target), before, _denials.quarantine(), partial(achieved, target))


def undo(session: Session, target: Json, before: Json) -> None:
    """Take the policy away. Raises StateDrifted where the user is another or somebody changed the policy."""
    _inline_policy.take_back(session, _place(target), before, partial(achieved, target))


def _place(target: Json) -> Place:
    return Place("User", target["user_name"], target["user_id"], f"IR-Quarantine-{target['incident_id']}")
