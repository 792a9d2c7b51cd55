"""The processes that read end with the hunt, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hunt import readers, reading
from tests.hunt.logs import call, counts, event, file, of

HUNT = """
import sys
from pathlib import Path
from hunt.reading import read
read([sys.argv[1]], cache=Path(sys.argv[2]))
"""


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes in /proc")
def test_ctrl_c_ends_them_and_leaves_nothing(tmp_path: Path) -> None:
    """The signal goes to the whole group, as a terminal sends it: no process and no file stays, and no half cache."""
    records = {"Records": [event(eventID=str(n)) for n in range(2_000)]}
    file(tmp_path, "logs/0.json", records)
    # More than are read before the signal, however late a busy machine lets it be sent.
    for n in range(1, 600):
        (tmp_path / f"logs/{n}.json").hardlink_to(tmp_path / "logs/0.json")
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-c", HUNT, str(tmp_path / "logs"), str(tmp_path / "kept")]
    environment = os.environ | {"TMPDIR": str(tmp_path / "temporary"), "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (children := _children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode != 0
    assert errors.count(b"KeyboardInterrupt") == 1
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (tmp_path / "kept").exists()


def test_a_process_that_dies_costs_its_files_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one takes its place; the files that it had are told of."""
    monkeypatch.setattr(readers, "FEW", 0)
    monkeypatch.setattr(reading, "BATCH_FILES", 1)
    for n in range(10):
        file(tmp_path, f"{n}.json", {"Records": [call(eventID=f"call-{n}")]})
    done = readers._Process.done

    def dying(process: Any, task: Any, implicated: list[str]) -> Any:
        if task.files[0][1].endswith("3.json"):
            process.process.kill()
            process.process.wait()
        return done(process, task, implicated)

    monkeypatch.setattr(readers._Process, "done", dying)
    logs = of(tmp_path)
    assert counts(logs) == (9, 9, 0, 0)
    assert [Path(one["file"]).name for one in logs.skipped_files] == ["3.json"]
