"""The report tells what is on record, says what it could not read, and comes once."""

import json
from pathlib import Path

import jsonschema
import pytest

from lambdas.planning.log_rows import keep
from lambdas.reporting import words
from lambdas.reporting.contents import changes
from lambdas.reporting.report import handler
from tests.reporting import conftest as story

SCHEMA = json.loads(Path("schemas/report.json").read_text())


def stored(house, answer):
    report = json.loads(house.s3.get_object(Bucket="evidence", Key=answer["json_key"])["Body"].read())
    jsonschema.Draft7Validator(SCHEMA).validate(report)
    html = house.s3.get_object(Bucket="evidence", Key=answer["report_key"])["Body"].read().decode()
    return report, html


def test_a_finished_response_is_closed_and_everything_stands_in_its_report(house):
    """A response in which every step did what it should is closed, in the answer, the ledger and the report."""
    plan_hash = story.finished(house)
    answer = handler(house.event)
    report, html = stored(house, answer)
    assert (
        answer["outcome"] == report["outcome"] == house.ledger.item(story.INCIDENT_ID, "incident")["status"] == "closed"
    )
    assert "error" not in answer
    assert plan_hash in html
    assert [s["status"] for s in report["steps"]] == ["performed"] * 4
    assert report["steps"][0]["changes"] == [{"field": "status", "before": "Active", "after": "Inactive"}]
    assert {"field": "loggingConfig.s3Config.bucketName", "before": None, "after": "model-logs-111122223333"} in report[
        "steps"
    ][1]["changes"]
    assert report["evidence"][0]["artefacts"][1]["sha256"] in html
    assert [v["approver"] for v in report["decisions"][0]["votes"]] == ["ana@example.com", "bo@example.com"]


def test_only_what_can_be_taken_back_has_an_undo_command(house):
    """Undo commands name the performed steps that have a way back, and no other."""
    story.finished(house)
    report, _ = stored(house, handler(house.event))
    commands = [undo["command"] for undo in report["undo_commands"]]
    assert commands == [
        f'responder undo {story.INCIDENT_ID} {story.KEY_STEP} --reason "..."',
        f'responder undo {story.INCIDENT_ID} {story.LOGGING_STEP} --reason "..."',
    ]


def test_what_the_logs_say_stands_in_the_report_with_its_evidence(house):
    """The same short rows that the approvers saw, and under which name the evidence has it in full."""
    story.finished(house)
    rows = [
        {"name": "Changed in IAM", "text": f"CreateUser × 1 ({story.HOSTILE})", "artefact": "08-query-iam_persistence"},
        {"name": "Tokens", "text": "Not answered: the gaps of the evidence say why.", "artefact": None},
    ]
    keep(house.ledger, story.INCIDENT_ID, rows)
    report, html = stored(house, handler(house.event))
    assert [row["artefact"] for row in report["logs"]] == ["08-query-iam_persistence", None]
    assert "What the logs say" in html and "<code>08-query-iam_persistence</code>" in html
    assert "CreateUser × 1 (&lt;script&gt;" in html and "Not answered" in html


def test_survivors_of_a_deleted_agent_are_named(house):
    """The role and the function that a deleted agent had used are still there, and the report says so."""
    story.finished(house)
    report, html = stored(house, handler(house.event))
    assert [(s["what"], s["name"].split(":")[-1]) for s in report["survivors"]] == [
        ("Lambda function", "exfil"),
        ("IAM role", "role/AmazonBedrockExecutionRoleForAgents_x"),
    ]
    assert "function:exfil" in html


def test_hostile_text_is_shown_as_text_only(house):
    """The attacker's text reaches neither the markup nor the reading order, and nothing in the file is fetched."""
    story.finished(house)
    report, html = stored(house, handler(house.event))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html + json.dumps(report, ensure_ascii=False)
    assert not [word for word in ("src=", "href=", "url(", "@import", "<a ") if word in html]


def test_no_token_and_no_address_reaches_the_report(house):
    """The task token and the addresses that approvers came from stay in the table."""
    story.finished(house)
    report, html = stored(house, handler(house.event))
    for secret in ("secret-task-token", "192.0.2.7"):
        assert secret not in html + json.dumps(report)


