"""Which files there are to read, on disk and in S3, and what of AWS's trees is no log of events."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from lambdas.core.errors import InputRefused

PASSED = {
    "CloudTrail-Digest": re.compile(r"/CloudTrail-Digest/"),
    "AWS Config": re.compile(r"/AWSLogs/(?:o-[^/]+/)?\d{12}/Config/"),
    "permission checks": re.compile(r"/(?:amazon-bedrock-logs-permission-check|ConfigWritabilityCheckFile)$"),
}
"""Part of AWS's trees, and no events: neither read nor told of as skipped."""
BODY = re.compile(
    r"/BedrockModelInvocationLogs/.*/data/|/data/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}_(?:in|out)put\.json"
)
"""A large body of a model invocation: no record, but what a record's path may mean."""
UNUSED = "large bodies of model invocations"
DELIVERED = re.compile(r"/\d{12}_CloudTrail_[a-z0-9-]+_(\d{8}T\d{4})Z_[A-Za-z0-9]+\.json(?:\.gz)?$")
"""When CloudTrail delivered a file. What it holds was written at any point before that, says AWS: so no name tells that
a file ends the hunt's time. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
The names of other logs say a time too, but AWS does not say which one."""
EARLIER = "delivered before --since"
BEGINNING = datetime(2013, 1, 1, tzinfo=UTC)
"""Before CloudTrail's first file."""
CLOCKS = timedelta(hours=1)
"""How far apart the clocks that wrote events and the one that named their file may be."""


@dataclass(frozen=True)
class File:
    """One file. `stamp` changes when the file does; `bucket` and `key` are set where it is in S3."""

    name: str
    size: int
    stamp: str
    bucket: str = ""
    key: str = ""


@dataclass
class Places:
    """What there is. `too_early` is the time, as DELIVERED has it, before which no file is of interest."""

    too_early: str = ""
    files: list[File] = field(default_factory=list)
    bodies: list[File] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    passed: dict[str, int] = field(default_factory=dict)

    def skip(self, name: str, reason: str) -> None:
        self.skipped.append({"file": name, "reason": reason})

    def sort(self, file: File) -> None:
        """Add a file, unless it is known to hold no events, or none of the hunt's time."""
        name = f"/{file.name}"
        if BODY.search(name):
            self.bodies.append(file)
        elif kind := self._passed(name):
            self.passed[kind] = self.passed.get(kind, 0) + 1
        else:
            self.files.append(file)

    def unused(self, bodies: int) -> None:
        """So many bodies belong to no record that was kept."""
        if bodies:
            self.passed[UNUSED] = bodies

    def _passed(self, name: str) -> str | None:
        """Why a file is passed over; nothing for one that is to be read."""
        delivered = DELIVERED.search(name)
        if delivered and delivered[1] < self.too_early:
            return EARLIER
        return next((kind for kind, pattern in PASSED.items() if pattern.search(name)), None)


def found(places: Sequence[str], session: Any = None, since: str | None = None) -> Places:
    """All files of the places, each once, by name, but those of CloudTrail that were delivered before `since`, an ISO
    time. Raises InputRefused for a place that is not there."""
    answer, known = Places(_too_early(since)), set()
    _real_folder.cache_clear()
    for place in places:
        objects = _objects(place, session, answer) if place.startswith("s3://") else _on_disk(Path(place), answer)
        for file, identity in objects:
            if identity not in known:
                known.add(identity)
                answer.sort(file)
    answer.files.sort(key=lambda file: file.name)
    return answer


def _too_early(since: str | None) -> str:
    if since is None:
        return ""
    at = max(datetime.fromisoformat(since), BEGINNING) - CLOCKS
    return re.sub("[-:]", "", at.isoformat()[:16])


def _on_disk(place: Path, answer: Places) -> Iterator[tuple[File, str]]:
    if not place.exists():
        raise InputRefused("place", "must be a file, a folder or s3://bucket/prefix that is there")
    for path in _walked(place, answer) if place.is_dir() else [place]:
        try:
            status = path.stat()
        except OSError as problem:
            answer.skip(str(path), problem.strerror or "cannot be read")
            continue
        if stat.S_ISREG(status.st_mode):
            yield File(str(path), status.st_size, str(status.st_mtime_ns)), _real(path)
        else:
            answer.skip(str(path), "not a file")


def _real(path: Path) -> str:
    """The file itself, whichever way leads to it. Each folder is resolved once, since that takes long."""
    return os.path.realpath(path) if path.is_symlink() else f"{_real_folder(str(path.parent))}/{path.name}"


@lru_cache(maxsize=1_000)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def _walked(folder: Path, answer: Places) -> Iterator[Path]:
    """Folders behind symbolic links are not entered: they might lead round in a circle."""
    for name, folders, files in os.walk(folder, onerror=lambda problem: _unread(problem, answer)):
        for inner in folders:
            if (Path(name) / inner).is_symlink():
                answer.skip(str(Path(name) / inner), "a symbolic link to a folder")
        yield from (Path(name) / file for file in files)


def _unread(problem: OSError, answer: Places) -> None:
    answer.skip(str(problem.filename), problem.strerror or "cannot be read")


def client(session: Any) -> Any:
    """S3, as the session or else this machine's environment reaches it."""
    import boto3

    return (session or boto3.Session()).client("s3")


def _objects(place: str, session: Any, answer: Places) -> Iterator[tuple[File, str]]:
    from botocore.exceptions import ClientError

    bucket, _, prefix = place.removeprefix("s3://").partition("/")
    empty = True
    try:
        for page in client(session).get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for one in page.get("Contents", []):
                empty = False
                if not one["Key"].endswith("/"):
                    name = f"s3://{bucket}/{one['Key']}"
                    yield File(name, one["Size"], one["ETag"], bucket, one["Key"]), name
    except ClientError as problem:
        raise InputRefused("place", f"s3 answers {problem.response['Error']['Code']} for this bucket") from problem
    if empty:
        raise InputRefused("place", "must be a bucket and prefix that hold objects")
