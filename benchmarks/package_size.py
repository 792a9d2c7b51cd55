"""How large the unzipped Lambda package is, beside boto3 and what boto3 brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

AIM = 30.0
BOTO3 = ("boto3", "botocore", "s3transfer", "urllib3", "dateutil", "jmespath", "six")


def measure(package: Path) -> list[dict[str, Any]]:
    files = [f for f in package.rglob("*") if f.is_file()]
    ours = [f for f in files if f.relative_to(package).parts[0].split("-")[0].split(".")[0] not in BOTO3]
    size = sum(f.stat().st_size for f in ours) / 1e6
    whole = sum(f.stat().st_size for f in files) / 1e6
    return [
        {
            "name": "unzipped package beside boto3",
            "value": round(size, 2),
            "unit": "MB",
            "aim": f"<= {AIM}",
            "met": size <= AIM,
        },
        {"name": "unzipped package with boto3", "value": round(whole, 2), "unit": "MB", "aim": None, "met": None},
    ]
