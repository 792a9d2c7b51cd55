"""What the person sees: answers on stdout, asides on stderr, everything from the attacked account cleaned."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from lambdas.core.fields import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

COLOURS = {
    "performed": "green", "undone": "green", "closed": "green", "approved": "green", "nothing_to_do": "green",
    "failed": "red", "undo_failed": "red", "refused": "red", "expired": "red",
    "drifted": "yellow", "undo_drifted": "yellow", "open": "yellow", "intended": "cyan", "undo_intended": "cyan",
}  # fmt: skip

WORDS = {
    "performed": "done",
    "nothing_to_do": "was so already",
    "intended": "under way",
    "undo_intended": "being undone",
    "undo_drifted": "not undone: changed meanwhile",
    "undo_failed": "undo failed",
    "drifted": "not done: changed meanwhile",
    "planned": "planned",
}


@cache
def console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


@cache
def aside() -> Console:
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """A remark that is not the answer: on stderr, so that stdout can be piped."""
    sys.stderr.write(clean(text) + "\n")


def print_json(document: Any) -> None:
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def status_text(status: str) -> str:
    """A status in plain words and its colour, as Rich markup."""
    word = WORDS.get(status, status)
    colour = COLOURS.get(status)
    return f"[{colour}]{plain(word)}[/]" if colour else plain(word)


def plain(text: Any, limit: int = 200) -> str:
    """Text that is safe inside Rich markup."""
    from rich.markup import escape

    return escape(clean(text, limit))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table without frames. Cells are Rich markup: `plain` what comes from elsewhere."""
    from rich.table import Table

    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    for position, column in enumerate(columns):
        # The first is an id or a time, to be copied whole.
        made.add_column(column, overflow="fold", no_wrap=position == 0)
    for row in rows:
        made.add_row(*row)
    return made


def clock(at: str) -> str:
    """`2026-01-02T03:04:05.678Z` as `03:04:05`; dates are told where they matter."""
    return clean(at)[11:19]


def left(deadline: float) -> str:
    """How long until a deadline in epoch seconds, in words."""
    seconds = int(deadline - datetime.now(UTC).timestamp())
    if seconds <= 0:
        return "time is up"
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min left"
    return f"{minutes} min {seconds % 60} s left"
