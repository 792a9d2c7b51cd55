"""One incident as it stands on record when its report is written: ledger, approvals and evidence bucket in moto."""

import json
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

from lambdas.core import session
from lambdas.core.documents import key_of, write_json, write_plan
from lambdas.core.ledger import Ledger

INCIDENT_ID = "IR-20260102-0a1b2c3d4e"
REGION = "us-east-1"
HOSTILE = "<script>alert(1)</script>\u202egnp.exe https://evil.example/x"
KEY_STEP, LOGGING_STEP = "01-deactivate_access_key-9f86d081", "02-restore_invocation_logging-5a1b0c2d"
CASE_STEP, AGENT_STEP = "03-open_case-77aa88bb", "04-delete_agent-60303ae2"

INCIDENT = {
    "incident_id": INCIDENT_ID,
    "playbook": "bedrock",
    "account": "111122223333",
    "region": REGION,
    "partition": "aws",
    "opened_at": "2026-01-02T03:04:05.100Z",
    "requested_by": None,
    "requester_arn": None,
    "reason": "GuardDuty: credentials of an IAM user are used by somebody else",
    "drill": False,
    "confirmed": True,
    "withheld": None,
    "source": {
        "kind": "guardduty",
        "type": "CredentialAccess:IAMUser/CompromisedCredentials",
        "id": "a" * 32,
        "detector_id": "d" * 32,
        "arn": "arn:aws:guardduty:us-east-1:111122223333:detector/d/finding/a",
        "severity": 8,
        "title": "Credentials of model-caller were compromised",
        "description": HOSTILE,
        "first_seen": "2026-01-02T02:58:00Z",
        "last_seen": "2026-01-02T03:03:10Z",
        "count": 4,
        "sample": False,
    },
    "principal": {
        "type": "IAMUser",
        "user_name": "model-caller",
        "access_key_id": "AKIAIOSFODNN7EXAMPLE",
        "principal_id": "AIDAEXAMPLE",
        "arn": "arn:aws:iam::111122223333:user/model-caller",
    },
}


def step(step_id, action, title, label, arn, **facts):
    common = {
        "step_id": step_id,
        "action": action,
        "title": title,
        "label": label,
        "target_arn": arn,
        "stage": "containment",
        "machine": "contain_credentials",
        "power": "contain",
        "approval": "automatic",
        "reversibility": "full",
        "decided_by": "The finding type is of high confidence, so this may run unattended.",
        "impact": "Whatever uses this key stops.",
        "way_back": "The key is activated again.",
        "target": {},
        "before": {},
        "achieved": False,
        "why": "The finding names this key.",
        "undoes": None,
    }
    return {**common, **facts}


AGENT_BEFORE = {
    "exists": True,
    "agent": {"agentName": f"helpful {HOSTILE}", "agentStatus": "PREPARED"},
    "survivors": {
        "role": "arn:aws:iam::111122223333:role/AmazonBedrockExecutionRoleForAgents_x",
        "knowledge_bases": [],
        "functions": {"arn:aws:lambda:us-east-1:111122223333:function:exfil": None},
    },
}
LOGGING_BEFORE = {"configured": False, "loggingConfig": None}
LOGGING_AFTER = {
    "configured": True,
    "loggingConfig": {
        "s3Config": {"bucketName": "model-logs-111122223333", "keyPrefix": "prod"},
        "textDataDeliveryEnabled": True,
    },
}

STEPS = [
    step(
        KEY_STEP,
        "iam.deactivate_access_key",
        "Deactivate access key",
        "Access key AKIAIOSFODNN7EXAMPLE of user model-caller",
        "arn:aws:iam::111122223333:user/model-caller",
        before={"exists": True, "status": "Active"},
    ),
    step(
        LOGGING_STEP,
        "bedrock.restore_invocation_logging",
        "Restore model invocation logging",
        "Invocation logging in us-east-1",
        "arn:aws:bedrock:us-east-1:111122223333:*",
        stage="recovery",
        machine="restore_logging",
        before=LOGGING_BEFORE,
    ),
    step(
        CASE_STEP,
        "support.open_case",
        "Open a case with AWS Support",
        "Case in account 111122223333",
        "arn:aws:support::111122223333:case/*",
        stage="notification",
        machine="notify",
        power="notify",
        reversibility="none",
    ),
    step(
        AGENT_STEP,
        "bedrock.delete_agent",
        "Delete agent",
        f"Agent AGENT12345 “helpful {HOSTILE}”",
        "arn:aws:bedrock:us-east-1:111122223333:agent/AGENT12345",
        stage="eradication",
        machine="eradicate_bedrock",
        power="eradicate",
        approval="two",
        reversibility="none",
        way_back="It cannot come back; its export is evidence.",
        decided_by="Irreversible: two people.",
        before=AGENT_BEFORE,
    ),
]

PLAN = {
    "kind": "response",
    "incident_id": INCIDENT_ID,
    "account": "111122223333",
    "region": REGION,
    "playbook": "bedrock",
    "made_at": "2026-01-02T03:04:08.000Z",
    "steps": STEPS,
    "not_proposed": [{"action": "iam.delete_access_key", "why": "The key is deactivated; deleting it is for later."}],
}

VOTES = {
    "ana@example.com": {
        "decision": "approve",
        "steps": [AGENT_STEP],
        "reason": "",
        "at": "2026-01-02T03:06:11Z",
        "source_ip": "192.0.2.7",
    },
    "bo@example.com": {
        "decision": "approve",
        "steps": [AGENT_STEP],
        "reason": "Not ours",
        "at": "2026-01-02T03:07:40Z",
        "source_ip": "192.0.2.9",
    },
}


