"""The plan of an incident: what is proposed, on what, as it was found, and whose approval each step needs.

Made once per incident: a rerun gives the plan that is there, because people may be deciding on it. It is extended once
at most, by what the logs name, and only before anybody is asked (extending.py, in_force.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from lambdas.baseline.read import latest
from lambdas.core import cap, documents
from lambdas.core.fields import canonical, sha256
from lambdas.core.ledger import Ledger, now
from lambdas.core.schema import validate
from lambdas.planning.in_force import in_force
from lambdas.planning.outline import outline
from lambdas.planning.policy import AUTOMATIC, NEVER, ONE, Decision, decide
from lambdas.planning.proposals import Proposal, propose

Json = dict[str, Any]

MOST_STEPS = 99
ALREADY_SO = "It is so already, and nobody needs to decide on it."
TOO_MANY = f"The plan has {MOST_STEPS} steps already; start another response for the rest."


def handler(event: Json, context: Any) -> Json:
    """Input {incident, pass?: first | logs}; answer as `lambdas.planning.outline.outline`, of the plan in force.

    `first` makes the plan, for which containment waits; `logs` extends it by what the logs answered since.
    """
    ledger = Ledger()
    incident_id = event["incident"]["incident_id"]
    if not ledger.plans(incident_id, "response"):
        record(make(ledger.incident(incident_id), ledger), ledger)
    if event.get("pass") == "logs":
        # Not above: the first pass is what containment waits for.
        from lambdas.planning.extending import extend_by_logs

        extend_by_logs(ledger.incident(incident_id), ledger)
    plan_hash = in_force(ledger, incident_id) or ""
    return outline(documents.read_plan(incident_id, plan_hash), plan_hash)


def record(plan: Json, ledger: Ledger) -> str:
    """Write a plan under its hash, into the ledger and into the timeline. Returns the hash. Raises SchemaMismatch."""
    plan_hash, is_new = save(plan, ledger)
    if is_new:
        count = len(plan["steps"])
        made = f"Plan made: {count} step{'' if count == 1 else 's'}, {len(plan['not_proposed'])} not proposed"
        ledger.note(plan["incident_id"], made, plan_hash=plan_hash, kind=plan["kind"])
    return plan_hash


def save(plan: Json, ledger: Ledger) -> tuple[str, bool]:
    """Write a plan under its hash and into the ledger. Returns (the hash, whether it is new). Raises SchemaMismatch."""
    validate("plan", plan)
    plan_hash = documents.write_plan(plan)
    return plan_hash, ledger.save_plan(plan["incident_id"], plan["kind"], plan_hash, steps=len(plan["steps"]))


def make(incident: Json, ledger: Ledger) -> Json:
    """The plan (schemas/plan.json) for what is there now. The same state at the same time gives the same plan."""
    baseline, problem = latest(incident["account"], incident["region"], ledger)
    if problem:
        ledger.note(incident["incident_id"], problem)
    kept, left_out = sorted_out(propose(incident, baseline["kinds"] if baseline else {}), partial(_decided, incident))
    return {
        "kind": "response",
        "incident_id": incident["incident_id"],
        "account": incident["account"],
        "region": incident["region"],
        "playbook": incident["playbook"],
        "made_at": now(),
        "steps": [step(n, one, capped(incident, one, by, ledger)) for n, (one, by) in enumerate(kept, 1)],
        "not_proposed": left_out,
    }


def _decided(incident: Json, proposal: Proposal) -> Decision:
    return decide(proposal.action, incident)


def sorted_out(
    proposals: Iterable[Proposal], decided: Callable[[Proposal], Decision], room: int = MOST_STEPS
) -> tuple[list[tuple[Proposal, Decision]], list[Json]]:
    """(what is proposed and who decides on it, at most `room`; what is not proposed and why)."""
    kept: list[tuple[Proposal, Decision]] = []
    left_out: list[Json] = []
    for proposal in proposals:
        decision = decided(proposal)
        problem = proposal.problem or _needless(proposal, decision)
        if problem is None and len(kept) == room:
            problem = TOO_MANY
        if problem:
            left_out.append({"action": proposal.action_id, "why": problem[:1000]})
        else:
            kept.append((proposal, decision))
    return kept, left_out


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


def step(number: int, proposal: Proposal, decision: Decision) -> Json:
    """A step of the plan (schemas/plan.json); `number` counts from 1."""
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
