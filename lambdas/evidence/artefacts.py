"""What is preserved, one function an artefact. Each reads, none changes anything, and a refused call is a gap."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from lambdas.actions.bedrock._logging import BUCKETS, buckets
from lambdas.core.action import Permission
from lambdas.core.fields import pick
from lambdas.evidence import cloudtrail
from lambdas.evidence.reading import Reading

Json = dict[str, Any]

_USER, _ROLE = "arn:{partition}:iam::{account}:user/", "arn:{partition}:iam::{account}:role/"
_PATH = "the path stands in the ARN, and is not known before it is read"
_USER_READS = (
    "iam:GetUser",
    "iam:ListAccessKeys",
    "iam:GetAccessKeyLastUsed",
    "iam:ListServiceSpecificCredentials",
    "iam:ListMFADevices",
    "iam:ListGroupsForUser",
    "iam:ListUserPolicies",
    "iam:GetUserPolicy",
    "iam:ListAttachedUserPolicies",
)
_ROLE_READS = ("iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies")
_BEDROCK = "arn:{partition}:bedrock:{region}:{account}:"
_LOG_BUCKET = "arn:{partition}:s3:::{log_buckets}"


def _reads(actions: Iterable[str], kind: str) -> tuple[Permission, ...]:
    by_name = (Permission(action, kind + "{user_name}") for action in actions)
    return (*by_name, *(Permission(action, kind + "*/{user_name}", reason=_PATH) for action in actions))


_OF_USER, _OF_ROLE = _reads(_USER_READS, _USER), _reads(_ROLE_READS, _ROLE)
_OF_PRINCIPAL = {"IAMUser": _OF_USER, "AssumedRole": _OF_ROLE, "Role": _OF_ROLE}
_ALL_GUARDRAILS = "asked for all guardrails, the call names none to be its resource"
_FIRST = (
    *cloudtrail.PERMISSIONS,
    Permission("bedrock:GetModelInvocationLoggingConfiguration"),
    Permission("bedrock:ListAgents"),
    Permission("bedrock:ListGuardrails", reason=_ALL_GUARDRAILS),
    Permission("s3:GetBucketPolicy", _LOG_BUCKET, reason="who may write and read the invocation logs"),
    Permission("s3:GetBucketOwnershipControls", _LOG_BUCKET, reason="with ACLs on, Bedrock cannot write there"),
)
_REST = (
    *cloudtrail.PERMISSIONS,
    Permission("bedrock:ListAgents"),
    Permission("bedrock:GetAgent", _BEDROCK + "agent/*"),
    Permission("bedrock:ListAgentAliases", _BEDROCK + "agent/*"),
    Permission("bedrock:ListKnowledgeBases"),
    Permission("bedrock:ListCustomModels"),
    Permission("bedrock:ListImportedModels"),
    Permission("bedrock:ListGuardrails", reason=_ALL_GUARDRAILS),
    Permission("bedrock:GetGuardrail", _BEDROCK + "guardrail/*"),
    Permission("iam:GenerateCredentialReport", reason="makes the report that the next call reads, and changes nothing"),
    Permission("iam:GetCredentialReport"),
    Permission("s3:ListBucket", _LOG_BUCKET, reason="names, sizes and ETags of the invocation logs, not their content"),
)
PERMISSIONS = (*_OF_USER, *_OF_ROLE, *_FIRST, *(p for p in _REST if p not in _FIRST))

REPORT_SECONDS = 60
BETWEEN_LOOKS_SECONDS = 1.0
LOOK_BACK = timedelta(days=1)
"""Before the first call that was reported: what led to it is of the same story."""
MOST_DAYS = 31
MOST_OBJECTS = 50_000


def permissions_for(incident: Json, which: str) -> tuple[Permission, ...]:
    """What one pass over one incident calls: session policies are small (2,048 characters)."""
    return (*_OF_PRINCIPAL.get(incident["principal"]["type"], ()), *_FIRST) if which == "first" else _REST


def log_buckets(recorded: Json) -> list[str]:
    """The buckets that invocation logs go to, by the baseline: what is configured now may be the attacker's."""
    return buckets(pick(recorded, "invocation_logging.loggingConfig", {}))


