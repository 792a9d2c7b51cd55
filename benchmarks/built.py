"""The package that is measured: the one for Lambda where its Python is at hand, otherwise the one for this machine."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from deploy.package import LAMBDA, LOCAL, PackageError, lambda_python


class Built(NamedTuple):
    """Its folder, the interpreter whose bytecode is in it, and which of the two it is."""

    folder: Path
    python: str
    which: str


@cache
def built() -> Built:
    try:
        python = lambda_python()
        LAMBDA.build()
    except (PackageError, subprocess.CalledProcessError) as error:
        print(f"The package for this machine is measured. {error}", file=sys.stderr)
        LOCAL.build()
        return Built(LOCAL.folder, sys.executable, "built for this machine")
    return Built(LAMBDA.folder, python, "built for Lambda")
