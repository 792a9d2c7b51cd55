"""What a person reads, and the exit code that a script gets, of each command against a deployment."""

import json

import pytest

from cli import deployment as deployments
from lambdas.core.documents import write_plan
from lambdas.planning import in_force
from tests.cli import records

START = (
    "start",
    "bedrock",
    "--account",
    "111122223333",
    "--region",
    "us-east-1",
    "--principal",
    "AKIAIOSFODNN7EXAMPLE",
)
WHY = ("--reason", "Key found in a public repository")
AS = ("--as", "lead@example.com")


def test_status_says_when_nothing_is_open(aws, run):
    """Without incidents the list says so in words, and as JSON it is an empty array."""
    assert "No open incident" in run("status").out
    assert json.loads(run("status", "--json").out) == []


def test_status_lists_open_incidents_and_leaves_closed_ones_to_all(aws, run):
    """The list holds what is open; --all holds what is closed as well."""
    ledger = records.respond()
    assert records.INCIDENT_ID in run("status").out
    ledger.set_status(records.INCIDENT_ID, "closed")
    assert records.INCIDENT_ID not in run("status").out
    assert [i["status"] for i in json.loads(run("status", "--all", "--json").out)] == ["closed"]


def test_status_of_one_incident_shows_stage_steps_approvals_and_timeline(aws, run):
    """One incident is told whole: where it waits, what each step's state is, who answered, what happened."""
    records.respond()
    seen = json.loads(run("status", records.INCIDENT_ID, "--json").out)
    assert seen["executions"][0]["status"] == "RUNNING"
    assert [step["status"] for step in seen["plans"][0]["steps"]] == ["performed", "planned"]
    assert seen["approvals"][0]["votes"][0]["approver"] == "ana@example.com"
    assert seen["timeline"][-1]["what"] == "Deactivate access key: performed"
    shown = run("status", records.INCIDENT_ID).out
    for text in ("key AKIAIOSFODNN7EXAMPLE", "agent AGENT12345", "bo@example.com", "left"):
        assert text in shown


def test_a_plan_and_the_one_that_extends_it_are_one_list(aws, run):
    """The same steps are not shown twice, and the approvals are those of the plan that holds."""
    ledger = records.respond()
    first = ledger.plans(records.INCIDENT_ID, "response")[0]["hash"]
    second = {**records.STEPS[1], "step_id": "03-quarantine_user-00000003", "label": "IAM user mallory"}
    longer = write_plan({"kind": "response", "incident_id": records.INCIDENT_ID, "steps": [*records.STEPS, second]})
    ledger.save_plan(records.INCIDENT_ID, "response", longer)
    in_force.extend(ledger, records.INCIDENT_ID, first, longer)
    records.gate(longer, asked=["cy@example.com"])
    (plan,) = json.loads(run("status", records.INCIDENT_ID, "--json").out)["plans"]
    assert [step["status"] for step in plan["steps"]] == ["performed", "planned", "planned"]
    shown = run("status", records.INCIDENT_ID).out
    assert shown.count("key AKIAIOSFODNN7EXAMPLE") == 1 and "IAM user mallory" in shown
    assert [g["plan_hash"] for g in json.loads(run("approvals", records.INCIDENT_ID, "--json").out)] == [longer]


def test_watching_ends_with_the_response_and_tells_if_it_failed(aws, run):
    """--watch shows the last state and ends with the execution; a response that did not succeed is exit code 6."""
    records.respond()
    machine = aws("stepfunctions").list_state_machines()["stateMachines"][0]["stateMachineArn"]
    execution = aws("stepfunctions").list_executions(stateMachineArn=machine)["executions"][0]["executionArn"]
    aws("stepfunctions").stop_execution(executionArn=execution)
    answer = run("status", records.INCIDENT_ID, "--watch")
    assert answer.code == 6
    assert "key AKIAIOSFODNN7EXAMPLE" in answer.out
    assert (
        json.loads(run("status", records.INCIDENT_ID, "--watch", "--json").out)["executions"][0]["status"] == "ABORTED"
    )


