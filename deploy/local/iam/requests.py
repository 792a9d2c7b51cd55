"""One API request as it arrives over HTTP, read with botocore's service models: which operation, which parameters.

The dispatching of each service in moto differs (S3 and Lambda have their own), so requests are read before moto sees
them, in one place for all services.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs

from botocore.exceptions import UnknownServiceError
from moto.core.model import OperationModel, ServiceModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

_SCOPE = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")

# Signing names that several of botocore's services share, or that differ from botocore's name for the service.
_SERVICES: Mapping[str, tuple[str, ...]] = {
    "apigateway": ("apigateway", "apigatewayv2"),
    "bedrock": ("bedrock", "bedrock-agent", "bedrock-runtime", "bedrock-agent-runtime"),
    "bedrock-agentcore": ("bedrock-agentcore-control", "bedrock-agentcore"),
    "dynamodb": ("dynamodb", "dynamodbstreams"),
    "monitoring": ("cloudwatch",),
    "s3": ("s3", "s3control"),
    "servicequotas": ("service-quotas",),
    "ses": ("ses", "sesv2"),
    "states": ("stepfunctions",),
    "tagging": ("resourcegroupstaggingapi",),
}


@dataclass(frozen=True)
class ApiRequest:
    """One signed request. `operation` is None where no operation of the service fits it."""

    signing_name: str
    service: str
    operation: OperationModel | None
    protocol: str
    params: Mapping[str, Any]
    region: str
    access_key: str
    token: str | None
    user_agent: str
    source_ip: str
    host: str
    size: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.operation.name if self.operation else "Unknown"

    @property
    def model(self) -> ServiceModel:
        return _service_model(self.service)


def read(environ: dict[str, Any]) -> ApiRequest | None:
    """The API request of a WSGI environment, whose body stays readable. None if it is not signed for AWS."""
    scope = _scope(environ)
    if scope is None:
        return None
    body = _keep_body(environ)
    request = Request(dict(environ, **{"wsgi.input": io.BytesIO(body)}))
    access_key, region, signing_name = scope
    service, operation, labels = _routed(signing_name, request)
    protocol = _protocol(service, request)
    return ApiRequest(
        signing_name=signing_name,
        service=service,
        operation=operation,
        protocol=protocol,
        params=_parameters(operation, protocol, request, labels),
        region=region,
        access_key=access_key,
        token=_token(environ),
        user_agent=environ.get("HTTP_USER_AGENT", ""),
        source_ip=environ.get("HTTP_X_FORWARDED_FOR") or environ.get("REMOTE_ADDR", "127.0.0.1"),
        host=environ.get("HTTP_HOST", ""),
        size=len(body),
        headers={name.lower(): value for name, value in request.headers.items()},
    )


def _scope(environ: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Access key, Region and signing name, from the header or (a presigned address) from the query."""
    found = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if found is None:
        presigned = parse_qs(environ.get("QUERY_STRING", "")).get("X-Amz-Credential", [""])[0]
        found = _SCOPE.search(f"Credential={presigned}")
    return (found[1], found[2], found[3]) if found else None


def _token(environ: Mapping[str, Any]) -> str | None:
    header = environ.get("HTTP_X_AMZ_SECURITY_TOKEN")
    return header or parse_qs(environ.get("QUERY_STRING", "")).get("X-Amz-Security-Token", [None])[0]


def _keep_body(environ: dict[str, Any]) -> bytes:
    length = environ.get("CONTENT_LENGTH")
    if not length and not environ.get("wsgi.input_terminated"):
        return b""
    body: bytes = environ["wsgi.input"].read(int(length)) if length else environ["wsgi.input"].read()
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _routed(signing_name: str, request: Request) -> tuple[str, OperationModel | None, dict[str, Any]]:
    names = _SERVICES.get(signing_name, (signing_name,))
    for name in names:
        try:
            operation, labels = get_service_router(name).match(request)
        except (NotFound, NotImplementedError, UnknownServiceError):
            continue
        return name, operation, labels
    return names[0], None, {}


@cache
def _service_model(service: str) -> ServiceModel:
    return get_service_model(service)


def _protocol(service: str, request: Request) -> str:
    try:
        return determine_request_protocol(_service_model(service), request.content_type)
    except (NotImplementedError, UnknownServiceError):
        return "json"


def _parameters(
    operation: OperationModel | None, protocol: str, request: Request, labels: dict[str, Any]
) -> dict[str, Any]:
    if operation is None or operation.input_shape is None or protocol not in PROTOCOL_PARSERS:
        return {}
    parsed = PROTOCOL_PARSERS[protocol](operation, map_type=dict).parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.data,
            "url_path": request.path,
            "url_params": labels,
        }
    )
    return {name: value for name, value in (parsed or {}).items() if value is not None}
