"""What an attacker made or bent in Amazon Bedrock: stop it, reversibly."""

from typing import Any

from state_machines.parts.steps import stage


def definition() -> dict[str, Any]:
    return stage("contain_bedrock", "What an attacker made or bent in Amazon Bedrock: stop it, reversibly.")
