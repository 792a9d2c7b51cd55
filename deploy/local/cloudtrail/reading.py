"""What an API call says about itself in AWS's words: does it change anything, what did it ask, what was answered.

Source: CloudTrail User Guide, "CloudTrail record contents" and "Understanding data events".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from botocore.model import Shape
from botocore.parsers import ResponseParserError, create_parser

from deploy.local.iam import Made
from deploy.local.model_service import service_model

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
LONGEST = 100_000
"""Characters of one text; CloudTrail leaves out what is larger than 100 KB."""

_READS = (
    *(
        "Get",
        "List",
        "Describe",
        "Head",
        "Lookup",
        "BatchGet",
        "Query",
        "Scan",
        "Search",
        "Check",
        "Verify",
        "Validate",
    ),
    *("Select", "Detect", "Simulate", "View", "Filter", "Test", "TransactGet", "Receive", "Retrieve"),
)
# Operations that read, or that AWS records as such, although their names do not say so.
_READ_ONLY = {
    "sts:AssumeRole",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:GenerateMac",
    "kms:Sign",
    "bedrock-runtime:InvokeModel",
    "bedrock-runtime:InvokeModelWithResponseStream",
    "bedrock-runtime:Converse",
    "bedrock-runtime:ConverseStream",
    "iam:GenerateCredentialReport",
}
# Data events: not in LookupEvents, and in a trail only if it selects them.
_DATA_SERVICES = {"bedrock-agent-runtime", "dynamodbstreams"}
_DATA = {
    "dynamodb": {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem"}
    | {"TransactGetItems", "TransactWriteItems"},
    "lambda": {"Invoke", "InvokeAsync"},
    "sns": {"Publish", "PublishBatch"},
    "sqs": {"SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"},
    "events": {"PutEvents"},
    "logs": {"PutLogEvents", "GetLogEvents", "FilterLogEvents"},
    "cloudwatch": {"PutMetricData", "GetMetricData", "GetMetricStatistics"},
    "sesv2": {"SendEmail"},
    "ses": {"SendEmail", "SendRawEmail"},
}
# Members that CloudTrail hides, or never writes, although the models do not mark them.
_SECRETS = {"cause", "communicationbody", "definition", "detail", "input", "item", "message", "messagebody"} | {
    "output",
    "password",
    "plaintext",
    "querystring",
    "secretstring",
    "sessiontoken",
    "tasktoken",
    "zipfile",
}
_LEFT_OUT = {"secretaccesskey", "servicecredentialsecret", "servicepassword", "plaintext", "messages", "system"}
_ISSUES_SESSION = {"AssumeRole", "GetFederationToken", "GetSessionToken"}
_S3_NAMES = {"Bucket": "bucketName", "Key": "key"}


def is_read_only(made: Made) -> bool:
    operation = made.request.operation
    if operation is None or f"{made.request.service}:{operation.name}" in _READ_ONLY:
        return True
    trait = operation._operation_model.get("readonly")
    return bool(trait) if trait is not None else operation.name.startswith(_READS)


def is_data_event(made: Made) -> bool:
    service, name = made.request.service, made.request.name
    if service == "s3":
        return "Key" in made.request.params or name in ("ListObjects", "ListObjectsV2", "DeleteObjects")
    return service in _DATA_SERVICES or name in _DATA.get(service, ())


def request_parameters(made: Made) -> Any:
    operation = made.request.operation
    if operation is None or operation.input_shape is None or not made.request.params:
        return None
    params = made.request.params
    if made.request.service == "s3":
        return {_S3_NAMES.get(k, _lower(k)): v for k, v in params.items() if isinstance(v, str | int | bool)}
    return written(operation.input_shape, params) or None


def written(shape: Any, value: Any) -> Any:
    """A value as CloudTrail writes it: lower camel case, secrets hidden, no binary."""
    if shape.metadata.get("sensitive") and shape.type_name != "structure":
        return HIDDEN
    if shape.type_name == "structure" and isinstance(value, Mapping):
        return {_lower(n): _member(s, n, value[n]) for n, s in shape.members.items() if _is_written(s, n, value)}
    if shape.type_name == "list" and isinstance(value, list | tuple):
        return [written(shape.member, inner) for inner in value]
    if shape.type_name == "map" and isinstance(value, Mapping):
        return {key: written(shape.value, inner) for key, inner in value.items()}
    return _scalar(value)


def _is_written(shape: Shape, name: str, value: Mapping[str, Any]) -> bool:
    return value.get(name) is not None and shape.type_name != "blob" and name.lower() not in _LEFT_OUT


def _member(shape: Shape, name: str, value: Any) -> Any:
    return HIDDEN if name.lower() in _SECRETS else written(shape, value)


def _scalar(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%b %d, %Y, %I:%M:%S %p")
    if isinstance(value, str) and len(value) > LONGEST:
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def _lower(name: str) -> str:
    """UserName is userName, ARNs is aRNs: CloudTrail lowers the first letter."""
    return name[:1].lower() + name[1:]


def parsed_answer(made: Made) -> dict[str, Any]:
    """The answer with its Error, as an SDK would read it; empty where it cannot be read."""
    operation = made.request.operation
    if operation is None:
        return {}
    model = service_model(made.request.service)
    if made.status < 300 and not is_answer_written(made):
        return {}
    response = {"status_code": made.status, "headers": _Headers(made.headers), "body": made.body}
    try:
        shape = model.operation_model(operation.name).output_shape
        answer: dict[str, Any] = _parser(model.metadata["protocol"]).parse(response, shape)
    except (ResponseParserError, KeyError, ValueError, TypeError):
        return {}
    return answer


def is_answer_written(made: Made) -> bool:
    """Answers are written of calls that changed something, and of those that issue a session."""
    operation = made.request.operation
    if operation is None or operation.has_streaming_output or operation.has_event_stream_output:
        return False
    return not is_read_only(made) or operation.name in _ISSUES_SESSION


class _Headers(dict[str, str]):
    """Header names in lower case, as botocore's parsers look for them."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})


@cache
def _parser(protocol: str) -> Any:
    return create_parser(protocol)


def response_elements(made: Made, answer: Mapping[str, Any]) -> Any:
    operation = made.request.operation
    if operation is None or operation.output_shape is None or made.status >= 300 or not is_answer_written(made):
        return None
    return written(operation.output_shape, answer) or None
