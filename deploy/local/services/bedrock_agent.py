"""Amazon Bedrock Agents: agents, aliases, versions, and what is linked to a version. moto has little more than agents.

States change a moment after the call, as in AWS. What the service's model does not say is taken from the Bedrock User
Guide ("Deploy and use an agent", "Delete an agent") and from recorded answers: the DRAFT version, the test alias
TSTALIASID that every agent has, versions made by making an alias, deletions refused while something is in use.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy.local.model_service import ApiError, Call, extend
from deploy.local.services.later import becomes, settled
from deploy.local.services.paging import page

Json = dict[str, Any]
TEST_ALIAS = "TSTALIASID"
DRAFT = "DRAFT"


def install() -> None:
    extend("bedrock-agent", HANDLERS)


def _missing(kind: str, name: str) -> ApiError:
    return ApiError(
        "ResourceNotFoundException",
        f"Failed to retrieve {kind} {name} because it doesn't exist. "
        "Retry the request with a different resource identifier.",
    )


def _found(call: Call, kind: str, key: Any, name: str) -> Json:
    item = settled(call.state[kind]).get(key)
    if item is None:
        raise _missing(kind.rstrip("s"), name)
    return item


def _agent(call: Call, params: Json) -> Json:
    agent_id = params["agentId"]
    item = settled(call.state["agents"]).get(agent_id)
    if item is None:
        raise _missing("Agent", f"with ID: {agent_id} and Version: {DRAFT}")
    return item


def _touch(call: Call, item: Json) -> None:
    item["updatedAt"] = call.now


def _given(call: Call, params: Json, *left_out: str) -> Json:
    """The parameters that become members of the item."""
    return {name: value for name, value in params.items() if name not in left_out}


def _keep_tags(call: Call, arn: str, params: Json) -> None:
    call.state["tags"][arn] = dict(params.get("tags") or {})


# Agents


def create_agent(call: Call, params: Json) -> Json:
    if any(a["agentName"] == params["agentName"] for a in settled(call.state["agents"]).values()):
        raise ApiError("ConflictException", f"An agent with the name {params['agentName']} already exists.")
    agent_id = call.new_id()
    item = {
        "idleSessionTTLInSeconds": 600,
        "orchestrationType": "DEFAULT",
        "agentCollaboration": "DISABLED",
        **_given(call, params, "tags"),
        "agentId": agent_id,
        "agentArn": call.arn(f"agent/{agent_id}"),
        "agentVersion": DRAFT,
        "createdAt": call.now,
        "updatedAt": call.now,
    }
    item.setdefault("agentResourceRoleArn", _default_role(call))
    becomes(item, "agentStatus", "CREATING", "NOT_PREPARED")
    call.state["agents"][agent_id] = item
    _add_alias(call, agent_id, TEST_ALIAS, {"agentAliasName": "AgentTestAlias"}, DRAFT)
    _keep_tags(call, item["agentArn"], params)
    return {"agent": call.fit(item, "agent")}


def _default_role(call: Call) -> str:
    return f"arn:aws:iam::{call.account}:role/service-role/AmazonBedrockExecutionRoleForAgents"


def get_agent(call: Call, params: Json) -> Json:
    return {"agent": call.fit(_agent(call, params), "agent")}


def list_agents(call: Call, params: Json) -> Json:
    items = [_agent_summary(call, a) for a in settled(call.state["agents"]).values()]
    return page(items, params, "agentSummaries", most=1000)


def _agent_summary(call: Call, agent: Json) -> Json:
    versions = _versions(call, agent["agentId"])
    latest = {"latestAgentVersion": versions[-1]["version"]} if versions else {}
    return call.fit({**agent, **latest}, "agentSummaries")


def update_agent(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    agent.update(_given(call, params))
    _touch(call, agent)
    becomes(agent, "agentStatus", "UPDATING", "NOT_PREPARED")
    return {"agent": call.fit(agent, "agent")}


def prepare_agent(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    _refuse_unready(agent)
    agent["preparedAt"] = call.now
    becomes(agent, "agentStatus", "PREPARING", "PREPARED")
    return call.fit(agent)


def _refuse_unready(agent: Json) -> None:
    if agent["agentStatus"] not in ("NOT_PREPARED", "PREPARED", "FAILED"):
        raise ApiError("ConflictException", f"Agent {agent['agentId']} is in state {agent['agentStatus']}.")
    if not agent.get("foundationModel") or not agent.get("instruction"):
        raise ApiError("ValidationException", "An agent needs a foundation model and an instruction to be prepared.")


def delete_agent(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    aliases = [a for a in _aliases(call, agent["agentId"]) if a["agentAliasId"] != TEST_ALIAS]
    if aliases and not params.get("skipResourceInUseCheck"):
        names = ", ".join(a["agentAliasId"] for a in aliases)
        raise ApiError("ConflictException", f"Agent {agent['agentId']} is in use by agent aliases: {names}.")
    becomes(agent, "agentStatus", "DELETING", None)
    for kind in ("aliases", "versions", "action_groups", "linked_bases", "collaborators"):
        for key in [k for k in call.state[kind] if k[0] == agent["agentId"]]:
            del call.state[kind][key]
    call.state["tags"].pop(agent["agentArn"], None)
    return {"agentId": agent["agentId"], "agentStatus": "DELETING"}


# Aliases


def _aliases(call: Call, agent_id: str) -> list[Json]:
    return [a for key, a in settled(call.state["aliases"]).items() if key[0] == agent_id]


def _add_alias(call: Call, agent_id: str, alias_id: str, params: Json, version: str) -> Json:
    routing = params.get("routingConfiguration") or [{"agentVersion": version}]
    item = {
        **_given(call, params, "tags"),
        "agentId": agent_id,
        "agentAliasId": alias_id,
        "agentAliasArn": call.arn(f"agent-alias/{agent_id}/{alias_id}"),
        "routingConfiguration": routing,
        "aliasInvocationState": "ACCEPT_INVOCATIONS",
        "agentAliasHistoryEvents": [{"routingConfiguration": routing, "startDate": call.now}],
        "createdAt": call.now,
        "updatedAt": call.now,
    }
    becomes(item, "agentAliasStatus", "CREATING", "PREPARED")
    call.state["aliases"][agent_id, alias_id] = item
    return item


def create_agent_alias(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    _refuse_unknown_versions(call, params)
    if any(a["agentAliasName"] == params["agentAliasName"] for a in _aliases(call, agent["agentId"])):
        raise ApiError("ConflictException", f"An alias with the name {params['agentAliasName']} already exists.")
    version = "" if params.get("routingConfiguration") else _new_version(call, agent)
    item = _add_alias(call, agent["agentId"], call.new_id(), params, version)
    _keep_tags(call, item["agentAliasArn"], params)
    return {"agentAlias": call.fit(item, "agentAlias")}


def _refuse_unknown_versions(call: Call, params: Json) -> None:
    known = {DRAFT, *(v["version"] for v in _versions(call, params["agentId"]))}
    for route in params.get("routingConfiguration") or ():
        if route.get("agentVersion", DRAFT) not in known:
            raise ApiError("ValidationException", f"Agent version {route['agentVersion']} does not exist.")


def get_agent_alias(call: Call, params: Json) -> Json:
    return {"agentAlias": call.fit(_alias(call, params), "agentAlias")}


def _alias(call: Call, params: Json) -> Json:
    key = params["agentId"], params["agentAliasId"]
    return _found(call, "aliases", key, f"with ID: {key[1]} of Agent: {key[0]}")


def list_agent_aliases(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    items = [call.fit(a, "agentAliasSummaries") for a in _aliases(call, agent["agentId"])]
    return page(items, params, "agentAliasSummaries", most=1000)


def update_agent_alias(call: Call, params: Json) -> Json:
    """What the call leaves out stays as it was; a new route is added to the alias's history."""
    alias = _alias(call, params)
    _refuse_unknown_versions(call, params)
    if "routingConfiguration" in params:
        alias["agentAliasHistoryEvents"][-1]["endDate"] = call.now
        alias["agentAliasHistoryEvents"].append(
            {"routingConfiguration": params["routingConfiguration"], "startDate": call.now}
        )
    alias.update(_given(call, params))
    _touch(call, alias)
    becomes(alias, "agentAliasStatus", "UPDATING", "PREPARED")
    return {"agentAlias": call.fit(alias, "agentAlias")}


