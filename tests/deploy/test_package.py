"""The Lambda package holds what the functions need and nothing else, and is built only when something changed."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from deploy import package

IMPORTS = """
import sys, importlib, pathlib
root = pathlib.Path(sys.argv[1])
for file in sorted((root / "lambdas").rglob("*.py")):
    importlib.import_module(".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"))
import boto3
for service in sys.argv[2].split(","):
    boto3.client(service, region_name="us-east-1")
outside = [m for m in sys.modules.values() if "site-packages" in str(getattr(m, "__file__", ""))]
assert not outside, outside
assert "fastjsonschema" not in sys.modules
"""


@pytest.fixture(scope="module")
def built():
    package.LOCAL.build()
    return package.LOCAL


def test_everything_imports_from_the_package_alone(built):
    """Every module of lambdas imports, and every client can be made, with nothing installed but the package."""
    environment = {**os.environ, "PYTHONPATH": str(built.folder), "POWERTOOLS_SERVICE_NAME": "x"}
    command = [sys.executable, "-S", "-c", IMPORTS, str(built.folder), ",".join(package.services())]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=built.folder)
    assert ran.returncode == 0, ran.stderr


def test_bytecode_is_there_and_never_checked(built):
    """Every module has bytecode of the unchecked kind: Lambda's file times are not ours."""
    sources = [p for p in built.folder.rglob("*.py") if p.parent.name != "__pycache__"]
    compiled = {p.name.split(".")[0]: p for p in (built.folder / "lambdas" / "core").glob("__pycache__/*.pyc")}
    assert len(list(built.folder.rglob("*.pyc"))) == len(sources)
    # PEP 552: flags 1 is a hash-based file that is not checked.
    assert int.from_bytes(compiled["ledger"].read_bytes()[4:8], "little") == 0b01


def test_small_beside_boto3(built):
    """The package is under 30 MB beside boto3, and even with it: only the services that are used came along."""
    assert package.size(built.folder) < 30_000_000
    models = {path.name for path in (built.folder / "botocore" / "data").iterdir() if path.is_dir()}
    assert models == set(package.services())
    assert "ec2" not in models


def test_no_build_tools(built):
    """What only builds or tests is not in it."""
    names = {path.name for path in built.folder.iterdir()}
    assert not names & {"fastjsonschema", "jsonschema", "stepfunctions", "moto", "yaml", "rich", "typer", "bin"}
    assert not [name for name in names if name.endswith(".dist-info")]


def test_zip_is_the_folder(built):
    """The zip that is deployed holds the folder's files, templates and schemas included."""
    with zipfile.ZipFile(built.zip) as archive:
        names = set(archive.namelist())
    assert names == {str(p.relative_to(built.folder)) for p in built.folder.rglob("*") if p.is_file()}
    assert "lambdas/intake/finding_types.json" in names
    assert any(name.endswith(".html") for name in names)


def test_nothing_changed_nothing_built(built):
    """A second build does nothing."""
    assert package.LOCAL.build() is False


@pytest.fixture
def own_code(monkeypatch, tmp_path):
    """A package of a small piece of code, with the dependencies that are built already."""
    code = tmp_path / "lambdas"
    code.mkdir()
    (code / "one.py").write_text('client("iam")\n')
    monkeypatch.setattr(package, "CODE", code)
    monkeypatch.setattr(package, "_copy_installed", lambda folder: (folder / "botocore" / "data").mkdir(parents=True))
    return code, package.Package(tmp_path / "build" / "package", local=True)


def test_code_change_is_built(own_code):
    """A change of one file is in the next package."""
    code, made = own_code
    assert made.build() is True
    (code / "one.py").write_text('client("iam"), 2\n')
    fresh = package.Package(made.folder, local=True)
    assert fresh.build() is True
    assert (made.folder / "lambdas" / "one.py").read_text() == 'client("iam"), 2\n'


def test_same_content_same_zip(own_code, tmp_path):
    """The same content gives the same bytes, whenever and wherever it is built."""
    _, made = own_code
    again = package.Package(tmp_path / "elsewhere" / "package", local=True)
    made.build()
    again.build()
    assert made.zip.read_bytes() == again.zip.read_bytes()


def test_services_are_read_from_the_code(own_code):
    """A client that the code names comes along, one that it does not name stays away."""
    code, _ = own_code
    (code / "two.py").write_text('for name in ("bedrock-agent", "kms"):\n    client(name)\n')
    assert package.services(code) == ["bedrock-agent", "iam", "kms", "sts"]


def test_newest_fields_are_in_it(built):
    """boto3 is new enough for the newest field that is used: the runtime's own would drop it in silence."""
    version = package.locked()["boto3"][0]
    assert tuple(map(int, version.split("."))) >= (1, 44, 5)


def test_uv_is_named_where_it_is_missing(monkeypatch, tmp_path):
    """Building for Lambda without uv says what to install."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.delenv("UV", raising=False)
    with pytest.raises(package.PackageError, match="pip install uv"):
        package._install(tmp_path)
