"""What a response did to a resource that it deleted later: nothing is there any more that could be taken back."""

from __future__ import annotations

from string import Formatter
from typing import Any

from lambdas.core.action import load

Json = dict[str, Any]


def apart(steps: list[Json], deletions: list[Json]) -> tuple[list[Json], list[Json]]:
    """(the steps whose target may still be there; {action, why} of each of the others)."""
    gone = {step["step_id"]: by for step in steps for by in deletions if is_part_of(step, by)}
    left_out = [
        {"action": step["action"], "why": f"{step['label']} was deleted with {gone[step['step_id']]['label']}."}
        for step in steps
        if step["step_id"] in gone
    ]
    return [step for step in steps if step["step_id"] not in gone], left_out


def is_part_of(step: Json, deletion: Json) -> bool:
    """Is the step about something of what was deleted? It names the same in every field of the ARN that was deleted.

    An alias of an agent names account, Region and the agent's id, as the ARN of the agent does.
    """
    arn = load(deletion["action"]).ACTION.target.arn
    fields = {field for _, field, _, _ in Formatter().parse(arn) if field} - {"partition"}
    mine, theirs = step["target"], deletion["target"]
    return all(field in mine and mine[field] == theirs.get(field) for field in fields)
