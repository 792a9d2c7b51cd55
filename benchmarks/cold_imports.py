"""What a handler costs to import in a new process, over `import boto3` and the clients that it uses anyway."""

from __future__ import annotations

import os
import statistics
import subprocess

from benchmarks.built import Built, built
from benchmarks.figures import Json, figure

RUNS = 15
AIM = 1.2
HANDLERS = {
    "intake.guardduty": ("dynamodb", "stepfunctions"),
    "intake.confirm": ("sts", "dynamodb", "guardduty"),
    "evidence.preserve": ("sts", "dynamodb", "s3", "iam", "cloudtrail"),
    "planning.plan": ("sts", "dynamodb", "s3", "iam", "bedrock"),
    "actions.run": ("sts", "dynamodb", "s3", "iam"),
    "actions.undo": ("sts", "dynamodb", "s3", "iam"),
    "actions.verify": ("sts", "dynamodb", "s3", "iam"),
    "approval.ask": ("dynamodb", "kms", "s3", "sesv2"),
    "approval.page": ("dynamodb", "kms", "s3", "stepfunctions"),
    "reporting.report": ("dynamodb", "s3", "sesv2"),
    "baseline.record": ("sts", "dynamodb", "s3", "kms", "bedrock"),
}
"""Each handler and the clients that one invocation makes."""

_CLIENTS = "import boto3\nfor s in {services!r}: boto3.client(s, region_name='us-east-1')\n"
_TIMED = "import time\nstart = time.perf_counter()\n{code}\nprint(time.perf_counter() - start)"


def measure() -> list[Json]:
    """One figure for each handler: the ratio of the medians, the two kinds of run alternating."""
    package = built()
    return [_ratio(package, handler, services) for handler, services in HANDLERS.items()]


def _ratio(package: Built, handler: str, services: tuple[str, ...]) -> Json:
    floor = _CLIENTS.format(services=services)
    pairs = [(_seconds(package, floor), _seconds(package, floor + f"import lambdas.{handler}")) for _ in range(RUNS)]
    bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    name = f"cold import of {handler} over boto3 and its clients, {package.which}"
    return figure(name, ours / bare, "ratio", AIM)


def _seconds(package: Built, code: str) -> float:
    """In a process with nothing but the package on its path."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(package.folder), "AWS_REGION": "us-east-1"}
    environment |= {"AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none", "POWERTOOLS_SERVICE_NAME": "bench"}
    command = [package.python, "-c", _TIMED.format(code=code)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=package.folder)
    return float(done.stdout)
