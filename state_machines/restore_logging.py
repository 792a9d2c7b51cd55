"""Logging that was switched off or bent: as it was before."""

from typing import Any

from state_machines.parts.steps import stage


def definition() -> dict[str, Any]:
    return stage("restore_logging", "Logging that was switched off or bent: as it was before.")
