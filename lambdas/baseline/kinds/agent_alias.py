"""Aliases of Bedrock agents: by them an agent is called, and which version answers."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import listed
from lambdas.core.action import Permission
from lambdas.core.session import Session

PERMISSIONS = (
    Permission("bedrock:ListAgents"),
    Permission("bedrock:ListAgentAliases", "arn:{partition}:bedrock:{region}:{account}:agent/*"),
)
EVENTS = ("CreateAgentAlias", "UpdateAgentAlias", "DeleteAgentAlias")
KEPT = ("agentAliasName", "routingConfiguration", "aliasInvocationState")


def read(session: Session) -> dict[str, Any]:
    """{aliases: {agent id/alias id: {agentAliasName, routingConfiguration, aliasInvocationState}}}."""
    client = session.client("bedrock-agent")
    ids = [summary["agentId"] for summary in listed(client, "list_agents", "agentSummaries")]
    aliases = ((i, a) for i in ids for a in listed(client, "list_agent_aliases", "agentAliasSummaries", agentId=i))
    return {"aliases": {f"{i}/{alias['agentAliasId']}": _facts(alias) for i, alias in aliases}}


def _facts(alias: dict[str, Any]) -> dict[str, Any]:
    return {name: alias[name] for name in KEPT if name in alias}
