"""Loads moto's interpreter of state machines without AWS Batch.

One of its integrations takes an enumeration from moto.batch, which loads the whole of EC2: 1.5 s at every start. It
gets an equal enumeration instead; moto.batch itself stays as it is for whoever asks for it later.
"""

import sys
import types
from enum import StrEnum
from importlib import import_module


class JobStatus(StrEnum):
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


def _load() -> None:
    if "moto.batch.utils" not in sys.modules:
        sys.modules["moto.batch.utils"] = types.ModuleType("moto.batch.utils")
        sys.modules["moto.batch.utils"].__dict__["JobStatus"] = JobStatus
        import_module("moto.stepfunctions.parser.models")
        del sys.modules["moto.batch.utils"]


_load()
