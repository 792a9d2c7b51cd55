"""One hunt in a process of its own, as benchmarks.hunt starts it: prints its times as JSON.

python -m benchmarks.hunt_run CACHE FOLDER...        CACHE is a folder, or - for none
"""

from __future__ import annotations

import json
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

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


def told(logs: Any, folders: list[str]) -> bool:
    """All questions, detections and the story; whether they are part of this product yet."""
    if not all(find_spec(f"hunt.{room}") for room in ("asking", "detecting", "story")):
        return False
    from hunt.asking import ask_all
    from hunt.detecting import detect
    from hunt.story import tell

    detections = detect(logs.connection)
    tell(logs, detections, folders, {"actors": [], "since": None, "until": None, "accounts": []})
    ask_all(logs.connection, {})
    return True


def main() -> int:
    cache, *folders = sys.argv[1:]
    watch = Watch()
    from hunt.reading import read

    logs = read(folders, progress=watch, cache=None if cache == "-" else Path(cache))
    reading = time.perf_counter() - START
    whole = told(logs, folders)
    times = {"reading": reading, "whole": time.perf_counter() - START, "first": watch.first, "told": whole}
    print(json.dumps(times | {"cached": logs.cached, **logs.records}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
