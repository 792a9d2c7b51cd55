"""Who has to know: AWS Support, and the services that keep the finding."""

from typing import Any

from state_machines.parts.steps import stage


def definition() -> dict[str, Any]:
    return stage("notify", "Who has to know: AWS Support, and the services that keep the finding.")
