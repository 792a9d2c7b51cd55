"""The rendered definitions, executed in the embedded AWS, with functions that answer as each scenario says.

Several scenarios run at a time. Only the clock is shortened: intervals between retries become a second.
"""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from deploy.local.stack import EmbeddedAws
from state_machines.render import definition, machines

Json = dict[str, Any]

FUNCTIONS = ("Observe", "Ask", "Contain", "Eradicate", "Notify", "Undo", "Report", "Notice")
STAGES = (
    "contain_credentials",
    "contain_bedrock",
    "restore_logging",
    "notify",
    "eradicate_bedrock",
    "close_findings",
)
KEY = {"step_id": "01-key", "action": "iam.deactivate_access_key"}
LOGGING = {"step_id": "02-logging", "action": "bedrock.restore_invocation_logging"}
CASE = {"step_id": "03-case", "action": "support.open_case"}
AGENT = {"step_id": "04-agent", "action": "bedrock.delete_agent"}
FINDING = {"step_id": "07-finding", "action": "guardduty.archive_finding"}
SECOND = {"step_id": "08-second", "action": "iam.quarantine_user"}
STRANGE = {"step_id": "05-strange", "action": "bedrock.of_tomorrow"}
TRUST = {"Version": "2012-10-17", "Statement": []}


def gate(**steps: list[Json]) -> Json:
    return {"count": sum(map(len, steps.values())), "steps": {machine: steps.get(machine, []) for machine in STAGES}}


def plan(first: int = 30, second: int = 30, **gates: Json) -> Json:
    """`first` and `second` are the seconds that each list has."""
    return {
        "hash": "c0ffee",
        "remind_seconds": (first + 1) // 2,
        "first_seconds": first,
        "second_seconds": second,
        "gates": {name: gates.get(name, gate()) for name in ("automatic", "one", "two")},
    }


def approve(**steps: list[Json]) -> Json:
    return {"decision": "approved", "steps": gate(**steps)["steps"]}


AT_ONCE = gate(contain_credentials=[KEY], restore_logging=[LOGGING], notify=[CASE], close_findings=[FINDING])
BOTH_GATES = {
    "automatic": gate(notify=[CASE], close_findings=[FINDING]),
    "one": gate(contain_credentials=[KEY]),
    "two": gate(eradicate_bedrock=[AGENT]),
}
UNDO = {
    **plan(),
    "gates": {
        "automatic": {"count": 1, "steps": {"undo": [LOGGING]}},
        "one": {"count": 1, "steps": {"undo": [KEY]}},
        "two": {"count": 0, "steps": {"undo": []}},
    },
}