def delete_agent_alias(call: Call, params: Json) -> Json:
    alias = _alias(call, params)
    if alias["agentAliasId"] == TEST_ALIAS:
        raise ApiError("ValidationException", f"The test alias {TEST_ALIAS} cannot be deleted.")
    becomes(alias, "agentAliasStatus", "DELETING", None)
    return call.fit(alias)


# Versions


def _versions(call: Call, agent_id: str) -> list[Json]:
    items = [v for key, v in settled(call.state["versions"]).items() if key[0] == agent_id]
    return sorted(items, key=lambda v: int(v["version"]))


def _new_version(call: Call, agent: Json) -> str:
    """The next number, with the draft's settings and links as they are now."""
    if agent["agentStatus"] != "PREPARED":
        raise ApiError(
            "ValidationException",
            f"Agent {agent['agentId']} is in state {agent['agentStatus']}: only a prepared agent can be versioned.",
        )
    agent_id = agent["agentId"]
    number = str(call.state["counters"].get(agent_id, 0) + 1)  # type: ignore[operator]
    call.state["counters"][agent_id] = int(number)  # type: ignore[assignment]
    call.state["versions"][agent_id, number] = {
        **agent,
        "version": number,
        "createdAt": call.now,
        "updatedAt": call.now,
    }
    for kind in ("action_groups", "linked_bases", "collaborators"):
        for key in [k for k in call.state[kind] if k[:2] == (agent_id, DRAFT)]:
            copied = {**call.state[kind][key], "agentVersion": number}
            call.state[kind][agent_id, number, key[2]] = copied
    return number


