"""Is the evidence of an incident what was preserved? Proved from the ledger down, and every fault is named.

The ledger holds each manifest's hash and version, the manifest those of every artefact. So the ledger vouches for the
manifest, the manifest for the bytes; the bucket itself is believed nothing. Reads with whatever clients it is given.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Any

from lambdas.core.documents import key_of
from lambdas.core.fields import sha256
from lambdas.core.ledger import Ledger

Json = dict[str, Any]

GONE = ("NoSuchKey", "NoSuchVersion", "404", "MethodNotAllowed", "405")
"""405 is what S3 answers for a version that is a delete marker (API reference, GetObject)."""
THREADS = 8
NOTHING = "The ledger has no manifest: no evidence of this incident was preserved."


@dataclass(frozen=True)
class Bucket:
    """The evidence bucket, with somebody's own client."""

    s3: Any
    name: str

    def read(self, key: str, version: str | None) -> bytes | None:
        """The bytes of one version; None where there is none. What S3's own checksum does not fit is empty."""
        from botocore.exceptions import ClientError, FlexibleChecksumError

        try:
            content: bytes = self.s3.get_object(Bucket=self.name, Key=key, **_of_version(version))["Body"].read()
        except FlexibleChecksumError:
            return b""
        except ClientError as error:
            if error.response["Error"]["Code"] not in GONE:
                raise
            return None
        return content

    def retention(self, key: str, version: str | None) -> tuple[str | None, datetime | None]:
        """(mode, until when) of one version, by HeadObject."""
        answer = self.s3.head_object(Bucket=self.name, Key=key, **_of_version(version))
        return answer.get("ObjectLockMode"), answer.get("ObjectLockRetainUntilDate")

    def versions(self, incident_id: str) -> dict[str, list[Json]]:
        """By key, newest first, its versions, and then its delete markers: {version, marker, at}."""
        found: dict[str, list[Json]] = defaultdict(list)
        pages = self.s3.get_paginator("list_object_versions").paginate(
            Bucket=self.name, Prefix=key_of(incident_id, "evidence") + "/"
        )
        for page, kind in product(list(pages), ("Versions", "DeleteMarkers")):
            for item in page.get(kind, ()):
                facts = {"version": item["VersionId"], "marker": kind == "DeleteMarkers", "at": item["LastModified"]}
                found[item["Key"]].append(facts)
        return found


def _of_version(version: str | None) -> Json:
    return {"VersionId": version} if version else {}


def prove(ledger: Ledger, bucket: Bucket, incident_id: str) -> Json:
    """{incident_id, intact, passes: [...], artefacts: [...], faults: [{key, fault, what}], unlisted: [key]}.

    `fault` is missing, altered, overlaid, deleted or unprotected. Calls GetObject and HeadObject of every artefact and
    ListObjectVersions. Raises botocore's ClientError where the bucket cannot be read.
    """
    recorded = list(ledger.items(incident_id, "evidence#"))
    versions = bucket.versions(incident_id)
    looks = [_look(bucket, versions, _of_manifest(item)) for item in recorded]
    manifests = [json.loads(content) for _, content in looks if content]
    artefacts = [artefact for manifest in manifests for artefact in manifest["artefacts"]]
    with ThreadPoolExecutor(THREADS) as pool:
        looks += pool.map(lambda artefact: _look(bucket, versions, artefact), artefacts)
    faults = [fault for found, _ in looks for fault in found]
    if not recorded:
        faults.append({"key": key_of(incident_id, "evidence"), "fault": "missing", "what": NOTHING})
    listed = {artefact["key"] for artefact in artefacts} | {item["manifest"] for item in recorded}
    return {
        "incident_id": incident_id,
        "intact": not faults,
        "passes": [_pass(item) for item in recorded],
        "artefacts": artefacts,
        "gaps": [gap for manifest in manifests for gap in manifest["gaps"]],
        "faults": faults,
        "unlisted": sorted(set(versions) - listed),
    }


def _pass(item: Json) -> Json:
    return {"pass": item["sk"].partition("#")[2], **{name: item[name] for name in ("manifest", "sha256", "at")}}


def _of_manifest(item: Json) -> Json:
    return {"key": item["manifest"], "sha256": item["sha256"], "version": item.get("version")}


def _look(bucket: Bucket, versions: dict[str, list[Json]], wanted: Json) -> tuple[list[Json], bytes | None]:
    """(the faults of one object, its content where that is what was written). `wanted`: {key, sha256, version}."""
    history = versions.get(wanted["key"], [])
    version = wanted.get("version") or _oldest(history)
    faults = list(_others(wanted, history, version))
    content = bucket.read(wanted["key"], version)
    if content is None:
        return [_fault(wanted, "missing", "the version that was written is not there any more"), *faults], None
    faults += _protection(bucket, wanted, version)
    if sha256(content) != wanted["sha256"]:
        return [_fault(wanted, "altered", "its bytes do not have the SHA-256 that was recorded"), *faults], None
    return faults, content


def _oldest(history: list[Json]) -> str | None:
    """What was written first: a manifest of before versions were noted does not say which one it means."""
    versions = [item["version"] for item in history if not item["marker"]]
    return versions[-1] if versions else None


def _others(wanted: Json, history: list[Json], version: str | None) -> Iterator[Json]:
    """Evidence is written once: what else stands under its key was laid over it, and readers may see that instead."""
    for item in history:
        name, at = item["version"], f"{item['at'].astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        if item["marker"]:
            yield _fault(wanted, "deleted", f"a delete marker was put over it at {at} (version {name})")
        elif name != version:
            yield _fault(wanted, "overlaid", f"another version was laid over it at {at} (version {name})")


def _protection(bucket: Bucket, wanted: Json, version: str | None) -> Iterator[Json]:
    mode, until = bucket.retention(wanted["key"], version)
    if not mode or not until:
        yield _fault(wanted, "unprotected", "it has no retention: whoever may delete objects can delete it")
    elif until <= datetime.now(UTC):
        yield _fault(wanted, "unprotected", f"its retention ended at {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC")


def _fault(wanted: Json, fault: str, what: str) -> Json:
    return {"key": wanted["key"], "fault": fault, "what": what}
