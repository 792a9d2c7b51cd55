"""Model invocation logging of the incident's Region, where it is not what the signed baseline says."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import plain
from lambdas.actions.bedrock._logging import buckets, leaves, roles
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

PERMISSIONS = (
    Permission(
        "bedrock:GetModelInvocationLoggingConfiguration",
        reason="the authorization reference knows no resource for it: there is one configuration per Region",
    ),
)


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate. Raises NotOurs where no baseline says what to restore, or where nothing differs from it."""
    wanted = pick(baseline, "invocation_logging.loggingConfig", {})
    if not wanted:
        raise NotOurs("No baseline of model invocation logging is recorded for this Region that could be restored.")
    answer = plain(session.client("bedrock").get_model_invocation_logging_configuration())
    config = answer.get("loggingConfig") or {}
    if leaves(config) == leaves(wanted):
        raise NotOurs("Model invocation logging is as in the baseline.")
    return [Candidate(_target(incident, wanted, config), _why(config, wanted))]


def _target(incident: Json, wanted: Json, config: Json) -> Json:
    return {
        "account": incident["account"],
        "region": incident["region"],
        "logging_config": wanted,
        "buckets": buckets(wanted),
        "roles": roles(wanted),
        "roles_before": roles(config),
    }


def _why(config: Json, wanted: Json) -> str:
    if not config:
        return "Logging is off, and the baseline has it on."
    now, then = leaves(config), leaves(wanted)
    return f"Other than in the baseline: {', '.join(leaf for leaf in now if now[leaf] != then[leaf])}."
