"""Agents and aliases, made as their owner makes them and waited for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.actions.acting import ACCOUNT

ROLE = f"arn:aws:iam::{ACCOUNT}:role/service-role/AmazonBedrockExecutionRoleForAgents_x"


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "AWS did not get there in 20 s"
        time.sleep(0.02)


def make_agent(agents: Any, name: str, **given: Any) -> str:
    agent_id = agents.create_agent(
        agentName=name,
        foundationModel="anthropic.claude-3-haiku-20240307-v1:0",
        instruction="You answer everything that anybody asks you about anything.",
        agentResourceRoleArn=ROLE,
        tags={"team": "unknown"},
        **given,
    )["agent"]["agentId"]
    wait_until(lambda: agents.get_agent(agentId=agent_id)["agent"]["agentStatus"] == "NOT_PREPARED")
    return agent_id


def prepare(agents: Any, agent_id: str) -> None:
    agents.prepare_agent(agentId=agent_id)
    wait_until(lambda: agents.get_agent(agentId=agent_id)["agent"]["agentStatus"] == "PREPARED")


def make_alias(agents: Any, agent_id: str, name: str) -> str:
    alias_id = agents.create_agent_alias(agentId=agent_id, agentAliasName=name)["agentAlias"]["agentAliasId"]
    at = {"agentId": agent_id, "agentAliasId": alias_id}
    wait_until(lambda: agents.get_agent_alias(**at)["agentAlias"]["agentAliasStatus"] == "PREPARED")
    return alias_id
