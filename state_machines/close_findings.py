"""The finding that a response has dealt with: take it off the list. The last stage, where all before it holds."""

from typing import Any

from state_machines.parts.steps import stage


def definition() -> dict[str, Any]:
    return stage("close_findings", "The finding that a response has dealt with: take it off the list.")
