"""The processes that read: one for each core, each given the next files when it is done with the last.

Plain processes with pipes, and not multiprocessing: nothing of this process is run again in them, and none of its
threads is forked. Few files are read in this process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, cast

from hunt.look import Found
from hunt.relevance import Wanted
from hunt.worker import Setup, Task, Worker, receive, send

FEW = 4_000_000
"""Bytes as they lie there that are read before a process would have started."""
Answer = tuple[Task, Found | None]


class Readers:
    """A context in which tasks are carried out; by this process where there are few bytes to read."""

    def __init__(self, wanted: Wanted, folder: Path, size: int) -> None:
        self.setup = Setup(wanted, str(folder))
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self.here = Worker(self.setup) if size < FEW else None
        self.processes = [] if self.here else [_Process(self.setup) for _ in range(cores)]
        self.implicated: list[str] = []
        self.next_one = threading.Lock()
        self.closed = False

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process, whatever it is about."""
        self.closed = True
        for process in self.processes:
            process.end()

    def learn(self, identities: Iterable[str]) -> None:
        """Tell every process with its next task who is implicated."""
        self.implicated.extend(identities)

    def done(self, tasks: Iterator[Task]) -> Iterator[Answer]:
        """Each task with what it gave, in the order that they end in; nothing where a process died of it."""
        if self.here is not None:
            for task in tasks:
                self.here.look.known.update(self.implicated)
                yield task, self.here.done(task)
            return
        answers: SimpleQueue[Answer | None] = SimpleQueue()
        # What breaks off here ends the processes first: the threads wait for their answers.
        with ThreadPoolExecutor(len(self.processes)) as threads, ExitStack() as broken_off:
            broken_off.callback(self.close)
            serving = [threads.submit(self._serve, place, tasks, answers) for place in range(len(self.processes))]
            for _ in serving:
                yield from iter(answers.get, None)
            broken_off.pop_all()
            for one in serving:
                one.result()

    def _serve(self, place: int, tasks: Iterator[Task], answers: SimpleQueue[Answer | None]) -> None:
        """Give one process tasks until there are none. One that dies is replaced: it lost what it was about."""
        try:
            while task := self._next(tasks):
                found = self.processes[place].done(task, self.implicated)
                answers.put((task, found))
                if found is None and not self.closed:
                    self.processes[place] = _Process(self.setup)
        finally:
            answers.put(None)

    def _next(self, tasks: Iterator[Task]) -> Task | None:
        with self.next_one:
            return None if self.closed else next(tasks, None)


class _Process:
    def __init__(self, setup: Setup) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        # In a group of its own: Ctrl-C is the parent's business.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hunt.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            process_group=0,
        )
        self.told = 0
        send(self.tasks, setup)

    @property
    def tasks(self) -> IO[bytes]:
        return cast("IO[bytes]", self.process.stdin)

    def done(self, task: Task, implicated: list[str]) -> Found | None:
        task.learned, self.told = implicated[self.told :], len(implicated)
        try:
            send(self.tasks, task)
            return cast("Found | None", receive(cast("IO[bytes]", self.process.stdout), Found))
        except BrokenPipeError:
            return None

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
