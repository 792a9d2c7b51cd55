"""The examples in the docs run: each is parsed against the command, its files exist, its make targets too."""

import json
import re
import shlex
from pathlib import Path

import pytest
import typer

from cli.failures import MEANINGS
from cli.findings import read
from cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "ir-lead.md", ROOT / "docs" / "deployer.md", ROOT / "docs" / "hunt.md"]
STANDALONE = {"--help", "--version", "--install-completion", "--show-completion"}


def lines(page):
    """The command lines in a page's shell blocks, continuations joined."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(), re.S)
    return [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]


EXAMPLES = [(page.name, line) for page in PAGES for line in lines(page)]


@pytest.mark.parametrize(("page", "line"), [e for e in EXAMPLES if e[1].startswith("responder")])
def test_the_command_knows_every_example(page, line):
    """Each `responder` line in the docs is one that the command would accept: its options and arguments exist."""
    words = shlex.split(line)[1:]
    if words[0] in STANDALONE:
        return
    command = typer.main.get_command(app)
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
    with command.make_context("responder", words):
        pass


@pytest.mark.parametrize(("page", "line"), [e for e in EXAMPLES if not e[1].startswith("responder")])
def test_other_examples_name_what_is_there(page, line):
    """make targets and template files that the docs name exist, and no other tool is used than these."""
    words = shlex.split(line)
    assert words[0] in ("make", "sam", "aws")
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(), re.M)
    for template in [word for word in words if word.endswith(".yaml")]:
        assert (ROOT / template).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_the_docs_name_exist(page):
    """Every file under examples/ that a page names is there."""
    assert all((ROOT / name).exists() for name in re.findall(r"examples/[\w.-]+", page.read_text()))


def test_the_table_of_exit_codes_is_the_commands():
    """The exit codes in the docs are those of the command, in its words."""
    rows = re.findall(r"^\| (\d+) \| (.+?) \|$", PAGES[0].read_text(), re.M)
    assert {int(code): meaning for code, meaning in rows} == MEANINGS


def test_every_example_finding_can_be_read():
    """The synthetic findings are read as events, and the README of the folder names every file and says synthetic."""
    readme = (ROOT / "examples" / "README.md").read_text()
    assert "synthetic" in readme
    for path in (ROOT / "examples").iterdir():
        assert path.name == "README.md" or f"`{path.name}`" in readme
        if path.suffix == ".jsonl" or (path.suffix == ".json" and "loggingConfig" not in json.loads(path.read_text())):
            assert all(event["source"] == "aws.guardduty" for event in read(path))


def test_the_reserved_concurrency_is_the_templates():
    """What a deployer is told to have free is the sum of what the functions reserve."""
    template = (ROOT / "deploy" / "template.yaml").read_text()
    reserved = sum(map(int, re.findall(r"ReservedConcurrentExecutions: (\d+)", template)))
    assert f"reserve\n{reserved} concurrent executions" in PAGES[1].read_text()
