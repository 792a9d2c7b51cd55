"""Let one alias of an agent take no calls any more, and change nothing else of it.

Facts of AWS, and where they stand:
* An alias with aliasInvocationState REJECT_INVOCATIONS answers its callers with an error, and with ACCEPT_INVOCATIONS
  it works again (Agents for Amazon Bedrock API reference, UpdateAgentAlias). Calls by other ways (InvokeInlineAgent,
  the model itself) are not touched by it.
* UpdateAgentAlias needs the name, and may change what it is not given: description and routing are sent as they are.
* It is accepted at once and finishes later: status UPDATING, then PREPARED, or FAILED.
* TSTALIASID, which leads to the draft, may refuse the update: it is not among the targets, and goes with the agent.

An alias that is gone takes no calls either, which is what was wanted: its agent may be deleted in the same response.
"""

from __future__ import annotations

from lambdas.actions._answers import found
from lambdas.actions._fields import ACCOUNT, REGION
from lambdas.core.action import Action, Json, Permission, Target
from lambdas.core.errors import NotAchieved, StateDrifted, Unsettled
from lambdas.core.session import Session

ALIAS = "arn:{partition}:bedrock:{region}:{account}:agent-alias/{agent_id}/{alias_id}"
GET = Permission("bedrock:GetAgentAlias", ALIAS)
UPDATE = Permission("bedrock:UpdateAgentAlias", ALIAS)

ACCEPTS, REJECTS = "ACCEPT_INVOCATIONS", "REJECT_INVOCATIONS"
KEPT = ("agentAliasName", "description", "routingConfiguration")
CHANGING = ("CREATING", "UPDATING", "DELETING")
BROKEN = ("FAILED", "DISSOCIATED")
GONE: Json = {"exists": False}

ACTION = Action(
    title="Pause agent alias",
    catalogue="bedrock.agent.alias.pause",
    stage="containment",
    machine="contain_bedrock",
    power="contain",
    approval="automatic",
    reversibility="full",
    target=Target(
        kind="agent_alias",
        fields={
            "account": ACCOUNT,
            "region": REGION,
            "agent_id": {"type": "string", "pattern": "^[0-9A-Z]{10}$", "description": "id of the agent"},
            "agent_name": {"type": "string", "maxLength": 100, "description": "its name, given by who made it"},
            "alias_id": {"type": "string", "pattern": "^[0-9A-Z]{10}$", "description": "id of the alias"},
            "alias_name": {"type": "string", "maxLength": 100, "description": "its name, given by who made it"},
        },
        label="alias {alias_name} ({alias_id}) of agent {agent_name} ({agent_id}) in {region}",
        arn=ALIAS,
    ),
    impact="All that calls the agent by this alias gets errors until the alias takes calls again.",
    way_back="Undo lets the alias take calls again, if it did before, as long as nobody deleted or changed it.",
    permissions={"read": (GET,), "perform": (GET, UPDATE), "settled": (GET,), "undo": (GET, UPDATE)},
    volatile=("status",),
)


def read(session: Session, target: Json) -> Json:
    """{exists, invocations, status, agentAliasName, description, routingConfiguration}; {exists: False} if it is gone.

    `invocations` is ACCEPT_INVOCATIONS or REJECT_INVOCATIONS.
    """
    answer = found(
        session.client("bedrock-agent").get_agent_alias, agentId=target["agent_id"], agentAliasId=target["alias_id"]
    )
    if answer is None:
        return GONE
    alias = answer["agentAlias"]
    kept = {name: alias[name] for name in KEPT if name in alias}
    # Aliases from before the field existed have none, and take calls.
    invocations = alias.get("aliasInvocationState", ACCEPTS)
    return {"exists": True, "invocations": invocations, "status": alias["agentAliasStatus"], **kept}


def achieved(target: Json, state: Json) -> bool:
    return not state["exists"] or state["invocations"] == REJECTS


def perform(session: Session, target: Json, before: Json) -> None:
    """Let the alias refuse calls. Raises StateDrifted where it is not the alias that was approved, Unsettled while AWS
    changes it.
    """
    now = read(session, target)
    if achieved(target, now):
        return
    _require_as_it_was(now, before)
    _set(session, target, now, REJECTS)


def settled(session: Session, target: Json) -> bool:
    """Has AWS finished? Raises NotAchieved where it says that the change failed."""
    now = read(session, target)
    if now["exists"] and now["status"] in BROKEN:
        raise NotAchieved(f"Bedrock could not change alias {target['alias_id']}: its status is {now['status']}.")
    return not now["exists"] or now["status"] == "PREPARED"


def undo(session: Session, target: Json, before: Json) -> None:
    """Let the alias take calls, if it did. Raises StateDrifted where it is gone or not as we left it, Unsettled."""
    if achieved(target, before):
        return
    now = read(session, target)
    if not now["exists"]:
        raise StateDrifted(f"Alias {target['alias_id']} was deleted since, so that it cannot take calls again.")
    if now["invocations"] == ACCEPTS:
        return
    _require_as_it_was(now, before)
    _set(session, target, before, ACCEPTS)


def _require_as_it_was(now: Json, before: Json) -> None:
    """Nobody approved what it was changed to in between, and sending `before` would undo somebody's change."""
    changed = [name for name in KEPT if now.get(name) != before.get(name)]
    if changed:
        raise StateDrifted(f"The alias changed in the meantime: {', '.join(changed)}.")
    if now["status"] in CHANGING:
        raise Unsettled(f"The alias is {now['status'].lower()} at AWS, which takes no change until that is done.")


def _set(session: Session, target: Json, state: Json, invocations: str) -> None:
    session.client("bedrock-agent").update_agent_alias(
        agentId=target["agent_id"],
        agentAliasId=target["alias_id"],
        aliasInvocationState=invocations,
        **{name: state[name] for name in KEPT if name in state},
    )
