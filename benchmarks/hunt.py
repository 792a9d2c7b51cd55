"""How fast the hunt reads, against what reading costs at least and what a plain question would cost, and its memory.

All on a set of 1 GB that benchmarks.trail makes once; memory also on 5 GB, five such sets with other ids. Each hunt
runs in a process of its own, and is timed in it from its first import on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import deflate

from benchmarks import trail
from benchmarks.figures import Json, figure, least

CORES = 2
RUNS = 3
SAMPLE = 10
"""jq and plain Python read one file in so many; their times are taken so many times."""
QUESTION = """
SELECT record.eventName, record.userIdentity.arn, count(*) FROM (
  SELECT unnest(Records) AS record FROM read_json(?, format = 'auto', records = 'true', maximum_object_size = 100000000,
    columns = {Records: 'STRUCT(eventSource VARCHAR, eventName VARCHAR, userIdentity STRUCT(arn VARCHAR))[]'}))
WHERE record.eventSource LIKE 'bedrock%' GROUP BY ALL
"""


def measure() -> list[Json]:
    """All figures. The rounds alternate between what is compared, and the best of each counts."""
    sets = [str(trail.made(number)) for number in range(5)]
    files = sorted(Path(sets[0]).rglob("*.gz"))
    rounds = [(_seconds(_decompressed, files), _seconds(_asked, files), _hunt(sets[:1])) for _ in range(RUNS)]
    floor, question = (min(one[n] for one in rounds) for n in (0, 1))
    hunt = min((one[2] for one in rounds), key=lambda run: run["whole"])
    large = min((_hunt(sets) for _ in range(2)), key=lambda run: run["whole"])
    return [
        figure("whole hunt, 1 GB, over decompressing it with libdeflate", hunt["whole"] / floor, "ratio", 5),
        figure("whole hunt, 1 GB, over one plain DuckDB question", hunt["whole"] / question, "ratio", 0.8),
        figure("reading alone, 1 GB, over decompressing it with libdeflate", hunt["reading"] / floor, "ratio"),
        figure("whole hunt, 1 GB, events", hunt["read"] / hunt["whole"], "per second"),
        figure("first progress of a hunt, 1 GB", hunt["first"], "s", 2),
        figure("peak memory of all processes, 1 GB", hunt["peak"], "MB", 700),
        figure("peak memory of all processes, 5 GB", large["peak"], "MB", 700),
        figure("memory, 5 GB over 1 GB", large["peak"] / hunt["peak"], "ratio"),
        figure("whole hunt, 5 GB over 1 GB", large["whole"] / hunt["whole"], "ratio"),
        *_second(sets[:1]),
        *_beside(files, floor, question),
    ]


def _second(folders: list[str]) -> list[Json]:
    """The first hunt with a cache, over the best of those after it: the same once more, and with other detections."""
    with tempfile.TemporaryDirectory() as cache:
        first = _hunt(folders, cache)
        same = [_hunt(folders, cache) for _ in range(RUNS)]
        other = [_hunt(folders, cache, f"arn:aws:iam::111122223333:user/u{number}") for number in range(RUNS)]
    assert all(run["cached"] for run in same + other)
    return [
        least("first hunt over the same one again", first["whole"] / _best(same, "whole"), "ratio", 5),
        figure(
            "reading for a first hunt over that for a second one", first["reading"] / _best(same, "reading"), "ratio"
        ),
        figure("first hunt over a second one with other settings", first["whole"] / _best(other, "whole"), "ratio"),
    ]


def _best(runs: list[Json], time: str) -> float:
    return min(float(run[time]) for run in runs)


def _beside(files: list[Path], floor: float, question: float) -> list[Json]:
    """What others take, for the reader."""
    sample = files[::SAMPLE]
    others: dict[str, Callable[[], float]] = {
        "libdeflate decompression": lambda: floor,
        "one plain DuckDB question": lambda: question,
        "zcat": lambda: _seconds(_piped, files, ["zcat"]),
        "plain Python json loop": lambda: SAMPLE * _seconds(_looped, sample),
        "jq": lambda: SAMPLE * _seconds(_piped, sample, ["sh", "-c", f"zcat \"$@\" | jq -c '{JQ}'", "sh"]),
    }
    return [figure(f"{name}, 1 GB, {CORES} processes", seconds(), "s") for name, seconds in others.items()]


JQ = '.Records[] | select(.eventSource | startswith("bedrock")) | [.eventName, .userIdentity.arn]'


def _seconds(work: Callable[..., None], *arguments: Any) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def _spread(work: Callable[[Sequence[Path]], None], files: Sequence[Path]) -> None:
    parts = [files[n : n + 30] for n in range(0, len(files), 30)]
    with ProcessPoolExecutor(CORES, mp_context=get_context("fork")) as pool:
        list(pool.map(work, parts))


def _decompressed(files: Sequence[Path]) -> None:
    _spread(_decompress, files)


def _decompress(files: Iterable[Path]) -> None:
    for file in files:
        deflate.gzip_decompress(file.read_bytes())


def _looped(files: Sequence[Path]) -> None:
    _spread(_loop, files)


def _loop(files: Iterable[Path]) -> None:
    import gzip

    found: dict[tuple[str, str], int] = {}
    for file in files:
        for record in json.loads(gzip.decompress(file.read_bytes()))["Records"]:
            if record["eventSource"].startswith("bedrock"):
                key = (record["eventName"], record["userIdentity"].get("arn", ""))
                found[key] = found.get(key, 0) + 1


def _asked(files: Sequence[Path]) -> None:
    import duckdb

    connection = duckdb.connect(config={"threads": CORES})
    assert connection.execute(QUESTION, [[str(file) for file in files]]).fetchall()


def _piped(files: Sequence[Path], command: list[str]) -> None:
    names = "\0".join(map(str, files)).encode()
    shared = ["xargs", "-0", "-P", str(CORES), "-n", "20", *command]
    subprocess.run(shared, input=names, stdout=subprocess.DEVNULL, check=True)


def _hunt(folders: list[str], cache: str = "-", trusted: str = "-") -> Json:
    """One hunt in its own process: its times, its counts, and `peak`, the most memory that it and its processes had."""
    command = [sys.executable, "-m", "benchmarks.hunt_run", cache, trusted, *folders]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peaks: list[float] = []
        watching = threading.Thread(target=_watch, args=(process, peaks))
        watching.start()
        output, _ = process.communicate()
        watching.join()
    run: Json = json.loads(output)
    return run | {"peak": max(peaks)}


def _watch(process: subprocess.Popen[str], peaks: list[float]) -> None:
    while process.poll() is None:
        peaks.append(sum(map(_resident, _family(process.pid))) / 1e6)
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    """A process and all that it or its threads started."""
    started = [child for task in Path(f"/proc/{pid}/task").glob("*/children") for child in _words(task)]
    return [pid, *(one for child in started for one in _family(int(child)))]


def _words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []


def _resident(pid: int) -> int:
    """Bytes; pages that two processes share count in each."""
    words = _words(Path(f"/proc/{pid}/statm"))
    return int(words[1]) * 4096 if words else 0
