"""What an approval needs around it: tables, keys, mail, an incident and a plan on moto, and tasks that wait."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from moto import mock_aws
from moto.sesv2.responses import SESV2Response

from deploy.local.services import dynamodb
from lambdas.approval import answer, ask, page
from lambdas.approval.gate import Gate, gate_id_of, must_read
from lambdas.core import documents
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client

Json = dict[str, Any]

REGION = "us-east-1"
INCIDENT_ID = "IR-20261122-0a1b2c3d4e"
PAGE_URL = "https://page.example.com/prod"
FIRST = ["lead@example.com", "deputy@example.com"]
SECOND = ["cto@example.com", "lead@example.com"]
ENVIRONMENT = {
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "LEDGER_TABLE": "ledger",
    "APPROVALS_TABLE": "approvals",
    "EVIDENCE_BUCKET": "evidence",
    "PAGE_URL": PAGE_URL,
    "MAIL_FROM": "responder@example.com",
    "FIRST_APPROVERS": ", ".join(FIRST),
    "SECOND_APPROVERS": ",".join(SECOND),
}


def incident(**changes: Any) -> Json:
    return {
        "incident_id": INCIDENT_ID,
        "playbook": "bedrock",
        "account": "111122223333",
        "region": REGION,
        "partition": "aws",
        "opened_at": "2026-11-22T02:40:11.000Z",
        "source": {
            "kind": "guardduty",
            "type": "DefenseEvasion:IAMUser/BedrockLoggingDisabled",
            "id": "a2c1",
            "detector_id": "d1",
            "arn": None,
            "severity": 5,
            "title": "Amazon Bedrock model invocation logging was disabled by the IAM user dev-ml.",
            "description": "API DeleteModelInvocationLoggingConfiguration was called from an unusual address.",
            "first_seen": "2026-11-22T02:31:00Z",
            "last_seen": "2026-11-22T02:36:12Z",
            "count": 3,
            "sample": False,
        },
        "principal": {
            "type": "IAMUser",
            "user_name": "dev-ml",
            "access_key_id": "AKIAIOSFODNN7EXAMPLE",
            "principal_id": "AIDA1",
            "arn": "arn:aws:iam::111122223333:user/dev-ml",
        },
        "requested_by": None,
        "requester_arn": None,
        "reason": "",
        "drill": False,
        "confirmed": True,
        "withheld": None,
        **changes,
    }


def step(number: int, action: str = "bedrock.delete_agent", approval: str = "one", **changes: Any) -> Json:
    return {
        "step_id": f"{number:02}-{action.split('.')[1]}-{number:08x}",
        "action": action,
        "title": "Delete the agent",
        "stage": "eradication",
        "machine": "eradicate_bedrock",
        "power": "eradicate",
        "approval": approval,
        "decided_by": "Deleting is never done without approval.",
        "reversibility": "none",
        "impact": "Whoever invokes this agent gets an error.",
        "way_back": "It cannot be undone; a full export is kept as evidence.",
        "target": {},
        "label": f"agent helper-{number} (AGENT{number})",
        "target_arn": f"arn:aws:bedrock:us-east-1:111122223333:agent/AGENT{number}",
        "before": {
            "agent": {"agentName": f"helper-{number}", "agentStatus": "PREPARED", "tags": []},
            "aliases": [{"id": "A1"}],
        },
        "achieved": False,
        "why": "It was made by the suspect after the first suspicious call.",
        "undoes": None,
        **changes,
    }


KEY = {
    "title": "Deactivate the access key",
    "stage": "containment",
    "machine": "contain_credentials",
    "power": "contain",
    "reversibility": "full",
    "impact": "Programs that use this key are refused.",
    "way_back": "The key is set Active again.",
    "label": "access key AKIAIOSFODNN7EXAMPLE of dev-ml",
    "target_arn": "arn:aws:iam::111122223333:user/dev-ml",
    "before": {"status": "Active", "last_used": None},
    "why": "The finding names this key.",
    "decided_by": "Policy: contained automatically for this finding type.",
}


def key_step(number: int, approval: str = "automatic", **changes: Any) -> Json:
    return step(number, "iam.deactivate_access_key", approval, **{**KEY, **changes})


def plan(*steps: Json, **changes: Any) -> Json:
    return {
        "kind": "response",
        "incident_id": INCIDENT_ID,
        "account": "111122223333",
        "region": REGION,
        "playbook": "bedrock",
        "made_at": "2026-11-22T02:41:00.000Z",
        "steps": list(steps),
        "not_proposed": [],
        **changes,
    }


class WaitingTasks:
    """Stands for Step Functions: each token is answered once, and a used or timed-out one is refused as AWS does."""

    def __init__(self) -> None:
        self.exceptions = own_client("stepfunctions").exceptions
        self.waiting: set[str] = set()
        self.answers: list[tuple[str, str, Json]] = []
        self.refusal = "TaskTimedOut"
        self.outage: Exception | None = None

    def send_task_success(self, taskToken: str, output: str) -> None:  # noqa: N803 AWS's name
        self._take(taskToken, "success", {"output": output})

    def send_task_failure(self, taskToken: str, error: str, cause: str) -> None:  # noqa: N803 AWS's name
        self._take(taskToken, "failure", {"error": error, "cause": cause})

    def _take(self, token: str, how: str, answered: Json) -> None:
        if self.outage:
            raise self.outage
        if token not in self.waiting:
            kind = getattr(self.exceptions, self.refusal)
            raise kind({"Error": {"Code": self.refusal, "Message": "The task has timed out."}}, "SendTask")
        self.waiting.discard(token)
        self.answers.append((token, how, answered))


class World:
    """One incident with one plan, and the people who are asked about it."""

    def __init__(self, tasks: WaitingTasks, mails: list[Json]) -> None:
        self.tasks = tasks
        self.mails = mails
        self.plan_hash = ""

    def begin(self, *steps: Json, about: Json | None = None, **plan_changes: Any) -> None:
        document = about or incident()
        ledger = Ledger()
        if not ledger.open_incident(document):
            ledger.update_incident(document)
        self.plan_hash = documents.write_plan(plan(*steps, **plan_changes))

    def ask(
        self,
        gate: str = "one",
        round_name: str = "first",
        token: str = "token-1",
        seconds: int = 1800,
        remind: bool = False,
    ) -> Json:
        self.tasks.waiting.add(token)
        reference = {"incident_id": INCIDENT_ID, "account": "111122223333", "region": REGION, "playbook": "bedrock"}
        event = {"incident": reference, "plan_hash": self.plan_hash, "gate": gate, "round": round_name}
        waiting = {} if round_name == "expired" else {"task_token": token, "seconds": seconds}
        again = {"remind": True} if remind else {}
        answered: Json = ask.handler({**event, **waiting, **again}, None)
        return answered

    def gate(self, gate: str = "one") -> Gate:
        return must_read(gate_id_of(INCIDENT_ID, self.plan_hash, gate))

    def link_of(self, approver: str) -> str:
        """The last part of the link in the mail that this person got last."""
        mail = [mail for mail in self.mails if mail["to"] == [approver]][-1]
        found = re.search(rf"^{re.escape(PAGE_URL)}/approve/(\S+)$", mail["text"], re.MULTILINE)
        assert found, mail["text"]
        return found[1]

    def get(self, link: str, query: Json | None = None, method: str = "GET") -> Json:
        answered: Json = page.handler(proxy_event(method, link, query=query), None)
        return answered

    def post(self, link: str, fields: list[tuple[str, str]], **event: Any) -> Json:
        answered: Json = page.handler(proxy_event("POST", link, body=urlencode(fields)) | event, None)
        return answered

    def csrf(self, link: str) -> str:
        return hidden(self.get(link)["body"], "csrf")

    def approve(self, approver: str, *steps: str, **event: Any) -> Json:
        link = self.link_of(approver)
        fields = [("csrf", self.csrf(link)), ("decision", "approve"), *(("step", step_id) for step_id in steps)]
        return self.post(link, fields, **event)

    def refuse(self, approver: str, reason: str = "It is our own test.") -> Json:
        link = self.link_of(approver)
        return self.post(link, [("csrf", self.csrf(link)), ("decision", "refuse"), ("reason", reason)])

    def stored(self) -> list[Json]:
        """Every item of both tables: what must be the same before and after a look at the page."""
        scans = [own_client("dynamodb").scan(TableName=name)["Items"] for name in ("approvals", "ledger")]
        return sorted((item for scan in scans for item in scan), key=str)


def hidden(body: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', body)
    return unescape(found[1]) if found else ""


def proxy_event(method: str, link: str, body: str | None = None, query: Json | None = None) -> Json:
    """What API Gateway gives a REST proxy integration."""
    path = urlsplit(f"{PAGE_URL}/approve/{link}").path
    return {
        "resource": "/approve/{link}",
        "path": path,
        "httpMethod": method,
        "headers": {"content-type": "application/x-www-form-urlencoded"} if body is not None else {},
        "queryStringParameters": query,
        "pathParameters": {"link": link},
        "requestContext": {"identity": {"sourceIp": "203.0.113.7"}, "requestId": "r-1", "stage": "prod"},
        "body": body,
        "isBase64Encoded": False,
    }


@pytest.fixture(scope="module", autouse=True)
def fresh_clients() -> Iterator[None]:
    """Clients are made once for all tests of a file, which saves most of their time, and not kept for other files."""
    # moto loses what one thread writes while another's transaction fails.
    dynamodb.install()
    own_client.cache_clear()
    yield
    own_client.cache_clear()


@contextmanager
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world on moto, with mail kept as it was sent and Step Functions stood in for."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _make_resources(monkeypatch)
        tasks, mails = WaitingTasks(), list[Json]()
        monkeypatch.setattr(
            answer, "own_client", lambda service: tasks if service == "stepfunctions" else own_client(service)
        )
        _keep_mail(monkeypatch, mails)
        yield World(tasks, mails)


def _make_resources(monkeypatch: pytest.MonkeyPatch) -> None:
    database = own_client("dynamodb")
    for table, keys in (("approvals", {"pk": "HASH"}), ("ledger", {"pk": "HASH", "sk": "RANGE"})):
        database.create_table(
            TableName=table,
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys.items()],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in keys],
            BillingMode="PAY_PER_REQUEST",
        )
    own_client("s3").create_bucket(Bucket="evidence")
    own_client("sesv2").create_email_identity(EmailIdentity="responder@example.com")
    key = own_client("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    monkeypatch.setenv("LINK_KEY", key["KeyMetadata"]["KeyId"])


def _keep_mail(monkeypatch: pytest.MonkeyPatch, mails: list[Json]) -> None:
    """moto keeps one part of a mail; the request has both."""
    send = SESV2Response.send_email

    @wraps(send)
    def sent(self: SESV2Response) -> str:
        answered = send(self)
        asked = self._get_param("Content")["Simple"]
        parts = {name: asked["Body"][kind]["Data"] for name, kind in (("text", "Text"), ("html", "Html"))}
        mails.append(
            {"to": self._get_param("Destination")["ToAddresses"], "subject": asked["Subject"]["Data"], **parts}
        )
        return answered

    monkeypatch.setattr(SESV2Response, "send_email", sent)
