"""What votes amount to. No storage here: the same rule decides on the page, in the answer and before an action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["open", "approved", "refused", "expired"]

NOTHING_IN_COMMON = "The approvers selected no step in common."


@dataclass(frozen=True)
class Vote:
    """One person's word on a gate. `steps` are the step ids that an approval selected; `at` is ISO 8601 in UTC."""

    approver: str
    decision: Literal["approve", "refuse"]
    steps: tuple[str, ...]
    reason: str
    at: str
    source_ip: str

    def facts(self) -> dict[str, Any]:
        """The vote as it is stored under its approver's address."""
        return {
            "decision": self.decision,
            "steps": list(self.steps),
            "reason": self.reason,
            "at": self.at,
            "source_ip": self.source_ip,
        }


@dataclass(frozen=True)
class Outcome:
    state: State
    steps: tuple[str, ...] = ()
    reason: str = ""


def outcome(required: int, votes: Iterable[Vote]) -> Outcome:
    """Where a gate stands after these votes: one refusal refuses, enough approvals approve what all selected."""
    by_person = {vote.approver: vote for vote in votes}
    refusals = [vote for vote in by_person.values() if vote.decision == "refuse"]
    if refusals:
        return Outcome("refused", reason=f"Refused by {refusals[0].approver}: {refusals[0].reason}")
    if len(by_person) < required:
        return Outcome("open")
    steps = agreed(list(by_person.values()))
    return Outcome("approved", steps) if steps else Outcome("refused", reason=NOTHING_IN_COMMON)


def agreed(votes: Sequence[Vote]) -> tuple[str, ...]:
    """The step ids that every one of these votes selected, in the order of the first."""
    if not votes:
        return ()
    return tuple(step for step in votes[0].steps if all(step in vote.steps for vote in votes[1:]))