def principal(reading: Reading, incident: Json, recorded: Json) -> None:
    """The user or role as it is now, with everything that gives it power."""
    who = incident["principal"]
    if not who["user_name"] or who["type"] not in _SNAPSHOTS:
        reading.gap("principal", f"a principal of type {who['type']} has no user or role that could be read")
        return
    _SNAPSHOTS[who["type"]](reading, who["user_name"])


def _user(reading: Reading, name: str) -> None:
    named: Json = {"UserName": name}
    keys = reading.items("iam", "list_access_keys", "AccessKeyMetadata", **named)
    policies = reading.items("iam", "list_user_policies", "PolicyNames", **named)
    reading.content |= {
        "user": reading.call("iam", "get_user", **named),
        "service_credentials": _service_credentials(reading, name),
        "access_keys": [{**key, "last_used": _last_used(reading, key["AccessKeyId"])} for key in keys],
        "mfa_devices": reading.items("iam", "list_mfa_devices", "MFADevices", **named),
        "groups": reading.items("iam", "list_groups_for_user", "Groups", **named),
        "inline_policies": [reading.call("iam", "get_user_policy", PolicyName=policy, **named) for policy in policies],
        "attached_policies": reading.items("iam", "list_attached_user_policies", "AttachedPolicies", **named),
    }


def _service_credentials(reading: Reading, name: str) -> list[Json]:
    """Bedrock API keys among them. Without their secrets, which IAM shows once."""
    answer = reading.call("iam", "list_service_specific_credentials", UserName=name) or {}
    found: list[Json] = answer.get("ServiceSpecificCredentials", [])
    return found


def _last_used(reading: Reading, key: str) -> Json | None:
    answer = reading.call("iam", "get_access_key_last_used", AccessKeyId=key)
    return answer and answer.get("AccessKeyLastUsed")


def _role(reading: Reading, name: str) -> None:
    named: Json = {"RoleName": name}
    policies = reading.items("iam", "list_role_policies", "PolicyNames", **named)
    reading.content |= {
        "role": reading.call("iam", "get_role", **named),
        "inline_policies": [reading.call("iam", "get_role_policy", PolicyName=policy, **named) for policy in policies],
        "attached_policies": reading.items("iam", "list_attached_role_policies", "AttachedPolicies", **named),
    }


_SNAPSHOTS: Mapping[str, Callable[[Reading, str], None]] = {"IAMUser": _user, "AssumedRole": _role, "Role": _role}


def first_events(reading: Reading, incident: Json, recorded: Json) -> None:
    """The principal's latest calls, one page a Region, by the surest attribute. The second pass reads the rest."""
    sought = cloudtrail.attributes(incident["principal"])[:1]
    if not sought:
        reading.gap("cloudtrail:lookup_events", "neither a key nor a user name is known to look up by")
        return
    since = datetime.fromisoformat(incident["opened_at"]) - cloudtrail.HISTORY
    reading.content |= {"looked_up_by": sought[0], "regions": {}}
    for region in cloudtrail.regions(incident["region"]):
        pages = cloudtrail.lookup(reading.session, region, sought[0], since)
        events, more = reading.pages("cloudtrail:lookup_events", region, islice(pages, 1))
        reading.content["regions"][region] = {"events": [cloudtrail.record(e) for e in events], "more": more}
        if more:
            found = f"there are more than the {len(events)} events that were read"
            reading.gap(f"cloudtrail:lookup_events in {region}", found)


def bedrock(reading: Reading, incident: Json, recorded: Json) -> None:
    """What stands in Bedrock in the finding's Region and may be changed unattended, or was the attacker's own."""
    logging = reading.call("bedrock", "get_model_invocation_logging_configuration") or {}
    reading.content |= {
        "logging_configuration": logging.get("loggingConfig"),
        "log_buckets": {name: _bucket(reading, name) for name in log_buckets(recorded)},
        "agents": reading.items("bedrock-agent", "list_agents", "agentSummaries"),
        "guardrails": reading.items("bedrock", "list_guardrails", "guardrails"),
    }


