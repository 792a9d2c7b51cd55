"""Everything that is on record about one incident, read from the ledger, the approvals and the evidence bucket.

The report is made from it, and so is what `responder status` shows: with the function's own clients, or the operator's.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lambdas.core.documents import key_of, plan_key
from lambdas.core.errors import PlanChanged
from lambdas.core.fields import sha256
from lambdas.core.ledger import Ledger
from lambdas.core.session import own_client

Json = dict[str, Any]
GATES = ("one", "two")
PLANNED = "planned"


@dataclass(frozen=True)
class Records:
    ledger: Ledger
    dynamodb: Any
    approvals_table: str
    s3: Any
    bucket: str

    @classmethod
    def own(cls) -> Records:
        """With the function's own clients and environment."""
        env = os.environ
        dynamodb = own_client("dynamodb")
        return cls(Ledger(), dynamodb, env["APPROVALS_TABLE"], own_client("s3"), env["EVIDENCE_BUCKET"])

    def document(self, key: str) -> Any:
        """A JSON document of the evidence bucket. Raises botocore's ClientError (NoSuchKey, AccessDenied)."""
        return json.loads(self.content(key))

    def content(self, key: str) -> bytes:
        content: bytes = self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        return content

    def keys(self, incident_id: str, *parts: str) -> list[str]:
        """The keys under a folder of the incident, sorted."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=key_of(incident_id, *parts) + "/"
        )
        return sorted(item["Key"] for page in pages for item in page.get("Contents", []))

    def plan(self, incident_id: str, plan_hash: str) -> Json:
        """A plan by its hash. Raises PlanChanged where the stored bytes do not have it."""
        content = self.content(plan_key(incident_id, plan_hash))
        if sha256(content) != plan_hash:
            raise PlanChanged(f"The stored plan {plan_hash[:12]}… of {incident_id} does not have that hash.")
        plan: Json = json.loads(content)
        return plan

    def gates(self, incident_id: str, plan_hash: str) -> list[Json]:
        """The gates that were opened for a plan, without their task tokens."""
        names = (f"gate#{incident_id}.{plan_hash[:16]}.{gate}" for gate in GATES)
        found = (self._approval(name) for name in names)
        return [gate for gate in found if gate]

    def all_gates(self) -> Iterator[Json]:
        """Every gate of every incident: a scan, for an operator's list."""
        pages = self.dynamodb.get_paginator("scan").paginate(
            TableName=self.approvals_table,
            FilterExpression="begins_with(pk, :gate)",
            ExpressionAttributeValues={":gate": {"S": "gate#"}},
        )
        return (shown_gate(item) for page in pages for item in page["Items"])

    def _approval(self, pk: str) -> Json | None:
        answer = self.dynamodb.get_item(TableName=self.approvals_table, Key={"pk": {"S": pk}}, ConsistentRead=True)
        return shown_gate(answer["Item"]) if "Item" in answer else None


def shown_gate(item: Json) -> Json:
    """A gate as people may see it: the task token and the addresses that voters came from stay behind."""
    gate = {name: plain_value(value) for name, value in item.items()}
    votes = gate.get("votes") or {}
    return {
        "gate_id": str(gate["pk"]).removeprefix("gate#"),
        "incident_id": gate.get("incident_id"),
        "plan_hash": gate.get("plan_hash"),
        "gate": gate.get("gate"),
        "required": int(gate.get("required", 1)),
        "state": gate.get("state", "open"),
        "round": gate.get("round"),
        "reason": gate.get("reason") or "",
        "deadline": int(gate.get("deadline", 0)),
        "asked": sorted(gate.get("asked") or []),
        "votes": [_vote(email, vote) for email, vote in sorted(votes.items())],
    }


def _vote(email: str, vote: Json) -> Json:
    return {
        "approver": email,
        "decision": vote.get("decision"),
        "steps": list(vote.get("steps") or []),
        "reason": vote.get("reason") or "",
        "at": vote.get("at") or "",
    }


def plain_value(attribute: Json) -> Any:
    """A DynamoDB attribute value as Python has it; binary attributes hold JSON."""
    kind, value = next(iter(attribute.items()))
    if kind == "N":
        return float(value) if "." in value else int(value)
    if kind == "M":
        return {name: plain_value(inner) for name, inner in value.items()}
    if kind == "L":
        return [plain_value(inner) for inner in value]
    if kind == "B":
        return json.loads(value)
    return None if kind == "NULL" else value


def merged(plan: Json, recorded: Iterable[Json]) -> list[Json]:
    """The plan's steps with what the ledger says of each: status, approved_by, updated_at, error.

    A step of an undo plan is recorded under the step that it undoes.
    """
    by_id = {item["step_id"]: item for item in recorded}
    return [_step(step, by_id.get(step.get("undoes") or step["step_id"], {})) for step in plan["steps"]]


def _step(step: Json, item: Json) -> Json:
    return {
        **step,
        "status": item.get("status", PLANNED),
        "approved_by": item.get("approved_by") or [],
        "updated_at": item.get("updated_at"),
        "error": item.get("error"),
        "result_key": item.get("result_key"),
        "performed_key": _performed_key(item.get("history") or []),
    }


def _performed_key(history: list[Json]) -> str | None:
    """The result of the change itself, which an undo's own result comes after."""
    return next((entry.get("result_key") for entry in reversed(history) if entry["status"] == "performed"), None)
