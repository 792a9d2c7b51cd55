"""A deployment in moto, announced as the embedded AWS, and the command run as a person runs it but in this process."""

import json
import os
from types import SimpleNamespace

import boto3
import pytest
from moto import mock_aws

from cli import deployment as deployments
from cli import screen
from cli.deployment import Deployment
from cli.main import main
from lambdas.core import session

REGION = "us-east-1"
OUTPUTS = {
    "LedgerTable": "ledger", "ApprovalsTable": "approvals", "EvidenceBucket": "evidence",
    "IntakeManualFunction": "responder-intake-manual", "UndoPlanFunction": "responder-undo-plan",
    "ResumeFunction": "responder-resume", "PauseParameter": "/responder/pause",
    "BedrockResponse": "arn:aws:states:us-east-1:123456789012:stateMachine:responder-bedrock-response",
    "UndoResponse": "arn:aws:states:us-east-1:123456789012:stateMachine:responder-undo-response",
}  # fmt: skip


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """No test sees the state folder, the credentials or the terminal of whoever runs it."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "RESPONDER_"))]:
        monkeypatch.delenv(name)
    settings = {
        "XDG_STATE_HOME": str(tmp_path / "state"), "AWS_CONFIG_FILE": str(tmp_path / "none"), "COLUMNS": "120",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"), "AWS_EC2_METADATA_DISABLED": "true", "TERM": "dumb",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for cached in (screen.console, screen.aside, deployments._client, session.own_client):
        cached.cache_clear()
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `responder` with these arguments: {code, out, err}."""

    def runner(*arguments):
        screen.console.cache_clear()
        monkeypatch.setattr("sys.argv", ["responder", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return SimpleNamespace(code=ended.value.code or 0, out=out, err=err)

    return runner


@pytest.fixture
def aws(monkeypatch):
    """The tables, the bucket and the machines, as the deployment that commands find by themselves."""
    settings = {
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }
    rooms = {"LEDGER_TABLE": "ledger", "APPROVALS_TABLE": "approvals", "EVIDENCE_BUCKET": "evidence"}
    for name, value in {**settings, **rooms}.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        built()
        deployments.publish(Deployment("the embedded AWS", OUTPUTS, REGION, pid=os.getpid()))
        yield boto3.client


def built():
    for table, keys in {"ledger": ("pk", "sk"), "approvals": ("pk",)}.items():
        boto3.client("dynamodb").create_table(
            TableName=table,
            KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in zip(keys, ("HASH", "RANGE"), strict=False)],
            AttributeDefinitions=[{"AttributeName": k, "AttributeType": "S"} for k in keys],
            BillingMode="PAY_PER_REQUEST",
        )
    boto3.client("s3").create_bucket(Bucket="evidence")
    boto3.client("ssm").put_parameter(Name="/responder/pause", Value="running", Type="String")
    role = boto3.client("iam").create_role(RoleName="machines", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    waiting = {
        "StartAt": "AskTwoApprovers",
        "States": {"AskTwoApprovers": {"Type": "Wait", "Seconds": 60, "End": True}},
    }
    for name in ("BedrockResponse", "UndoResponse"):
        boto3.client("stepfunctions").create_state_machine(
            name=OUTPUTS[name].rsplit(":", 1)[-1], definition=json.dumps(waiting), roleArn=role
        )


@pytest.fixture
def functions(monkeypatch):
    """What the invoked functions answer, by output name, and what they were given."""
    heard, answers = {}, {}

    def invoke(self, output, payload):
        heard[output] = payload
        answer = answers[output]
        if "errorType" in answer:
            from cli.failures import from_function

            raise from_function(output, answer)
        return answer

    monkeypatch.setattr(Deployment, "invoke", invoke)
    return SimpleNamespace(heard=heard, answers=answers)
