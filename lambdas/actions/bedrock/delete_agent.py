"""Delete an agent with its aliases and versions, after a full export of it.

Facts of AWS, and where they stand:
* Deletion is accepted at once and finishes later: statuses DELETING, then ResourceNotFoundException (Agents for Amazon
  Bedrock API reference, DeleteAgent, DeleteAgentAlias, DeleteAgentVersion). So `perform` goes phase by phase, raises
  Unsettled while a phase is under way, and when called again goes on with what is still there.
* An agent in use answers ConflictException unless skipResourceInUseCheck is given. Here aliases and versions go first,
  so that the check stays on and finds what nobody expected.
* Deletion cannot be undone. An agent built again has another id and ARN, and since 2026-07-30 CreateAgent is closed to
  accounts that used no agents in the twelve months before.
* The Lambda functions that it called, their resource policies, its role and its knowledge bases survive. `survivors` in
  the state names them, because each can have been the attacker's too.
* The built-in alias TSTALIASID cannot be deleted alone and goes with the agent.
"""

from __future__ import annotations

from typing import Any

from lambdas.actions._fields import ACCOUNT, REGION, names
from lambdas.actions.bedrock import _agent_export as export
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import NotAchieved, StateDrifted, Unsettled
from lambdas.core.session import Session

PLACE = "arn:{partition}:bedrock:{region}:{account}"
AGENT = PLACE + ":agent/{agent_id}"
ALIASES = PLACE + ":agent-alias/{agent_id}/*"
SUPERVISORS = PLACE + ":agent/{supervisors}"
UNNAMED_KB = "the authorization reference demands it, and which they are is known only from the agent itself"

GET_AGENT = Permission("bedrock:GetAgent", AGENT)
READ = (
    GET_AGENT,
    Permission("bedrock:ListAgentAliases", AGENT),
    Permission("bedrock:GetAgentAlias", ALIASES),
    Permission("bedrock:ListAgentVersions", AGENT),
    Permission("bedrock:GetAgentVersion", AGENT),
    Permission("bedrock:ListAgentActionGroups", AGENT),
    Permission("bedrock:GetAgentActionGroup", AGENT),
    Permission("bedrock:ListAgentKnowledgeBases", AGENT),
    Permission("bedrock:ListAgentCollaborators", AGENT),
    Permission("bedrock:ListAgentCollaborators", SUPERVISORS, reason="agents that have this one as collaborator"),
    Permission("bedrock:ListTagsForResource", AGENT),
    Permission(
        "lambda:GetPolicy",
        "arn:{partition}:lambda:{region}:{account}:function:*",
        reason="who may call the functions that it called; which they are is known only from the agent itself",
    ),
)

ACTION = Action(
    title="Delete rogue agent",
    catalogue="bedrock.agent.delete",
    stage="eradication",
    machine="eradicate_bedrock",
    power="eradicate",
    approval="two",
    reversibility="none",
    target=Target(
        kind="agent",
        fields={
            "account": ACCOUNT,
            "region": REGION,
            "agent_id": {"type": "string", "pattern": "^[0-9A-Z]{10}$", "description": "id of the agent"},
            "agent_name": {"type": "string", "maxLength": 100, "description": "its name, given by who made it"},
            "supervisors": names("ids of the agents that have it as collaborator", "^[0-9A-Z]{10}$"),
        },
        label="agent {agent_name} ({agent_id}) in {region}",
        arn=AGENT,
    ),
    impact="All that calls this agent fails for good, and agents that have it as collaborator lose it.",
    way_back=(
        "None: AWS cannot restore a deleted agent. The plan keeps a full export, from which it can be built again with "
        "another id and ARN, if AWS still lets this account create agents."
    ),
    permissions={
        "read": READ,
        "perform": (
            *READ,
            Permission("bedrock:UpdateAgentAlias", ALIASES, reason="it takes no calls while its deletion is under way"),
            Permission("bedrock:DisassociateAgentCollaborator", SUPERVISORS),
            Permission("bedrock:DeleteAgentAlias", ALIASES),
            Permission("bedrock:DeleteAgentVersion", AGENT),
            Permission("bedrock:DisassociateAgentKnowledgeBase", AGENT),
            Permission("bedrock:DisassociateAgentKnowledgeBase", PLACE + ":knowledge-base/*", reason=UNNAMED_KB),
            Permission("bedrock:DeleteAgentActionGroup", AGENT),
            Permission("bedrock:DeleteAgent", AGENT),
        ),
        "settled": (GET_AGENT,),
    },
)