def test_written_twice_it_is_one_report(house):
    """A rerun on the same facts gives the same report under the same number, which the timeline has once."""
    story.finished(house)
    first, second = handler(house.event), handler(house.event)
    assert first == second
    assert first["json_key"].endswith("/report/1/report.json")
    said = [event["what"] for event in house.ledger.timeline(story.INCIDENT_ID)]
    assert said.count("Report 1 written: closed") == 1
    keys = [
        o["Key"]
        for o in house.s3.list_objects_v2(Bucket="evidence", Prefix=f"incidents/{story.INCIDENT_ID}/report/")[
            "Contents"
        ]
    ]
    assert len(keys) == 2


def test_a_rerun_after_a_crash_writes_what_is_missing(house):
    """Where only the JSON was written, a rerun adds the page and the status, on the same report."""
    story.finished(house)
    first = handler(house.event)
    house.s3.delete_object(Bucket="evidence", Key=first["report_key"])
    house.ledger.set_status(story.INCIDENT_ID, "open")
    assert handler(house.event) == first
    assert stored(house, first)
    assert house.ledger.item(story.INCIDENT_ID, "incident")["status"] == "closed"


def test_a_refusal_is_told_with_who_and_why(house):
    """A refused gate ends as refused; the steps behind it are not done, with the refuser's reason."""
    plan_hash = story.planned(house)
    story.carried_out(house, plan_hash, story.STEPS[0], "performed", {"exists": True, "status": "Inactive"})
    votes = {
        "bo@example.com": {
            "decision": "refuse",
            "steps": [],
            "reason": "It is the shop's agent",
            "at": "2026-01-02T03:06:11Z",
        }
    }
    reason = "Refused by bo@example.com: It is the shop's agent"
    story.gate(house, plan_hash, state="refused", votes=votes, reason=reason)
    answer = handler(
        {**house.event, "not_approved": {"AskTwoApprovers": {"Error": "States.TaskFailed", "Cause": "{}"}}}
    )
    report, html = stored(house, answer)
    assert answer["outcome"] == "refused"
    assert answer["error"] == "ApprovalRefused"
    assert {"step_id": story.AGENT_STEP, "why": reason}.items() <= report["not_done"][-2].items()
    assert "It is the shop&#39;s agent" in html


def test_silence_is_told_as_silence(house):
    """A gate that nobody answered ends as expired, and what stood behind it is not done."""
    plan_hash = story.planned(house)
    story.gate(house, plan_hash, state="expired", votes={}, reason="Nobody decided in time.")
    answer = handler(
        {**house.event, "not_approved": {"AskTwoApprovers": {"Error": "States.TaskFailed", "Cause": "{}"}}}
    )
    report, _ = stored(house, answer)
    assert answer["outcome"] == "expired"
    assert story.AGENT_STEP in {entry["step_id"] for entry in report["not_done"]}


def test_a_step_that_approvers_left_out_names_them(house):
    """A step deselected by an approver is not done because of that person; the response is closed all the same."""
    plan_hash = story.finished(house)
    house.dynamodb.delete_item(
        TableName="ledger", Key={"pk": {"S": story.INCIDENT_ID}, "sk": {"S": f"step#{story.AGENT_STEP}"}}
    )
    story.gate(
        house, plan_hash, votes={**story.VOTES, "bo@example.com": {**story.VOTES["bo@example.com"], "steps": []}}
    )
    report, _ = stored(house, handler(house.event))
    assert report["outcome"] == "closed"
    assert report["not_done"][0] == {
        "step_id": story.AGENT_STEP, "what": report["not_done"][0]["what"], "why": "Left out by bo@example.com.",
    }  # fmt: skip


@pytest.mark.parametrize("status", ["failed", "drifted", "refused"])
def test_a_step_that_did_not_do_what_it_should_is_never_called_finished(house, status):
    """A response whose machine went through, but with a failed or drifted step, is failed and says which step."""
    plan_hash = story.planned(house)
    error = {"name": "StateDrifted", "message": "The key is gone."}
    story.carried_out(house, plan_hash, story.STEPS[0], status, error=error)
    answer = handler(house.event)
    report, html = stored(house, answer)
    assert (answer["outcome"], answer["error"]) == ("failed", "StepsFailed")
    assert "Deactivate access key" in answer["cause"]
    assert "The key is gone." in html
    assert report["not_done"][0]["why"] == "The key is gone."


def test_a_step_that_never_reached_the_ledger_has_its_failure_from_the_machine(house):
    """A function that crashed before its first word leaves no ledger item: the report takes the machine's word."""
    story.planned(house)
    failure = {"name": "Lambda.Unknown", "message": "The process ended"}
    done = {
        "automatic": {
            "contain_credentials": {
                "items": [{"step_id": story.KEY_STEP, "action": "x.y", "status": "failed", "error": failure}]
            }
        }
    }
    report, _ = stored(house, handler({**house.event, "done": done}))
    assert report["outcome"] == "failed"
    assert report["steps"][0]["error"] == {"name": "Lambda.Unknown", "message": "The process ended"}


