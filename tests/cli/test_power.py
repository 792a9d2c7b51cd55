"""Pausing, unpausing and resuming, as a person sees it and as a script does."""

import json

from tests.cli import records

AS = ("--as", "lead@example.com")
WHY = "It contains the payment service"
STARTED = {
    "incident_id": records.INCIDENT_ID,
    "started": True,
    "execution_arn": "arn:aws:states:us-east-1:123456789012:execution:responder-bedrock-response:x",
    "why": "The response goes on: 2 steps are left.",
    "left": ["01-deactivate_access_key-9f86d081", "02-delete_agent-60303ae2"],
}


def switch(aws):
    return aws("ssm").get_parameter(Name="/responder/pause")["Parameter"]["Value"]


def test_pause_writes_who_and_why_and_unpause_clears_it(aws, run):
    """The switch holds the person and the reason, in words and as JSON; unpausing leaves the one word that counts."""
    answer = run("pause", WHY, *AS)
    assert (answer.code, switch(aws)) == (0, f"lead@example.com: {WHY}")
    assert "PAUSED since" in answer.out
    found = json.loads(run("pause", WHY, *AS, "--json").out)
    assert found["paused"] is True
    assert found["reason"] == f"lead@example.com: {WHY}"
    assert run("unpause").code == 0
    assert switch(aws) == "running"
    assert json.loads(run("unpause", "--json").out) == {"paused": False, "since": None, "reason": None}


def test_pausing_needs_a_reason_and_nothing_else(aws, run):
    """Without an address the caller's own name is taken: nothing must stand between a person and the switch."""
    assert run("pause", " ").code == 2
    assert run("pause", WHY).code == 0
    assert switch(aws).endswith(WHY)


def test_status_shows_that_the_responder_is_paused(aws, run):
    """The list, one incident and its JSON say it; the list's JSON stays a list."""
    records.respond()
    run("pause", WHY, *AS)
    assert "PAUSED since" in run("status").out
    assert WHY in run("status", records.INCIDENT_ID).out
    assert json.loads(run("status", records.INCIDENT_ID, "--json").out)["pause"]["paused"] is True
    assert isinstance(json.loads(run("status", "--json").out), list)
    run("unpause")
    assert "PAUSED" not in run("status").out + run("status", records.INCIDENT_ID).out


def test_status_says_where_the_switch_cannot_be_read(aws, run):
    """Not to know is not the same as running."""
    records.respond()
    aws("ssm").delete_parameter(Name="/responder/pause")
    assert "not known" in run("status").out


def test_resume_says_what_goes_on(aws, run, functions):
    """The function is given who asks, and its words are shown; as JSON its whole answer."""
    records.respond()
    functions.answers["ResumeFunction"] = STARTED
    answer = run("resume", records.INCIDENT_ID, *AS)
    assert answer.code == 0
    assert STARTED["why"] in answer.out
    assert functions.heard["ResumeFunction"]["requested_by"] == "lead@example.com"
    assert json.loads(run("resume", records.INCIDENT_ID, *AS, "--json").out) == STARTED


def test_resume_says_why_nothing_was_started(aws, run, functions):
    """Exit code 3 with the reason, as text and as JSON."""
    records.respond()
    why = f"{records.INCIDENT_ID} is still running."
    functions.answers["ResumeFunction"] = {**STARTED, "started": False, "execution_arn": None, "why": why}
    answer = run("resume", records.INCIDENT_ID, *AS)
    assert (answer.code, why in answer.out) == (3, True)
    answer = run("resume", records.INCIDENT_ID, *AS, "--json")
    assert (answer.code, json.loads(answer.out)["started"]) == (3, False)


def test_resume_while_paused_names_the_way_out(aws, run, functions):
    """Every step would be refused, so nothing is asked for."""
    records.respond()
    run("pause", WHY, *AS)
    answer = run("resume", records.INCIDENT_ID, *AS)
    assert answer.code == 3
    assert "responder unpause" in answer.err
    assert functions.heard == {}


def test_status_shows_resumed_executions(aws, run):
    """The response and each of its resumptions, oldest first."""
    records.respond()
    machine = aws("stepfunctions").list_state_machines()["stateMachines"][0]["stateMachineArn"]
    aws("stepfunctions").start_execution(stateMachineArn=machine, name=f"{records.INCIDENT_ID}-resume-1", input="{}")
    seen = json.loads(run("status", records.INCIDENT_ID, "--json").out)
    assert [e["name"] for e in seen["executions"]] == [records.INCIDENT_ID, f"{records.INCIDENT_ID}-resume-1"]
