"""Objects of S3 brought to this machine while others are being read: as many as are needed next, and no more."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hunt.places import File, client

AT_ONCE = 16
"""Downloads; S3 answers each after some 30 ms, however small the object."""
AHEAD = 4
"""Batches of files that are brought before they are asked for."""
Skip = Callable[[str, str], None]


class Objects:
    """Where files lie on this machine. Objects are brought into `folder`; `skip` is told of those that cannot be."""

    def __init__(self, folder: Path, session: Any, skip: Skip) -> None:
        self.folder = folder
        self.session = session
        self.skip = skip
        self.client: Any = None
        self.lock = threading.Lock()

    def here(self, batches: Iterator[list[tuple[int, File]]]) -> Iterator[list[tuple[int, File, str]]]:
        """The batches with each file's path, in their order."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            waiting: deque[list[tuple[int, File, Future[str] | None]]] = deque()
            for batch in batches:
                waiting.append([(number, file, self._begin(threads, number, file)) for number, file in batch])
                if len(waiting) > AHEAD:
                    yield _brought(waiting.popleft())
            while waiting:
                yield _brought(waiting.popleft())

    def done(self, path: str) -> None:
        """The file at `path` has been read: a copy of ours is no longer needed."""
        if Path(path).parent == self.folder:
            Path(path).unlink(missing_ok=True)

    def _begin(self, threads: ThreadPoolExecutor, number: int, file: File) -> Future[str] | None:
        return threads.submit(self._bring, number, file) if file.bucket else None

    def _bring(self, number: int, file: File) -> str:
        from botocore.exceptions import BotoCoreError, ClientError

        with self.lock:
            self.client = self.client or client(self.session)
        path = self.folder / f"object-{number}"
        try:
            self.client.download_file(file.bucket, file.key, str(path))
        except ClientError as problem:
            self.skip(file.name, f"S3 answers {problem.response['Error']['Code']}")
            return ""
        except (BotoCoreError, OSError) as problem:
            self.skip(file.name, f"not downloaded: {type(problem).__name__}")
            return ""
        return str(path)


def _brought(batch: list[tuple[int, File, Future[str] | None]]) -> list[tuple[int, File, str]]:
    placed = [(number, file, file.name if future is None else future.result()) for number, file, future in batch]
    return [(number, file, path) for number, file, path in placed if path]
