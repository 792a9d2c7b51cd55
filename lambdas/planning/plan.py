"""The plan of an incident: what is proposed, on what, as it was found, and whose approval each step needs.

Made once per incident: a rerun gives the plan that is there, because people may be deciding on it.
"""

from __future__ import annotations

from typing import Any

from lambdas.baseline.read import latest
from lambdas.core import cap, documents
from lambdas.core.fields import canonical, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.core.schema import validate
from lambdas.planning.outline import outline
from lambdas.planning.policy import AUTOMATIC, NEVER, ONE, Decision, decide
from lambdas.planning.proposals import Proposal, propose

Json = dict[str, Any]

MOST_STEPS = 99
ALREADY_SO = "It is so already, and nobody needs to decide on it."
TOO_MANY = f"The plan has {MOST_STEPS} steps already; start another response for the rest."


def handler(event: Json, context: Any) -> Json:
    """Input {incident}; answer as `lambdas.planning.outline.outline`."""
    ledger = Ledger()
    incident_id = event["incident"]["incident_id"]
    if not ledger.plans(incident_id, "response"):
        record(make(ledger.incident(incident_id), ledger), ledger)
    # Of two that were made at once, the first is the plan.
    plan_hash = ledger.plans(incident_id, "response")[0]["hash"]
    return outline(documents.read_plan(incident_id, plan_hash), plan_hash)


def record(plan: Json, ledger: Ledger) -> str:
    """Write a plan under its hash and into the ledger. Returns the hash. Raises SchemaMismatch."""
    validate("plan", plan)
    plan_hash, count = documents.write_plan(plan), len(plan["steps"])
    if ledger.save_plan(plan["incident_id"], plan["kind"], plan_hash, steps=count):
        made = f"Plan made: {count} step{'' if count == 1 else 's'}, {len(plan['not_proposed'])} not proposed"
        ledger.note(plan["incident_id"], made, plan_hash=plan_hash, kind=plan["kind"])
    return plan_hash


def make(incident: Json, ledger: Ledger) -> Json:
    """The plan (schemas/plan.json) for what is there now. The same state at the same time gives the same plan."""
    baseline, problem = latest(incident["account"], incident["region"], ledger)
    if problem:
        ledger.note(incident["incident_id"], problem)
    proposed = propose(incident, baseline["kinds"] if baseline else {})
    steps, left_out = sorted_out(incident, proposed, ledger)
    return {
        "kind": "response",
        "incident_id": incident["incident_id"],
        "account": incident["account"],
        "region": incident["region"],
        "playbook": incident["playbook"],
        "made_at": now(),
        "steps": steps,
        "not_proposed": left_out,
    }


def sorted_out(incident: Json, proposals: list[Proposal], ledger: Ledger) -> tuple[list[Json], list[Json]]:
    """(the steps, what is not proposed and why)."""
    steps: list[Json] = []
    left_out: list[Json] = []
    for proposal in proposals:
        decision = decide(proposal.action, incident)
        problem = proposal.problem or _needless(proposal, decision)
        if problem is None and len(steps) == MOST_STEPS:
            problem = TOO_MANY
        if problem:
            left_out.append({"action": proposal.action_id, "why": problem[:1000]})
        else:
            steps.append(_step(len(steps) + 1, proposal, capped(incident, proposal, decision, ledger)))
    return steps, left_out


def capped(incident: Json, proposal: Proposal, decision: Decision, ledger: Ledger) -> Decision:
    """The same decision, raised to one where the hour has no place left for unattended containment."""
    if decision.approval != AUTOMATIC or proposal.achieved or not cap.counts(proposal.action):
        return decision
    if cap.admitted(ledger, incident, proposal.arn):
        return decision
    cap.tell(ledger, incident["incident_id"], proposal.label)
    return Decision(ONE, f"{decision.rule} Raised to one: {cap.why()}", decision.by)


def step_id(number: int, name: str, target: Json) -> str:
    """Readable, unique in its plan, and the same for the same target."""
    return f"{number:02d}-{name}-{sha256(canonical(target))[:8]}"


def _needless(proposal: Proposal, decision: Decision) -> str | None:
    if decision.approval == NEVER:
        return f"{proposal.label}: {decision.rule}"
    if proposal.achieved and decision.approval != AUTOMATIC:
        return f"{proposal.label}: {ALREADY_SO}"
    return None


def _step(number: int, proposal: Proposal, decision: Decision) -> Json:
    action = proposal.action
    return {
        "step_id": step_id(number, proposal.action_id.split(".")[1], proposal.target),
        "action": proposal.action_id,
        "title": action.title,
        "stage": action.stage,
        "machine": action.machine,
        "power": action.power,
        "approval": decision.approval,
        "decided_by": decision.rule,
        "reversibility": action.reversibility,
        "impact": action.impact,
        "way_back": action.way_back,
        "target": proposal.target,
        "label": proposal.label,
        "target_arn": proposal.arn,
        "before": proposal.before,
        "achieved": proposal.achieved,
        "why": proposal.why,
        "undoes": None,
    }
