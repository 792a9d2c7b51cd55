"""The browser's side of the embedded AWS: REST stages as API Gateway serves them, mail as it was sent."""

from __future__ import annotations

import http.client
import io
import json
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import boto3
import pytest
from moto import mock_aws

from deploy.local import mailbox as kept
from deploy.local import pages, rest_api
from deploy.local.rest_api import Request

REGION = "us-east-1"
FUNCTION = f"arn:aws:lambda:{REGION}:123456789012:function:responder-page"
PATH = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"


class Functions:
    """Stands for Lambda: remembers the event, and answers what the test says."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.payload: Any = {"statusCode": 200, "body": "ok"}
        self.failed = False

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 AWS's names
        assert FunctionName == FUNCTION
        self.events.append(json.loads(Payload))
        answer = {"Payload": io.BytesIO(json.dumps(self.payload).encode())}
        return {**answer, "FunctionError": "Unhandled"} if self.failed else answer


@pytest.fixture
def functions() -> Functions:
    return Functions()


@pytest.fixture
def gateway() -> Iterator[Any]:
    """A REST API with /approve/{link} (GET, POST), /approve/help (GET) and /files/{path+} (ANY) on stage prod."""
    with mock_aws():
        client = boto3.client("apigateway", region_name=REGION)
        api = client.create_rest_api(name="approval")["id"]
        root = client.get_resources(restApiId=api)["items"][0]["id"]
        for path, methods in (
            ("approve/{link}", ("GET", "POST")),
            ("approve/help", ("GET",)),
            ("files/{path+}", ("ANY",)),
        ):
            for method in methods:
                _put_method(client, api, root, path, method)
        client.create_deployment(restApiId=api, stageName="prod", variables={"colour": "blue"})
        yield client


def _put_method(client: Any, api: str, root: str, path: str, method: str) -> None:
    parent = root
    for end in range(1, path.count("/") + 2):
        wanted = "/" + "/".join(path.split("/")[:end])
        known = {item["path"]: item["id"] for item in client.get_resources(restApiId=api)["items"]}
        part = wanted.rsplit("/", 1)[-1]
        parent = known.get(wanted) or client.create_resource(restApiId=api, parentId=parent, pathPart=part)["id"]
    where = {"restApiId": api, "resourceId": parent, "httpMethod": method}
    client.put_method(**where, authorizationType="NONE")
    client.put_integration(**where, type="AWS_PROXY", integrationHttpMethod="POST", uri=PATH)


def ask(gateway: Any, functions: Functions, method: str, target: str, body: bytes = b"") -> rest_api.Answer:
    headers = [("Host", "127.0.0.1:1"), ("Accept", "a"), ("Accept", "b"), ("User-Agent", "test")]
    return rest_api.call(Request(method, target, headers, body, "127.0.0.1"), gateway, functions)


def test_the_event_is_what_api_gateway_sends(gateway: Any, functions: Functions) -> None:
    """Path, decoded variables, repeated headers and parameters, body and context stand where AWS puts them."""
    answered = ask(gateway, functions, "POST", "/prod/approve/a%20b?x=1&x=2&y=", b"decision=approve")
    assert answered.status == 200
    [event] = functions.events
    assert event["resource"] == "/approve/{link}"
    assert event["path"] == "/approve/a%20b"
    assert event["pathParameters"] == {"link": "a b"}
    assert event["queryStringParameters"] == {"x": "2", "y": ""}
    assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"], "y": [""]}
    assert event["headers"]["Accept"] == "b"
    assert event["multiValueHeaders"]["Accept"] == ["a", "b"]
    assert event["body"] == "decision=approve"
    assert event["isBase64Encoded"] is False
    assert event["stageVariables"] == {"colour": "blue"}
    context = event["requestContext"]
    assert (context["stage"], context["resourcePath"], context["path"]) == (
        "prod",
        "/approve/{link}",
        "/prod/approve/a%20b",
    )
    assert context["identity"]["sourceIp"] == "127.0.0.1"


def test_absent_parts_are_null(gateway: Any, functions: Functions) -> None:
    """A GET without a query has null where AWS sends null."""
    ask(gateway, functions, "GET", "/prod/approve/x")
    event = functions.events[0]
    assert [event[name] for name in ("body", "queryStringParameters", "multiValueQueryStringParameters")] == [None] * 3


@pytest.mark.parametrize(
    ("method", "target", "resource"),
    [
        ("GET", "/prod/approve/help", "/approve/help"),
        ("GET", "/prod/approve/other", "/approve/{link}"),
        ("DELETE", "/prod/files/a/b/c", "/files/{path+}"),
    ],
)
def test_the_closest_resource_answers(
    gateway: Any, functions: Functions, method: str, target: str, resource: str
) -> None:
    """A literal segment wins over a variable; a greedy variable takes the rest of the path."""
    ask(gateway, functions, method, target)
    assert functions.events[0]["resource"] == resource


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/dev/approve/x"),
        ("GET", "/prod/nothing"),
        ("DELETE", "/prod/approve/x"),
        ("GET", "/prod/approve/x/y"),
        ("GET", "/"),
    ],
)
def test_what_is_not_deployed_is_403(gateway: Any, functions: Functions, method: str, target: str) -> None:
    """API Gateway answers an unknown stage, path or method with its well-known 403."""
    answered = ask(gateway, functions, method, target)
    assert answered.status == 403
    assert json.loads(answered.body) == {"message": "Missing Authentication Token"}
    assert functions.events == []


@pytest.mark.parametrize(
    "payload",
    [None, "text", {}, {"statusCode": "x"}, {"statusCode": 200, "body": {"a": 1}}, {"statusCode": 200, "extra": 1},
     {"statusCode": 200, "body": "no base64!", "isBase64Encoded": True}],
)  # fmt: skip
def test_a_malformed_answer_is_502(gateway: Any, functions: Functions, payload: Any) -> None:
    """What API Gateway would not understand is refused here too."""
    functions.payload = payload
    assert ask(gateway, functions, "GET", "/prod/approve/x").status == 502


def test_a_failed_function_is_502(gateway: Any, functions: Functions) -> None:
    """The error of the function does not reach the browser."""
    functions.failed, functions.payload = True, {"errorMessage": "secret", "stackTrace": ["x"]}
    answered = ask(gateway, functions, "GET", "/prod/approve/x")
    assert (answered.status, b"secret" in answered.body) == (502, False)


def test_headers_and_binary_bodies_come_through(gateway: Any, functions: Functions) -> None:
    """Repeated headers stay repeated, and base64 is decoded."""
    functions.payload = {
        "statusCode": 201,
        "headers": {"X-One": "1"},
        "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]},
        "body": "AAEC",
        "isBase64Encoded": True,
    }
    answered = ask(gateway, functions, "GET", "/prod/approve/x")
    assert (answered.status, answered.body) == (201, b"\x00\x01\x02")
    assert [value for name, value in answered.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert ("X-One", "1") in answered.headers


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A mailbox that is empty, and SES before it."""
    kept.install()
    monkeypatch.setattr(kept, "_KEPT", [])
    with mock_aws():
        client = boto3.client("sesv2", region_name=REGION)
        client.create_email_identity(EmailIdentity="responder@example.com")
        yield client


