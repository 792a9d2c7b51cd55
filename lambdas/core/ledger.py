"""The ledger: what was meant, what was done, and by whose word. One DynamoDB item per fact, conditional writes only.

    pk incident_id, sk `incident`              the incident document and its status
                    sk `plan#<kind>#<hash>`    a plan that was made
                    sk `extended`, `asked_on`  which plan of the response is in force (lambdas/planning/in_force.py)
                    sk `logs`                  what the logs say, in short (lambdas/planning/log_rows.py)
                    sk `step#<step_id>`        one step: its status now, and the history of how it came there
                    sk `event#<time>#<id>`     one line of the timeline
                    sk `joined#<hash>`         another finding that joined it (lambdas/intake/joining.py)
                    sk `taken_over`            another incident goes on with it: {by, at} (lambdas/intake/joining.py)
    pk `cap#<account>`, sk <hour>              who holds the hour's places for containment that nobody approved

A step is written as `intended` before its change and gets its outcome after: a crash between the two is visible here,
in the sparse index `unfinished` too, and is resolved by reading what is there. Times are ISO 8601 in UTC, to the
millisecond.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from lambdas.core.errors import TargetNotFound
from lambdas.core.session import own_client

Json = dict[str, Any]

OPEN = "open"
DONE = ("performed", "nothing_to_do")
RETRIABLE = ("intended", "failed", "drifted", "refused")
UNDER_WAY = ("intended", "undo_intended")
UNDOABLE = ("performed", "undo_intended", "undo_drifted", "undo_failed")


def now(timespec: str = "milliseconds") -> str:
    return datetime.now(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


class Ledger:
    """Reads and writes one ledger table. `client` and `table` default to the function's own."""

    def __init__(self, client: Any = None, table: str | None = None) -> None:
        self._given = client
        self.table = table or os.environ["LEDGER_TABLE"]

    @property
    def _client(self) -> Any:
        return self._given or own_client("dynamodb")

    def open_incident(self, incident: Json) -> bool:
        """Record a new incident. False where it is there already, which then stays as it is."""
        return self.put_new(
            incident["incident_id"],
            "incident",
            {"incident": incident, "status": OPEN, "opened_at": incident["opened_at"]},
        )

    def incident(self, incident_id: str) -> Json:
        """The incident document. Raises TargetNotFound."""
        document: Json = self.item(incident_id, "incident")["incident"]
        return document

    def update_incident(self, incident: Json) -> None:
        self._update(incident["incident_id"], "incident", {"incident": incident, "updated_at": now()})

    def set_status(self, incident_id: str, status: str, **facts: Any) -> None:
        self._update(incident_id, "incident", {"status": status, "updated_at": now(), **facts})

    def note(self, incident_id: str, what: str, **detail: Any) -> None:
        """One line of the timeline. `what` is a short sentence; details are JSON."""
        at, order = now(), now("microseconds")
        self.put_new(incident_id, f"event#{order}#{uuid.uuid4().hex[:8]}", {"at": at, "what": what, "detail": detail})

    def save_plan(self, incident_id: str, kind: str, plan_hash: str, **facts: Any) -> bool:
        return self.put_new(
            incident_id, f"plan#{kind}#{plan_hash}", {"kind": kind, "hash": plan_hash, "at": now(), **facts}
        )

    def plans(self, incident_id: str, kind: str) -> list[Json]:
        """The plans of one kind, oldest first: {kind, hash, at, ...}."""
        return sorted(self.items(incident_id, f"plan#{kind}#"), key=lambda plan: plan["at"])

    def step(self, incident_id: str, step_id: str) -> Json | None:
        """The item of a step, or None where nothing was ever intended."""
        return next(iter(self.items(incident_id, f"step#{step_id}")), None)

    def intend(self, incident_id: str, step: Json, plan_hash: str, approved_by: list[str], doing: str) -> bool:
        """Write down what is about to be done (`perform` or `undo`), before it is done.

        False where the step's state does not let it be done: performed already, or nothing there to undo.
        """
        facts = {"step_id": step["step_id"], "action": step["action"], "label": step["label"], "plan_hash": plan_hash}
        status, allowed = ("intended", RETRIABLE) if doing == "perform" else ("undo_intended", UNDOABLE)
        fresh = "attribute_not_exists(pk) OR " if doing == "perform" else ""
        condition = f"{fresh}#f0 IN ({', '.join(f':a{i}' for i in range(len(allowed)))})"
        values = {f":a{i}": {"S": name} for i, name in enumerate(allowed)}
        try:
            self._advance(
                incident_id, step["step_id"], status, {**facts, "approved_by": approved_by}, condition, values
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def conclude(self, incident_id: str, step_id: str, status: str, **facts: Any) -> None:
        """Write down how it ended: one of the step statuses, with what belongs to it (result_key, error)."""
        self._advance(incident_id, step_id, status, facts)

    def steps(self, incident_id: str) -> list[Json]:
        return list(self.items(incident_id, "step#"))

    def unfinished(self, before: str) -> list[tuple[str, str]]:
        """(incident id, step id) of the steps with an intent from before this time and no outcome, oldest first.

        From a sparse index, which holds only these: it costs what is under way, and not the size of the ledger.
        """
        pages = self._client.get_paginator("query").paginate(
            TableName=self.table,
            IndexName="unfinished",
            KeyConditionExpression="unfinished = :step AND updated_at < :before",
            ExpressionAttributeValues={":step": {"S": "step"}, ":before": {"S": before}},
        )
        found = [_plain(item) for page in pages for item in page["Items"]]
        return [(item["pk"], item["sk"].removeprefix("step#")) for item in found]

    def timeline(self, incident_id: str) -> list[Json]:
        """The events, oldest first: {at, what, detail}."""
        return list(self.items(incident_id, "event#"))

    def incidents(self) -> Iterator[Json]:
        """Every incident item: {pk, incident, status, opened_at, ...}. A scan: an operator's list may take its time."""
        pages = self._client.get_paginator("scan").paginate(
            TableName=self.table, FilterExpression="sk = :sk", ExpressionAttributeValues={":sk": {"S": "incident"}}
        )
        return (_plain(item) for page in pages for item in page["Items"])

    def item(self, pk: str, sk: str) -> Json:
        """One item. Raises TargetNotFound."""
        answer = self._client.get_item(TableName=self.table, Key=_key(pk, sk), ConsistentRead=True)
        if "Item" not in answer:
            raise TargetNotFound(f"The ledger has no {sk.split('#')[0]} of {pk}.")
        return _plain(answer["Item"])

    def items(self, pk: str, prefix: str = "") -> Iterator[Json]:
        """The items of one incident, ordered by their sort key."""
        condition, values = "pk = :pk", {":pk": {"S": pk}}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :sk)", {**values, ":sk": {"S": prefix}}
        pages = self._client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )
        return (_plain(item) for page in pages for item in page["Items"])

    def take_place(self, account: str, hour: str, holder: str, most: int) -> bool:
        """Take one of the hour's `most` places, once for each holder. False where all are taken by others."""
        try:
            self._client.update_item(
                TableName=self.table,
                Key=_key(f"cap#{account}", hour),
                UpdateExpression="ADD holders :holders",
                ConditionExpression="attribute_not_exists(holders) OR contains(holders, :holder)"
                " OR size(holders) < :most",
                ExpressionAttributeValues={
                    ":holders": {"SS": [holder]},
                    ":holder": {"S": holder},
                    ":most": {"N": str(most)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def put_new(self, pk: str, sk: str, facts: Json) -> bool:
        """Write an item that is not there yet. False where it is, which then stays as it is."""
        try:
            self._client.put_item(
                TableName=self.table,
                Item={**_key(pk, sk), **_attributes(facts)},
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def put_over(self, pk: str, sk: str, facts: Json, field: str, seen: Json | None) -> bool:
        """Write over an item whose `field` is still as it was `seen`, or that is not there where none was seen.

        False where somebody else wrote in between: then nothing is changed.
        """
        condition: Json = {"ConditionExpression": "attribute_not_exists(pk)"}
        if seen:
            condition = {
                "ConditionExpression": "#field = :seen",
                "ExpressionAttributeNames": {"#field": field},
                "ExpressionAttributeValues": {":seen": _attributes({field: seen[field]})[field]},
            }
        item = {**_attributes(facts), **_key(pk, sk)}
        try:
            self._client.put_item(TableName=self.table, Item=item, **condition)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _advance(
        self, incident_id: str, step_id: str, status: str, facts: Json, condition: str = "", values: Json | None = None
    ) -> None:
        """Set a step's status and append it to the step's history, in one write."""
        at = now()
        under_way = {"unfinished": "step"} if status in UNDER_WAY else {}
        names, given, sets = _assignments({"status": status, "updated_at": at, **under_way, **facts})
        entry = _attributes({"entry": [{"at": at, "status": status, **facts}], "none": []})
        self._client.update_item(
            TableName=self.table,
            Key=_key(incident_id, f"step#{step_id}"),
            UpdateExpression=f"SET {sets}, #history = list_append(if_not_exists(#history, :none), :entry)"
            + ("" if under_way else " REMOVE unfinished"),
            ExpressionAttributeNames={**names, "#history": "history"},
            ExpressionAttributeValues={**given, **(values or {}), ":none": entry["none"], ":entry": entry["entry"]},
            **({"ConditionExpression": condition} if condition else {}),
        )

    def _update(self, pk: str, sk: str, facts: Json) -> None:
        """Change an item that must be there. Raises TargetNotFound where it is not."""
        names, values, sets = _assignments(facts)
        try:
            self._client.update_item(
                TableName=self.table,
                Key=_key(pk, sk),
                UpdateExpression=f"SET {sets}",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise TargetNotFound(f"The ledger has no {sk.split('#')[0]} of {pk}.") from error


def _key(pk: str, sk: str) -> Json:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _assignments(facts: Mapping[str, Any]) -> tuple[dict[str, str], Json, str]:
    names = {f"#f{i}": name for i, name in enumerate(facts)}
    values = {f":f{i}": value for i, value in enumerate(_attributes(facts).values())}
    return names, values, ", ".join(f"{name} = :f{i}" for i, name in enumerate(names))


def _attributes(facts: Mapping[str, Any]) -> Json:
    """DynamoDB attributes of a JSON object, legible in the console. DynamoDB's numbers are decimals."""
    from boto3.dynamodb.types import TypeSerializer

    exact = json.loads(json.dumps(facts), parse_float=Decimal)
    return {name: TypeSerializer().serialize(value) for name, value in exact.items()}


def _plain(item: Json) -> Json:
    from boto3.dynamodb.types import TypeDeserializer

    return {name: _undecimal(TypeDeserializer().deserialize(value)) for name, value in item.items()}


def _undecimal(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dict):
        return {name: _undecimal(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_undecimal(inner) for inner in value]
    return value
