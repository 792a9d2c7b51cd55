"""What is on record about incidents, as the commands show it."""

from __future__ import annotations

from typing import Any

from cli import pause
from cli.deployment import Deployment
from cli.failures import NOT_FOUND, CommandFailed
from lambdas.core import executions as names
from lambdas.core.errors import TargetNotFound
from lambdas.planning.in_force import in_force
from lambdas.reporting.records import Records, merged

Json = dict[str, Any]
RUNNING = "RUNNING"
MACHINES = {"response": "BedrockResponse", "undo": "UndoResponse"}


def records(deployment: Deployment) -> Records:
    dynamodb, s3 = deployment.client("dynamodb"), deployment.client("s3")
    return Records(
        deployment.ledger(), dynamodb, deployment.output("ApprovalsTable"), s3, deployment.output("EvidenceBucket")
    )


def incident_item(found: Records, incident_id: str) -> Json:
    """The ledger's item of an incident. Raises CommandFailed (not found), saying how to list those that exist."""
    try:
        item: Json = found.ledger.item(incident_id, "incident")
    except TargetNotFound as error:
        message = f"INCIDENT: there is no incident {incident_id} here; `responder status --all` lists them"
        raise CommandFailed(NOT_FOUND, message) from error
    return item


def summary(item: Json) -> Json:
    """One line of the list: {incident_id, status, opened_at, type, account, region, principal, drill}."""
    incident = item["incident"]
    principal = incident["principal"]
    return {
        "incident_id": incident["incident_id"],
        "status": item["status"],
        "opened_at": incident["opened_at"],
        "type": incident["source"]["type"],
        "account": incident["account"],
        "region": incident["region"],
        "principal": principal.get("user_name") or principal.get("arn") or principal.get("type"),
        "drill": incident["drill"],
        "confirmed": incident["confirmed"],
    }


def view(deployment: Deployment, found: Records, incident_id: str) -> Json:
    """All that `responder status INCIDENT` shows, as JSON."""
    item = incident_item(found, incident_id)
    recorded = found.ledger.steps(incident_id)
    plans = plans_in_force(found, incident_id)
    return {
        **summary(item),
        "pause": pause.state(deployment),
        "executions": executions(deployment, incident_id),
        "plans": [
            {
                "kind": p["kind"],
                "hash": p["hash"],
                "at": p["at"],
                "steps": plan_steps(found, incident_id, p["hash"], recorded),
            }
            for p in plans
        ],
        "approvals": [gate for p in plans for gate in found.gates(incident_id, p["hash"])],
        "timeline": [{"at": e["at"], "what": e["what"]} for e in found.ledger.timeline(incident_id)],
    }


def plans_in_force(found: Records, incident_id: str) -> list[Json]:
    """The response's plan and those of its undos: of a plan and the one that extends it, the one that holds."""
    holds = in_force(found.ledger, incident_id)
    response = [plan for plan in found.ledger.plans(incident_id, "response") if plan["hash"] == holds]
    return [*response, *found.ledger.plans(incident_id, "undo")]


def plan_steps(found: Records, incident_id: str, plan_hash: str, recorded: list[Json]) -> list[Json]:
    names = (
        "step_id",
        "action",
        "title",
        "label",
        "stage",
        "approval",
        "undoes",
        "status",
        "approved_by",
        "updated_at",
    )
    plan = found.plan(incident_id, plan_hash)
    return [{name: step.get(name) for name in names} for step in merged(plan, recorded)]


def executions(deployment: Deployment, incident_id: str) -> list[Json]:
    """The executions of a response, its undos and all that were resumed, oldest first.

    {kind, name, arn, status, stage, started_at} each.
    """
    client = deployment.client("stepfunctions")
    known = names.names(deployment.ledger(), incident_id)
    found = (_execution(client, deployment.output(MACHINES[kind]), kind, name) for kind, _, name in known)
    return sorted((execution for execution in found if execution), key=lambda execution: execution["started_at"])


def _execution(client: Any, machine: str, kind: str, name: str) -> Json | None:
    arn = names.arn(machine, name)
    try:
        described = client.describe_execution(executionArn=arn)
    except client.exceptions.ExecutionDoesNotExist:
        return None
    return {
        "kind": kind,
        "name": name,
        "arn": arn,
        "status": described["status"],
        "stage": stage(client, arn),
        "started_at": described["startDate"].isoformat(),
    }


def stage(client: Any, arn: str) -> str | None:
    """The state that was entered last, for example `AskOneApprover`."""
    events = client.get_execution_history(executionArn=arn, reverseOrder=True, maxResults=50)["events"]
    entered = [event for event in events if "stateEnteredEventDetails" in event]
    last = max(entered, key=lambda event: event["id"], default=None)
    return last["stateEnteredEventDetails"]["name"] if last else None
