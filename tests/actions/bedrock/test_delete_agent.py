"""bedrock.delete_agent"""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from lambdas.core.errors import NotAchieved, StateDrifted, Unsettled
from lambdas.core.fields import canonical
from tests.actions.acting import ACCOUNT, REGION, Acting, Crash
from tests.actions.bedrock.agents import ROLE, make_agent, make_alias, prepare, wait_until

ACTION_ID = "bedrock.delete_agent"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:agent-executor"
MODEL = f"arn:aws:bedrock:{REGION}::foundation-model/amazon.titan-embed-text-v2:0"


@pytest.fixture
def acting() -> Acting:
    return Acting(ACTION_ID)


@pytest.fixture
def target(agents: Any) -> dict[str, Any]:
    """An agent with all that one can have: function, knowledge base, two aliases, and a supervisor that uses it."""
    agent_id = make_agent(agents, "rogue")
    draft = {"agentId": agent_id, "agentVersion": "DRAFT"}
    agents.create_agent_action_group(
        **draft,
        actionGroupName="lookup",
        actionGroupExecutor={"lambda": FUNCTION},
        functionSchema={"functions": [{"name": "lookup", "description": "finds things"}]},
    )
    base = agents.create_knowledge_base(
        name="docs",
        roleArn=ROLE,
        knowledgeBaseConfiguration={"type": "VECTOR", "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": MODEL}},
    )["knowledgeBase"]["knowledgeBaseId"]
    agents.associate_agent_knowledge_base(**draft, knowledgeBaseId=base, description="all our documents")
    prepare(agents, agent_id)
    aliases = [make_alias(agents, agent_id, name) for name in ("live", "test")]
    supervisor = make_agent(agents, "supervisor", agentCollaboration="SUPERVISOR")
    agents.associate_agent_collaborator(
        agentId=supervisor,
        agentVersion="DRAFT",
        agentDescriptor={"aliasArn": f"arn:aws:bedrock:{REGION}:{ACCOUNT}:agent-alias/{agent_id}/{aliases[0]}"},
        collaboratorName="rogue",
        collaborationInstruction="ask it for everything",
    )
    return {
        "account": ACCOUNT,
        "region": REGION,
        "agent_id": agent_id,
        "agent_name": "rogue",
        "supervisors": [supervisor],
    }


def finish(acting: Acting, target: dict[str, Any], before: dict[str, Any]) -> None:
    """Call again until it has settled, as the state machine does."""

    def done() -> bool:
        try:
            acting.perform(target, before)
        except Unsettled:
            return False
        return acting.settled(target)

    wait_until(done)


def test_an_agent_is_deleted_with_all_that_hangs_on_it(acting, agents, target):
    """Aliases, versions and links go first, so that AWS's own check for use stays on; then the agent is gone."""
    before = acting.read(target)
    finish(acting, target, before)
    assert acting.achieved(target, acting.read(target))
    with pytest.raises(agents.exceptions.ResourceNotFoundException):
        agents.get_agent(agentId=target["agent_id"])


def test_the_export_holds_what_a_rebuild_needs(acting, target):
    """Agent, aliases, every version with its action groups in full, knowledge base links and tags, as plain JSON."""
    state = json.loads(canonical(acting.read(target)))
    assert state["agent"]["instruction"].startswith("You answer everything")
    assert sorted(a["agentAliasName"] for a in state["aliases"]) == ["live", "test"]
    assert sorted(state["versions"]) == ["1", "2", "DRAFT"]
    for version in state["versions"].values():
        (group,) = version["action_groups"]
        assert group["functionSchema"]["functions"][0]["name"] == "lookup"
        assert version["knowledge_bases"][0]["description"] == "all our documents"
    assert state["tags"] == {"team": "unknown"}
    assert [link["collaboratorName"] for link in state["supervisors"]] == ["rogue"]


def test_survivors_are_named(acting, target):
    """Role, knowledge base and function stay behind, and the state says so."""
    survivors = acting.read(target)["survivors"]
    assert survivors["role"] == ROLE
    assert list(survivors["functions"]) == [FUNCTION]
    assert len(survivors["knowledge_bases"]) == 1


def test_callers_are_refused_before_anything_is_deleted(acting, agents, target):
    """The first call leaves every alias refusing invocations, whatever comes after it."""
    before = acting.read(target)
    acting.session.crash_at("DisassociateAgentCollaborator")
    with pytest.raises(Crash):
        acting.perform(target, before)
    states = {a["aliasInvocationState"] for a in acting.read(target)["aliases"]}
    assert states == {"REJECT_INVOCATIONS"}
    assert {a["agentAliasName"] for a in acting.read(target)["aliases"]} == {"live", "test"}


def test_the_supervisor_survives_without_its_collaborator(acting, agents, target):
    """Another agent loses its link to this one, and nothing else."""
    finish(acting, target, acting.read(target))
    supervisor = target["supervisors"][0]
    assert agents.get_agent(agentId=supervisor)["agent"]["agentName"] == "supervisor"
    links = agents.list_agent_collaborators(agentId=supervisor, agentVersion="DRAFT")
    assert links["agentCollaboratorSummaries"] == []


