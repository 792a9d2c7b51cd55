"""The state classes of the `stepfunctions` SDK 2.3.0, with the fields that it lacks.

The SDK's own package import is not run: it wants sagemaker and pkg_resources, and sets the root logger to ERROR. Bare
parent packages stand in for it, so that only its state classes are executed. It is needed to author definitions, never
to run them: `uv sync --group author`.
"""

from __future__ import annotations

import importlib.util
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

PARTITION = "aws"


def _stand_in(name: str, folder: Path) -> None:
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


def _without_package_import() -> None:
    spec = importlib.util.find_spec("stepfunctions")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("The stepfunctions SDK is not installed: run `uv sync --group author`.")
    root = Path(spec.submodule_search_locations[0])
    _stand_in("stepfunctions", root)
    _stand_in("stepfunctions.steps", root / "steps")


if "stepfunctions" not in sys.modules:
    _without_package_import()

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # `is` with a literal, in the SDK's own source
    from stepfunctions.steps import compute, integration_resources, service, states
    from stepfunctions.steps.choice_rule import ChoiceRule
    from stepfunctions.steps.states import Choice, Pass, Succeed

__all__ = [
    "Catch",
    "Choice",
    "ChoiceRule",
    "Fail",
    "LambdaTask",
    "Map",
    "NestedTask",
    "Parallel",
    "Pass",
    "Retry",
    "Succeed",
    "machine",
]

# The SDK asks boto3 for the ambient Region's partition, so that the same source would render differently in China.
integration_resources.get_aws_partition = lambda: PARTITION


class _Wider:
    """Lets a class of the SDK take the fields named in `more`, in the SDK's spelling (`item_selector`)."""

    more: ClassVar[frozenset[str]] = frozenset()

    def is_field_allowed(self, field_name: str) -> bool:
        return field_name in self.more or super().is_field_allowed(field_name)  # type: ignore[misc]


class Fail(_Wider, states.Fail):  # type: ignore[misc]  # the SDK has no types
    more = frozenset({"error_path", "cause_path"})


class Retry(_Wider, states.Retry):  # type: ignore[misc]
    more = frozenset({"max_delay_seconds", "jitter_strategy"})


class Catch(states.Catch):  # type: ignore[misc]
    def next(self, next_step: Any) -> Any:
        """Where to go on, said after it was made: as for a state."""
        self.next_step = next_step
        return next_step


class LambdaTask(_Wider, compute.LambdaStep):  # type: ignore[misc]
    more = frozenset({"result_selector", "credentials"})


class NestedTask(_Wider, service.StepFunctionsStartExecutionStep):  # type: ignore[misc]
    """`states:startExecution.sync:2`: its `Output` is the nested execution's output, as JSON."""

    more = frozenset({"result_selector", "credentials"})


class Parallel(_Wider, states.Parallel):  # type: ignore[misc]
    more = frozenset({"result_selector"})


class Map(_Wider, states.Map):  # type: ignore[misc]
    """A Map with an ItemProcessor. The SDK knows only its predecessor, the Iterator, given as `iterator=`."""

    more = frozenset({"item_selector", "item_reader", "result_selector"})

    def to_dict(self) -> dict[str, Any]:
        definition: dict[str, Any] = super().to_dict()
        inner = definition.pop("Iterator")
        definition["ItemProcessor"] = {"ProcessorConfig": {"Mode": "INLINE"}, **inner}
        return definition


def machine(comment: str, first: Any) -> dict[str, Any]:
    """The definition that starts with the state `first`, as a JSON document."""
    definition: dict[str, Any] = states.Graph(first, comment=comment).to_dict()
    return definition
