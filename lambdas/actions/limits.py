"""What is asked once more just before a change, because a plan may be older than the answer."""

from __future__ import annotations

from lambdas.actions.steps import AUTOMATIC, Approved
from lambdas.core import cap
from lambdas.core.errors import PowerRefused
from lambdas.core.ledger import Ledger
from lambdas.planning.protected import why_protected


def require_allowed(step: Approved, ledger: Ledger) -> None:
    """Raises PowerRefused for a protected principal, and for unattended containment beyond the hour's cap.

    An undo is not asked: it gives back, and a principal may have been protected because it was cut off.
    """
    if (why := why_protected(step.step["target_arn"])) is not None:
        raise PowerRefused(f"{step.step['label']} is not touched: {why}.")
    if _changes_unattended(step) and not cap.admitted(ledger, step.plan, step.step["target_arn"]):
        cap.tell(ledger, step.incident_id, step.step["label"])
        raise PowerRefused(
            f"{step.step['title']} waits, because {cap.why()} `responder resume {step.incident_id}` in the next hour."
        )


def _changes_unattended(step: Approved) -> bool:
    return step.step["approval"] == AUTOMATIC and cap.counts(step.action) and not step.step["achieved"]
