"""The plan once more, after the logs have answered: with steps against whom they name (lambdas/planning/logged.py).

The first plan's steps stay as they are, with their numbers, so that what was done under its hash counts. What is added
is never automatic: logs tell who made what, and people whether that is hostile. The longer plan has a hash of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import ModuleType
from typing import Any

from lambdas.core import documents
from lambdas.core.errors import NotEnrolled
from lambdas.core.fields import canonical
from lambdas.core.ledger import Ledger, now
from lambdas.core.session import Session
from lambdas.evidence.answers import Answer, answers
from lambdas.planning import in_force, log_facts, log_rows
from lambdas.planning.logged import KINDS, Named, Own, named, own
from lambdas.planning.plan import MOST_STEPS, save, sorted_out, step
from lambdas.planning.policy import AUTOMATIC, ONE, Decision, decide
from lambdas.planning.proposals import THREADS, Proposal, checked, find, finding, playbook, read_all
from lambdas.planning.targets import Candidate

Json = dict[str, Any]

MOST_OF_KIND = 8
"""How many of each kind are looked at: who makes a hundred sessions hides no user behind them."""
ATTENDED = "Raised to one: the logs name it, and nothing is done unattended on what they name."
NOT_THERE = "IAM does not have it any more."
UNSEEN = (
    "The logs name {number} more users, keys or sessions that the principal made than were looked at. They are in the "
    "evidence (08-query-iam_persistence, 08-query-key_lineage): responder start, on each that matters."
)


def extend_by_logs(incident: Json, ledger: Ledger) -> None:
    """Write down what the logs say, and extend the plan by whom they name, unless people are asked on it already."""
    incident_id = incident["incident_id"]
    found = answers(incident_id, log_facts.QUESTIONS)
    session = _session(incident) if found else None
    who = own(session, incident) if session else Own(incident["principal"]["access_key_id"])
    log_rows.keep(ledger, incident_id, log_facts.facts(found, who, incident["account"]))
    if session and in_force.may_be_extended(ledger, incident_id):
        _extend(incident, found, session, who, ledger)


def _session(incident: Json) -> Session | None:
    """None where the account is not enrolled: the first plan says so of each of its steps."""
    try:
        return finding(incident, KINDS)
    except NotEnrolled:
        return None


def _extend(incident: Json, found: dict[str, Answer], session: Session, who: Own, ledger: Ledger) -> None:
    incident_id = incident["incident_id"]
    first = in_force.in_force(ledger, incident_id) or ""
    plan = documents.read_plan(incident_id, first)
    steps, left_out = additions(incident, plan, named(found, who, incident["account"]), session)
    if not steps and not left_out:
        return
    longer = {**plan, "made_at": now(), "extends": first, "steps": [*plan["steps"], *steps]}
    second, _ = save({**longer, "not_proposed": [*plan["not_proposed"], *left_out]}, ledger)
    if in_force.extend(ledger, incident_id, first, second):
        more = f", {len(left_out)} more not proposed" if left_out else ""
        counted = f"{len(steps)} step{'' if len(steps) == 1 else 's'} added{more}"
        ledger.note(incident_id, f"Plan extended by what the logs name: {counted}", plan_hash=second, extends=first)


def additions(incident: Json, plan: Json, everybody: list[Named], session: Session) -> tuple[list[Json], list[Json]]:
    """(the steps to add to the plan, numbered on from its last; what is not proposed and why)."""
    nearest = [one for kind in KINDS for one in [o for o in everybody if o.kind == kind][:MOST_OF_KIND]]
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(lambda one: find(one.kind, session, _about(incident, one), {}), nearest)
        looked_at = list(zip(nearest, found, strict=True))
    proposals = [p for name, module in playbook(incident) for p in _proposed(name, module, incident, looked_at)]
    new = read_all(incident, list(_new(proposals, plan)))
    taken = len(plan["steps"])
    kept, left_out = sorted_out(new, partial(_attended, incident), MOST_STEPS - taken)
    left_out += _unseen(len(everybody) - len(nearest))
    steps = [step(number, *decided) for number, decided in enumerate(kept, taken + 1)]
    return steps, [e for n, e in enumerate(left_out) if e not in plan["not_proposed"] and e not in left_out[:n]]


def _about(incident: Json, one: Named) -> Json:
    """The incident with whom the logs name in place of its own principal."""
    return {**incident, "principal": one.principal}


def _proposed(
    name: str, module: ModuleType, incident: Json, looked_at: list[tuple[Named, list[Candidate] | str]]
) -> Iterator[Proposal]:
    """What the finders found of the action's kind, with the reason that is true of it, or why there is nothing."""
    for one, found in looked_at:
        if one.kind != module.ACTION.target.kind:
            continue
        meant = found if isinstance(found, str) else [c for c in found if one.means(c)] or NOT_THERE
        if isinstance(meant, str):
            yield Proposal(name, module, incident["region"], problem=f"{meant} {one.why}")
        else:
            yield from (checked(name, module, Candidate(c.target, one.why), incident) for c in meant)


def _new(proposals: list[Proposal], plan: Json) -> Iterator[Proposal]:
    """Each once, and none that the plan has."""
    seen = {_of(step["action"], step["target"]) for step in plan["steps"]}
    for proposal in proposals:
        mark = _of(proposal.action_id, proposal.target)
        if proposal.problem is not None or mark not in seen:
            yield proposal
        seen.add(mark)


def _of(action_id: str, target: Json) -> bytes:
    return canonical([action_id, target])


def _attended(incident: Json, proposal: Proposal) -> Decision:
    """What the policy says, and at least one person."""
    decision = decide(proposal.action, incident)
    if decision.approval != AUTOMATIC:
        return decision
    return Decision(ONE, f"{decision.rule} {ATTENDED}", decision.by)


def _unseen(number: int) -> list[Json]:
    return [{"action": "iam.quarantine_user", "why": UNSEEN.format(number=number)}] if number else []