def read(session: Session, target: Json) -> Json:
    """{exists, agent, aliases, versions, tags, supervisors, survivors}: all that a rebuild needs.

    `versions` holds by version (`DRAFT`, `1`, ...) the agent as of then, its action groups with their schemas, its
    knowledge base links and its collaborators.
    """
    return export.take(session, target)


def achieved(target: Json, state: Json) -> bool:
    return not state["exists"]


def perform(session: Session, target: Json, before: Json) -> None:
    """Delete the agent, phase by phase. Raises Unsettled while one is under way, StateDrifted where there is anything
    that the approved export does not hold.
    """
    now = read(session, target)
    if not now["exists"] or now["agent"]["agentStatus"] == "DELETING":
        return
    _require_exported(now, before)
    agents = session.client("bedrock-agent")
    _refuse_calls(agents, now)
    _leave_supervisors(agents, now)
    _delete_aliases(agents, target["agent_id"])
    _delete_versions(agents, target["agent_id"])
    _empty_draft(agents, target["agent_id"], now["versions"]["DRAFT"])
    agents.delete_agent(agentId=target["agent_id"], skipResourceInUseCheck=False)


def settled(session: Session, target: Json) -> bool:
    """Has the deletion finished? Raises NotAchieved where AWS says that it failed."""
    agent = export.agent(session, target)
    if agent and agent["agentStatus"] == "FAILED":
        raise NotAchieved(f"Bedrock could not delete the agent: {' '.join(agent.get('failureReasons', []))}")
    return agent is None


def _require_exported(now: Json, before: Json) -> None:
    """Missing parts are our own progress; a part that is new or other than approved would be lost without a trace."""
    approved = export.parts(before)
    other = sorted(name for name, part in export.parts(now).items() if approved.get(name) != part)
    if other:
        raise StateDrifted(f"The agent is not the one that was approved any more: {', '.join(other)}.")


def _refuse_calls(agents: Any, now: Json) -> None:
    """Cut off callers first: deleting takes a while. The API overwrites every field that it is not given."""
    accepting = [
        alias
        for alias in now["aliases"]
        if alias["agentAliasStatus"] == "PREPARED" and alias.get("aliasInvocationState") != "REJECT_INVOCATIONS"
    ]
    for alias in accepting:
        kept = {name: alias[name] for name in ("description", "routingConfiguration") if name in alias}
        agents.update_agent_alias(
            agentId=alias["agentId"],
            agentAliasId=alias["agentAliasId"],
            agentAliasName=alias["agentAliasName"],
            aliasInvocationState="REJECT_INVOCATIONS",
            **kept,
        )


def _leave_supervisors(agents: Any, now: Json) -> None:
    for link in now["supervisors"]:
        agents.disassociate_agent_collaborator(
            agentId=link["agentId"], agentVersion="DRAFT", collaboratorId=link["collaboratorId"]
        )


def _delete_aliases(agents: Any, agent_id: str) -> None:
    # An alias that is UPDATING (our own refusal of calls) cannot be deleted yet.
    for alias in export.aliases(agents, agent_id):
        if alias["agentAliasStatus"] not in ("DELETING", "UPDATING", "CREATING"):
            agents.delete_agent_alias(agentId=agent_id, agentAliasId=alias["agentAliasId"])
    left = [alias["agentAliasId"] for alias in export.aliases(agents, agent_id)]
    if left:
        raise Unsettled(f"{len(left)} aliases of agent {agent_id} are still being deleted.")


def _delete_versions(agents: Any, agent_id: str) -> None:
    for version in export.numbered_versions(agents, agent_id):
        if version["agentStatus"] != "DELETING":
            agents.delete_agent_version(
                agentId=agent_id, agentVersion=version["agentVersion"], skipResourceInUseCheck=False
            )
    left = export.numbered_versions(agents, agent_id)
    if left:
        raise Unsettled(f"{len(left)} versions of agent {agent_id} are still being deleted.")


def _empty_draft(agents: Any, agent_id: str, draft: Json) -> None:
    for link in draft["knowledge_bases"]:
        agents.disassociate_agent_knowledge_base(
            agentId=agent_id, agentVersion="DRAFT", knowledgeBaseId=link["knowledgeBaseId"]
        )
    for group in draft["action_groups"]:
        # An enabled action group counts as in use; the approval was for the agent as a whole.
        agents.delete_agent_action_group(
            agentId=agent_id, agentVersion="DRAFT", actionGroupId=group["actionGroupId"], skipResourceInUseCheck=True
        )
