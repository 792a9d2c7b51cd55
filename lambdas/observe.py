"""The rooms of a response that only read, behind one function of the power to observe.

They follow each other within a second. One function means one cold start before the first containing call, not three.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from lambdas.core.errors import InputRefused
from lambdas.core.refusals import throttling_by_name

Json = dict[str, Any]

ROOMS = {
    "confirm": "lambdas.intake.confirm",
    "evidence": "lambdas.evidence.preserve",
    "plan": "lambdas.planning.plan",
    "verify": "lambdas.actions.verify",
}


def handler(event: Json, context: Any) -> Json:
    """Hand the event to the handler of its `room`, and give that one's answer. Raises InputRefused for no room."""
    if event.get("room") not in ROOMS:
        raise InputRefused("room", f"must be one of {', '.join(ROOMS)}")
    with throttling_by_name():
        answer: Json = import_module(ROOMS[event["room"]]).handler(event, context)
    return answer
