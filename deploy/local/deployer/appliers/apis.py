"""REST APIs. The OpenAPI body becomes resources, methods and integrations, as API Gateway's import makes them."""

from __future__ import annotations

from typing import Any

from deploy.local.deployer.intrinsics import Applied
from deploy.local.deployer.place import Place
from deploy.local.deployer.properties import Properties, expect_all

INTEGRATION = "x-amazon-apigateway-integration"

# Of a stage's method settings: the property, and its path in API Gateway's patches (API reference, UpdateStage).
METHOD_SETTINGS = {
    "ThrottlingRateLimit": "throttling/rateLimit",
    "ThrottlingBurstLimit": "throttling/burstLimit",
    "LoggingLevel": "logging/loglevel",
    "DataTraceEnabled": "logging/dataTrace",
    "MetricsEnabled": "metrics/enabled",
}


def account(place: Place, properties: Properties) -> Applied:
    change = {"op": "replace", "path": "/cloudwatchRoleArn", "value": properties.take("CloudWatchRoleArn")}
    place.client("apigateway").update_account(patchOperations=[change])
    return Applied(properties.owner)


def rest_api(place: Place, properties: Properties) -> Applied:
    gateway = place.client("apigateway")
    endpoint = {"types": properties.within("EndpointConfiguration").take("Types")}
    made = gateway.create_rest_api(endpointConfiguration=endpoint, **properties.lowered("Name", "Description"))
    properties.meaningless("Parameters", "says the same as EndpointConfiguration, for an import")
    body = properties.within("Body")
    for name in ("swagger", "info"):
        body.meaningless(name, "names the format and the API, which has its name from Name")
    body.meaningless("schemes", "REST APIs answer to HTTPS only; on loopback there is no TLS")
    paths = body.within("paths")
    for path in paths.names():
        _path(gateway, made, path, paths.within(path))
    return Applied(made["id"], {"RootResourceId": made["rootResourceId"], "RestApiId": made["id"]})


def _path(gateway: Any, api: dict[str, Any], path: str, methods: Properties) -> None:
    parent = api["rootResourceId"]
    for part in path.strip("/").split("/"):
        parent = gateway.create_resource(restApiId=api["id"], parentId=parent, pathPart=part)["id"]
    for name in methods.names():
        _method(
            gateway, {"restApiId": api["id"], "resourceId": parent, "httpMethod": name.upper()}, methods.within(name)
        )


def _method(gateway: Any, where: dict[str, str], method: Properties) -> None:
    method.meaningless("responses", "a proxy integration's function answers for itself")
    required = {f"method.request.{p['in']}.{p['name']}": p["required"] for p in method.take("parameters", [])}
    gateway.put_method(**where, authorizationType="NONE", requestParameters=required)
    integration = method.within(INTEGRATION)
    calls = {"integrationHttpMethod": integration.take("httpMethod"), **integration.taken("uri")}
    # The body says aws_proxy where the API says AWS_PROXY.
    gateway.put_integration(**where, type=integration.take("type").upper(), **calls)


def deployment(place: Place, properties: Properties) -> Applied:
    properties.meaningless("StageName", "SAM's workaround: a throw-away stage named Stage")
    made = place.client("apigateway").create_deployment(
        restApiId=properties.take("RestApiId"), **properties.lowered("Description")
    )
    return Applied(made["id"], {"DeploymentId": made["id"]})


def stage(place: Place, properties: Properties) -> Applied:
    gateway = place.client("apigateway")
    where = properties.lowered("RestApiId", "StageName")
    gateway.create_stage(**where, **properties.lowered("DeploymentId", "TracingEnabled"))
    access = properties.within("AccessLogSetting").lowered("DestinationArn", "Format")
    patches = [("/accessLogSettings/" + name, value) for name, value in access.items()]
    for settings in properties.take("MethodSettings", []):
        patches += _settings(Properties(f"{properties.owner}.MethodSettings", settings))
    changes = [{"op": "replace", "path": path, "value": _text(value)} for path, value in patches]
    found = gateway.update_stage(**where, patchOperations=changes)
    expect_all(f"{properties.owner}.AccessLogSetting", access, found.get("accessLogSettings", {}))
    return Applied(where["stageName"])


def _settings(settings: Properties) -> list[tuple[str, Any]]:
    resource = settings.take("ResourcePath").lstrip("/").replace("/", "~1")
    place = f"/{resource}/{settings.take('HttpMethod')}"
    patches = [(f"{place}/{METHOD_SETTINGS[name]}", value) for name, value in settings.taken(*METHOD_SETTINGS).items()]
    settings.finish()
    return patches


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
