"""What a person reads, and the exit code that a script gets, of `responder baseline` and `responder evidence`."""

import json

import pytest

from tests.cli import records

PLACE = {"account": "111122223333", "region": "us-east-1"}
HASH = "a" * 64
CHANGE = {
    "kind": "guardrail", "change": "added", "path": ["guardrails", "g1"], "before": None,
    "after": {"name": "\x1b[31m[red]x"},
}  # fmt: skip
ACTOR = {
    "at": "2026-01-02T03:04:05Z", "event": "CreateGuardrail", "who": "arn:aws:iam::111122223333:user/thief",
    "access_key_id": "AKIAIOSFODNN7EXAMPLE", "ip": "192.0.2.1", "error": None,
}  # fmt: skip
DRIFT = {
    **PLACE, "state": "candidate", "kinds_sha256": HASH, "problem": None, "gaps": {"agent": "no such API here"},
    "since": "2026-01-01T00:00:00Z", "changes": [CHANGE], "actors": [ACTOR], "actors_problem": None,
}  # fmt: skip
ACCEPT = ("baseline", "accept", "--region", "us-east-1", "--reason", "Ours", "--as", "lead@example.com")


def test_drift_is_told_with_who_did_it_and_what_could_not_be_read(aws, functions, run):
    """What was added stands there with its path, its maker and the gap; hostile names cannot style the terminal."""
    functions.answers["BaselineFunction"] = DRIFT
    answer = run("baseline", "drift", "--region", "us-east-1")
    assert answer.code == 0
    for text in ("added", "guardrails/g1", "[red]x", "user/thief", "CreateGuardrail"):
        assert text in answer.out
    assert "\x1b[31m" not in answer.out
    assert "agent could not be read: no such API here" in answer.err
    assert functions.heard["BaselineFunction"] == {"do": "drift", "region": "us-east-1"}


def test_all_regions_are_asked_for_where_none_is_named(aws, functions, run):
    """Each Region's line is there, and one that failed is exit code 6 and is named."""
    failed = {"account": "111122223333", "region": "eu-west-1", "state": "failed", "problem": "It is switched off."}
    functions.answers["BaselineFunction"] = {"records": [{**DRIFT, "state": "unchanged"}, failed]}
    answer = run("baseline", "record")
    assert answer.code == 6
    assert "us-east-1" in answer.out
    assert "eu-west-1: It is switched off." in answer.err


def test_show_counts_what_is_recognised(aws, functions, run):
    """How many of each kind, since when, why and by whom."""
    kinds = {
        "agent": {"agents": {"A": {}, "B": {}}},
        "invocation_logging": {"loggingConfig": {"s3Config": {}, "x": True}},
    }
    known = {"recorded_at": "2026-01-01", "reason": "Ours", "accepted_by": "lead@example.com", "kinds": kinds}
    functions.answers["BaselineFunction"] = {**PLACE, "state": "accepted", "problem": None, "baseline": known}
    shown = run("baseline", "show").out.split()
    assert {"accepted", "(lead@example.com)"} <= set(shown)
    assert "2 agent, 1 invocation_logging" in " ".join(shown)


def test_accepting_sends_exactly_what_was_shown_with_reason_and_person(aws, functions, run):
    """The hash of what was looked at goes with the request: what changes meanwhile is not accepted."""
    functions.answers["BaselineFunction"] = DRIFT
    answer = run(*ACCEPT, "--yes")
    assert answer.code == 0
    assert "guardrails/g1" in answer.out
    sent = functions.heard["BaselineFunction"]
    assert (sent["do"], sent["kinds_sha256"], sent["reason"]) == ("accept", HASH, "Ours")
    assert (sent["accepted_by"], sent["force"]) == ("lead@example.com", False)


def test_nothing_is_accepted_without_a_yes(aws, functions, run):
    """Where nobody can be asked, --yes is needed, and until then nothing is sent."""
    functions.answers["BaselineFunction"] = DRIFT
    answer = run(*ACCEPT)
    assert answer.code == 2
    assert "--yes" in answer.err
    assert functions.heard["BaselineFunction"]["do"] == "drift"


def test_where_nothing_differs_there_is_nothing_to_accept(aws, functions, run):
    """Exit code 4, and nothing is sent."""
    functions.answers["BaselineFunction"] = {**DRIFT, "state": "unchanged", "changes": []}
    assert run(*ACCEPT, "--yes").code == 4
    assert functions.heard["BaselineFunction"]["do"] == "drift"


@pytest.mark.parametrize(("option", "value"), [("--account", "123"), ("--region", "Ohio")])
def test_a_wrong_place_is_named(aws, functions, run, option, value):
    """The option that does not fit is named, and nothing is sent."""
    answer = run("baseline", "show", option, value)
    assert answer.code == 2
    assert f"{option}:" in answer.err
    assert functions.heard == {}


def test_evidence_that_is_not_there_is_exit_code_6(aws, run):
    """An incident of which nothing was preserved is not intact; one that does not exist is exit code 4."""
    records.open_incident()
    answer = run("evidence", "verify", records.INCIDENT_ID, "--json")
    assert answer.code == 6
    assert json.loads(answer.out)["faults"][0]["fault"] == "missing"
    assert "1 missing" in answer.err
    assert run("evidence", "verify", "IR-20260102-ffffffffff").code == 4
