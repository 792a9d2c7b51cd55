"""`responder local`, its findings and its end, as processes: the embedded AWS with the real template."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli.deployment import alive

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("RESPONDER_DATA", ROOT.parent / "shared" / "data"))
SAMPLES = DATA / "guardduty" / "samples"
RECORDED = "057372331974"
"""The account in which the samples were recorded."""


def environment(state):
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "XDG_STATE_HOME": str(state), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """A running `responder local` with the account of the recorded samples; `local.run(...)` is another terminal."""
    state = tmp_path_factory.mktemp("state")
    process = start(state, "--member", RECORDED)
    addresses = json.loads(first_document(process.stdout))

    def run(*arguments):
        command = [sys.executable, "-m", "cli.main", *map(str, arguments)]
        return subprocess.run(
            command, env=environment(state), capture_output=True, text=True, timeout=90, check=False, cwd=ROOT
        )

    yield SimpleNamespace(run=run, addresses=addresses)
    process.send_signal(signal.SIGINT)
    process.wait(20)


def start(state, *options):
    command = [sys.executable, "-m", "cli.main", "local", "--json", *options]
    return subprocess.Popen(
        command, env=environment(state), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def first_document(stream):
    text = ""
    for line in stream:
        text += line
        if line == "}\n":
            return text
    raise AssertionError(f"it ended: {text}")


def children_of(pid):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    children = [child for child, parent in pairs if parent == pid]
    return children + [grandchild for child in children for grandchild in children_of(child)]


def none_left(pids):
    """Whether all of these have ended, within 5 seconds: init takes a moment to reap what lost its parent."""
    ends = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < ends:
        time.sleep(0.1)
    return not any(map(alive, pids))


def test_addresses_are_on_loopback_only(local):
    """What is printed is where it listens: on this machine, and nowhere else."""
    assert all(url.startswith("http://127.0.0.1:") for name, url in local.addresses.items() if name.endswith("url"))


@pytest.mark.skipif(
    not SAMPLES.exists(), reason="no recorded samples here: set RESPONDER_DATA to the folder that holds guardduty/"
)
def test_every_recorded_sample_ends_as_incident_or_not_ours(local, tmp_path):
    """Each of the 15 recorded samples is answered, and what is not ours says why."""
    findings = [json.loads(path.read_text()) for path in sorted(SAMPLES.glob("*.json"))]
    (tmp_path / "all.json").write_text(json.dumps(findings))
    answers = json.loads(local.run("local", "fire", tmp_path / "all.json", "--json").stdout)
    assert len(answers) == 15
    assert {answer["outcome"] for answer in answers} <= {"incident", "not_ours"}
    assert all(answer["reason"] for answer in answers)


@pytest.mark.skipif(
    not SAMPLES.exists(), reason="no recorded samples here: set RESPONDER_DATA to the folder that holds guardduty/"
)
def test_a_sample_opens_an_incident_in_a_drill_only(local):
    """A sample finding about a member's user is not ours, and with --drill an incident that is marked as one."""
    path = SAMPLES / "Credential-Access-IAM-Anomalous-Behavior.json"
    assert local.run("local", "fire", path).returncode == 3
    drill = json.loads(local.run("local", "fire", path, "--drill", "--json").stdout)[0]
    assert drill["outcome"] == "incident"
    listed = json.loads(local.run("status", "--json").stdout)
    assert [i["drill"] for i in listed if i["incident_id"] == drill["incident_id"]] == [True]


def test_the_examples_end_as_their_readme_says(local):
    """Incident, joined, not ours and refused: each example finding ends as examples/README.md tells."""
    outcomes = {
        name: [
            answer["outcome"] for answer in json.loads(local.run("local", "fire", f"examples/{name}", "--json").stdout)
        ]
        for name in (
            "compromised-credentials.json",
            "logging-disabled.json",
            "get-findings.json",
            "broken-finding.json",
        )
    }
    assert outcomes == {
        "compromised-credentials.json": ["incident"],
        "logging-disabled.json": ["joined"],
        "get-findings.json": ["joined"],
        "broken-finding.json": ["refused"],
    }


def test_a_refused_finding_names_its_field_and_the_queue(local):
    """A finding that does not fit is told with its field, and where it went; the code is 3."""
    answer = local.run("local", "fire", "examples/broken-finding.json")
    assert answer.returncode == 3
    assert "accountId" in answer.stdout
    assert "dead-letter queue" in " ".join(answer.stdout.split())


@pytest.mark.parametrize("account", ["0573723319", "abcdefghijkl", "057372331974 ", "٠٥٧٣٧٢٣٣١٩٧٤"])
def test_a_member_that_is_no_account_is_refused_before_anything_starts(run, account):
    """The option and what it allows are named; nothing is started that would have to be ended."""
    refused = run("local", "--member", account)
    assert refused.code == 2
    assert "--member: must be the 12 digits" in " ".join(refused.err.split())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_all_its_children(tmp_path, number):
    """Ctrl-C, or being told to end, is exit code 130: no child lives on, and nobody finds it any more."""
    process = start(tmp_path)
    first_document(process.stdout)
    children = children_of(process.pid)
    assert children
    process.send_signal(number)
    assert process.wait(20) == 130
    assert none_left(children)
    assert not (tmp_path / "genai-responder" / "local.json").exists()
