"""Stands in for every function of the responder in test_executions.py: it answers as the scenario in the incident says.

It runs as a Lambda function of the embedded AWS, from a zip of this one file. `AS` in its environment says for which
function it stands.
"""

import json
import os
import time

CALLS: dict = {}


def handler(event: dict, context: object) -> dict | None:
    scenario = event["incident"]["scenario"]
    return FUNCTIONS[os.environ["AS"]](event, scenario)


def fail(name: str, message: str = "as the scenario says") -> None:
    raise type(name, (Exception,), {})(message)


def confirm(event: dict, scenario: dict) -> dict:
    if event["unconfirmed"]:
        return {"marked": True}
    if scenario.get("finding") == "missing":
        fail("FindingNotFound")
    return {"confirmed": True}


def preserve(event: dict, scenario: dict) -> dict:
    if event["pass"] in scenario.get("evidence", {}):
        fail(scenario["evidence"][event["pass"]])
    return {"artefacts": 3}


def propose(event: dict, scenario: dict) -> dict:
    """After the logs were searched, the plan that extends the first, if the scenario has one."""
    after = scenario.get("extended", {}) if event.get("pass") == "logs" else {}
    if isinstance(after, str):
        fail(after)
    return {**scenario["plan"], **after, "not_needed": "x" * 1000}


def ask(event: dict, scenario: dict) -> None:
    again = " again" if event.get("remind") else ""
    word = scenario["answers"].get(f"{event['gate']}.{event['round']}{again}", "silence")
    if word == "unreachable":
        fail("MailNotSent")
    import boto3  # only here, since it takes most of a cold start

    machine = boto3.client("stepfunctions")
    if word == "refuse":
        machine.send_task_failure(
            taskToken=event["task_token"], error="ApprovalRefused", cause="Not during the release"
        )
    if isinstance(word, dict):
        machine.send_task_success(taskToken=event["task_token"], output=json.dumps({"gate": event["gate"], **word}))


def perform(event: dict, scenario: dict) -> dict:
    """Fails as often as the scenario says: {step_id: [error names]}, one for each call."""
    made = CALLS[event["incident"]["incident_id"], event["step_id"]] = (
        CALLS.get((event["incident"]["incident_id"], event["step_id"]), -1) + 1
    )
    errors = scenario.get("errors", {}).get(event["step_id"], [])
    if made < len(errors):
        fail(errors[made])
    return {"step_id": event["step_id"], "action": event["action"], "status": f"by {os.environ['AS']}"}


def verify(event: dict, scenario: dict) -> dict:
    failed = event["failure"] or '"error"' in json.dumps(event["done"])
    return {"dealt_with": not failed and not event["not_approved"]}


def report(event: dict, scenario: dict) -> dict:
    """`summary` is what it was given, so that the test sees it at the end of the execution, however that ends."""
    if scenario.get("report"):
        fail(scenario["report"])
    given = {key: event[key] for key in ("kind", "plan_hash", "done")}
    given["failure"] = {state: error["Error"] for state, error in event["failure"].items()}
    given["not_approved"] = {gate: json.loads(error["Cause"])["Error"] for gate, error in event["not_approved"].items()}
    key = f"incidents/{event['incident']['incident_id']}/report/1/report.html"
    return {"outcome": outcome(given), "summary": json.dumps(given), "report_key": key}


def outcome(given: dict) -> str:
    if given["not_approved"]:
        return {"ApprovalRefused": "refused", "ApprovalExpired": "expired"}[next(iter(given["not_approved"].values()))]
    return "failed" if '"error"' in json.dumps(given["done"]) or given["failure"] else "closed"


def tell(event: dict, scenario: dict) -> None:
    """A mail that hangs: nobody may wait for it."""
    time.sleep(scenario.get("mail_seconds", 0))


def observe(event: dict, scenario: dict) -> dict:
    rooms = {"confirm": confirm, "evidence": preserve, "plan": propose, "verify": verify}
    return rooms[event["room"]](event, scenario)


FUNCTIONS = {
    "ObserveFunction": observe,
    "AskFunction": ask,
    "ContainFunction": perform,
    "EradicateFunction": perform,
    "NotifyFunction": perform,
    "UndoFunction": perform,
    "ReportFunction": report,
    "NoticeFunction": tell,
}
