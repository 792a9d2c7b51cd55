"""What is preserved, one function an artefact. Each reads, none changes anything, and a refused call is a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lambdas.core.action import Permission
from lambdas.evidence import cloudtrail
from lambdas.evidence.reading import Reading

Json = dict[str, Any]

_USER, _ROLE = "arn:{partition}:iam::{account}:user/", "arn:{partition}:iam::{account}:role/"
_PATH = "the path stands in the ARN, and is not known before it is read"
_USER_READS = (
    "iam:GetUser",
    "iam:ListAccessKeys",
    "iam:GetAccessKeyLastUsed",
    "iam:ListMFADevices",
    "iam:ListGroupsForUser",
    "iam:ListUserPolicies",
    "iam:GetUserPolicy",
    "iam:ListAttachedUserPolicies",
)
_ROLE_READS = ("iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies")
_BEDROCK = "arn:{partition}:bedrock:{region}:{account}:"


def _reads(actions: Iterable[str], kind: str) -> tuple[Permission, ...]:
    by_name = (Permission(action, kind + "{user_name}") for action in actions)
    return (*by_name, *(Permission(action, kind + "*/{user_name}", reason=_PATH) for action in actions))


_OF_USER, _OF_ROLE = _reads(_USER_READS, _USER), _reads(_ROLE_READS, _ROLE)
_OF_PRINCIPAL = {"IAMUser": _OF_USER, "AssumedRole": _OF_ROLE, "Role": _OF_ROLE}
_OF_REGION = (
    *cloudtrail.PERMISSIONS,
    Permission("bedrock:GetModelInvocationLoggingConfiguration"),
    Permission("bedrock:ListAgents"),
    Permission("bedrock:ListKnowledgeBases"),
    Permission("bedrock:ListCustomModels"),
    Permission("bedrock:ListGuardrails", reason="asked for all guardrails, the call names none to be its resource"),
)
PERMISSIONS = (*_OF_USER, *_OF_ROLE, *_OF_REGION)

HOURS = 24 * 90
FIRST_PAGES, ALL_PAGES = 1, 20
"""Containment waits for the first pass, so that it reads one page. The second stops at about 1,000 events a Region."""


def permissions_for(incident: Json) -> tuple[Permission, ...]:
    """What one incident's artefacts call: session policies are small (2,048 characters)."""
    return (*_OF_PRINCIPAL.get(incident["principal"]["type"], ()), *_OF_REGION)


def principal(reading: Reading, incident: Json) -> None:
    """The user or role as it is now, with everything that gives it power."""
    who = incident["principal"]
    if not who["user_name"] or who["type"] not in _SNAPSHOTS:
        reading.gap("principal", f"a principal of type {who['type']} has no user or role that could be read")
        return
    _SNAPSHOTS[who["type"]](reading, who["user_name"])


def _user(reading: Reading, name: str) -> None:
    named = {"UserName": name}
    keys = reading.items("iam", "list_access_keys", "AccessKeyMetadata", **named)
    policies = reading.items("iam", "list_user_policies", "PolicyNames", **named)
    reading.content |= {
        "user": reading.call("iam", "get_user", **named),
        "access_keys": [{**key, "last_used": _last_used(reading, key["AccessKeyId"])} for key in keys],
        "mfa_devices": reading.items("iam", "list_mfa_devices", "MFADevices", **named),
        "groups": reading.items("iam", "list_groups_for_user", "Groups", **named),
        "inline_policies": [reading.call("iam", "get_user_policy", PolicyName=policy, **named) for policy in policies],
        "attached_policies": reading.items("iam", "list_attached_user_policies", "AttachedPolicies", **named),
    }


def _last_used(reading: Reading, key: str) -> Json | None:
    answer = reading.call("iam", "get_access_key_last_used", AccessKeyId=key)
    return answer and answer.get("AccessKeyLastUsed")


def _role(reading: Reading, name: str) -> None:
    named = {"RoleName": name}
    policies = reading.items("iam", "list_role_policies", "PolicyNames", **named)
    reading.content |= {
        "role": reading.call("iam", "get_role", **named),
        "inline_policies": [reading.call("iam", "get_role_policy", PolicyName=policy, **named) for policy in policies],
        "attached_policies": reading.items("iam", "list_attached_role_policies", "AttachedPolicies", **named),
    }


_SNAPSHOTS: Mapping[str, Callable[[Reading, str], None]] = {"IAMUser": _user, "AssumedRole": _role, "Role": _role}


def first_events(reading: Reading, incident: Json) -> None:
    """The principal's latest calls, one page a Region."""
    _events(reading, incident, FIRST_PAGES)


def all_events(reading: Reading, incident: Json) -> None:
    """The principal's calls of 90 days, as far as 20 pages a Region go."""
    _events(reading, incident, ALL_PAGES)


def _events(reading: Reading, incident: Json, pages: int) -> None:
    sought = cloudtrail.attribute(incident["principal"])
    if sought is None:
        reading.gap("cloudtrail:lookup_events", "neither a key nor a user name is known to look up by")
        return
    reading.content |= {"looked_up_by": sought, "regions": {}}
    for region in cloudtrail.regions(incident["region"]):
        reading.content["regions"][region] = _region_events(reading, region, sought, pages)


def _region_events(reading: Reading, region: str, sought: Json, pages: int) -> Json:
    found = cloudtrail.lookup(reading.session, region, sought, HOURS, pages)
    events, more = reading.pages("cloudtrail:lookup_events", found)
    if more:
        what = f"cloudtrail:lookup_events in {region}"
        reading.gap(what, f"there are more than the {len(events)} events that were read")
    return {"events": events, "more": more}


def bedrock(reading: Reading, incident: Json) -> None:
    """What stands in Bedrock in the finding's Region and may be changed unattended, or was the attacker's own."""
    logging = reading.call("bedrock", "get_model_invocation_logging_configuration") or {}
    reading.content |= {
        "logging_configuration": logging.get("loggingConfig"),
        "agents": reading.items("bedrock-agent", "list_agents", "agentSummaries"),
    }


def inventory(reading: Reading, incident: Json) -> None:
    """What else stands in Bedrock there. Nothing of it is changed before people are asked."""
    reading.content |= {
        "knowledge_bases": reading.items("bedrock-agent", "list_knowledge_bases", "knowledgeBaseSummaries"),
        "custom_models": reading.items("bedrock", "list_custom_models", "modelSummaries"),
        "guardrails": reading.items("bedrock", "list_guardrails", "guardrails"),
    }
