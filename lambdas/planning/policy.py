"""How much approval a step needs. One table, read from the top: the first row that applies decides.

the action's own minimum is two, or it is irreversible     two
the action's own minimum is one                            one
nothing may run unattended in this incident                one     (not confirmed, no generative AI call, ...)
it restores or notifies, and contains nobody               automatic
the finding type lets it run unattended                    automatic
otherwise                                                  one
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lambdas.core.action import Action, Approval

Json = dict[str, Any]

CONTAINS_NOBODY = ("recovery", "notification")
"""Stages whose automatic actions cannot cut anybody off, so that no finding type has to name them."""


@dataclass(frozen=True)
class Decision:
    """`rule` is shown to the approvers and stands in the report."""

    approval: Approval
    rule: str


def decide(action: Action, incident: Json) -> Decision:
    minimum, source = action.approval, incident["source"]["type"]
    if minimum == "two" or action.power == "eradicate":
        return Decision("two", f"{action.catalogue} cannot be taken back: two people approve it, whatever was found.")
    if minimum == "one":
        return Decision("one", f"{action.catalogue} always needs the approval of one person.")
    if (why := why_attended(incident)) is not None:
        return Decision("one", f"Nothing runs unattended in this incident: {why}")
    if action.stage in CONTAINS_NOBODY:
        return Decision("automatic", f"{action.catalogue} contains nobody: it runs unattended in a confirmed incident.")
    if action.catalogue in incident["automatic"]:
        return Decision("automatic", f"{action.catalogue} may run unattended for {source}.")
    return Decision("one", f"{source} does not let {action.catalogue} run unattended.")


def why_attended(incident: Json) -> str | None:
    """Why people decide on everything in this incident; None where the finding type's list holds."""
    if incident["withheld"]:
        return str(incident["withheld"])
    return None if incident["confirmed"] else "the finding is not confirmed by GuardDuty."


def decide_undo(step: Json) -> Decision:
    """Taking back containment gives power back to whoever was contained, so that one person approves it."""
    if step["stage"] == "containment":
        return Decision("one", "Taking back containment restores power: one person approves it.")
    return Decision("automatic", f"Taking back a step of {step['stage']} restores nobody's power.")