def test_text_of_the_attacker_cannot_style_the_terminal(aws, run):
    """A user name with markup and a text-direction override in it is shown as plain text."""
    records.open_incident(principal={"type": "IAMUser", "user_name": "x\u202e\x1b[31m[bold red]y"})
    shown = run("status").out
    assert "[bold red]y" in shown
    assert "\u202e" not in shown
    assert "\x1b[31m" not in shown


def test_an_unknown_incident_is_exit_code_4(aws, run):
    """Each command that takes an incident says that there is none of that id, and how to list those there are."""
    for command in (("status",), ("approvals",), ("report",), ("undo", *WHY, *AS, "--yes")):
        answer = run(command[0], "IR-20260102-ffffffffff", *command[1:])
        assert answer.code == 4
        assert "there is no incident IR-20260102-ffffffffff here" in answer.err


def test_approvals_show_people_and_never_a_token_or_link(aws, run):
    """Who was asked, who answered and until when is shown; the task token and links are not, in text or JSON."""
    records.respond()
    for arguments in ((), (records.INCIDENT_ID,), ("--json",)):
        answer = run("approvals", *arguments)
        assert "ana@example.com" in answer.out
        assert "secret-task-token" not in answer.out
        assert "approve/" not in answer.out


def test_start_sends_who_asks_and_why(aws, functions, run):
    """The function gets the request with the caller's own ARN, and the incident's id is shown."""
    functions.answers["IntakeManualFunction"] = {"incident_id": records.INCIDENT_ID, "execution_arn": "arn"}
    answer = run(*START, *WHY, *AS)
    assert answer.code == 0
    assert records.INCIDENT_ID in answer.out
    given = functions.heard["IntakeManualFunction"]
    assert given["requested_by"] == "lead@example.com"
    assert given["requester_arn"].startswith("arn:aws:")
    assert (given["playbook"], given["reason"], given["drill"]) == ("bedrock", WHY[1], False)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("--account", "12345"), "--account"),
        (("--region", "Ohio"), "--region"),
        (("--principal", " "), "--principal"),
        (("--reason", " "), "--reason"),
        (("--as", "lead"), "--as"),
    ],
)
def test_start_names_the_option_that_does_not_fit(aws, functions, run, change, field):
    """A wrong option is named with what is allowed, nothing is sent, and the code is 2."""
    answer = run(*START, *WHY, *AS, *change)
    assert answer.code == 2
    assert f"{field}:" in answer.err
    assert functions.heard == {}


def test_start_needs_to_know_who_asks(aws, functions, run):
    """Without an address, neither given nor in the credentials, nothing is started: the asker could approve it."""
    answer = run(*START, *WHY)
    assert answer.code == 2
    assert "--as:" in answer.err
    assert functions.heard == {}


@pytest.mark.parametrize(
    ("error", "code"),
    [("InputRefused", 2), ("PowerRefused", 3), ("NotOurs", 3), ("TargetNotFound", 4), ("Boom", 6)],
)
def test_what_a_function_refuses_is_one_line_and_a_code(aws, functions, run, error, code):
    """A function's error is told by its message, with the exit code of its kind, and no trace of its inside."""
    functions.answers["IntakeManualFunction"] = {
        "errorType": error,
        "errorMessage": "principal: does not exist",
        "stackTrace": ["x"],
    }
    answer = run(*START, *WHY, *AS)
    assert answer.code == code
    assert "principal: does not exist" in answer.err


def test_undo_takes_what_can_be_taken_back(aws, functions, run):
    """Without steps, all that can be is undone; the function is told who asks and why."""
    records.respond()
    functions.answers["UndoPlanFunction"] = {"execution_arn": "arn"}
    answer = run("undo", records.INCIDENT_ID, *WHY, *AS, "--yes")
    assert answer.code == 0
    assert functions.heard["UndoPlanFunction"]["step_ids"] is None
    assert functions.heard["UndoPlanFunction"]["requested_by"] == "lead@example.com"


