"""The definitions in asl-validator, an implementation of the language that is independent of cfn-lint's."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from deploy.checks.subject import Subject

HERE = Path(__file__).parent / "asl"
VALIDATOR = HERE / "node_modules" / ".bin" / "asl-validator"


def problems(subject: Subject) -> Iterator[str]:
    if trouble := _installed():
        yield trouble
        return
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.asl.json" for name in subject.definitions}
        for name, file in files.items():
            file.write_text(json.dumps(subject.definitions[name]))
        yield from _validated(folder, list(files.values()))


def _installed() -> str:
    """Install it where it is not yet; what stands against it, in one line."""
    lock, mark = HERE / "package-lock.json", HERE / "node_modules" / ".installed"
    if mark.exists() and mark.read_text() == lock.read_text():
        return ""
    npm = shutil.which("npm")
    if not npm:
        return "node and npm are not installed, so asl-validator did not look at the definitions: apt-get install npm"
    install = subprocess.run([npm, "ci", "--silent"], cwd=HERE, capture_output=True, text=True, check=False)
    if install.returncode:
        return f"npm ci in deploy/checks/asl failed, so asl-validator did not run: {_one_line(install.stderr)}"
    mark.write_text(lock.read_text())
    return ""


def _validated(folder: str, files: list[Path]) -> Iterator[str]:
    paths = [part for file in files for part in ("--json-path", str(file))]
    ran = subprocess.run([str(VALIDATOR), *paths], capture_output=True, text=True, check=False)
    said = (ran.stdout + ran.stderr).replace(f"{folder}/", "").replace(".asl.json", "")
    wrong = [line for line in said.splitlines() if line.strip() and not line.startswith("✓")]
    if ran.returncode and not wrong:
        yield f"asl-validator ended with {ran.returncode} and said nothing"
    if ran.returncode:
        yield _one_line(" ".join(wrong))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]