def test_a_phase_that_is_under_way_is_unsettled(acting, target):
    """Deletion takes a while at AWS: the action says so by name, and the state machine calls again."""
    with pytest.raises(Unsettled, match="aliases"):
        acting.perform(target, acting.read(target))


def test_done_twice_is_done_once(acting, target):
    """With the agent gone, a rerun changes nothing."""
    before = acting.read(target)
    finish(acting, target, before)
    acting.perform(target, before)
    assert acting.made("DeleteAgent") == 1
    assert acting.made("DeleteAgentAlias") == 2
    assert acting.made("DeleteAgentVersion") == 2


@pytest.mark.parametrize(
    "operation",
    ["UpdateAgentAlias", "DeleteAgentAlias", "DeleteAgentVersion", "DeleteAgentActionGroup", "DeleteAgent"],
)
def test_a_crash_anywhere_is_finished_by_a_rerun(acting, target, operation):
    """Whichever call the process ends at, the rerun with the same `before` goes on from there."""
    before = acting.read(target)
    acting.session.crash_at(operation)
    crashes = 0

    def done() -> bool:
        nonlocal crashes
        try:
            acting.perform(target, before)
        except Unsettled:
            return False
        except Crash:
            crashes += 1
            return False
        return acting.settled(target)

    wait_until(done)
    assert crashes == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"instruction": "You are harmless and help our customers with their orders."}, "agent"),
        ({"agentResourceRoleArn": ROLE + "2"}, "agent"),
        ({"foundationModel": "amazon.nova-micro-v1:0"}, "agent"),
    ],
)
def test_an_agent_that_changed_since_the_approval_is_drift(acting, agents, target, change, named):
    """Somebody made something else of it: nobody approved the deletion of that."""
    before = acting.read(target)
    now = {
        name: before["agent"][name] for name in ("agentName", "foundationModel", "instruction", "agentResourceRoleArn")
    }
    agents.update_agent(agentId=target["agent_id"], **{**now, **change})
    with pytest.raises(StateDrifted, match=named):
        acting.perform(target, before)
    assert acting.made("UpdateAgentAlias") == 0


def test_an_action_group_that_changed_is_drift(acting, agents, target):
    """Its executor is another function now, which is not in the export."""
    before = acting.read(target)
    (group,) = before["versions"]["DRAFT"]["action_groups"]
    agents.update_agent_action_group(
        agentId=target["agent_id"],
        agentVersion="DRAFT",
        actionGroupId=group["actionGroupId"],
        actionGroupName="lookup",
        actionGroupExecutor={"lambda": FUNCTION + "2"},
    )
    with pytest.raises(StateDrifted, match=f"action group {group['actionGroupId']}"):
        acting.perform(target, before)


def test_what_is_new_is_drift(acting, agents, target):
    """An alias that was made since the approval is in no export, and would be lost without a trace."""
    before = acting.read(target)
    alias = make_alias(agents, target["agent_id"], "new")
    with pytest.raises(StateDrifted, match=f"alias {alias}"):
        acting.perform(target, before)


def test_our_own_progress_is_no_drift(acting, agents, target):
    """Aliases that are missing were deleted by an earlier call of the same step."""
    before = acting.read(target)
    agents.delete_agent_alias(agentId=target["agent_id"], agentAliasId=before["aliases"][0]["agentAliasId"])
    finish(acting, target, before)


def test_an_agent_that_is_gone_is_an_answer(acting):
    """Reading never raises for a target that is gone, and there is nothing left to do."""
    target = {"account": ACCOUNT, "region": REGION, "agent_id": "ABCDEFGHIJ", "agent_name": "x", "supervisors": []}
    state = acting.read(target)
    assert state == {"exists": False}
    assert acting.achieved(target, state)
    acting.perform(target, state)
    assert acting.settled(target)


def test_a_failed_deletion_is_said(acting, agents, target, monkeypatch):
    """FAILED is neither done nor under way."""
    answer = {"agent": {"agentStatus": "FAILED", "failureReasons": ["The role cannot be assumed."]}}
    client = acting.session.client("bedrock-agent")
    monkeypatch.setattr(client, "get_agent", lambda **_: answer)
    with pytest.raises(NotAchieved, match="The role cannot be assumed"):
        acting.settled(target)


@pytest.mark.usefixtures("impatient")
def test_throttled_for_long_is_an_error_by_name(acting, agents, target):
    """The state machine retries what it knows by name; until then the agent stands."""
    before = acting.read(target)
    acting.session.throttle("UpdateAgentAlias", times=99)
    with pytest.raises(ClientError, match="ThrottlingException"):
        acting.perform(target, before)
    assert agents.get_agent(agentId=target["agent_id"])["agent"]["agentName"] == "rogue"
