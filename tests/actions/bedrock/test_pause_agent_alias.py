"""bedrock.pause_agent_alias"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from deploy.local.services import later
from lambdas.core.errors import NotAchieved, SchemaMismatch, StateDrifted, Unsettled
from lambdas.core.schema import validate
from tests.actions.acting import ACCOUNT, REGION, Acting, Crash
from tests.actions.bedrock.agents import make_agent, make_alias, prepare, wait_until

ACTION_ID = "bedrock.pause_agent_alias"
Json = dict[str, Any]


@pytest.fixture
def acting() -> Acting:
    return Acting(ACTION_ID)


@pytest.fixture
def target(agents: Any) -> Json:
    """One of two aliases of an agent, with a description."""
    agent_id = make_agent(agents, "rogue")
    prepare(agents, agent_id)
    make_alias(agents, agent_id, "other")
    alias_id = make_alias(agents, agent_id, "live")
    routes = agents.get_agent_alias(agentId=agent_id, agentAliasId=alias_id)["agentAlias"]["routingConfiguration"]
    change(agents, (agent_id, alias_id), description="for the shop", routingConfiguration=routes)
    return {
        "account": ACCOUNT,
        "region": REGION,
        "agent_id": agent_id,
        "agent_name": "rogue",
        "alias_id": alias_id,
        "alias_name": "live",
    }


def change(agents: Any, at: tuple[str, str], **fields: Any) -> None:
    """What its owner, or the attacker, changes about an alias."""
    agents.update_agent_alias(agentId=at[0], agentAliasId=at[1], **{"agentAliasName": "live", **fields})
    wait_until(lambda: alias(agents, *at)["agentAliasStatus"] == "PREPARED")


def alias(agents: Any, agent_id: str, alias_id: str) -> Json:
    return dict(agents.get_agent_alias(agentId=agent_id, agentAliasId=alias_id)["agentAlias"])


def of(target: Json) -> tuple[str, str]:
    return target["agent_id"], target["alias_id"]


def do(acting: Acting, target: Json) -> Json:
    before = acting.do(target)
    wait_until(lambda: acting.settled(target))
    return before


def test_undo_restores_what_was_there_before(acting, target):
    """Do, undo, compare: the alias takes calls again, with its name, description and route."""
    acting.do_undo_compare(target, until=lambda: wait_until(lambda: acting.settled(target)))


def test_the_alias_refuses_calls_and_keeps_the_rest(acting, agents, target):
    """UpdateAgentAlias may change what it is not given: description and route are as before."""
    before = alias(agents, *of(target))
    do(acting, target)
    now = alias(agents, *of(target))
    assert now["aliasInvocationState"] == "REJECT_INVOCATIONS"
    kept = ("agentAliasName", "description", "routingConfiguration")
    assert {name: now[name] for name in kept} == {name: before[name] for name in kept}
    assert now["description"] == "for the shop"


def test_everything_that_the_alias_has_is_sent(acting, target):
    """What is left out may be changed by AWS, whatever the embedded one does."""
    sent: list[Json] = []
    client = acting.session.client("bedrock-agent")
    client.meta.events.register("before-parameter-build.*.UpdateAgentAlias", lambda params, **_: sent.append(params))
    do(acting, target)
    state = acting.read(target)
    for name in ("agentAliasName", "description", "routingConfiguration"):
        assert sent[0][name] == state[name]


def test_only_this_alias_is_paused(acting, agents, target):
    """The agent's other aliases go on taking calls."""
    do(acting, target)
    summaries = agents.list_agent_aliases(agentId=target["agent_id"])["agentAliasSummaries"]
    states = {s["agentAliasName"]: s["aliasInvocationState"] for s in summaries}
    assert states["live"] == "REJECT_INVOCATIONS"
    assert states["other"] == "ACCEPT_INVOCATIONS"


def test_done_twice_is_done_once(acting, target):
    """A rerun finds it paused, whether AWS has finished or not."""
    before = acting.do(target)
    acting.perform(target, before)
    assert acting.made("UpdateAgentAlias") == 1


def test_undone_twice_is_undone_once(acting, target):
    """The second undo finds it taking calls."""
    before = do(acting, target)
    acting.undo(target, before)
    acting.undo(target, before)
    assert acting.made("UpdateAgentAlias") == 2


def test_an_alias_that_was_paused_before_stays_paused(acting, agents, target):
    """What its owner had paused is nothing to do, and undo leaves it alone."""
    change(agents, of(target), aliasInvocationState="REJECT_INVOCATIONS")
    before = acting.read(target)
    assert acting.achieved(target, before)
    acting.undo(target, before)
    assert acting.made("UpdateAgentAlias") == 0


def test_it_is_settled_when_aws_has_finished(acting, agents, target):
    """Accepted is not done: the alias is UPDATING for a while."""
    acting.perform(target, acting.read(target))
    assert not acting.settled(target)
    wait_until(lambda: acting.settled(target))
    assert alias(agents, *of(target))["agentAliasStatus"] == "PREPARED"


