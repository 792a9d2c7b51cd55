"""The command line itself: help, version, completion, exit codes, speed."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli.failures import MEANINGS
from cli.main import app

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(typer.main.get_command(app).commands)
PRINTS = "import typer, rich.console, rich.table, rich.markdown"
HEAVY = ("boto3", "botocore", "jinja2", "moto", "deploy.local", "rich.live")


def test_help_lists_every_exit_code(run):
    """`responder --help` documents each exit code in words."""
    answer = run("--help")
    assert answer.code == 0
    for code, meaning in MEANINGS.items():
        assert f"{code} {meaning}" in answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, command):
    """The help of each command shows an example that begins with its own name."""
    answer = run(command, "--help")
    assert answer.code == 0
    assert f"responder {command}" in " ".join(answer.out.split())


def test_version_is_the_packages(run):
    """--version prints the version of the installed package."""
    assert run("--version").out.startswith("responder 0.")


def test_a_wrong_option_is_code_2(run):
    """Wrong usage is exit code 2, with the option named."""
    answer = run("status", "--nonsense")
    assert answer.code == 2
    assert "--nonsense" in answer.err


def test_shells_complete_the_commands():
    """Completion offers the commands to bash."""
    environment = {
        **os.environ,
        "_RESPONDER_COMPLETE": "complete_bash",
        "COMP_WORDS": "responder st",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "cli.main"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        cwd=ROOT,
        check=False,
    )
    assert {"start", "status"} <= set(done.stdout.split())


def test_help_loads_nothing_heavy():
    """--help loads neither an AWS SDK nor a template engine: this is what keeps it quick."""
    code = (
        "import sys; sys.argv = ['responder', '--help']\n"
        "from cli.main import main\n"
        "try: main()\n"
        f"except SystemExit: sys.stderr.write(' '.join(m for m in {HEAVY} if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, cwd=ROOT, check=True
    )
    assert done.stderr == ""


def test_help_answers_at_once():
    """--help takes no more than two and a half times the processor time of importing what prints it, best of five."""
    pairs = [(_processor_seconds("-m", "cli.main", "--help"), _processor_seconds("-c", PRINTS)) for _ in range(5)]
    ours, bare = (min(column) for column in zip(*pairs, strict=True))
    assert ours < 2.5 * bare, f"{ours:.2f} s, {bare:.2f} s"


def _processor_seconds(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], capture_output=True, timeout=30, cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_every_command_is_one_file():
    """Each command's work is in the file of its name."""
    assert all((ROOT / "cli" / f"{command}.py").exists() for command in [*COMMANDS, "fire"])
