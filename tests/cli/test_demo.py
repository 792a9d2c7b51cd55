"""The demo ends well only if everything that it claims was seen to be true."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from cli.narrator import Narrator
from tests.cli.test_local import children_of, none_left

ROOT = Path(__file__).parents[2]


def test_the_demo_plays_to_its_end_by_itself(tmp_path):
    """`make demo YES=1`: attack, response, approvals, undo, hunt and reports, each claim read; exit code 0."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", "cli.demo", "--yes"],
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
        cwd=tmp_path, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") >= 28
    assert len(list((tmp_path / "demo-report").glob("*-report.html"))) == 2
    assert (tmp_path / "demo-report" / "hunt.html").exists()


def test_ctrl_c_ends_the_demo_cleanly(tmp_path):
    """Ctrl-C while it waits for people is exit code 130, and no child lives on, even where a shell put it aside."""
    inherited = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.demo"], env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    signal.signal(signal.SIGINT, inherited)
    assert any("Open the links" in line for line in process.stdout)
    children = children_of(process.pid)
    assert children
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert none_left(children)


def test_a_claim_that_is_not_so_is_kept(capsys):
    """A claim that was not seen to be true is crossed in the text and kept for the exit code."""
    narrator = Narrator()
    narrator.expect("The agent is gone", False)
    assert narrator.failed == ["The agent is gone"]
    assert "NOT SO" in capsys.readouterr().out
