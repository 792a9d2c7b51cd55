"""Bedrock agents of one Region. An agent that is not among them, and was made by a suspect, is not recognised."""

from __future__ import annotations

from typing import Any

from lambdas.core.action import Permission
from lambdas.core.session import Session

PERMISSIONS = (Permission("bedrock:ListAgents"),)


def read(session: Session) -> dict[str, Any]:
    """{agents: {agent id: {agentName}}}. What changes by itself (status, times) is left out."""
    pages = session.client("bedrock-agent").get_paginator("list_agents").paginate()
    agents = (agent for page in pages for agent in page["agentSummaries"])
    return {"agents": {agent["agentId"]: {"agentName": agent["agentName"]} for agent in agents}}
