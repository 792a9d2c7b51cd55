"""Put model invocation logging of one Region back to the recorded baseline, every field of it.

Facts of AWS, and where they stand:
* PutModelInvocationLoggingConfiguration replaces the whole configuration of the Region; there is one per account and
  Region, and Get answers no `loggingConfig` where logging is off (Amazon Bedrock API reference).
* Bedrock writes a test record at Put and answers ValidationException where it cannot. It does not look at the bucket
  again later, so that a restored configuration over a broken destination would be logging in name only.
* CloudTrail's last Put can be the attacker's: what is restored comes from the signed baseline and nowhere else.
* Records of bedrock-mantle inference never pass through this configuration.

Our own Put is a CloudTrail event like the attacker's. It is told apart by who made it: a session of the role
<prefix>-member-contain (or -undo) whose name begins with the incident's id. Intake looks at exactly that.
"""

from __future__ import annotations

from lambdas.actions._answers import plain
from lambdas.actions._fields import ACCOUNT, PATH_AND_NAME, REGION, names
from lambdas.actions.bedrock._logging import SERVICE, leaves, problems
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import StateDrifted
from lambdas.core.session import Session

BUCKET = "arn:{partition}:s3:::{buckets}"
ROLE = "arn:{partition}:iam::{account}:role/{roles}"
BEFORE_ROLE = "arn:{partition}:iam::{account}:role/{roles_before}"
NOT_SCOPABLE = "the authorization reference knows no resource for it: there is one configuration per Region"
TO_BEDROCK = {"StringEquals": {"iam:PassedToService": SERVICE}}

GET = Permission("bedrock:GetModelInvocationLoggingConfiguration", reason=NOT_SCOPABLE)
PUT = Permission("bedrock:PutModelInvocationLoggingConfiguration", reason=NOT_SCOPABLE)
DELETE = Permission(
    "bedrock:DeleteModelInvocationLoggingConfiguration", reason="undo, where logging was off; " + NOT_SCOPABLE
)
DESTINATIONS = (
    Permission("s3:GetBucketLocation", BUCKET),
    Permission("s3:GetBucketOwnershipControls", BUCKET),
    Permission("s3:GetBucketPolicy", BUCKET),
    Permission("logs:DescribeLogGroups", reason="a list by prefix, which the authorization reference does not scope"),
    Permission("iam:GetRole", ROLE),
)

ACTION = Action(
    title="Restore model invocation logging",
    catalogue="bedrock.logging.restore",
    stage="recovery",
    machine="restore_logging",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="invocation_logging",
        fields={
            "account": ACCOUNT,
            "region": REGION,
            "logging_config": {
                "type": "object",
                "minProperties": 1,
                "description": "the configuration to restore, from the baseline, as Put takes it",
            },
            "buckets": names("its buckets", r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"),
            "roles": names("path and name of its role", PATH_AND_NAME),
            "roles_before": names("the same of what is configured now, for undo", PATH_AND_NAME),
        },
        label="model invocation logging in {region}",
        arn="arn:{partition}:bedrock:{region}:{account}:model-invocation-logging-configuration",
    ),
    impact="Bedrock calls in this Region are recorded again as in the baseline: storage costs, and prompts are kept.",
    way_back="Undo puts back exactly what was configured before, or switches logging off if it was off.",
    permissions={
        "read": (GET, *DESTINATIONS),
        "perform": (
            GET,
            *DESTINATIONS,
            PUT,
            Permission("iam:PassRole", ROLE, reason="Put hands the role to Bedrock", condition=TO_BEDROCK),
        ),
        "undo": (
            GET,
            PUT,
            DELETE,
            Permission("iam:PassRole", BEFORE_ROLE, reason="Put hands the former role back", condition=TO_BEDROCK),
        ),
    },
    volatile=("problems",),
)


def read(session: Session, target: Json) -> Json:
    """{config: what is configured now, {} for nothing; problems: what is wrong with the baseline's destinations}."""
    return {"config": _config(session), "problems": problems(session, target["logging_config"])}


def achieved(target: Json, state: Json) -> bool:
    return leaves(state["config"]) == leaves(target["logging_config"])


def perform(session: Session, target: Json, before: Json) -> None:
    """Put the baseline's configuration. Raises StateDrifted where a destination could not take the records, or where
    somebody changed the configuration since the plan was made.
    """
    config = _config(session)
    if leaves(config) == leaves(target["logging_config"]):
        return
    _require_unchanged(config, before["config"])
    wrong = problems(session, target["logging_config"])
    if wrong:
        raise StateDrifted(f"Logging was not restored, because no record could arrive. {' '.join(wrong)}")
    _configure(session, target["logging_config"])


def undo(session: Session, target: Json, before: Json) -> None:
    """Put back `before`. Raises StateDrifted where what is configured now is neither ours nor that."""
    config = _config(session)
    if leaves(config) == leaves(before["config"]):
        return
    _require_unchanged(config, target["logging_config"])
    if before["config"]:
        _configure(session, before["config"])
    else:
        session.client("bedrock").delete_model_invocation_logging_configuration()


def _config(session: Session) -> Json:
    answer = session.client("bedrock").get_model_invocation_logging_configuration()
    config: Json = plain(answer).get("loggingConfig") or {}
    return config


def _configure(session: Session, config: Json) -> None:
    session.client("bedrock").put_model_invocation_logging_configuration(loggingConfig=config)


def _require_unchanged(config: Json, expected: Json) -> None:
    now, then = leaves(config), leaves(expected)
    changed = sorted(leaf for leaf in now if now[leaf] != then[leaf])
    if changed:
        raise StateDrifted(f"The logging configuration changed in the meantime: {', '.join(changed)}.")
