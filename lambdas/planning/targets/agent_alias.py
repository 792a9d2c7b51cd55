"""The aliases by which agents that nobody recognises are called, and which take calls or may do so again."""

from __future__ import annotations

from typing import Any

from lambdas.actions.bedrock._agent_export import TEST_ALIAS, aliases
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate, agent

Json = dict[str, Any]

PERMISSIONS = (
    Permission("bedrock:ListAgents", reason="the authorization reference knows no resource for a list"),
    Permission("bedrock:GetAgent", agent.ANY_AGENT, reason="when it was made does not stand in the list"),
    Permission("bedrock:ListAgentAliases", agent.ANY_AGENT, reason="by which names the unrecognised ones are called"),
)


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate for each alias of each unrecognised agent. Raises NotOurs where there is none."""
    agents = session.client("bedrock-agent")
    rogue = agent.unrecognised(agents, agent.all_ids(agents), incident, baseline)
    found = [(one, alias) for one in rogue for alias in aliases(agents, one["agentId"])]
    if not found:
        raise NotOurs(f"The unrecognised agents have no alias but {TEST_ALIAS}, which may take no update.")
    return [Candidate(_target(incident, *pair), _why(pair[0], incident, baseline)) for pair in found]


def _target(incident: Json, one: Json, alias: Json) -> Json:
    return {
        "account": incident["account"],
        "region": incident["region"],
        "agent_id": one["agentId"],
        "agent_name": clean(one["agentName"], 100),
        "alias_id": alias["agentAliasId"],
        "alias_name": clean(alias["agentAliasName"], 100),
    }


def _why(one: Json, incident: Json, baseline: Json) -> str:
    return f"It leads to an agent that nobody recognises. {agent.why(one, incident, baseline)}"
