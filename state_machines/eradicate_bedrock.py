"""What an attacker left in Amazon Bedrock: remove it. Only with approval."""

from typing import Any

from state_machines.parts.steps import stage


def definition() -> dict[str, Any]:
    return stage("eradicate_bedrock", "What an attacker left in Amazon Bedrock: remove it. Only with approval.")