def get_agent_version(call: Call, params: Json) -> Json:
    return {"agentVersion": call.fit(_version(call, params), "agentVersion")}


def _version(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    if params["agentVersion"] == DRAFT:
        return {**agent, "version": DRAFT}
    key = agent["agentId"], params["agentVersion"]
    return _found(call, "versions", key, f"{key[1]} of Agent: {key[0]}")


def list_agent_versions(call: Call, params: Json) -> Json:
    agent = _agent(call, params)
    items = [{**agent, "version": DRAFT}, *_versions(call, agent["agentId"])]
    summaries = [call.fit({**v, "agentVersion": v["version"]}, "agentVersionSummaries") for v in items]
    return page(summaries, params, "agentVersionSummaries", most=1000)


def delete_agent_version(call: Call, params: Json) -> Json:
    version = _version(call, params)
    used = [a["agentAliasId"] for a in _aliases(call, params["agentId"]) if version["version"] in _routes(a)]
    if used and not params.get("skipResourceInUseCheck"):
        raise ApiError(
            "ConflictException", f"Agent version {version['version']} is in use by aliases: {', '.join(used)}."
        )
    becomes(version, "agentStatus", "DELETING", None)
    return {"agentId": params["agentId"], "agentVersion": version["version"], "agentStatus": "DELETING"}


def _routes(alias: Json) -> set[str]:
    return {route.get("agentVersion", "") for route in alias["routingConfiguration"]}


# What is linked to a version: action groups, knowledge bases, collaborators


def _linked(call: Call, kind: str, params: Json) -> Iterator[Json]:
    _version(call, params)
    version = params["agentId"], params["agentVersion"]
    return (item for key, item in settled(call.state[kind]).items() if key[:2] == version)


def _link(call: Call, kind: str, params: Json, name: str) -> Json:
    _version(call, params)
    return _found(call, kind, (params["agentId"], params["agentVersion"], params[name]), str(params[name]))


def _unlink(call: Call, kind: str, params: Json, name: str) -> None:
    item = _link(call, kind, params, name)
    del call.state[kind][item["agentId"], item["agentVersion"], params[name]]
    _unprepare(call, params)


def _unprepare(call: Call, params: Json) -> None:
    """A changed draft has to be prepared again."""
    agent = _agent(call, params)
    if agent["agentStatus"] == "PREPARED":
        agent["agentStatus"] = "NOT_PREPARED"


def create_agent_action_group(call: Call, params: Json) -> Json:
    if any(g["actionGroupName"] == params["actionGroupName"] for g in _linked(call, "action_groups", params)):
        raise ApiError("ConflictException", f"An action group named {params['actionGroupName']} already exists.")
    group_id = call.new_id()
    signature = params.get("parentActionGroupSignature")
    item = {
        "actionGroupState": "ENABLED",
        **_given(call, params, "parentActionGroupSignature"),
        **({"parentActionSignature": signature} if signature else {}),
        "actionGroupId": group_id,
        "createdAt": call.now,
        "updatedAt": call.now,
    }
    call.state["action_groups"][params["agentId"], params["agentVersion"], group_id] = item
    _unprepare(call, params)
    return {"agentActionGroup": call.fit(item, "agentActionGroup")}


def get_agent_action_group(call: Call, params: Json) -> Json:
    return {"agentActionGroup": call.fit(_link(call, "action_groups", params, "actionGroupId"), "agentActionGroup")}


def list_agent_action_groups(call: Call, params: Json) -> Json:
    items = [call.fit(g, "actionGroupSummaries") for g in _linked(call, "action_groups", params)]
    return page(items, params, "actionGroupSummaries", most=1000)


def update_agent_action_group(call: Call, params: Json) -> Json:
    item = _link(call, "action_groups", params, "actionGroupId")
    item.update(_given(call, params, "parentActionGroupSignature"))
    _touch(call, item)
    _unprepare(call, params)
    return {"agentActionGroup": call.fit(item, "agentActionGroup")}


def delete_agent_action_group(call: Call, params: Json) -> Json:
    group = _link(call, "action_groups", params, "actionGroupId")
    if group["actionGroupState"] == "ENABLED" and not params.get("skipResourceInUseCheck"):
        raise ApiError("ConflictException", f"Action group {group['actionGroupId']} is enabled; disable it first.")
    _unlink(call, "action_groups", params, "actionGroupId")
    return {}


def associate_agent_knowledge_base(call: Call, params: Json) -> Json:
    _version(call, params)
    base = _found(call, "knowledge_bases", params["knowledgeBaseId"], params["knowledgeBaseId"])
    item = {"knowledgeBaseState": "ENABLED", **_given(call, params), "createdAt": call.now, "updatedAt": call.now}
    key = params["agentId"], params["agentVersion"], base["knowledgeBaseId"]
    if key in call.state["linked_bases"]:
        raise ApiError("ConflictException", f"Knowledge base {key[2]} is already associated with the agent.")
    call.state["linked_bases"][key] = item
    _unprepare(call, params)
    return {"agentKnowledgeBase": call.fit(item, "agentKnowledgeBase")}


def get_agent_knowledge_base(call: Call, params: Json) -> Json:
    item = _link(call, "linked_bases", params, "knowledgeBaseId")
    return {"agentKnowledgeBase": call.fit(item, "agentKnowledgeBase")}


def list_agent_knowledge_bases(call: Call, params: Json) -> Json:
    items = [call.fit(b, "agentKnowledgeBaseSummaries") for b in _linked(call, "linked_bases", params)]
    return page(items, params, "agentKnowledgeBaseSummaries", most=1000)


def update_agent_knowledge_base(call: Call, params: Json) -> Json:
    item = _link(call, "linked_bases", params, "knowledgeBaseId")
    item.update(_given(call, params))
    _touch(call, item)
    _unprepare(call, params)
    return {"agentKnowledgeBase": call.fit(item, "agentKnowledgeBase")}


def disassociate_agent_knowledge_base(call: Call, params: Json) -> Json:
    _unlink(call, "linked_bases", params, "knowledgeBaseId")
    return {}


def associate_agent_collaborator(call: Call, params: Json) -> Json:
    _version(call, params)
    collaborator_id = call.new_id()
    item = {
        "relayConversationHistory": "DISABLED",
        **_given(call, params),
        "collaboratorId": collaborator_id,
        "createdAt": call.now,
        "lastUpdatedAt": call.now,
    }
    call.state["collaborators"][params["agentId"], params["agentVersion"], collaborator_id] = item
    return {"agentCollaborator": call.fit(item, "agentCollaborator")}


def get_agent_collaborator(call: Call, params: Json) -> Json:
    item = _link(call, "collaborators", params, "collaboratorId")
    return {"agentCollaborator": call.fit(item, "agentCollaborator")}


def list_agent_collaborators(call: Call, params: Json) -> Json:
    items = [call.fit(c, "agentCollaboratorSummaries") for c in _linked(call, "collaborators", params)]
    return page(items, params, "agentCollaboratorSummaries", most=1000)


def disassociate_agent_collaborator(call: Call, params: Json) -> Json:
    _unlink(call, "collaborators", params, "collaboratorId")
    return {}


# Knowledge bases


def create_knowledge_base(call: Call, params: Json) -> Json:
    if any(b["name"] == params["name"] for b in settled(call.state["knowledge_bases"]).values()):
        raise ApiError("ConflictException", f"A knowledge base named {params['name']} already exists.")
    base_id = call.new_id()
    item = {
        **_given(call, params, "tags", "clientToken"),
        "knowledgeBaseId": base_id,
        "knowledgeBaseArn": call.arn(f"knowledge-base/{base_id}"),
        "createdAt": call.now,
        "updatedAt": call.now,
    }
    becomes(item, "status", "CREATING", "ACTIVE")
    call.state["knowledge_bases"][base_id] = item
    _keep_tags(call, item["knowledgeBaseArn"], params)
    return {"knowledgeBase": call.fit(item, "knowledgeBase")}


def _base(call: Call, params: Json) -> Json:
    base_id = params["knowledgeBaseId"]
    item = settled(call.state["knowledge_bases"]).get(base_id)
    if item is None:
        raise _missing("Knowledge Base", f"with ID: {base_id}")
    return item


def get_knowledge_base(call: Call, params: Json) -> Json:
    return {"knowledgeBase": call.fit(_base(call, params), "knowledgeBase")}


def list_knowledge_bases(call: Call, params: Json) -> Json:
    items = [call.fit(b, "knowledgeBaseSummaries") for b in settled(call.state["knowledge_bases"]).values()]
    return page(items, params, "knowledgeBaseSummaries", most=1000)


def update_knowledge_base(call: Call, params: Json) -> Json:
    base = _base(call, params)
    base.update(_given(call, params))
    _touch(call, base)
    becomes(base, "status", "UPDATING", "ACTIVE")
    return {"knowledgeBase": call.fit(base, "knowledgeBase")}


def delete_knowledge_base(call: Call, params: Json) -> Json:
    base = _base(call, params)
    becomes(base, "status", "DELETING", None)
    return {"knowledgeBaseId": base["knowledgeBaseId"], "status": "DELETING"}


def list_data_sources(call: Call, params: Json) -> Json:
    _base(call, params)
    return {"dataSourceSummaries": []}


# Tags


def _tags(call: Call, params: Json) -> dict[str, str]:
    tags: dict[str, str] | None = call.state["tags"].get(params["resourceArn"])
    if tags is None:
        raise _missing("resource", params["resourceArn"])
    return tags


def list_tags_for_resource(call: Call, params: Json) -> Json:
    return {"tags": _tags(call, params)}


def tag_resource(call: Call, params: Json) -> None:
    _tags(call, params).update(params["tags"])


def untag_resource(call: Call, params: Json) -> None:
    tags = _tags(call, params)
    for key in params["tagKeys"]:
        tags.pop(key, None)


HANDLERS = {
    "CreateAgent": create_agent,
    "GetAgent": get_agent,
    "ListAgents": list_agents,
    "UpdateAgent": update_agent,
    "PrepareAgent": prepare_agent,
    "DeleteAgent": delete_agent,
    "CreateAgentAlias": create_agent_alias,
    "GetAgentAlias": get_agent_alias,
    "ListAgentAliases": list_agent_aliases,
    "UpdateAgentAlias": update_agent_alias,
    "DeleteAgentAlias": delete_agent_alias,
    "GetAgentVersion": get_agent_version,
    "ListAgentVersions": list_agent_versions,
    "DeleteAgentVersion": delete_agent_version,
    "CreateAgentActionGroup": create_agent_action_group,
    "GetAgentActionGroup": get_agent_action_group,
    "ListAgentActionGroups": list_agent_action_groups,
    "UpdateAgentActionGroup": update_agent_action_group,
    "DeleteAgentActionGroup": delete_agent_action_group,
    "AssociateAgentKnowledgeBase": associate_agent_knowledge_base,
    "GetAgentKnowledgeBase": get_agent_knowledge_base,
    "ListAgentKnowledgeBases": list_agent_knowledge_bases,
    "UpdateAgentKnowledgeBase": update_agent_knowledge_base,
    "DisassociateAgentKnowledgeBase": disassociate_agent_knowledge_base,
    "AssociateAgentCollaborator": associate_agent_collaborator,
    "GetAgentCollaborator": get_agent_collaborator,
    "ListAgentCollaborators": list_agent_collaborators,
    "DisassociateAgentCollaborator": disassociate_agent_collaborator,
    "CreateKnowledgeBase": create_knowledge_base,
    "GetKnowledgeBase": get_knowledge_base,
    "ListKnowledgeBases": list_knowledge_bases,
    "UpdateKnowledgeBase": update_knowledge_base,
    "DeleteKnowledgeBase": delete_knowledge_base,
    "ListDataSources": list_data_sources,
    "ListTagsForResource": list_tags_for_resource,
    "TagResource": tag_resource,
    "UntagResource": untag_resource,
}