SCENARIOS: dict[str, Json] = {
    "all-automatic": {"plan": plan(automatic=AT_ONCE)},
    "nothing-to-do": {"plan": plan()},
    "by-one": {
        "plan": plan(
            automatic=gate(notify=[CASE]),
            one=gate(contain_credentials=[KEY], restore_logging=[LOGGING], close_findings=[FINDING]),
        ),
        "answers": {"one.first": approve(contain_credentials=[KEY], close_findings=[FINDING])},
    },
    "by-two": {
        "plan": plan(first=3, **BOTH_GATES),
        "answers": {
            "one.first": approve(contain_credentials=[KEY]),
            "one.second": approve(contain_credentials=[KEY]),
            "two.second": approve(eradicate_bedrock=[AGENT]),
        },
    },
    "refused": {"plan": plan(**BOTH_GATES), "answers": {"one.first": "refuse"}},
    "second-list-refuses": {"plan": plan(first=1, **BOTH_GATES), "answers": {"one.second": "refuse"}},
    "expired": {"plan": plan(first=1, second=1, **BOTH_GATES), "answers": {}},
    "nobody-reached": {
        "plan": plan(**BOTH_GATES),
        "answers": {"one.first": "unreachable", "one.second": "unreachable"},
    },
    "answer-is-no-approval": {
        "plan": plan(**BOTH_GATES),
        "answers": {"one.first": {**approve(), "decision": "perhaps"}},
    },
    "answer-for-another-gate": {"plan": plan(**BOTH_GATES), "answers": {"one.first": {**approve(), "gate": "two"}}},
    "failed-steps": {
        "plan": plan(
            automatic=gate(
                contain_credentials=[KEY, STRANGE, {**KEY, "step_id": "06-key"}],
                notify=[CASE],
                close_findings=[FINDING],
            )
        ),
        "errors": {"01-key": ["StateDrifted"], "03-case": ["PlanChanged"], "06-key": ["Unsettled"]},
    },
    "failed-step": {
        "plan": plan(automatic=AT_ONCE),
        "errors": {"01-key": ["AccessDenied"], "02-logging": ["Throttled", "Unsettled"]},
    },
    "unconfirmed": {"plan": plan(automatic=AT_ONCE), "finding": "missing"},
    "no-evidence": {"plan": plan(automatic=AT_ONCE), "evidence": {"first": "BucketGone"}},
    "less-evidence": {
        "plan": plan(one=gate(contain_credentials=[KEY], close_findings=[FINDING])),
        "evidence": {"rest": "BucketGone"},
        "answers": {"one.first": approve(contain_credentials=[KEY], close_findings=[FINDING])},
    },
    "extended": {
        "plan": plan(automatic=AT_ONCE),
        "extended": {**plan(automatic=AT_ONCE, one=gate(contain_credentials=[SECOND])), "hash": "decade"},
        "answers": {"one.first": approve(contain_credentials=[SECOND])},
    },
    "not-extended": {
        "plan": plan(one=gate(contain_credentials=[KEY], close_findings=[FINDING])),
        "extended": "LogsGone",
        "answers": {"one.first": approve(contain_credentials=[KEY], close_findings=[FINDING])},
    },
    "slow-mail": {"plan": plan(automatic=AT_ONCE), "mail_seconds": 60},
    "reminded": {
        "plan": plan(first=4, one=gate(contain_credentials=[KEY])),
        "answers": {"one.first again": approve(contain_credentials=[KEY])},
    },
    "no-report": {"plan": plan(), "report": "TemplateBroken"},
    "undo": {"undo": UNDO, "answers": {"one.first": {"decision": "approved", "steps": {"undo": [KEY]}}}},
    "undo-refused": {"undo": UNDO, "answers": {"one.first": "refuse"}},
    "undo-drifted": {
        "undo": {**UNDO, "gates": {**UNDO["gates"], "one": {"count": 0, "steps": {"undo": []}}}},
        "errors": {"02-logging": ["StateDrifted"]},
    },
}


@pytest.fixture(scope="module")
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws(without=("iam", "cloudtrail", "pages", "services")) as embedded:
        yield embedded


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.write(Path(__file__).with_name("answering.py"), "answering.py")
    return content.getvalue()


def functions(aws: EmbeddedAws, role: str) -> dict[str, str]:
    """All functions of the template, by substitution name."""
    code = zipped()
    return {
        f"{name}FunctionArn": aws.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=role,
            Handler="answering.handler",
            Code={"ZipFile": code},
            Timeout=20,
            Environment={"Variables": {"AS": f"{name}Function"}},
        )["FunctionArn"]
        for name in FUNCTIONS
    }


def shortened(block: Any) -> Any:
    if isinstance(block, dict):
        retry = {"IntervalSeconds": 1, "MaxDelaySeconds": 2, "MaxAttempts": 2} if "IntervalSeconds" in block else {}
        return {key: shortened(value) for key, value in {**block, **retry}.items()}
    return [shortened(value) for value in block] if isinstance(block, list) else block


