"""The target finders, by kind."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from lambdas.planning import targets


@cache
def finders() -> dict[str, ModuleType]:
    """`lambdas/planning/targets/access_key.py` finds targets of kind `access_key`."""
    names = sorted(module.name for module in pkgutil.iter_modules(targets.__path__))
    return {name: importlib.import_module(f"{targets.__name__}.{name}") for name in names}
