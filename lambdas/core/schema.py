"""Validate a document against its schema, with validators that are compiled ahead (`make render`).

Compiled, a validator costs its import 1 ms instead of the 110 of the jsonschema library, and no dependency.
"""

from __future__ import annotations

import importlib
import re
from typing import Any

from lambdas.core.errors import SchemaMismatch
from lambdas.core.fields import clean

LONGEST_FIELD = 200


def validate(name: str, document: Any) -> None:
    """`name` is a schema's path under schemas/ without its ending: `incident`, `actions/iam.deactivate_access_key`.

    Raises SchemaMismatch, which names the field and what is allowed there, and never repeats what stood in it.
    """
    importlib.import_module(f"lambdas.core.validators.{module_name(name)}").validate(document)


def module_name(name: str) -> str:
    return re.sub(r"\W", "_", name)


def mismatch(path: str, problem: str) -> SchemaMismatch:
    """What compiled validators raise. The path may hold names of fields that a stranger chose, so it is cleaned."""
    return SchemaMismatch(clean(path.removeprefix("data").lstrip("."), LONGEST_FIELD) or "document", problem)
