"""checkov on the translated template. checkov_exceptions.yaml has what it may complain of, each with its reason."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from deploy.checks.subject import Json, Subject

VERSION = "3.3.30"
EXCEPTIONS = Path(__file__).parent / "checkov_exceptions.yaml"


def problems(subject: Subject) -> Iterator[str]:
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        yield "uv is not installed, so checkov did not run: pip install uv"
        return
    yield from judged(failures(uv, subject.translated), yaml.safe_load(EXCEPTIONS.read_text()))


def judged(failures: list[Json], exceptions: list[Json]) -> Iterator[str]:
    """What no exception covers, and exceptions that cover nothing any more."""
    for failure in failures:
        if not any(_covers(exception, failure) for exception in exceptions):
            yield f"{failure['resource']}: {failure['check']} {failure['name']}"
    for exception in exceptions:
        if not any(_covers(exception, failure) for failure in failures):
            yield f"{EXCEPTIONS.name}: {exception['check']} for {exception['resources']} covers nothing: delete it"


def _covers(exception: Json, failure: Json) -> bool:
    return (
        bool(exception["reason"])
        and exception["check"] == failure["check"]
        and any(fnmatchcase(failure["resource"], pattern) for pattern in exception["resources"])
    )


def failures(uv: str, template: Json) -> list[Json]:
    """What checkov finds: {check, name, resource}. It asks nobody: its policies come with it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.json"
        file.write_text(json.dumps(template))
        command = [uv, "tool", "run", "--from", f"checkov=={VERSION}", "checkov", "--file", str(file)]
        options = ["--framework", "cloudformation", "--skip-download", "--quiet", "--compact", "--output", "json"]
        ran = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=folder)
    if not ran.stdout.strip():
        lines = ran.stderr.strip().splitlines() or ["it said nothing"]
        return [{"check": "checkov", "name": f"did not run: {lines[-1]}", "resource": "deploy/template.yaml"}]
    return [_failure(found) for found in json.loads(ran.stdout).get("results", {}).get("failed_checks", [])]


def _failure(found: Json) -> Json:
    resource = found["resource"].split(".", 1)[-1]
    return {"check": found["check_id"], "name": found["check_name"], "resource": resource}
