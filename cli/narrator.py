"""The voice of the demo: scenes, lines with the time that has passed, and claims that are ticked or crossed."""

from __future__ import annotations

import time

from rich.table import Table
from rich.text import Text

from cli.screen import console, plain
from lambdas.core.fields import clean


class Narrator:
    """`failed` holds the claims that were not seen to be true."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.failed: list[str] = []
        self.scenes = 0

    def clock(self) -> str:
        """Seconds since the beginning."""
        return f"{time.monotonic() - self.began:.1f} s"

    def scene(self, title: str, about: str) -> None:
        self.scenes += 1
        console().print(f"\n[bold]{self.scenes}. {plain(title)}[/]\n[dim]{plain(about)}[/]")

    def say(self, text: str, style: str = "") -> None:
        self._line(Text(clean(text), style=style))

    def link(self, text: str, address: str) -> None:
        """On a line of its own, whole: a terminal then makes it clickable."""
        self._line(Text(clean(text)))
        console().print(Text(clean(address, 4096), style="cyan"), soft_wrap=True)

    def _line(self, text: Text) -> None:
        """One line with its time; what does not fit goes on under its beginning."""
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=8, justify="right", style="dim")
        grid.add_column(overflow="fold")
        grid.add_row(self.clock(), text)
        console().print(grid)

    def expect(self, claim: str, seen: bool) -> None:
        """Tick a claim that was seen to be true; keep one that was not."""
        mark = Text("✓ ", style="green") if seen else Text("✗ NOT SO: ", style="red bold")
        self._line(mark + Text(clean(claim)))
        if not seen:
            self.failed.append(claim)
