"""Agents that nobody recognises: not in the signed baseline, and made since the first suspicious call."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lambdas.actions._answers import found, listed
from lambdas.actions.bedrock._agent_export import names_agent
from lambdas.core.action import Permission
from lambdas.core.errors import NotOurs
from lambdas.core.fields import clean, pick
from lambdas.core.session import Session
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

ANY_AGENT = "arn:{partition}:bedrock:{region}:{account}:agent/*"
PERMISSIONS = (
    Permission("bedrock:ListAgents", reason="the authorization reference knows no resource for a list"),
    Permission("bedrock:GetAgent", ANY_AGENT, reason="when it was made does not stand in the list"),
    Permission("bedrock:ListAgentCollaborators", ANY_AGENT, reason="which agents have the unrecognised one to help"),
)
LOOK_BACK = timedelta(days=1)
"""Before a report that names no first call: who reports by hand has mostly seen it go on for a while."""


def find(session: Session, incident: Json, baseline: Json) -> list[Candidate]:
    """One candidate for each unrecognised agent. Raises NotOurs where there is none."""
    agents = session.client("bedrock-agent")
    ids = all_ids(agents)
    new = unrecognised(agents, ids, incident, baseline)
    supervisors = _supervisors(agents, ids)
    return [Candidate(_target(incident, agent, supervisors), why(agent, incident, baseline)) for agent in new]


def all_ids(agents: Any) -> list[str]:
    return [summary["agentId"] for summary in listed(agents, "list_agents", "agentSummaries")]


def unrecognised(agents: Any, ids: list[str], incident: Json, baseline: Json) -> list[Json]:
    """Those of the agents, in full, that the baseline does not know and that are new. Raises NotOurs if none is."""
    known, since = pick(baseline, "agent.agents", {}), _first_call(incident)
    answers = [found(agents.get_agent, agentId=agent_id) for agent_id in ids if agent_id not in known]
    new = [answer["agent"] for answer in answers if answer and _time(answer["agent"]["createdAt"]) >= since]
    if not new:
        raise NotOurs(f"No agent outside the baseline was made since {since:%Y-%m-%d %H:%M} UTC.")
    return new


def _supervisors(agents: Any, ids: list[str]) -> dict[str, list[Json]]:
    """By agent, the collaborators of its draft."""
    at = {"agentVersion": "DRAFT"}
    return {i: listed(agents, "list_agent_collaborators", "agentCollaboratorSummaries", agentId=i, **at) for i in ids}


def _target(incident: Json, agent: Json, supervisors: dict[str, list[Json]]) -> Json:
    agent_id = agent["agentId"]
    return {
        "account": incident["account"],
        "region": incident["region"],
        "agent_id": agent_id,
        "agent_name": clean(agent["agentName"], 100),
        "supervisors": sorted(i for i, links in supervisors.items() if any(names_agent(x, agent_id) for x in links)),
    }


def _first_call(incident: Json) -> datetime:
    first_seen = pick(incident, "source.first_seen")
    return _time(first_seen) if first_seen else _time(incident["opened_at"]) - LOOK_BACK


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def why(agent: Json, incident: Json, baseline: Json) -> str:
    """Why it is not recognised, in one sentence."""
    since = _first_call(incident)
    made = f"It was made at {_time(agent['createdAt']):%Y-%m-%d %H:%M} UTC, after the first suspicious call"
    recorded = "and the baseline does not know it" if "agent" in baseline else "and no baseline of agents is recorded"
    return f"{made} ({since:%Y-%m-%d %H:%M} UTC), {recorded}."
