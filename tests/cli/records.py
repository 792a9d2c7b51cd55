"""One incident on record, as the rooms of the house write it."""

import boto3
from boto3.dynamodb.types import TypeSerializer

from lambdas.core.documents import write, write_plan
from lambdas.core.ledger import Ledger

INCIDENT_ID = "IR-20260102-0a1b2c3d4e"
KEY_STEP, AGENT_STEP = "01-deactivate_access_key-9f86d081", "02-delete_agent-60303ae2"
INCIDENT = {
    "incident_id": INCIDENT_ID, "playbook": "bedrock", "account": "111122223333", "region": "us-east-1",
    "opened_at": "2026-01-02T03:04:05.100Z", "drill": False, "confirmed": True,
    "source": {"type": "CredentialAccess:IAMUser/CompromisedCredentials"},
    "principal": {"type": "IAMUser", "user_name": "model-caller\u202e[bold]"},
}  # fmt: skip
STEPS = [
    {"step_id": KEY_STEP, "action": "iam.deactivate_access_key", "title": "Deactivate access key",
     "label": "key AKIAIOSFODNN7EXAMPLE", "stage": "containment", "approval": "automatic", "undoes": None},
    {"step_id": AGENT_STEP, "action": "bedrock.delete_agent", "title": "Delete agent", "label": "agent AGENT12345",
     "stage": "eradication", "approval": "two", "undoes": None},
]  # fmt: skip


def open_incident(**facts):
    ledger = Ledger()
    ledger.open_incident({**INCIDENT, **facts})
    return ledger


def respond():
    """The key is deactivated, and two people are asked about the agent: one approved."""
    ledger = open_incident()
    plan_hash = write_plan({"kind": "response", "incident_id": INCIDENT_ID, "steps": STEPS})
    ledger.save_plan(INCIDENT_ID, "response", plan_hash)
    ledger.intend(INCIDENT_ID, STEPS[0], plan_hash, ["automatic"], "perform")
    ledger.conclude(INCIDENT_ID, KEY_STEP, "performed", error=None)
    ledger.note(INCIDENT_ID, "Deactivate access key: performed")
    gate(plan_hash)
    machine = boto3.client("stepfunctions").list_state_machines()["stateMachines"][0]["stateMachineArn"]
    boto3.client("stepfunctions").start_execution(stateMachineArn=machine, name=INCIDENT_ID, input="{}")
    return ledger


def gate(plan_hash, **facts):
    vote = {"decision": "approve", "steps": [AGENT_STEP], "reason": "", "at": "2026-01-02T03:06:11Z"}
    item = {
        "pk": f"gate#{INCIDENT_ID}.{plan_hash[:16]}.two",
        "incident_id": INCIDENT_ID,
        "plan_hash": plan_hash,
        "gate": "two",
        "required": 2,
        "state": "open",
        "task_token": "secret-task-token",
        "deadline": 4102444800,
        "round": "first",
        "votes": {"ana@example.com": vote},
        "asked": ["ana@example.com", "bo@example.com"],
        **facts,
    }
    attributes = {name: TypeSerializer().serialize(value) for name, value in item.items()}
    boto3.client("dynamodb").put_item(TableName="approvals", Item=attributes)


def report(number, text="<p>report</p>"):
    folder = f"incidents/{INCIDENT_ID}/report/{number}"
    write(f"{folder}/report.json", b"{}")
    write(f"{folder}/report.html", text.encode())
