"""The Approvals table: one item per gate and per link, written under conditions only."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from lambdas.core.session import own_client

Json = dict[str, Any]
Path = tuple[str, ...]
Condition = tuple[Any, ...]
"""A template over `{0}` (a path) and `{1}` (a value), the path, and the value: ("{0} = {1}", ("state",), "open")."""
Sets = Mapping[Any, Any]
"""New values by path; GONE takes away what stands there."""
GONE = object()


def read(pk: str) -> Json | None:
    answer = own_client("dynamodb").get_item(TableName=_name(), Key={"pk": {"S": pk}}, ConsistentRead=True)
    return _plain(answer["Item"]) if "Item" in answer else None


def unsettled() -> list[str]:
    """The ids of the gates that are open, or decided and not passed on. A sparse index holds these and nothing else."""
    pages = (
        own_client("dynamodb")
        .get_paginator("query")
        .paginate(
            TableName=_name(),
            IndexName="unsettled",
            KeyConditionExpression="unsettled = :gate",
            ExpressionAttributeValues={":gate": _attribute("gate")},
        )
    )
    return [_plain(item)["pk"].removeprefix("gate#") for page in pages for item in page["Items"]]


def put_new(pk: str, facts: Json) -> bool:
    """Write an item that is not there yet. False where it is, which then stays as it is."""
    client = own_client("dynamodb")
    try:
        client.put_item(
            TableName=_name(),
            Item={name: _attribute(value) for name, value in {"pk": pk, **facts}.items()},
            ConditionExpression="attribute_not_exists(pk)",
        )
    except client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def change(pk: str, sets: Sets, when: Sequence[Condition] = ()) -> bool:
    """Set what stands at these paths of an item that exists. False where a condition does not hold."""
    client = own_client("dynamodb")
    try:
        client.update_item(**update(pk, sets, when))
    except client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def change_together(*updates: Json) -> bool:
    """All of these updates or none. False where a condition does not hold or another transaction was faster."""
    client = own_client("dynamodb")
    try:
        client.transact_write_items(TransactItems=[{"Update": arguments} for arguments in updates])
    except client.exceptions.TransactionCanceledException as error:
        reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])}
        if reasons <= {"None", "ConditionalCheckFailed", "TransactionConflict"}:
            return False
        raise
    return True


def update(pk: str, sets: Sets, when: Sequence[Condition] = ()) -> Json:
    """The arguments of UpdateItem. A path is a tuple, because addresses have dots in them."""
    names: dict[str, str] = {}
    values: dict[str, Any] = {}

    def path(parts: Path) -> str:
        return ".".join(names.setdefault(part, f"#n{len(names)}") for part in parts)

    def value(given: Any) -> str:
        values[f":v{len(values)}"] = _attribute(given)
        return f":v{len(values) - 1}"

    assignments = [f"{path(parts)} = {value(given)}" for parts, given in sets.items() if given is not GONE]
    removed = [path(parts) for parts, given in sets.items() if given is GONE]
    conditions = [template.format(path(parts), *map(value, given)) for template, parts, *given in when]
    return {
        "TableName": _name(),
        "Key": {"pk": {"S": pk}},
        "UpdateExpression": f"SET {', '.join(assignments)}" + (f" REMOVE {', '.join(removed)}" if removed else ""),
        "ConditionExpression": " AND ".join(["attribute_exists(pk)", *conditions]),
        "ExpressionAttributeNames": {placeholder: name for name, placeholder in names.items()},
        "ExpressionAttributeValues": values,
    }


def _name() -> str:
    return os.environ["APPROVALS_TABLE"]


def _attribute(value: Any) -> Any:
    from boto3.dynamodb.types import TypeSerializer

    return TypeSerializer().serialize(value)


def _plain(item: Json) -> Json:
    from boto3.dynamodb.types import TypeDeserializer

    values = {name: TypeDeserializer().deserialize(value) for name, value in item.items()}
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in values.items()}
