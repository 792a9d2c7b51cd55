"""API Gateway's REST stages over HTTP: a request in, the integration's Lambda invoked, its answer out.

Shapes are AWS's: API Gateway Developer Guide, "Input format of a Lambda function for proxy integration" and "Output
format", and the gateway responses MISSING_AUTHENTICATION_TOKEN (403) and INTEGRATION_FAILURE (502).
"""

import base64
import json
import re
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from botocore.exceptions import ClientError

Json = dict[str, Any]
Headers = list[tuple[str, str]]

_FUNCTION = re.compile(r"functions/(arn:[^/]+)/invocations$")


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: Headers
    body: bytes
    source_ip: str


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Route:
    """A method of a resource on a stage, and what stands in its path's variables."""

    api_id: str
    stage: str
    resource_id: str
    resource: str
    function: str
    path: str
    variables: dict[str, str]
    stage_variables: dict[str, str] | None


def call(request: Request, gateway: Any, functions: Any) -> Answer:
    """Answer as API Gateway would. `gateway` and `functions` are boto clients of apigateway and lambda."""
    route = find_route(request, gateway)
    if route is None:
        return refusal(403, "Missing Authentication Token", "MissingAuthenticationTokenException")
    try:
        answered = functions.invoke(
            FunctionName=route.function, Payload=json.dumps(proxy_event(request, route)).encode()
        )
    except ClientError:
        return refusal(500, "Internal server error", "InternalServerErrorException")
    if answered.get("FunctionError"):
        return refusal(502, "Internal server error", "InternalServerErrorException")
    try:
        return proxy_answer(json.loads(answered["Payload"].read()))
    except (AttributeError, KeyError, TypeError, ValueError):
        return refusal(502, "Internal server error", "InternalServerErrorException")


def refusal(status: int, message: str, kind: str) -> Answer:
    headers = [
        ("Content-Type", "application/json"),
        ("x-amzn-RequestId", str(uuid.uuid4())),
        ("x-amzn-ErrorType", kind),
    ]
    return Answer(status, headers, json.dumps({"message": message}).encode())


def find_route(request: Request, gateway: Any) -> Route | None:
    """The route of a request, read from API Gateway anew each time, so that a new deployment counts at once."""
    _, stage_name, *segments = urlsplit(request.target).path.split("/")
    for api in gateway.get_rest_apis(limit=500)["items"]:
        stages = gateway.get_stages(restApiId=api["id"])["item"]
        stage = next((stage for stage in stages if stage["stageName"] == stage_name), None)
        found = stage and _in_api(request.method, "/" + "/".join(segments), gateway, api["id"])
        if stage and found:
            resource, integration, variables = found
            named = _FUNCTION.search(integration.get("uri", ""))
            if integration["type"] == "AWS_PROXY" and named:
                path, kept = resource["path"], stage.get("variables")
                place = (api["id"], stage_name, resource["id"], path, named[1], "/" + "/".join(segments))
                return Route(*place, variables, kept or None)
    return None


def _in_api(method: str, path: str, gateway: Any, api_id: str) -> tuple[Json, Json, dict[str, str]] | None:
    resources = gateway.get_resources(restApiId=api_id, limit=500, embed=["methods"])["items"]
    # Literal segments win over variables, and these over a greedy one.
    for resource in sorted(resources, key=lambda item: (item["path"].count("+}"), item["path"].count("{"))):
        variables, methods = matched(resource["path"], path), resource.get("resourceMethods", {})
        name = next((name for name in (method, "ANY") if name in methods), None)
        if variables is not None and name:
            where = {"restApiId": api_id, "resourceId": resource["id"], "httpMethod": name}
            return resource, gateway.get_integration(**where), variables
    return None


def matched(template: str, path: str) -> dict[str, str] | None:
    """The variables of a resource path in `path`, decoded; None where it is another path."""
    pattern = re.escape(template).replace(r"\{", "{").replace(r"\}", "}").replace(r"\+", "+")
    pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", pattern)
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
    found = re.fullmatch(pattern, path)
    return {name: unquote(value) for name, value in found.groupdict().items()} if found else None


def proxy_event(request: Request, route: Route) -> Json:
    query = parse_qsl(urlsplit(request.target).query, keep_blank_values=True)
    return {
        "resource": route.resource,
        "path": route.path,
        "httpMethod": request.method,
        "headers": dict(request.headers) or None,
        "multiValueHeaders": _several(request.headers),
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": _several(query),
        "pathParameters": route.variables or None,
        "stageVariables": route.stage_variables,
        "requestContext": _context(request, route),
        # Without binary media types API Gateway passes a body on as text.
        "body": request.body.decode(errors="replace") if request.body else None,
        "isBase64Encoded": False,
    }


def _context(request: Request, route: Route) -> Json:
    now, headers = time.time(), dict(request.headers)
    return {
        "resourceId": route.resource_id,
        "resourcePath": route.resource,
        "httpMethod": request.method,
        "path": f"/{route.stage}{route.path}",
        "stage": route.stage,
        "apiId": route.api_id,
        "accountId": route.function.split(":")[4],
        "protocol": "HTTP/1.1",
        "requestId": str(uuid.uuid4()),
        "extendedRequestId": uuid.uuid4().hex[:15],
        "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "requestTimeEpoch": int(now * 1000),
        "domainName": headers.get("Host", ""),
        "identity": {"sourceIp": request.source_ip, "userAgent": headers.get("User-Agent")},
    }


def _several(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]] | None:
    several: dict[str, list[str]] = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    return several or None


def proxy_answer(answered: Json) -> Answer:
    """The function's answer as HTTP. A malformed one fails on its own type or member."""
    extra = set(answered) - {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}
    if extra:
        raise ValueError(f"unknown members {sorted(extra)}")
    body = answered.get("body") or ""
    content = base64.b64decode(body, validate=True) if answered.get("isBase64Encoded") else str.encode(body)
    several = {name: list(values) for name, values in (answered.get("multiValueHeaders") or {}).items()}
    single = {name: [value] for name, value in (answered.get("headers") or {}).items() if name not in several}
    headers = [(name, str(value)) for name, values in {**single, **several}.items() for value in values]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))
    return Answer(int(answered["statusCode"]), [*headers, ("x-amzn-RequestId", str(uuid.uuid4()))], content)
