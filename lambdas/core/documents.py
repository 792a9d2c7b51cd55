"""Documents that are too large or too precious for state: plans, results, evidence and reports, in the evidence bucket.

A document is written once under a key that nothing else uses (`IfNoneMatch`), so that a rerun can neither change nor
double it. The bucket's Object Lock default retention keeps it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

from lambdas.core.errors import PlanChanged, TargetNotFound
from lambdas.core.fields import canonical, sha256
from lambdas.core.session import own_client


def key_of(incident_id: str, *parts: str) -> str:
    return "/".join(("incidents", incident_id, *parts))


def write(key: str, content: bytes, content_type: str = "application/json") -> str:
    """Write once; the SHA-256 of what is stored. A key that exists already is left as it is."""
    return write_version(key, content, content_type)[0]


def write_version(key: str, content: bytes, content_type: str = "application/json") -> tuple[str, str | None]:
    """The same; (SHA-256, version id). The version is None in a bucket that keeps none."""
    from botocore.exceptions import ClientError

    try:
        answer = own_client("s3").put_object(
            Bucket=os.environ["EVIDENCE_BUCKET"],
            Key=key,
            Body=content,
            ContentType=content_type,
            ChecksumAlgorithm="SHA256",
            ChecksumSHA256=base64.b64encode(hashlib.sha256(content).digest()).decode(),
            IfNoneMatch="*",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "PreconditionFailed":
            raise
        content, version = read_version(key)
        return sha256(content), version
    return sha256(content), answer.get("VersionId")


def write_json(key: str, document: Any) -> str:
    return write(key, canonical(document))


def read(key: str) -> bytes:
    """The bytes under a key. Raises TargetNotFound where there is none."""
    return read_version(key)[0]


def read_version(key: str) -> tuple[bytes, str | None]:
    """(the bytes under a key, their version id). Raises TargetNotFound where there is none."""
    from botocore.exceptions import ClientError

    try:
        answer = own_client("s3").get_object(Bucket=os.environ["EVIDENCE_BUCKET"], Key=key)
        content: bytes = answer["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            raise TargetNotFound(f"There is no document {key} in the evidence bucket.") from error
        raise
    return content, answer.get("VersionId")


def keys(prefix: str) -> list[str]:
    """The keys that begin so, sorted."""
    pages = (
        own_client("s3").get_paginator("list_objects_v2").paginate(Bucket=os.environ["EVIDENCE_BUCKET"], Prefix=prefix)
    )
    return sorted(item["Key"] for page in pages for item in page.get("Contents", []))


def read_json(key: str) -> Any:
    return json.loads(read(key))


def plan_key(incident_id: str, plan_hash: str) -> str:
    return key_of(incident_id, "plans", f"{plan_hash}.json")


def write_plan(plan: dict[str, Any]) -> str:
    """Store a plan under its own hash, which is its name. Returns the hash."""
    plan_hash = sha256(canonical(plan))
    write_json(plan_key(plan["incident_id"], plan_hash), plan)
    return plan_hash


def read_plan(incident_id: str, plan_hash: str) -> dict[str, Any]:
    """The plan with this hash. Raises PlanChanged where the stored bytes do not have it."""
    content = read(plan_key(incident_id, plan_hash))
    if sha256(content) != plan_hash:
        raise PlanChanged(f"The stored plan of {incident_id} is not the one that was approved ({plan_hash[:12]}…).")
    plan: dict[str, Any] = json.loads(content)
    return plan
