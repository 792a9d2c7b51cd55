"""A real Chromium before the real page: the handler is served over HTTP, on moto, in this process."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from lambdas.approval import page as approval_page
from tests.approval.world import World, built, fresh_clients, proxy_event

__all__ = ["fresh_clients"]

Picture = Callable[[Page, str], None]

PHONE = {"width": 390, "height": 844}
PATIENCE = 8_000
"""Milliseconds that a click waits for what it clicks on."""
DESKTOP = {"width": 1280, "height": 900}


class _Bridge(BaseHTTPRequestHandler):
    """API Gateway's part, in as few lines as the page needs."""

    def log_message(self, *_: Any) -> None:
        pass

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        parts = urlsplit(self.path)
        event = proxy_event(self.command, parts.path.rsplit("/", 1)[-1], body, dict(parse_qsl(parts.query)))
        answered = approval_page.handler({**event, "headers": dict(self.headers.items())}, None)
        self.send_response(answered["statusCode"])
        for name, value in answered["headers"].items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answered["body"].encode())

    do_GET = do_HEAD = do_POST = _serve  # noqa: N815


@pytest.fixture
def picture() -> Picture:
    """Keep a picture of the whole page for people to look at, in the folder PICTURES; where that is not set, none."""
    folder = os.environ.get("PICTURES")

    def taken(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / name, full_page=True)

    return taken


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bridge)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/prod/approve/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with built(monkeypatch) as made:
        yield made


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone-sized page without JavaScript: the product's page must not need any."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, java_script_enabled=False, has_touch=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(PATIENCE)
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    context.close()
    ours = [text for text in complaints if "Content Security Policy" in text or "Refused" in text]
    assert not ours, json.dumps(ours)
