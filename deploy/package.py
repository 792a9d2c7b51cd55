"""The Lambda package: one for all functions, with its dependencies and its bytecode.

    python -m deploy.package           build/package, for Lambda: arm64, Python 3.13
    python -m deploy.package --local   build/local/package, for this machine, from what is installed here

boto3 comes along because the runtime's own is older and silently drops fields that the actions need; of botocore only
the services that the code asks for. Bytecode is shipped because Lambda keeps none: without it boto3 and one client
take three times as long to start.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import fcntl
import hashlib
import importlib.metadata
import os
import py_compile
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "lambdas"
LOCK = ROOT / "uv.lock"

DEPENDENCIES = ("aws-lambda-powertools", "boto3", "jinja2")
"""What the code imports. Their own dependencies come from uv.lock; extras never do."""

LAMBDA_PYTHON = "3.13"
LAMBDA_PLATFORM = "aarch64-manylinux2014"

# boto3.resource() is not used; the examples are documentation.
NOT_NEEDED = ("boto3/data", "boto3/examples", "bin", "*.dist-info", "**/__pycache__")

EPOCH = (2020, 1, 1, 0, 0, 0)
"""Every file's time in the zip, so that the same content always gives the same zip."""


class PackageError(Exception):
    """The package cannot be built; the message says what to do."""


@dataclass(frozen=True)
class Package:
    """One flavour of the package: the unzipped `folder`, and the zip beside it."""

    folder: Path
    local: bool

    @property
    def zip(self) -> Path:
        return self.folder.with_suffix(".zip")

    def build(self) -> bool:
        """Build what changed. True where anything did. Several may ask at once: the first one builds."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self.zip.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return self._build()

    def _build(self) -> bool:
        facts = [Path(__file__).read_bytes(), self._python.encode()]
        code = _fingerprint([*facts, LOCK.read_bytes(), *_contents(CODE)])
        if self._fresh("code", code):
            return False
        # A build that breaks off leaves no stamp, and is not taken for a finished one.
        self._stamp("code").unlink(missing_ok=True)
        dependencies = _fingerprint([*facts, repr((locked(), services())).encode()])
        if not self._fresh("dependencies", dependencies):
            self._build_dependencies()
            self._stamp("dependencies").write_text(dependencies)
        self._build_code()
        self._stamp("code").write_text(code)
        return True

    @property
    def _python(self) -> str:
        return sys.version if self.local else LAMBDA_PYTHON

    def _stamp(self, part: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{part}.sha256")

    def _fresh(self, part: str, fingerprint: str) -> bool:
        stamp = self._stamp(part)
        return self.zip.exists() and stamp.exists() and stamp.read_text() == fingerprint

    def _build_dependencies(self) -> None:
        self._stamp("dependencies").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        _copy_installed(self.folder) if self.local else _install(self.folder)
        _prune(self.folder)
        self._compile(self.folder)
        _zip(self._dependencies_zip, self.folder)

    @property
    def _dependencies_zip(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.dependencies.zip")

    def _build_code(self) -> None:
        shutil.rmtree(self.folder / "lambdas", ignore_errors=True)
        shutil.copytree(CODE, self.folder / "lambdas", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        self._compile(self.folder / "lambdas")
        unfinished = self.zip.with_suffix(".unfinished")
        shutil.copyfile(self._dependencies_zip, unfinished)
        _zip(unfinished, self.folder, "lambdas", mode="a")
        unfinished.replace(self.zip)

    def _compile(self, folder: Path) -> None:
        """Bytecode that is never compared with the file's time, which the zip does not keep."""
        if self.local:
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            compileall.compile_dir(folder, quiet=1, invalidation_mode=unchecked, stripdir=str(self.folder))
            return
        python = lambda_python()
        options = ["-q", "-j0", "--invalidation-mode", "unchecked-hash", "-s", str(self.folder)]
        subprocess.run([python, "-m", "compileall", *options, str(folder)], check=True)


LOCAL = Package(ROOT / "build" / "local" / "package", local=True)
LAMBDA = Package(ROOT / "build" / "package", local=False)