def test_a_failed_room_is_told_by_its_message(house):
    """A Lambda's failure is shown as its message, not as JSON with a stack trace."""
    cause = json.dumps(
        {"errorType": "TargetNotFound", "errorMessage": "The user is gone.", "stackTrace": ["  File x, line 1"]}
    )
    answer = handler({**house.event, "failure": {"PreserveEvidence": {"Error": "TargetNotFound", "Cause": cause}}})
    report, html = stored(house, answer)
    assert answer["outcome"] == "failed"
    assert report["summary"][0] == "The response failed at PreserveEvidence: The user is gone."
    assert "File x" not in html


def test_a_nested_failure_tells_the_innermost_message(house):
    """Failures wrapped by nested executions are unwrapped to what the function said."""
    inner = json.dumps({"errorMessage": "Throttled for ten minutes"})
    cause = json.dumps({"StateMachineArn": "arn:aws:states:us-east-1:1:stateMachine:responder-notify", "Cause": inner})
    report, _ = stored(
        house, handler({**house.event, "failure": {"Stage": {"Error": "States.TaskFailed", "Cause": cause}}})
    )
    assert report["stopped"]["stage"] == "Stage"
    assert report["stopped"]["cause"] == "Throttled for ten minutes"


def test_what_cannot_be_read_is_a_gap_and_not_the_end(house):
    """With evidence, result and plan gone there still is a report, which names each as not readable."""
    plan_hash = story.finished(house)
    for key in (f"plans/{plan_hash}.json", "evidence/manifest-first.json"):
        house.s3.delete_object(Bucket="evidence", Key=f"incidents/{story.INCIDENT_ID}/{key}")
    report, html = stored(house, handler(house.event))
    assert {gap["what"] for gap in report["gaps"]} == {f"plan {plan_hash[:12]}", "evidence"}
    assert "What could not be read" in html


def test_a_plan_changed_after_approval_is_a_gap(house):
    """Bytes that do not have the plan's hash are not told as the plan."""
    plan_hash = story.finished(house)
    house.s3.put_object(Bucket="evidence", Key=f"incidents/{story.INCIDENT_ID}/plans/{plan_hash}.json", Body=b"{}")
    report, _ = stored(house, handler(house.event))
    assert report["plans"] == []
    assert "does not have that hash" in report["gaps"][0]["why"]


def test_an_undo_has_a_report_of_its_own(house):
    """An undo's report follows the response's, shows the way back, and leaves the incident's status as it was."""
    story.finished(house)
    handler(house.event)
    undoing = {
        **story.STEPS[0],
        "step_id": "01-deactivate_access_key-aaaabbbb",
        "undoes": story.KEY_STEP,
        "approval": "one",
        "power": "undo",
    }
    plan = {
        **story.PLAN,
        "kind": "undo",
        "steps": [undoing],
        "not_proposed": [],
        "requested_by": "lead@example.com",
        "reason": "Owner is back",
    }
    plan_hash = story.planned(house, plan)
    story.gate(house, plan_hash, "one", required=1)
    story.carried_out(
        house, plan_hash, undoing, "undone", {"exists": True, "status": "Active"}, by=("ana@example.com",)
    )
    answer = handler(house.event)
    report, html = stored(house, answer)
    assert answer["report_key"].endswith("/report/2/report.html")
    assert (report["kind"], report["outcome"]) == ("undo", "closed")
    assert report["steps"][0]["changes"] == [{"field": "status", "before": "Inactive", "after": "Active"}]
    assert "Undo report 2" in html
    assert house.ledger.item(story.INCIDENT_ID, "incident")["status"] == "closed"


def test_a_list_of_words_is_one_change():
    """A policy's actions stand in one line of the report, and a difference beyond what is shown is a change too."""
    before = {"Action": [f"iam:{number}" for number in range(200)]}
    after = {"Action": [*before["Action"], "iam:last"]}
    (change,) = changes(before, after)
    assert change["field"] == "Action"
    assert change["before"].startswith("iam:0, iam:1, ")


def test_what_was_done_to_several_is_told_once():
    """In the order in which it was done first."""
    assert words._listed(["Quarantine user", "Delete agent", "Quarantine user"]) == "Quarantine user × 2; Delete agent"
