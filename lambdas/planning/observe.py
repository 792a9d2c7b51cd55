"""Which rooms look into an attacked account. The observe member role holds their `PERMISSIONS` and nothing else.

The permissions of the actions' own `read` and `settled`, and those of `lambdas/planning/targets/*`, come on top.
"""

from __future__ import annotations

from importlib import import_module

from lambdas.baseline import kinds
from lambdas.core.action import Permission

OBSERVING = (
    "lambdas.intake.resolve",
    "lambdas.intake.confirm",
    "lambdas.evidence.preserve",
    "lambdas.baseline.inventory",
    "lambdas.baseline.actors",
    *(f"lambdas.baseline.kinds.{name}" for name in kinds.names()),
)


def permissions() -> tuple[Permission, ...]:
    """What all observing rooms call, each permission once."""
    wanted: list[Permission] = []
    for name in OBSERVING:
        wanted += [permission for permission in import_module(name).PERMISSIONS if permission not in wanted]
    return tuple(wanted)
