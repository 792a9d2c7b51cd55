"""Refusals in the shape that each protocol gives them, with AWS's codes and HTTP statuses.

Source: the service models for the protocols; "Common errors" of the API references for the codes. JSON services say
AccessDeniedException and UnrecognizedClientException; Query and XML services AccessDenied and InvalidClientTokenId.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from botocore.exceptions import UnknownServiceError
from moto.core.errors import COMMON_ERROR_CODES
from moto.core.exceptions import ServiceException
from moto.core.model import OperationModel
from moto.core.serialize import get_serializer_class

from deploy.local.iam.requests import ApiRequest

_XML = {"query", "rest-xml", "ec2", "smithy-rpc-v2-cbor"}
_INVALID_TOKEN = "The security token included in the request is invalid."
_EXPIRED = "The security token included in the request is expired"
_INVALID_S3_KEY = "The AWS Access Key Id you provided does not exist in our records."


COMMON_ERROR_CODES += [
    *("AccessDenied", "AccessDeniedException", "EmulatorCannotJudge", "ExpiredToken", "ExpiredTokenException"),
    *("InvalidClientTokenId", "UnrecognizedClientException"),
]
"""Codes that every service answers and no model declares: moto warns of them otherwise."""


class Refusal(ServiceException):
    """A class of our own: moto takes the service of an exception from the module in which its class stands."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    code: str
    message: str


def denied(request: ApiRequest, message: str) -> Answer:
    code = "AccessDenied" if request.protocol in _XML else "AccessDeniedException"
    return _answer(request, code, message, 400 if request.protocol == "json" else 403)


def key_refused(request: ApiRequest, *, expired: bool) -> Answer:
    """An unknown or inactive key, or a session that has ended."""
    xml = request.protocol in _XML
    if expired:
        return _answer(request, "ExpiredToken" if xml else "ExpiredTokenException", _EXPIRED, 403 if xml else 400)
    if request.service == "s3":
        return _answer(request, "InvalidAccessKeyId", _INVALID_S3_KEY, 403)
    code = "InvalidClientTokenId" if xml else "UnrecognizedClientException"
    return _answer(request, code, _INVALID_TOKEN, 400 if request.protocol == "json" else 403)


def failed(request: ApiRequest, code: str) -> Answer:
    """A fault that was asked for (deploy/local/faults.py)."""
    return _answer(request, code, "Rate exceeded" if "hrottl" in code else "A fault that was asked for.", 400)


def cannot_judge(request: ApiRequest, reason: str) -> Answer:
    """The emulator's own limit: loud, and with a status that SDKs do not retry."""
    return _answer(request, "EmulatorCannotJudge", reason, 501)


def _answer(request: ApiRequest, code: str, message: str, status: int) -> Answer:
    try:
        model = request.model
        serializer = get_serializer_class(model.service_name, request.protocol)
        operation = request.operation or OperationModel({}, model)
        made = serializer(operation).serialize(Refusal(code, message))
    except (UnknownServiceError, KeyError):
        made = {"headers": {"Content-Type": "text/plain"}, "body": f"{code}: {message}", "status_code": status}
    body = made["body"]
    content = body if isinstance(body, bytes) else str(body).encode()
    return Answer(status, {k: str(v) for k, v in made["headers"].items()}, content, code, message)


def unsigned() -> Answer:
    """A request without a signature: nobody's, and no API of the emulator takes those."""
    message = "Missing Authentication Token"
    body = json.dumps({"__type": "MissingAuthenticationTokenException", "message": message}).encode()
    headers = {"Content-Type": "application/json"}
    return Answer(403, headers, body, "MissingAuthenticationTokenException", message)
