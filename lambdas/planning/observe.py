"""Which rooms look into an attacked account. The observe member role holds their `PERMISSIONS` and nothing else.

The permissions of the actions' own `read` and `settled`, and those of `lambdas/planning/targets/*`, come on top.
"""

from __future__ import annotations

from importlib import import_module

from lambdas.core.action import Permission

OBSERVING = (
    "lambdas.intake.resolve",
    "lambdas.intake.confirm",
    "lambdas.evidence.preserve",
    "lambdas.baseline.kinds.agent",
    "lambdas.baseline.kinds.invocation_logging",
)


def permissions() -> tuple[Permission, ...]:
    """What all observing rooms call, each permission once."""
    wanted: list[Permission] = []
    for name in OBSERVING:
        wanted += [permission for permission in import_module(name).PERMISSIONS if permission not in wanted]
    return tuple(wanted)
