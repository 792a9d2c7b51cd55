"""Bedrock agents of one Region. An agent that is not among them, and was made by a suspect, is not recognised."""

from __future__ import annotations

from typing import Any

from lambdas.actions._answers import found, listed
from lambdas.core.action import Permission
from lambdas.core.fields import pick, sha256
from lambdas.core.session import Session

PERMISSIONS = (
    Permission("bedrock:ListAgents"),
    Permission("bedrock:GetAgent", "arn:{partition}:bedrock:{region}:{account}:agent/*"),
)
EVENTS = ("CreateAgent", "UpdateAgent", "DeleteAgent")
KEPT = ("agentName", "agentResourceRoleArn", "foundationModel", "orchestrationType", "agentCollaboration")


def read(session: Session) -> dict[str, Any]:
    """{agents: {agent id: {agentName, agentResourceRoleArn, foundationModel, guardrail, instruction_sha256, ...}}}.

    The instruction itself may be confidential, and its hash shows a change as well.
    """
    client = session.client("bedrock-agent")
    ids = [summary["agentId"] for summary in listed(client, "list_agents", "agentSummaries")]
    answers = [found(client.get_agent, agentId=agent_id) for agent_id in ids]
    return {"agents": {answer["agent"]["agentId"]: _facts(answer["agent"]) for answer in answers if answer}}


def _facts(agent: dict[str, Any]) -> dict[str, Any]:
    instruction = pick(agent, "instruction", "").encode()
    settings = {name: agent[name] for name in KEPT if name in agent}
    return {**settings, "guardrail": agent.get("guardrailConfiguration"), "instruction_sha256": sha256(instruction)}
