"""Runs every check: one line for each problem, exit code 1 where there is one. Offline once npm and uv have theirs."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

from deploy.checks import (
    asl_validator,
    dead_letters,
    definitions,
    event_patterns,
    evidence,
    handlers,
    lint,
    machines,
    powers,
    static_analysis,
    translation,
)
from deploy.checks.subject import Subject, read

AT_ONCE = (asl_validator, static_analysis)
"""Processes of their own, so that they run beside the others."""
IN_TURN = (dead_letters, evidence, event_patterns, handlers, machines, powers, definitions, lint)


def run(subject: Subject) -> dict[str, list[str]]:
    """The problems by name of the check."""
    if wrong := list(translation.problems(subject)):
        return {"translation": wrong}
    with ThreadPoolExecutor() as pool:
        waiting = {check: pool.submit(_problems, check, subject) for check in AT_ONCE}
        found = {_name(check): _problems(check, subject) for check in IN_TURN}
        return {**found, **{_name(check): future.result() for check, future in waiting.items()}}


def _problems(check: ModuleType, subject: Subject) -> list[str]:
    return list(check.problems(subject))


def _name(check: ModuleType) -> str:
    return check.__name__.rpartition(".")[2]


def main() -> int:
    started = time.monotonic()
    try:
        subject = read()
    except FileNotFoundError as error:
        print(f"{error.filename}: is not there; `make render` writes it", file=sys.stderr)
        return 1
    found = run(subject)
    for name, problems in found.items():
        for problem in problems:
            print(f"{name}: {problem}", file=sys.stderr)
    count = sum(map(len, found.values()))
    print(f"{len(found)} checks of what is deployed, {count} problems, {time.monotonic() - started:.0f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
