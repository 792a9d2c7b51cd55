"""A moto server with IAM, CloudTrail and our services, in the test's own process: for tests of those three."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from deploy.local import cloudtrail, iam, services

ACCOUNT = "123456789012"
ONCE = Config(retries={"total_max_attempts": 1}, inject_host_prefix=False)
OPERATOR = {"aws_access_key_id": iam.OPERATOR, "aws_secret_access_key": "none"}


class Aws:
    """Clients of one server; credentials are the operator's unless given."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint

    def client(self, service: str, credentials: dict[str, str] | None = None, region: str = "us-east-1") -> Any:
        keys = credentials or OPERATOR
        return boto3.client(service, region_name=region, endpoint_url=self.endpoint, config=ONCE, **keys)  # type: ignore[call-overload]

    def user(self, name: str, *statements: dict[str, Any]) -> dict[str, str]:
        """Credentials of a new user that is allowed only these statements."""
        iam_client = self.client("iam")
        iam_client.create_user(UserName=name)
        if statements:
            iam_client.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document(*statements))
        key = iam_client.create_access_key(UserName=name)["AccessKey"]
        return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}

    def role(self, name: str, trust: list[dict[str, Any]], *statements: dict[str, Any]) -> str:
        """The ARN of a new role that trusts these statements and is allowed the others."""
        iam_client = self.client("iam")
        role = iam_client.create_role(RoleName=name, AssumeRolePolicyDocument=document(*trust))["Role"]
        if statements:
            iam_client.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=document(*statements))
        return str(role["Arn"])

    def assumed(self, role_arn: str, by: dict[str, str], name: str = "session", **told: Any) -> dict[str, str]:
        """Credentials of a session of a role."""
        answer = self.client("sts", by).assume_role(RoleArn=role_arn, RoleSessionName=name, **told)["Credentials"]
        return {
            "aws_access_key_id": answer["AccessKeyId"],
            "aws_secret_access_key": answer["SecretAccessKey"],
            "aws_session_token": answer["SessionToken"],
        }


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource, **more}


def deny(actions: str | list[str], resource: str | list[str] = "*", **more: Any) -> dict[str, Any]:
    return {**allow(actions, resource, **more), "Effect": "Deny"}


def trusting(principal: dict[str, Any], actions: str | list[str] = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": actions, **more}


@contextmanager
def serving() -> Iterator[Aws]:
    import threading

    services.install()
    iam.install()
    cloudtrail.install()
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield Aws(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
