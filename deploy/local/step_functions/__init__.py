"""Step Functions as AWS does it: moto's interpreter of the Amazon States Language, with its gaps closed.

Each file closes gaps of one kind in moto 5.2.5 and says which. JSONPath only: JSONata is refused when a machine is
created.
"""

import deploy.local.step_functions.light_interpreter  # noqa: F401  Before anything that loads the interpreter.
from deploy.local.step_functions import callbacks, definitions, execution_api, failures, naming, nested, tasks
from deploy.local.step_functions.execution_api import executions

__all__ = ["executions", "install"]


def install(endpoint: str) -> None:
    """Close the gaps. `endpoint` is where tasks call AWS."""
    definitions.install()
    naming.install()
    failures.install()
    callbacks.install()
    execution_api.install()
    nested.install()
    tasks.install(endpoint)
