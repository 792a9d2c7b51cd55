"""Credentials that an attacker holds: take their power away, reversibly."""

from typing import Any

from state_machines.parts.steps import stage


def definition() -> dict[str, Any]:
    return stage("contain_credentials", "Credentials that an attacker holds: take their power away, reversibly.")
