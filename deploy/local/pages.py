"""The browser's side of the embedded AWS: REST API stages at /<stage>/..., and every mail that was sent at /mail.

On loopback only, and only under a loopback name: a web page elsewhere that points its own name here gets nothing.
"""

import base64
import contextlib
import hashlib
import json
import re
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from deploy.local import OPERATOR_KEY, rest_api
from deploy.local.mailbox import install as install_mailbox
from deploy.local.mailbox import mailbox
from deploy.local.rest_api import Answer, Request

__all__ = ["mailbox", "serve"]

HOST = "127.0.0.1"
LOOPBACK_NAMES = (HOST, "localhost")
LARGEST_BODY = 10 * 1024 * 1024
"""API Gateway refuses larger ones (API Gateway quotas)."""

TEMPLATES = Path(__file__).with_name("mailbox_pages")
_LINK = re.compile(r"https?://[^\s<>\"]+")


def serve(port: int, endpoint: str) -> ThreadingHTTPServer:
    """Serve on this port of 127.0.0.1, from a thread of its own. `endpoint` is the address of the AWS API."""
    install_mailbox()
    clients = {name: _client(name, endpoint) for name in ("apigateway", "lambda")}
    server = ThreadingHTTPServer((HOST, port), type("Handler", (_Handler,), {"clients": clients}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _client(service: str, endpoint: str) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name=None if boto3.Session().region_name else "us-east-1",
        aws_access_key_id=OPERATOR_KEY,
        aws_secret_access_key=OPERATOR_KEY,
        config=Config(retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=32),
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    clients: dict[str, Any]

    def log_message(self, *_: Any) -> None:
        """Links are keys: they do not belong in a log."""

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self._send(rest_api.refusal(413, "Request Too Long", "RequestEntityTooLargeException"))
            return
        body = self.rfile.read(length)
        request = Request(self.command, self.path, list(self.headers.items()), body, self.client_address[0])
        # A browser that gave up waiting is no fault of ours.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._send(self._answer(request))

    def _answer(self, request: Request) -> Answer:
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in LOOPBACK_NAMES:
            return _text(421, "This stand-in answers on loopback only.")
        path = urlsplit(request.target).path
        if path == "/":
            return Answer(302, [("Location", "/mail")], b"")
        if path == "/mail" or path.startswith(("/mail/", "/mail.")):
            return mail_page(path)
        return rest_api.call(request, self.clients["apigateway"], self.clients["lambda"])

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve  # noqa: N815


def mail_page(path: str) -> Answer:
    """/mail, /mail.json, /mail/<n> and /mail/<n>/html; n counts from 1 in the order of sending."""
    mails = mailbox()
    if path == "/mail":
        return _page("list.html", mails=list(enumerate(mails, 1))[::-1])
    if path == "/mail.json":
        return Answer(200, [("Content-Type", "application/json")], json.dumps(mails).encode())
    found = re.fullmatch(r"/mail/(\d{1,9})(/html)?", path)
    number = int(found[1]) if found else 0
    if not found or not 1 <= number <= len(mails):
        return _page("missing.html", status=404)
    return _html_part(mails[number - 1]) if found[2] else _page("mail.html", mail=mails[number - 1], number=number)


def _page(template: str, status: int = 200, **values: Any) -> Answer:
    policy = f"default-src 'none'; style-src '{_style_hash()}'; frame-src 'self'; form-action 'none'; base-uri 'none'"
    return _text(status, _templates().get_template(template).render(**values), policy, "text/html; charset=utf-8")


def _html_part(mail: dict[str, Any]) -> Answer:
    """The HTML part as a mail program shows it: no script, nothing fetched, links in a tab of their own."""
    policy = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:; form-action 'none'"
    )
    return _text(200, '<base target="_blank">' + mail["html"], policy, "text/html; charset=utf-8")


def _text(
    status: int, text: str, policy: str = "default-src 'none'", kind: str = "text/plain; charset=utf-8"
) -> Answer:
    headers = [("Content-Type", kind), ("Content-Security-Policy", policy), ("Referrer-Policy", "no-referrer")]
    return Answer(
        status, [*headers, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")], text.encode()
    )


@cache
def _style() -> str:
    return (TEMPLATES / "mailbox.css").read_text()


@cache
def _style_hash() -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    templates.globals["style"] = lambda: Markup(_style())
    templates.filters["linked"] = linked
    templates.filters["clock"] = lambda at: at[11:19] + " UTC"
    return templates


def linked(text: str) -> Markup:
    """A text part with its addresses made clickable, as a mail program does."""
    parts, end = [], 0
    for match in _LINK.finditer(text):
        parts += [escape(text[end : match.start()]), Markup('<a href="{0}">{0}</a>').format(match[0])]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])