def _bucket(reading: Reading, name: str) -> Json:
    """Who may write and read there; null for what is not set, or a bucket that is gone."""
    policy = reading.call("s3", "get_bucket_policy", Bucket=name) or {}
    owner = reading.call("s3", "get_bucket_ownership_controls", Bucket=name) or {}
    return {"policy": policy.get("Policy"), "ownership_controls": owner.get("OwnershipControls")}


def inventory(reading: Reading, incident: Json, recorded: Json) -> None:
    """All that stands in Bedrock there, in detail. Nothing more of it is changed before people are asked."""
    agents = reading.items("bedrock-agent", "list_agents", "agentSummaries")
    guardrails = reading.items("bedrock", "list_guardrails", "guardrails")
    reading.content |= {
        "agents": [_agent(reading, agent["agentId"]) for agent in agents],
        "knowledge_bases": reading.items("bedrock-agent", "list_knowledge_bases", "knowledgeBaseSummaries"),
        "custom_models": reading.items("bedrock", "list_custom_models", "modelSummaries"),
        "imported_models": reading.items("bedrock", "list_imported_models", "modelSummaries"),
        "guardrails": [reading.call("bedrock", "get_guardrail", guardrailIdentifier=g["id"]) for g in guardrails],
    }


def _agent(reading: Reading, agent_id: str) -> Json:
    answer = reading.call("bedrock-agent", "get_agent", agentId=agent_id) or {}
    aliases = reading.items("bedrock-agent", "list_agent_aliases", "agentAliasSummaries", agentId=agent_id)
    return {"agent": answer.get("agent", {"agentId": agent_id}), "aliases": aliases}


def credential_report(reading: Reading, incident: Json, recorded: Json) -> None:
    """All users of the account with their passwords, keys and MFA: a CSV that IAM makes, at most every four hours."""
    deadline = time.monotonic() + REPORT_SECONDS
    while (made := reading.call("iam", "generate_credential_report")) and made["State"] != "COMPLETE":
        if time.monotonic() >= deadline:
            reading.gap("iam:get_credential_report", f"IAM had not made it after {REPORT_SECONDS} seconds")
            return
        time.sleep(BETWEEN_LOOKS_SECONDS)
    report = (made and reading.call("iam", "get_credential_report")) or {}
    reading.content |= {"generated_at": report.get("GeneratedTime"), "csv": report.get("Content")}


def invocation_log_index(reading: Reading, incident: Json, recorded: Json) -> None:
    """Which invocation logs there are of the incident's days. Their content stays where it is, and is found by ETag."""
    config = pick(recorded, "invocation_logging.loggingConfig", {})
    places = [pick(config, place) for place in BUCKETS if pick(config, place)]
    if not places:
        reading.gap("s3:list_objects_v2", "no baseline says to which bucket invocation logs go")
    reading.content |= {"days": days(incident), "objects": []}
    for place in places:
        for day in reading.content["days"]:
            reading.content["objects"] += _objects(reading, incident, place, day)


def days(incident: Json) -> list[str]:
    """From the day before the first reported call to the incident's, as yyyy/mm/dd; at most the last 31."""
    last = datetime.fromisoformat(incident["opened_at"])
    first = min(last, datetime.fromisoformat(pick(incident, "source.first_seen", incident["opened_at"]))) - LOOK_BACK
    count = min((last.date() - first.date()).days + 1, MOST_DAYS)
    return [f"{last - timedelta(days=back):%Y/%m/%d}" for back in reversed(range(count))]


def _objects(reading: Reading, incident: Json, place: Json, day: str) -> list[Json]:
    """Layout of the keys: Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3"."""
    bucket, logs = place["bucketName"], f"AWSLogs/{incident['account']}/BedrockModelInvocationLogs"
    prefix = "/".join(filter(None, [place.get("keyPrefix", "").strip("/"), logs, incident["region"], day])) + "/"
    found = reading.items("s3", "list_objects_v2", "Contents", Bucket=bucket, Prefix=prefix, most=MOST_OBJECTS)
    names = {"key": "Key", "bytes": "Size", "etag": "ETag", "modified_at": "LastModified"}
    return [{"bucket": bucket, **{name: item[aws] for name, aws in names.items()}} for item in found]