@pytest.fixture
def house(monkeypatch):
    """The tables and the bucket, empty but for the opened incident; `house.event` is what the state machine sends."""
    session.own_client.cache_clear()
    environment = {
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "LEDGER_TABLE": "ledger",
        "APPROVALS_TABLE": "approvals",
        "EVIDENCE_BUCKET": "evidence",
        "MAIL_FROM": "responder@example.com",
        "PREFIX": "responder",
        "FIRST_APPROVERS": "ana@example.com,bo@example.com",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        yield _built()
    session.own_client.cache_clear()


def _built():
    dynamodb, s3 = boto3.client("dynamodb"), boto3.client("s3")
    for table, keys in {"ledger": ("pk", "sk"), "approvals": ("pk",)}.items():
        dynamodb.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in zip(keys, ("HASH", "RANGE"), strict=False)],
            AttributeDefinitions=[{"AttributeName": k, "AttributeType": "S"} for k in keys],
            BillingMode="PAY_PER_REQUEST",
        )
    s3.create_bucket(Bucket="evidence")
    boto3.client("sesv2").create_email_identity(EmailIdentity="responder@example.com")
    ledger = Ledger()
    ledger.open_incident(INCIDENT)
    event = {"incident": {k: INCIDENT[k] for k in ("incident_id", "account", "region", "playbook")}, "kind": "response"}
    return SimpleNamespace(ledger=ledger, dynamodb=dynamodb, s3=s3, event=event)


def gate(house, plan_hash, name="two", **facts):
    """Put a gate as the approval room stores it."""
    from boto3.dynamodb.types import TypeSerializer

    item = {
        "pk": f"gate#{INCIDENT_ID}.{plan_hash[:16]}.{name}",
        "incident_id": INCIDENT_ID,
        "plan_hash": plan_hash,
        "gate": name,
        "required": 2 if name == "two" else 1,
        "state": "approved",
        "task_token": "secret-task-token",
        "deadline": 1767325000,
        "round": "first",
        "votes": VOTES,
        "asked": ["ana@example.com", "bo@example.com"],
        "incident": json.dumps(INCIDENT),
        **facts,
    }
    house.dynamodb.put_item(TableName="approvals", Item={k: TypeSerializer().serialize(v) for k, v in item.items()})


def planned(house, plan=PLAN):
    plan_hash = write_plan(plan)
    house.ledger.save_plan(INCIDENT_ID, plan["kind"], plan_hash)
    house.event["plan_hash"] = plan_hash
    house.event["kind"] = plan["kind"]
    return plan_hash


def carried_out(house, plan_hash, the_step, status, after=None, error=None, by=("automatic",)):
    """One step as the action runner records it: intent, result document, outcome, timeline."""
    step_id, doing = the_step["undoes"] or the_step["step_id"], "undo" if the_step["undoes"] else "perform"
    house.ledger.intend(INCIDENT_ID, {**the_step, "step_id": step_id}, plan_hash, list(by), doing)
    key = key_of(INCIDENT_ID, "results", f"{step_id}.{doing}.json")
    write_json(
        key,
        {
            "incident_id": INCIDENT_ID,
            "step_id": step_id,
            "action": the_step["action"],
            "plan_hash": plan_hash,
            "doing": doing,
            "status": status,
            "at": "2026-01-02T03:05:00.000Z",
            "approved_by": list(by),
            "before": the_step["before"],
            "after": after,
            "error": error,
        },
    )
    house.ledger.conclude(INCIDENT_ID, step_id, status, result_key=key, error=error)
    house.ledger.note(INCIDENT_ID, f"{the_step['title']}: {status.replace('_', ' ')}")


def evidence(house):
    artefacts = [
        {
            "name": name,
            "key": f"incidents/{INCIDENT_ID}/evidence/{name}.json",
            "sha256": digit * 64,
            "bytes": 900,
            "taken_at": "2026-01-02T03:04:06.000Z",
            "calls": ["cloudtrail:LookupEvents"],
            "session": "s",
        }
        for name, digit in (("00-finding", "a"), ("01-cloudtrail", "b"), ("02-principal", "c"))
    ]
    write_json(
        key_of(INCIDENT_ID, "evidence", "manifest-first.json"),
        {
            "incident_id": INCIDENT_ID,
            "account": "111122223333",
            "region": REGION,
            "pass": "first",
            "made_at": "2026-01-02T03:04:07.000Z",
            "artefacts": artefacts,
            "gaps": [{"what": "iam credential report", "why": "AccessDenied: not allowed by an SCP"}],
        },
    )


def finished(house):
    """A response that went well: key and logging at once, a case, and the agent after two people."""
    house.ledger.note(INCIDENT_ID, "Incident opened: CredentialAccess:IAMUser/CompromisedCredentials")
    evidence(house)
    house.ledger.note(INCIDENT_ID, "Evidence preserved: 3 artefacts")
    plan_hash = planned(house)
    carried_out(house, plan_hash, STEPS[0], "performed", {"exists": True, "status": "Inactive"})
    carried_out(house, plan_hash, STEPS[1], "performed", LOGGING_AFTER)
    carried_out(house, plan_hash, STEPS[2], "performed", {"case": "case-111122223333-2026-x"})
    gate(house, plan_hash)
    house.ledger.note(INCIDENT_ID, "Approved by ana@example.com and bo@example.com")
    carried_out(house, plan_hash, STEPS[3], "performed", {"exists": False}, by=("ana@example.com", "bo@example.com"))
    return plan_hash
