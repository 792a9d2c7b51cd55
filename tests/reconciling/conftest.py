"""A world of the approval room, with the reconciler's indexes, and machines whose executions run until stopped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lambdas.core.session import own_client
from tests.approval.world import INCIDENT_ID, World, built, fresh_clients

__all__ = ["fresh_clients"]

MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:responder-{}-response"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("RESPONSE_MACHINE", MACHINE.format("bedrock"))
    monkeypatch.setenv("UNDO_MACHINE", MACHINE.format("undo"))
    monkeypatch.setenv("FIRST_SECONDS", "60")
    monkeypatch.setenv("SECOND_SECONDS", "60")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "responder")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "genai-responder")
    with built(monkeypatch) as made:
        add_index("approvals", "unsettled", ("unsettled", "S"), ("deadline", "N"))
        add_index("ledger", "unfinished", ("unfinished", "S"), ("updated_at", "S"))
        role = own_client("iam").create_role(RoleName="machines", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        for kind in ("bedrock", "undo"):
            own_client("stepfunctions").create_state_machine(
                name=f"responder-{kind}-response", definition='{"StartAt": "A", "States": {}}', roleArn=role
            )
        yield made


def add_index(table: str, name: str, *keys: tuple[str, str]) -> None:
    kinds = ("HASH", "RANGE")
    schema = [{"AttributeName": key, "KeyType": kind} for (key, _), kind in zip(keys, kinds, strict=True)]
    index = {"IndexName": name, "KeySchema": schema, "Projection": {"ProjectionType": "KEYS_ONLY"}}
    own_client("dynamodb").update_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": kind} for key, kind in keys],
        GlobalSecondaryIndexUpdates=[{"Create": index}],
    )


def run(name: str = INCIDENT_ID, kind: str = "bedrock") -> str:
    """Start an execution, which runs until it is stopped. Returns its ARN."""
    started = own_client("stepfunctions").start_execution(stateMachineArn=MACHINE.format(kind), name=name, input="{}")
    return str(started["executionArn"])


def stop(arn: str) -> None:
    own_client("stepfunctions").stop_execution(executionArn=arn)
