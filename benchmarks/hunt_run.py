"""One hunt in a process of its own, as benchmarks.hunt starts it: prints its times as JSON.

python -m benchmarks.hunt_run CACHE TRUSTED FOLDER...

CACHE is a folder, TRUSTED the name of an actor whom the detections pass over; - stands for none.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

START = time.perf_counter()


class Watch:
    """When there was something to show for the first time: progress, or an event of the watch-list."""

    def __init__(self) -> None:
        self.first = 0.0

    def begin(self, files: int, bytes: int) -> None:  # noqa: A002
        pass

    def advance(self, files: int, bytes: int, records: int) -> None:  # noqa: A002, ARG002
        self.first = self.first or time.perf_counter() - START

    def found(self, name: str) -> None:  # noqa: ARG002
        self.first = self.first or time.perf_counter() - START


def main() -> int:
    cache, trusted, *folders = sys.argv[1:]
    watch = Watch()
    from hunt.answers import story
    from hunt.reading import read

    logs = read(folders, progress=watch, cache=None if cache == "-" else Path(cache))
    reading = time.perf_counter() - START
    wanted = {"actors": [], "since": None, "until": None, "accounts": []}
    settings = {} if trusted == "-" else {"settings": {"trusted_actors": [trusted]}}
    story(logs, folders, wanted | settings, with_questions=True)
    times = {"reading": reading, "whole": time.perf_counter() - START, "first": watch.first}
    print(json.dumps(times | {"cached": logs.cached, **logs.records}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
