"""Loads a module of moto without another one, of which it needs little and which would load the whole of EC2.

That takes 1 to 1.5 s, at every start.
"""

import sys
import types
from importlib import import_module
from typing import Any


def load(name: str, without: str, **stand_in: Any) -> None:
    """Load `name`, which finds these names where it looks for the module `without`. Does nothing if that is loaded.

    The module left out stays as it is for whoever asks for it later.
    """
    if without not in sys.modules:
        sys.modules[without] = types.ModuleType(without)
        sys.modules[without].__dict__.update(stand_in)
        import_module(name)
        del sys.modules[without]
