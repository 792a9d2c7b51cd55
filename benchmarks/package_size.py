"""How large the unzipped Lambda package is, beside boto3 and what boto3 brings."""

from __future__ import annotations

from benchmarks.built import built
from benchmarks.figures import Json, figure

AIM = 30.0
BOTO3 = ("boto3", "botocore", "s3transfer", "urllib3", "dateutil", "jmespath", "six")


def measure() -> list[Json]:
    package = built()
    files = [f for f in package.folder.rglob("*") if f.is_file()]
    ours = [f for f in files if f.relative_to(package.folder).parts[0].split("-")[0].split(".")[0] not in BOTO3]
    size = sum(f.stat().st_size for f in ours) / 1e6
    whole = sum(f.stat().st_size for f in files) / 1e6
    return [
        figure(f"unzipped package beside boto3, {package.which}", size, "MB", AIM),
        figure(f"unzipped package with boto3, {package.which}", whole, "MB"),
    ]
