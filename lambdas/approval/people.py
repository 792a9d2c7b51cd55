"""Who may decide: the two lists of approvers, without the person who asked for it."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Any

from lambdas.core.fields import pick

REQUIRED = {"one": 1, "two": 2}
"""How many different people each gate needs."""


def normal(email: str) -> str:
    """The spelling under which an address is compared and stored: addresses differ by no more than case in practice."""
    return email.strip().casefold()


def listed(variable: str) -> list[str]:
    """The addresses in an environment variable (comma-separated), each once, in order."""
    return list(dict.fromkeys(normal(email) for email in os.environ.get(variable, "").split(",") if email.strip()))


def excluded(incident: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    """The names of whoever asked for this, who cannot approve it: the address, and the session name of the ARN.

    IAM Identity Center names a session by the user name, which is commonly the address (IAM Identity Center User
    Guide, "Referencing permission sets in resource policies").
    """
    asking = plan if plan["kind"] == "undo" else incident
    names = (pick(asking, "requested_by", ""), pick(asking, "requester_arn", "").rsplit("/", 1)[-1])
    return sorted({normal(name) for name in names} - {""})


def to_ask(round_name: str, required: int, barred: Collection[str]) -> list[str]:
    """Whom a round asks. The second list is asked at once where the first cannot reach the number that is required."""
    first, second = (
        [email for email in listed(variable) if email not in barred]
        for variable in ("FIRST_APPROVERS", "SECOND_APPROVERS")
    )
    return first if round_name == "first" and len(first) >= required else list(dict.fromkeys(first + second))