def deployed(aws: EmbeddedAws) -> dict[str, str]:
    """The ARN of every machine, made from its rendered definition as the template makes it."""
    role = aws.client("iam").create_role(RoleName="machines", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
    names = functions(aws, role)
    arn = "arn:aws:states:us-east-1:123456789012:stateMachine:"
    names |= {"".join(map(str.capitalize, machine.split("_"))) + "Arn": arn + machine for machine in machines()}
    for machine in machines():
        text = re.sub(r"\$\{(\w+)}", lambda found: names[found[1]], json.dumps(shortened(definition(machine))))
        aws.client("stepfunctions").create_state_machine(name=machine, definition=text, roleArn=role)
    return {machine: arn + machine for machine in machines()}


def execute(aws: EmbeddedAws, machine_arns: dict[str, str], name: str) -> Json:
    """Run a scenario to its end; its description, with what the report was given as `told`."""
    scenario = SCENARIOS[name]
    incident = {"incident_id": name, "account": "111122223333", "region": "us-east-1", "scenario": scenario}
    undo = {"plan": scenario["undo"]} if "undo" in scenario else {}
    client = aws.client("stepfunctions")
    arn = client.start_execution(
        stateMachineArn=machine_arns["undo_response" if undo else "bedrock_response"],
        name=name,
        input=json.dumps({"incident": incident, **undo}),
    )["executionArn"]
    while (ended := client.describe_execution(executionArn=arn))["status"] == "RUNNING":
        time.sleep(0.2)
    said = json.loads(ended["output"]).get("summary", "") if "output" in ended else ended.get("cause", "")
    return {**ended, "told": json.loads(said) if said.startswith("{") else said}


@pytest.fixture(scope="module")
def machine_arns(aws: EmbeddedAws) -> dict[str, str]:
    return deployed(aws)


@pytest.fixture(scope="module")
def ended(aws: EmbeddedAws, machine_arns: dict[str, str]) -> dict[str, Json]:
    """Every scenario, executed, by name."""
    with ThreadPoolExecutor(6) as pool:
        return dict(zip(SCENARIOS, pool.map(lambda name: execute(aws, machine_arns, name), SCENARIOS), strict=True))


def nested(aws: EmbeddedAws, name: str) -> set[str]:
    """What the nested executions of a scenario are named after it."""
    return {e["name"].removeprefix(f"{name}-") for e in aws.executions() if e["name"].startswith(f"{name}-")}


def history(aws: EmbeddedAws, name: str) -> list[Json]:
    """The events of an execution, oldest first."""
    (arn,) = [e["arn"] for e in aws.executions() if e["name"] == name]
    pages = aws.client("stepfunctions").get_paginator("get_execution_history").paginate(executionArn=arn)
    return [event for page in pages for event in page["events"]]


def told(aws: EmbeddedAws, name: str) -> list[Json]:
    """What the function that tells people was handed by an execution, in order, without the incident."""
    scheduled = [e["taskScheduledEventDetails"] for e in history(aws, name) if e["type"] == "TaskScheduled"]
    handed = [json.loads(task["parameters"]) for task in scheduled]
    payloads = [task["Payload"] for task in handed if task.get("FunctionName", "").endswith(":Notice")]
    return [{key: value for key, value in payload.items() if key != "incident"} for payload in payloads]


def done(step: Json, function: str) -> Json:
    return {**step, "status": f"by {function}Function"}


def not_done(step: Json, status: str, error: str) -> Json:
    return {**step, "status": status, "error": {"name": error}}


def test_what_is_automatic_is_done_without_asking(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """Each step runs with the function of its power, empty stages are not started, and the response is closed."""
    assert ended["all-automatic"]["status"] == "SUCCEEDED"
    assert ended["all-automatic"]["told"] == {
        "kind": "response",
        "plan_hash": "c0ffee",
        "done": {
            "automatic": {
                "contain_credentials": {"items": [done(KEY, "Contain")]},
                "restore_logging": {"items": [done(LOGGING, "Contain")]},
                "notify": {"items": [done(CASE, "Notify")]},
                "close_findings": {"items": [done(FINDING, "Notify")]},
            },
            "one": {},
            "two": {},
        },
        "failure": {},
        "not_approved": {},
    }
    stages = {"contain-credentials", "restore-logging", "notify", "close-findings"}
    assert nested(aws, "all-automatic") == {f"{stage}-automatic" for stage in stages}


def test_a_plan_without_steps_is_closed(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """Nobody is asked and nothing is started, but there is a report."""
    assert ended["nothing-to-do"]["status"] == "SUCCEEDED"
    assert nested(aws, "nothing-to-do") == set()


def test_only_what_was_approved_is_done(ended: dict[str, Json]) -> None:
    """A step that the approver left out is not carried out."""
    assert ended["by-one"]["status"] == "SUCCEEDED"
    assert ended["by-one"]["told"]["done"]["one"] == {
        "contain_credentials": {"items": [done(KEY, "Contain")]},
        "close_findings": {"items": [done(FINDING, "Notify")]},
    }


def test_eradication_follows_the_second_gate(ended: dict[str, Json]) -> None:
    """Both gates in turn; the second is answered by the second list, after the first was silent."""
    assert ended["by-two"]["status"] == "SUCCEEDED"
    assert ended["by-two"]["told"]["done"]["two"] == {"eradicate_bedrock": {"items": [done(AGENT, "Eradicate")]}}


@pytest.mark.parametrize("name", ["refused", "second-list-refuses", "answer-is-no-approval", "answer-for-another-gate"])
def test_a_refusal_ends_the_response_with_its_report(aws: EmbeddedAws, ended: dict[str, Json], name: str) -> None:
    """What was automatic stays done, nothing gated is, the second gate is not asked, and a refusal is no failure."""
    assert ended[name]["status"] == "SUCCEEDED"
    assert json.loads(ended[name]["output"])["outcome"] == "refused"
    assert ended[name]["told"]["not_approved"] == {"AskOneApprover": "ApprovalRefused"}
    assert ended[name]["told"]["done"]["automatic"] == {"notify": {"items": [done(CASE, "Notify")]}}
    assert nested(aws, name) == {"notify-automatic", "approval-one"}


@pytest.mark.parametrize("name", ["expired", "nobody-reached"])
def test_no_answer_is_no_action(aws: EmbeddedAws, ended: dict[str, Json], name: str) -> None:
    """Silence of both lists, or lists that cannot be reached: nothing gated is done, and it fails as expired."""
    assert (ended[name]["status"], ended[name]["error"]) == ("FAILED", "ApprovalExpired")
    assert ended[name]["told"]["not_approved"] == {"AskOneApprover": "ApprovalExpired"}
    assert nested(aws, name) == {"notify-automatic", "approval-one"}


def test_both_lists_are_asked_before_it_expires(ended: dict[str, Json]) -> None:
    """Each list has its time: one second each here."""
    took = ended["expired"]["stopDate"] - ended["expired"]["startDate"]
    assert took.total_seconds() > 2


def test_a_failed_step_stops_no_other_and_fails_the_response(ended: dict[str, Json]) -> None:
    """Drift, an action that nobody knows, a plan that changed: each is said by name, and the rest is done."""
    assert (ended["failed-steps"]["status"], ended["failed-steps"]["error"]) == ("FAILED", "ResponseFailed")
    assert ended["failed-steps"]["told"]["done"]["automatic"] == {
        "contain_credentials": {
            "items": [
                not_done(KEY, "drifted", "StateDrifted"),
                not_done(STRANGE, "failed", "UnknownAction"),
                done({**KEY, "step_id": "06-key"}, "Contain"),
            ]
        },
        "notify": {"items": [not_done(CASE, "refused", "PlanChanged")]},
    }


def test_the_finding_is_closed_last(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """After the last gate's steps, although it needs no approval itself: only then is it dealt with."""
    assert ended["by-two"]["told"]["done"]["automatic"]["close_findings"] == {"items": [done(FINDING, "Notify")]}
    client = aws.client("stepfunctions")
    arns = [e["arn"] for e in aws.executions() if e["name"].startswith("by-two-")]
    described = [client.describe_execution(executionArn=arn) for arn in arns]
    assert max(described, key=lambda e: e["startDate"])["name"] == "by-two-close-findings-automatic"


@pytest.mark.parametrize(
    "name", ["refused", "expired", "failed-step", "failed-steps", "less-evidence", "unconfirmed", "no-evidence"]
)
def test_a_finding_that_is_not_dealt_with_stays_open(aws: EmbeddedAws, ended: dict[str, Json], name: str) -> None:
    """A refusal, silence, a step or a room that failed, a finding that nobody confirmed: somebody has to look at it."""
    assert not {suffix for suffix in nested(aws, name) if suffix.startswith("close-findings")}
    assert "close_findings" not in json.dumps(ended[name]["told"]["done"])


def test_what_passes_is_retried(ended: dict[str, Json]) -> None:
    """Throttling and what is still under way are waited for; an error that will not pass is not."""
    automatic = ended["failed-step"]["told"]["done"]["automatic"]
    assert automatic["restore_logging"] == {"items": [done(LOGGING, "Contain")]}
    assert automatic["contain_credentials"] == {"items": [not_done(KEY, "failed", "AccessDenied")]}


def test_an_unconfirmed_finding_makes_nothing_automatic(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """The response goes on without GuardDuty's word, but does nothing by itself, even if the plan says so."""
    assert ended["unconfirmed"]["status"] == "SUCCEEDED"
    assert nested(aws, "unconfirmed") == set()


def test_without_evidence_nothing_is_touched(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """No step, a report, and a failed response."""
    assert (ended["no-evidence"]["status"], ended["no-evidence"]["error"]) == ("FAILED", "ResponseFailed")
    assert ended["no-evidence"]["told"]["failure"] == {"PreserveEvidence": "BucketGone"}
    assert nested(aws, "no-evidence") == set()


def test_people_are_asked_with_less_evidence_too(ended: dict[str, Json]) -> None:
    """What is left to read fails: the response goes on, and says at its end that it did not do everything."""
    assert (ended["less-evidence"]["status"], ended["less-evidence"]["error"]) == ("FAILED", "ResponseFailed")
    assert ended["less-evidence"]["told"]["failure"] == {"PreserveTheRest": "BucketGone"}
    assert ended["less-evidence"]["told"]["done"]["one"] == {"contain_credentials": {"items": [done(KEY, "Contain")]}}


def test_the_longer_plan_is_what_people_decide_on_and_the_report_is_about(ended: dict[str, Json]) -> None:
    """What was automatic is done once, before it; what was added is asked; and the finding is closed in its name."""
    assert ended["extended"]["status"] == "SUCCEEDED"
    assert ended["extended"]["told"]["plan_hash"] == "decade"
    assert ended["extended"]["told"]["done"]["one"] == {"contain_credentials": {"items": [done(SECOND, "Contain")]}}
    automatic = ended["extended"]["told"]["done"]["automatic"]
    assert automatic["contain_credentials"] == {"items": [done(KEY, "Contain")]}
    assert automatic["close_findings"] == {"items": [done(FINDING, "Notify")]}


def test_people_are_asked_on_the_first_plan_where_it_could_not_be_extended(ended: dict[str, Json]) -> None:
    """The response goes on with the plan that it has, and says at its end that it did not do everything."""
    assert (ended["not-extended"]["status"], ended["not-extended"]["error"]) == ("FAILED", "ResponseFailed")
    assert ended["not-extended"]["told"]["failure"] == {"ExtendPlan": "LogsGone"}
    assert ended["not-extended"]["told"]["plan_hash"] == "c0ffee"
    assert ended["not-extended"]["told"]["done"]["one"] == {"contain_credentials": {"items": [done(KEY, "Contain")]}}


def test_a_response_without_its_report_has_failed(ended: dict[str, Json]) -> None:
    """However well it went until then."""
    assert (ended["no-report"]["status"], ended["no-report"]["error"]) == ("FAILED", "ReportNotWritten")


def test_a_response_tells_of_each_moment(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """Opened, contained and how it ended; the gate tells that it asks, and when it reminds."""
    plan_hash, report = "c0ffee", {"kind": "response", "report_key": "incidents/{}/report/1/report.html"}
    opened, contained = {"moment": "opened"}, {"moment": "contained", "plan_hash": plan_hash}
    asked = {"moment": "asked", "plan_hash": plan_hash, "gate": "one"}
    for name, outcome, times in (("by-one", "closed", 2), ("refused", "refused", 1), ("expired", "expired", 1)):
        key = report["report_key"].format(name)
        assert told(aws, name) == [opened, *[contained] * times, {**report, "report_key": key, "moment": outcome}]
        assert told(aws, f"{name}-approval-one")[0] == asked
    assert told(aws, "no-report")[-1] == {"moment": "failed", "kind": "response"}
    assert told(aws, "refused-approval-one") == [asked]
    assert told(aws, "undo-refused")[-1]["kind"] == "undo"


def test_who_is_reminded_still_opens_the_gate(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """Half the time in silence, then one reminder, and an answer to that is an approval of the first list."""
    assert ended["reminded"]["status"] == "SUCCEEDED"
    assert ended["reminded"]["told"]["done"]["one"] == {"contain_credentials": {"items": [done(KEY, "Contain")]}}
    assert [event["moment"] for event in told(aws, "reminded-approval-one")] == ["asked", "reminded"]


def test_no_response_waits_for_a_mail(aws: EmbeddedAws, ended: dict[str, Json]) -> None:
    """A function that takes a minute for each of three mails delays nothing.

    Whoever waited for one would be cut off by the time limit of the task that tells, which is seconds.
    """
    assert ended["slow-mail"]["status"] == "SUCCEEDED"
    assert not [event for event in history(aws, "slow-mail") if event["type"] == "TaskTimedOut"]


def test_a_response_goes_on_where_nobody_can_be_told(
    aws: EmbeddedAws, machine_arns: dict[str, str], ended: dict[str, Json]
) -> None:
    """Without the function that tells people everything is done all the same, and is no failure."""
    aws.client("lambda").delete_function(FunctionName="Notice")
    SCENARIOS["untold"] = SCENARIOS["all-automatic"]
    told_nobody = execute(aws, machine_arns, "untold")
    assert told_nobody["status"] == "SUCCEEDED"
    assert told_nobody["told"] == ended["all-automatic"]["told"]


def test_undo_asks_for_what_restores_power(ended: dict[str, Json]) -> None:
    """What policy allows and what was approved are undone in one go, each by its named state."""
    assert ended["undo"]["status"] == "SUCCEEDED"
    assert ended["undo"]["told"]["kind"] == "undo"
    assert ended["undo"]["told"]["done"] == [done(LOGGING, "Undo"), done(KEY, "Undo")]


def test_a_refused_undo_leaves_power_away(ended: dict[str, Json]) -> None:
    """Only what needed no approval is undone."""
    assert json.loads(ended["undo-refused"]["output"])["outcome"] == "refused"
    assert ended["undo-refused"]["told"]["done"] == [done(LOGGING, "Undo")]


def test_an_undo_that_met_something_else_has_failed(ended: dict[str, Json]) -> None:
    """Drift is said, and the undo ends in Fail after its report."""
    assert (ended["undo-drifted"]["status"], ended["undo-drifted"]["error"]) == ("FAILED", "ResponseFailed")
    assert ended["undo-drifted"]["told"]["done"] == [not_done(LOGGING, "drifted", "StateDrifted")]
