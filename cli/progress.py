"""How far a hunt is: a bar on stderr where a person watches, nothing where nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.screen import aside, plain

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Shown:
    """What hunt.reading tells of its progress, as a bar. Files, bytes and records are counts."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self.bar, self.task, self.records = bar, task, 0

    def begin(self, files: int, bytes: int) -> None:  # noqa: A002 the seam's name
        self.bar.update(self.task, total=bytes or files, description=f"{files:,} files")

    def advance(self, files: int, bytes: int, records: int) -> None:  # noqa: A002 the seam's name
        self.records += records
        self.bar.update(self.task, advance=bytes or files, told=f"{self.records:,} records")

    def found(self, name: str) -> None:
        self.bar.console.print(f"[dim]found:[/] {plain(name)}")


@contextmanager
def shown() -> Iterator[Shown | None]:
    """A bar while something is read; None where stderr is no terminal."""
    if not aside().is_terminal:
        yield None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=aside(), transient=True) as bar:
        yield Shown(bar, bar.add_task("looking for files", total=None, told=""))