@pytest.mark.parametrize("status", ["FAILED", "DISSOCIATED"])
def test_a_change_that_failed_is_said(acting, agents, target, monkeypatch, status):
    """A status that is neither done nor under way is no success."""
    failed = {"agentAlias": {**alias(agents, *of(target)), "agentAliasStatus": status}}
    monkeypatch.setattr(acting.session.client("bedrock-agent"), "get_agent_alias", lambda **_: failed)
    with pytest.raises(NotAchieved, match=status):
        acting.settled(target)


@pytest.mark.parametrize("field", [{"description": "harmless"}, {"agentAliasName": "other-name"}])
def test_an_alias_that_changed_since_the_plan_is_drift(acting, agents, target, field):
    """Nobody approved to pause what it is now, and sending the former values would undo somebody's change."""
    before = acting.read(target)
    change(agents, of(target), **field)
    with pytest.raises(StateDrifted, match=next(iter(field))):
        acting.perform(target, before)
    assert acting.made("UpdateAgentAlias") == 0


def test_an_alias_that_leads_elsewhere_is_drift(acting, agents, target):
    """Another route is another agent version."""
    before = acting.read(target)
    change(agents, of(target), routingConfiguration=[{"agentVersion": "1"}])
    with pytest.raises(StateDrifted, match="routingConfiguration"):
        acting.perform(target, before)


def test_undo_leaves_what_somebody_changed_since(acting, agents, target):
    """It takes back our own change and nobody else's."""
    before = do(acting, target)
    change(agents, of(target), description="mended", aliasInvocationState="REJECT_INVOCATIONS")
    with pytest.raises(StateDrifted, match="description"):
        acting.undo(target, before)


def test_an_alias_under_change_is_waited_for(acting, agents, target, monkeypatch):
    """AWS takes no update of an alias that it is still updating: the state machine calls again."""
    before = acting.read(target)
    with monkeypatch.context() as patched:
        # Time stands still: the update is under way until the alias was asked.
        patched.setattr(later, "time", SimpleNamespace(monotonic=lambda: 0.0))
        agents.update_agent_alias(
            agentId=target["agent_id"],
            agentAliasId=target["alias_id"],
            agentAliasName="live",
            description=before["description"],
            routingConfiguration=before["routingConfiguration"],
        )
        with pytest.raises(Unsettled, match="updating"):
            acting.perform(target, before)
    wait_until(lambda: acting.settled(target))
    acting.perform(target, before)
    assert acting.achieved(target, acting.read(target))


def test_an_alias_that_is_gone_takes_no_calls(acting, agents, target):
    """Reading says so, there is nothing to pause, and it cannot take calls again."""
    before = acting.read(target)
    agents.delete_agent_alias(agentId=target["agent_id"], agentAliasId=target["alias_id"])
    wait_until(lambda: not acting.read(target)["exists"])
    acting.perform(target, before)
    assert acting.achieved(target, acting.read(target))
    assert acting.settled(target)
    with pytest.raises(StateDrifted, match="was deleted since"):
        acting.undo(target, before)
    assert acting.made("UpdateAgentAlias") == 0


def test_a_paused_agent_can_be_deleted_under_the_same_plan(acting, agents, target):
    """The plan is made once, before the pause: the deletion does not take our own pause for somebody's change."""
    deleting = Acting("bedrock.delete_agent")
    whole = {name: target[name] for name in ("account", "region", "agent_id", "agent_name")} | {"supervisors": []}
    export = deleting.read(whole)
    do(acting, target)

    def deleted() -> bool:
        try:
            deleting.perform(whole, export)
        except Unsettled:
            return False
        return deleting.settled(whole)

    wait_until(deleted)
    assert acting.achieved(target, acting.read(target)), "what was paused and then deleted still stands as contained"


def test_a_crash_before_the_change_is_finished_by_a_rerun(acting, target):
    """The process ends before the call: the alias takes calls, and the rerun pauses it."""
    before = acting.read(target)
    acting.session.crash_at("UpdateAgentAlias")
    with pytest.raises(Crash):
        acting.perform(target, before)
    assert not acting.achieved(target, acting.read(target))
    acting.perform(target, before)
    assert acting.achieved(target, acting.read(target))


@pytest.mark.usefixtures("impatient")
def test_throttled_for_long_is_an_error_by_name(acting, agents, target):
    """The state machine retries what it knows by name; until then the alias takes calls."""
    before = acting.read(target)
    acting.session.throttle("UpdateAgentAlias", times=99)
    with pytest.raises(ClientError, match="ThrottlingException"):
        acting.perform(target, before)
    assert alias(agents, *of(target))["aliasInvocationState"] == "ACCEPT_INVOCATIONS"


@pytest.mark.parametrize("field", ["agent_id", "alias_id"])
def test_an_id_with_a_wildcard_is_refused(target, field):
    """Both stand in the ARN of the session's policy."""
    with pytest.raises(SchemaMismatch, match=field):
        validate(f"actions/{ACTION_ID}", {**target, field: "*"})
