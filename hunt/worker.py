"""A process that looks at files: tasks come in at its standard input, what it found goes out, both as msgpack.

It is started by hunt.readers, knows nothing of the terminal, and ends with its input.
"""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct

from hunt.look import Found, Look
from hunt.relevance import Wanted

TABLES = ("cloudtrail_logs", "bedrock_invocations", "q_conversations")


class Setup(Struct):
    """What a process does for all its life. `folder` takes the lines that it finds."""

    wanted: Wanted
    folder: str


class Task(Struct):
    """Files to look at, [number, name, path], and who was found implicated since the last task. With `missed`, for each
    file, it is their second look."""

    part: int
    files: list[tuple[int, str, str]]
    learned: list[str] = []
    missed: list[list[str]] | None = None


class Worker:
    """Carries out tasks, in this process."""

    def __init__(self, setup: Setup) -> None:
        self.folder = Path(setup.folder)
        self.look = Look(setup.wanted, {}, set())

    def done(self, task: Task) -> Found:
        """What a task's files gave; the lines are in the folder, one file for each task and table."""
        self.look.known.update(task.learned)
        with ExitStack() as stack:
            paths = {table: self.folder / f"{table}-{task.part}.jsonl" for table in TABLES}
            self.look.lines = {table: stack.enter_context(path.open("wb")) for table, path in paths.items()}
            self._look(task)
        for path in paths.values():
            if not path.stat().st_size:
                path.unlink()
        return self.look.result()

    def _look(self, task: Task) -> None:
        for place, (number, name, path) in enumerate(task.files):
            if task.missed is None:
                self.look.first(number, name, Path(path))
            else:
                self.look.second(name, Path(path), set(task.missed[place]))


def send(stream: IO[bytes], message: Any) -> None:
    text = msgspec.msgpack.encode(message)
    stream.write(len(text).to_bytes(4, "big") + text)
    stream.flush()


def receive(stream: IO[bytes], kind: Any) -> Any:
    """The next message, or nothing where the other side has ended."""
    length = stream.read(4)
    if len(length) < 4:
        return None
    text = stream.read(int.from_bytes(length, "big"))
    return msgspec.msgpack.decode(text, type=kind)


def main() -> int:
    # Nothing here makes circles of objects, and looking for them in vain costs a fifth of the time.
    gc.disable()
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    worker = Worker(receive(tasks, Setup))
    while task := receive(tasks, Task):
        send(answers, worker.done(task))
    return 0


if __name__ == "__main__":
    sys.exit(main())
