"""Everything that makes up an agent, read in full: for the approver, for a rebuild, and to see drift.

Source of shapes: Agents for Amazon Bedrock API reference (botocore 1.44, bedrock-agent). What vanishes between a list
and its get is left out: it is being deleted.
"""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from lambdas.actions._answers import NOT_FOUND, error_code, found, listed
from lambdas.core.action import Json
from lambdas.core.fields import pick
from lambdas.core.session import Session

TEST_ALIAS = "TSTALIASID"
CHANGING = frozenset(
    {
        "agentStatus",
        "agentAliasStatus",
        "agentAliasHistoryEvents",
        "aliasInvocationState",
        "clientToken",
        "failureReasons",
        "lastUpdatedAt",
        "preparedAt",
        "recommendedActions",
        "updatedAt",
    }
)
"""Fields that change by themselves or through our own refusal of calls; in them there is no drift to see."""


def agent(session: Session, target: Json) -> Json | None:
    answer = found(session.client("bedrock-agent").get_agent, agentId=target["agent_id"])
    return answer["agent"] if answer else None


def take(session: Session, target: Json) -> Json:
    """The export; {exists: False} where the agent is gone."""
    whole = agent(session, target)
    if whole is None:
        return {"exists": False}
    agents, agent_id = session.client("bedrock-agent"), target["agent_id"]
    numbered = [v["agentVersion"] for v in numbered_versions(agents, agent_id)]
    state: Json = {
        "exists": True,
        "agent": whole,
        "aliases": _full_aliases(agents, agent_id),
        "versions": {version: _version(agents, agent_id, version) for version in ["DRAFT", *numbered]},
        "tags": _tags(agents, whole["agentArn"]),
        "supervisors": _links_from_supervisors(agents, target),
    }
    return {**state, "survivors": _survivors(session, state)}


def aliases(agents: Any, agent_id: str) -> list[Json]:
    """Summaries of all aliases but the built-in one, which cannot be deleted alone."""
    all_of_them = listed(agents, "list_agent_aliases", "agentAliasSummaries", agentId=agent_id)
    return [alias for alias in all_of_them if alias["agentAliasId"] != TEST_ALIAS]


def numbered_versions(agents: Any, agent_id: str) -> list[Json]:
    """Summaries of the immutable versions; DRAFT is the agent itself."""
    versions = listed(agents, "list_agent_versions", "agentVersionSummaries", agentId=agent_id)
    return [version for version in versions if version["agentVersion"] != "DRAFT"]


def parts(state: Json) -> dict[str, Json]:
    """The export by the name of each part, without what changes by itself."""
    if not state["exists"]:
        return {}
    named = {"agent": state["agent"]}
    named |= {f"alias {a['agentAliasId']}": a for a in state["aliases"]}
    named |= {f"supervisor {link['agentId']}": link for link in state["supervisors"]}
    for version, content in state["versions"].items():
        named |= _version_parts(f"version {version}", content)
    return {name: _steady(part) for name, part in named.items()}


def _version_parts(name: str, content: Json) -> dict[str, Json]:
    return {
        **({name: content["agent"]} if content["agent"] else {}),
        **{f"{name}, action group {g['actionGroupId']}": g for g in content["action_groups"]},
        **{f"{name}, knowledge base {k['knowledgeBaseId']}": k for k in content["knowledge_bases"]},
        **{f"{name}, collaborator {c['collaboratorId']}": c for c in content["collaborators"]},
    }


def _steady(part: Json) -> Json:
    return {name: value for name, value in part.items() if name not in CHANGING}


def _full_aliases(agents: Any, agent_id: str) -> list[Json]:
    answers = [
        found(agents.get_agent_alias, agentId=agent_id, agentAliasId=alias["agentAliasId"])
        for alias in aliases(agents, agent_id)
    ]
    return [answer["agentAlias"] for answer in answers if answer]


def _version(agents: Any, agent_id: str, version: str) -> Json:
    at: Json = {"agentId": agent_id, "agentVersion": version}
    # DRAFT is no version to GetAgentVersion: it is what GetAgent answers.
    answer = None if version == "DRAFT" else found(agents.get_agent_version, **at)
    return {
        "agent": answer["agentVersion"] if answer else {},
        "action_groups": _action_groups(agents, at),
        "knowledge_bases": listed(agents, "list_agent_knowledge_bases", "agentKnowledgeBaseSummaries", **at),
        "collaborators": _collaborators(agents, at),
    }


def _action_groups(agents: Any, at: Json) -> list[Json]:
    """In full: the lists hold neither executor nor schema."""
    answers = [
        found(agents.get_agent_action_group, actionGroupId=group["actionGroupId"], **at)
        for group in listed(agents, "list_agent_action_groups", "actionGroupSummaries", **at)
    ]
    return [answer["agentActionGroup"] for answer in answers if answer]


def _collaborators(agents: Any, at: Json) -> list[Json]:
    return listed(agents, "list_agent_collaborators", "agentCollaboratorSummaries", **at)


def _tags(agents: Any, arn: str) -> Json:
    """None while the agent is being deleted: they go at once."""
    tags: Json = pick(found(agents.list_tags_for_resource, resourceArn=arn), "tags", {})
    return tags


def _links_from_supervisors(agents: Any, target: Json) -> list[Json]:
    """Where other agents name an alias of this one as collaborator, in their drafts."""
    return [
        link
        for supervisor in target["supervisors"]
        for link in _collaborators(agents, {"agentId": supervisor, "agentVersion": "DRAFT"})
        if names_agent(link, target["agent_id"])
    ]


def names_agent(link: Json, agent_id: str) -> bool:
    return f":agent-alias/{agent_id}/" in pick(link, "agentDescriptor.aliasArn", "")


def _survivors(session: Session, state: Json) -> Json:
    """What the deletion leaves behind, for a decision of its own."""
    versions = state["versions"].values()
    links = [link["knowledgeBaseId"] for version in versions for link in version["knowledge_bases"]]
    return {
        "role": pick(state, "agent.agentResourceRoleArn"),
        "knowledge_bases": sorted(set(links)),
        "functions": {arn: _function_policy(session, arn) for arn in sorted(_functions(state))},
    }


def _functions(state: Json) -> set[str]:
    """ARNs of every Lambda function that the agent called, in any version."""
    owners = [state["agent"], *(version["agent"] for version in state["versions"].values())]
    arns = {pick(owner, "customOrchestration.executor.lambda") for owner in owners}
    arns |= {pick(owner, "promptOverrideConfiguration.overrideLambda") for owner in owners}
    groups = [group for version in state["versions"].values() for group in version["action_groups"]]
    arns |= {pick(group, "actionGroupExecutor.lambda") for group in groups}
    return {arn for arn in arns if arn}


def _function_policy(session: Session, arn: str) -> str | None:
    """Who may call the function: its resource policy as JSON text, None where it has none or is not ours to read."""
    try:
        policy: str = session.client("lambda").get_policy(FunctionName=arn)["Policy"]
    except ClientError as error:
        # A function of another account answers AccessDenied. It is information only and must not stop the response.
        if error_code(error) not in (*NOT_FOUND, "AccessDeniedException"):
            raise
        return None
    return policy
