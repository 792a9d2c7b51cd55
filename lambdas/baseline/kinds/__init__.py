"""What a baseline holds: one file for each kind of resource, found by its path. Each has

PERMISSIONS: tuple[Permission, ...]   what `read` may call, with the power to observe
EVENTS: tuple[str, ...]               CloudTrail's names of the calls that change such a resource: who drifted it is
                                      looked up by them
def read(session) -> dict             what is there now, as JSON, without what changes by itself (states, times)

`read` lets the errors of AWS pass: a kind that cannot be read is recorded as a gap and never as empty.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType


def names() -> tuple[str, ...]:
    files = Path(__file__).parent.glob("*.py")
    return tuple(sorted(file.stem for file in files if not file.stem.startswith("_")))


def load(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
