"""What a person is told once something is decided: what it was, what happens next, and what does not happen."""

from __future__ import annotations

from typing import Any

from lambdas.approval import wording
from lambdas.approval.gate import Gate
from lambdas.approval.view import heading_view, votes_view

Json = dict[str, Any]

LEADS = {
    "delivered": "The response carries out the approved steps now, reads back each result, and reports.",
    "late": (
        "The response was not waiting for this answer: it has it already, or its time has run out. "
        "Nothing more happens from here."
    ),
    "": "The decision is safe on record, but the response has not been told yet.",
    "refused": "None of these steps is carried out. The response goes on to its report, which names the reason.",
    "expired": "None of these steps is carried out. The response goes on to its report.",
    "silence": "Nothing was decided here in time. The response asks others too, or ends without these steps.",
}
HEADINGS = {
    "delivered": ("Approved", "good"),
    "late": ("Approved, but not waited for", "stopped"),
    "": ("Approved, not yet passed on", "waiting"),
    "refused": ("Refused", "stopped"),
    "expired": ("Time ran out", "stopped"),
    "silence": ("Time ran out", "stopped"),
}


def outcome_view(gate: Gate, plan: Json, at: float, just_voted: bool) -> Json:
    """The page after a decision, also for those who come to it later."""
    heading, lead, tone = _told(gate, at, just_voted)
    proposed = gate.proposed(plan)
    left_out = [step for step in proposed if step["step_id"] not in gate.approved_steps]
    return {
        **heading_view(gate, plan, at),
        "heading": heading,
        "lead": lead,
        "tone": tone,
        "just_voted": just_voted,
        "reason": gate.reason,
        "votes": votes_view(gate),
        "carried": [step for step in proposed if step["step_id"] in gate.approved_steps],
        "left_out": left_out if gate.state == "approved" else [],
        "undelivered": gate.undelivered,
    }


def _told(gate: Gate, at: float, just_voted: bool) -> tuple[str, str, str]:
    """Heading, what happens next, and the tone (good, waiting or stopped)."""
    if gate.state == "open" and at < gate.deadline:
        return _waiting(gate, just_voted)
    word = {"approved": gate.answer, "open": "silence"}.get(gate.state, gate.state)
    heading, tone = HEADINGS[word]
    return heading, LEADS[word], tone


def _waiting(gate: Gate, just_voted: bool) -> tuple[str, str, str]:
    missing = wording.count(gate.required - len(gate.votes), "more approver")
    heading = "Your approval is recorded" if just_voted else "Approved so far"
    lead = f"Nothing is carried out yet: {missing} must approve. Only steps that everybody ticked are carried out."
    return heading, lead, "waiting"