def test_undo_refuses_a_step_that_changed_nothing_or_is_not_there(aws, functions, run):
    """An unknown step is code 4, one with nothing to take back code 3; nothing is sent."""
    ledger = records.respond()
    assert run("undo", records.INCIDENT_ID, "09-nothing-00000000", *WHY, *AS, "--yes").code == 4
    ledger.conclude(records.INCIDENT_ID, records.KEY_STEP, "undone")
    answer = run("undo", records.INCIDENT_ID, records.KEY_STEP, *WHY, *AS, "--yes")
    assert answer.code == 3
    assert "is undone" in answer.err
    assert functions.heard == {}


def test_undo_asks_before_it_does_and_needs_yes_where_it_cannot(aws, functions, run):
    """Where nobody can be asked, undo without --yes is refused and nothing is sent."""
    records.respond()
    answer = run("undo", records.INCIDENT_ID, *WHY, *AS)
    assert answer.code == 2
    assert "--yes" in answer.err
    assert functions.heard == {}


def test_report_downloads_the_newest_and_any_other_by_number(aws, run, tmp_path):
    """The newest report is written as HTML and JSON; --number picks another; a number that is not there is code 4."""
    records.open_incident()
    records.report(1, "first")
    records.report(2, "second")
    paths = json.loads(run("report", records.INCIDENT_ID, "--output", "out", "--json").out)
    assert (tmp_path / paths["html"]).read_text() == "second"
    assert (tmp_path / paths["json"]).read_text() == "{}"
    assert run("report", records.INCIDENT_ID, "--number", "1").code == 0
    assert (tmp_path / f"{records.INCIDENT_ID}-1-report.html").read_text() == "first"
    assert run("report", records.INCIDENT_ID, "--number", "7").code == 4


def test_report_says_that_there_is_none_yet(aws, run):
    """An incident without a report is code 4, with the command that shows where it stands."""
    records.open_incident()
    answer = run("report", records.INCIDENT_ID)
    assert answer.code == 4
    assert f"responder status {records.INCIDENT_ID}" in answer.err


def test_actions_are_an_array_with_exactly_the_fields_that_are_documented(run):
    """`actions --json` prints every action with its catalogue id and its flat, sorted list of permissions."""
    actions = json.loads(run("actions", "--json").out)
    fields = {"id", "catalogue", "title", "stage", "approval", "reversibility", "permissions", "playbooks"}
    assert {"iam.deactivate_access_key", "bedrock.delete_agent"} <= {action["id"] for action in actions}
    assert all(set(action) == fields for action in actions)
    assert all(action["permissions"] == sorted(set(action["permissions"])) for action in actions)
    assert "iam.deactivate_access_key" in run("actions").out


def test_the_deployment_in_use_is_named_on_stderr(aws, run):
    """Which deployment answers is said, and not on stdout, which stays fit for a pipe."""
    answer = run("status", "--json")
    assert "Using the embedded AWS" in answer.err
    json.loads(answer.out)


def test_without_a_deployment_the_way_to_one_is_told(run):
    """With --local and nothing running, the command that starts one is named; the code is 4."""
    answer = run("status", "--local")
    assert answer.code == 4
    assert "responder local" in answer.err


def test_a_stack_is_found_by_its_outputs(aws, run, tmp_path):
    """--stack wins over a running embedded AWS, and its outputs say where everything is."""
    from tests.cli.conftest import OUTPUTS

    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in OUTPUTS.items()},
    }
    aws("cloudformation").create_stack(StackName="mine", TemplateBody=json.dumps(template))
    answer = run("status", "--stack", "mine")
    assert answer.code == 0
    assert "Using stack mine in us-east-1" in answer.err
    missing = run("status", "--stack", "other")
    assert missing.code == 4
    assert "There is no stack other in us-east-1" in missing.err


def test_missing_credentials_are_told_with_what_to_set(run, monkeypatch):
    """Without credentials the line says which variables to set; the code is 5."""
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    answer = run("status", "--stack", "mine")
    assert answer.code == 5
    assert "AWS_PROFILE" in answer.err


def test_the_connection_file_is_for_this_user_only_and_goes_with_its_process(aws, run):
    """The file has mode 0600; one that was left by a process that died is removed and not believed."""
    path = deployments.connection_file()
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "pid": 2**22 + 1}))
    assert run("status", "--local").code == 4
    assert not path.exists()
