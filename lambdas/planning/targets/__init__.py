"""Which things an incident is about: one file per kind of target, each with PERMISSIONS and `find`.

    PERMISSIONS: tuple[Permission, ...]   what `find` may call with the power to observe; a target is not known yet, so
                                          their resources are templates over {partition}, {account} and {region}
    def find(session, incident, baseline) -> list[Candidate]

`baseline` holds what is recorded for the incident's Region, by kind of resource: {"invocation_logging":
{"loggingConfig": {...} or None}, "agent": {"agents": {agent id: {...}}}}; {} where nothing is recorded. `find` raises
NotOurs, with the reason in words for the plan, where it has looked and there is nothing to propose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A target that fits the action's schema, and why it is proposed, in one sentence for the approver."""

    target: dict[str, Any]
    why: str
