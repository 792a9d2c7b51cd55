"""Words for times, states and reversibility, as the page and the mail use them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

STATUS = {
    "intended": "under way",
    "performed": "done and read back",
    "nothing_to_do": "was already so, nothing changed",
    "drifted": "not done: it had changed since the plan",
    "refused": "not done: refused",
    "failed": "failed",
    "undo_intended": "being undone",
    "undone": "undone",
    "undo_drifted": "not undone: it had changed since",
    "undo_failed": "undoing it failed",
}
NOT_STARTED = "not started yet"

REVERSIBILITY = {"full": "Can be undone completely", "partial": "Can be undone in part", "none": "Cannot be undone"}

STAGE = {
    "containment": "Contain",
    "eradication": "Remove for good",
    "recovery": "Restore",
    "notification": "Tell others",
}

NEEDS = {"one": "needs one approver", "two": "needs two approvers", "automatic": "automatic", "undo": "undo"}


def clock(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%H:%M UTC")


def day(epoch: float) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%a %d %b %Y")


def moment(iso: Any) -> str:
    """`2026-11-22T02:49:10.123Z` as `22 Nov 2026, 02:49:10 UTC`; anything else as it is."""
    try:
        parsed = datetime.fromisoformat(str(iso).replace("Z", "+00:00"))
    except ValueError:
        return str(iso)
    return parsed.astimezone(UTC).strftime("%d %b %Y, %H:%M:%S UTC")


def left(seconds: float) -> str:
    """Time that is left, rounded down to minutes so that nobody counts on a minute that is not there."""
    minutes = max(0, int(seconds // 60))
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours else count(rest, "minute")


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def account(account_id: str) -> str:
    """An account id in groups of four: twelve digits in one piece cannot be compared at a glance."""
    return " ".join(account_id[i : i + 4] for i in range(0, len(account_id), 4))


def plain(value: Any) -> str:
    """A JSON scalar for people."""
    if value is None:
        return "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def irreversible(number: int, of: int) -> str:
    """How many of the steps cannot be undone, in words; an empty text for none."""
    if number == of:
        return {0: "", 1: "This step cannot be undone"}.get(of, f"None of these {of} steps can be undone")
    return f"{number} of {of} cannot be undone" if number else ""