SIMPLE = {
    "Subject": {"Data": "Approval <needed>"},
    "Body": {
        "Text": {"Data": "See https://page.example.com/approve/x now <b>"},
        "Html": {"Data": "<p>See <a href='x'>it</a></p>"},
    },
}


def send(client: Any, content: dict[str, Any], to: str = "lead@example.com") -> None:
    client.send_email(FromEmailAddress="responder@example.com", Destination={"ToAddresses": [to]}, Content=content)


def test_mail_is_kept_as_it_was_sent(sent: Any) -> None:
    """Both parts, whether SES got them apart or as MIME, through either version of its API."""
    send(sent, {"Simple": SIMPLE})
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Änderung", "responder@example.com", "cto@example.com"
    message.set_content("text part\n")
    message.add_alternative("<p>html part</p>", subtype="html")
    send(sent, {"Raw": {"Data": message.as_bytes()}}, "cto@example.com")
    older = boto3.client("ses", region_name=REGION)
    older.send_email(Source="responder@example.com", Destination={"ToAddresses": ["lead@example.com"]}, Message=SIMPLE)
    first, raw, old = kept.mailbox()
    assert (first["text"], first["html"]) == (SIMPLE["Body"]["Text"]["Data"], SIMPLE["Body"]["Html"]["Data"])
    assert (raw["subject"], raw["text"], raw["html"].strip()) == ("Änderung", "text part\n", "<p>html part</p>")
    assert raw["to"] == ["cto@example.com"]
    assert {**old, "at": 0, "headers": 0} == {**first, "at": 0, "headers": 0}
    assert set(first) == {"at", "from", "to", "subject", "text", "html", "headers"}


def test_what_ses_refuses_is_not_kept(sent: Any) -> None:
    """A mail from an unverified address never was sent."""
    with pytest.raises(sent.exceptions.ClientError):
        sent.send_email(
            FromEmailAddress="x@example.com", Destination={"ToAddresses": ["a@example.com"]}, Content={"Simple": SIMPLE}
        )
    assert kept.mailbox() == []


def test_the_mailbox_shows_mail_safely(sent: Any) -> None:
    """Escaped in the list, links clickable in the text, the HTML part sandboxed; an empty box says so."""
    assert b"No mail yet" in pages.mail_page("/mail").body
    send(sent, {"Simple": SIMPLE})
    assert b"Approval &lt;needed&gt;" in pages.mail_page("/mail").body
    one = pages.mail_page("/mail/1")
    assert (
        b'<a href="https://page.example.com/approve/x">https://page.example.com/approve/x</a> now &lt;b&gt;' in one.body
    )
    assert b"sandbox=" in one.body
    html = pages.mail_page("/mail/1/html")
    assert html.body.endswith(b"<p>See <a href='x'>it</a></p>")
    assert dict(html.headers)["Content-Security-Policy"].startswith("sandbox ")
    assert json.loads(pages.mail_page("/mail.json").body)[0]["subject"] == "Approval <needed>"
    assert [pages.mail_page(path).status for path in ("/mail/2", "/mail/0", "/mail/x", "/mail/1/2")] == [404] * 4


def test_only_loopback_names_are_answered(sent: Any) -> None:
    """A page elsewhere that points its own name at this machine cannot read the mailbox."""
    server = pages.serve(0, "http://127.0.0.1:9")
    try:
        assert server.server_address[0] == "127.0.0.1"
        for name, status in (
            ("127.0.0.1", 200),
            (f"localhost:{server.server_port}", 200),
            ("evil.example", 421),
            ("", 421),
        ):
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
            connection.request("GET", "/mail", headers={"Host": name})
            assert connection.getresponse().status == status, name
            connection.close()
    finally:
        server.shutdown()
        server.server_close()
