"""The voice of the demo: scenes, lines with the time that has passed, and claims that are ticked or crossed."""

from __future__ import annotations

import time

from cli.screen import console, plain


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
        console().print(f"\n[bold]{self.scenes} {plain(title)}[/]  [dim]{plain(about)}[/]")

    def say(self, text: str, style: str = "") -> None:
        console().print(f"{self.clock():>8}  {plain(text)}", style=style)

    def link(self, text: str, address: str) -> None:
        """On a line of its own, whole: a terminal then makes it clickable."""
        console().print(f"{'':>8}  {plain(text)}")
        console().print(f"{'':>8}  {plain(address, 4096)}", style="cyan", soft_wrap=True)

    def expect(self, claim: str, seen: bool) -> None:
        """Tick a claim that was seen to be true; keep one that was not."""
        mark = "[green]✓[/]" if seen else "[red]✗ NOT SO:[/]"
        console().print(f"{self.clock():>8}  {mark} {plain(claim)}")
        if not seen:
            self.failed.append(claim)
