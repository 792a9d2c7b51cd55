"""The AWS calls of a recorded response, made again one after the other by one process that does nothing else."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from botocore.exceptions import ClientError
from botocore.model import Shape

from deploy.local.stack import EmbeddedAws

Json = dict[str, Any]

CLIENTS = {"bedrock": ("bedrock", "bedrock-agent"), "ses": ("sesv2",), "states": ("stepfunctions",)}
"""The boto3 clients that have an event source's operations, where they are not of the same name."""

CARRIERS = {("lambda", "Invoke"), ("states", "StartExecution"), ("states", "DescribeExecution")}
"""Calls by which the state machine moves on: machinery, and no work of the response."""


def calls_of(records: list[Json], incident_began: str) -> list[Json]:
    """What the responder's own functions called since then."""
    ours = [
        r for r in records if "/responder-" in r["userIdentity"].get("arn", "") and r["eventTime"] >= incident_began
    ]
    return [r for r in ours if (r["eventSource"].split(".")[0], r["eventName"]) not in CARRIERS]


def seconds(aws: EmbeddedAws, records: list[Json]) -> float:
    """How long these calls take back to back. That some answer otherwise a second time does not matter."""
    prepared = [call for record in records if (call := _prepare(aws, record))]
    began = time.perf_counter()
    for call in prepared:
        try:
            call()
        except ClientError:
            continue
    return time.perf_counter() - began


def _prepare(aws: EmbeddedAws, record: Json) -> Callable[[], Any] | None:
    source = record["eventSource"].split(".")[0]
    clients = (aws.client(name) for name in CLIENTS.get(source, (source,)))
    client = next((c for c in clients if record["eventName"] in c.meta.service_model.operation_names), None)
    if client is None:
        return None
    operation = client.meta.service_model.operation_model(record["eventName"])
    if operation.input_shape is None:
        return partial(client._make_api_call, operation.name, {})
    given = record["requestParameters"] or {}
    parameters = _object(given) if "bucketName" in given else rebuild(operation.input_shape, given)
    return partial(client._make_api_call, operation.name, _complete(operation.input_shape, parameters))


def _object(given: Json) -> Json:
    """S3 spells its parameters in its own way. The body is as long as the one that was sent."""
    named = {"Bucket": given["bucketName"], **({"Key": given["key"]} if "key" in given else {})}
    return {**named, "Body": b" " * given["contentLength"]} if "contentLength" in given else named


def rebuild(shape: Shape, value: Any) -> Any:
    """CloudTrail's lowerCamelCase parameters as boto3 takes them; what it redacted is empty."""
    empty: Any = {"structure": {}, "map": {}, "list": []}.get(shape.type_name)
    if empty is not None and not isinstance(value, type(empty)):
        return empty
    if shape.type_name == "structure":
        members = {name[:1].lower() + name[1:]: (name, member) for name, member in shape.members.items()}
        known = {members[k[:1].lower() + k[1:]]: v for k, v in value.items() if k[:1].lower() + k[1:] in members}
        return {name: rebuild(member, inner) for (name, member), inner in known.items()}
    if shape.type_name == "list":
        return [rebuild(shape.member, inner) for inner in value]
    if shape.type_name == "map":
        return {name: rebuild(shape.value, inner) for name, inner in value.items()}
    return _blob(value) if shape.type_name == "blob" else value


def _blob(value: Any) -> bytes:
    try:
        return base64.b64decode(value)
    except (ValueError, TypeError):
        return b"redacted"


def _complete(shape: Shape, parameters: Json) -> Json:
    """What CloudTrail leaves out or redacts, and the call needs."""
    missing = {name for name in getattr(shape, "required_members", ()) if name not in parameters}
    return {
        **parameters,
        **{name: b"redacted" if shape.members[name].type_name == "blob" else "redacted" for name in missing},
    }