def locked() -> dict[str, tuple[str, list[str]]]:
    """Version and wheel hashes of every dependency, by name, as uv.lock has them."""
    lock = tomllib.loads(LOCK.read_text())
    packages: dict[str, Any] = {package["name"]: package for package in lock["package"]}
    found: dict[str, tuple[str, list[str]]] = {}
    waiting = list(DEPENDENCIES)
    while waiting:
        package = packages[waiting.pop()]
        hashes = [wheel["hash"] for wheel in package.get("wheels", [])]
        found[package["name"]] = (package["version"], hashes)
        wanted = [needed["name"] for needed in package.get("dependencies", [])]
        waiting += [name for name in wanted if name not in found]
    return dict(sorted(found.items()))


def services(code: Path = CODE) -> list[str]:
    """The boto3 clients that the code can ask for: every string in it that is the name of one.

    A few names are words as well ("account", "events"): their models come along unused, which costs less than a call
    that fails for want of one.
    """
    known = {path.name for path in _installed_models().iterdir() if path.is_dir()}
    strings = {
        node.value for file in code.rglob("*.py") for node in ast.walk(ast.parse(file.read_text())) if _is_string(node)
    }
    return sorted(known & {*strings, "sts"})


def _is_string(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _installed_models() -> Path:
    """The service models of the botocore that is installed here."""
    return Path(str(importlib.metadata.distribution("botocore").locate_file("botocore/data")))


def _install(folder: Path) -> None:
    """The locked wheels for Lambda, with their hashes checked. Raises PackageError where uv is missing."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if not uv:
        raise PackageError("uv is needed to build for Lambda: pip install uv")
    requirements = folder.with_name("requirements.txt")
    requirements.write_text(
        "".join(
            f"{name}=={version} {' '.join(f'--hash={h}' for h in hashes)}\n"
            for name, (version, hashes) in locked().items()
        )
    )
    target = ["--target", str(folder), "--python-platform", LAMBDA_PLATFORM, "--python-version", LAMBDA_PYTHON]
    how = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--link-mode", "copy", "--quiet"]
    subprocess.run([uv, "pip", "install", *target, *how, "-r", str(requirements)], check=True)


def _copy_installed(folder: Path) -> None:
    for name in locked():
        for file in importlib.metadata.files(name) or []:
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.locate(), target)


def _prune(folder: Path) -> None:
    for pattern in NOT_NEEDED:
        for path in folder.glob(pattern):
            shutil.rmtree(path)
    wanted = services()
    for path in (folder / "botocore" / "data").iterdir():
        if path.is_dir() and path.name not in wanted:
            shutil.rmtree(path)


def lambda_python() -> str:
    """An interpreter of Lambda's version, whose bytecode Lambda reads. Raises PackageError where none is installed."""
    name = f"python{LAMBDA_PYTHON}"
    for candidate in (
        sys.executable,
        shutil.which(name),
        *map(str, Path.home().glob(f".pyenv/versions/{LAMBDA_PYTHON}*/bin/python")),
    ):
        if candidate and _version_of(candidate) == LAMBDA_PYTHON:
            return candidate
    raise PackageError(f"{name} is needed for the bytecode that Lambda reads: uv python install {LAMBDA_PYTHON}")


def _version_of(python: str) -> str:
    asked = subprocess.run([python, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"Python (\d+\.\d+)", asked.stdout)
    return found[1] if found else ""


def _zip(target: Path, folder: Path, part: str = "", mode: Any = "w") -> None:
    with zipfile.ZipFile(target, mode, zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(p for p in (folder / part).rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 6)


def _contents(folder: Path) -> Iterator[bytes]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        yield str(path.relative_to(folder)).encode()
        yield path.read_bytes()


def _fingerprint(facts: Any) -> str:
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(hashlib.sha256(fact).digest())
    return digest.hexdigest()


def size(folder: Path) -> int:
    """Bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.package", description="Builds the Lambda package.")
    parser.add_argument("--local", action="store_true", help="for this machine instead of for Lambda")
    package = LOCAL if parser.parse_args().local else LAMBDA
    try:
        built = package.build()
    except PackageError as error:
        print(f"package: {error}", file=sys.stderr)
        return 1
    whole, *boto = [
        size(path) / 1e6 for path in (package.folder, package.folder / "boto3", package.folder / "botocore")
    ]
    state = "built" if built else "as it was"
    print(f"{package.folder.relative_to(ROOT)}: {state}, {whole:.1f} MB, {whole - sum(boto):.1f} MB of it not boto3's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
