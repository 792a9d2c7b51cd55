"""An approver's browser, in a few lines: opens the link of a mail, reads the form, and sends it."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cli.failures import REFUSED, CommandFailed

LINK = re.compile(r"https?://[^\s<>\"]+/approve/[A-Za-z0-9_.-]+")
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Form(HTMLParser):
    """What the page's form holds: the CSRF value and the ticked steps."""

    csrf: str = ""
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name") == "csrf":
            self.csrf = given.get("value") or ""
        if tag == "input" and given.get("name") == "step" and "checked" in given:
            self.steps.append(given.get("value") or "")


def link_in(text: str) -> str:
    """The approval link in a mail's text. Raises CommandFailed where it has none."""
    found = LINK.search(text)
    if found is None:
        raise CommandFailed(REFUSED, "The mail holds no approval link.")
    return found[0]


def decide(link: str, decision: str, reason: str = "", steps: Iterable[str] | None = None) -> str:
    """Open a link and answer its form, with the steps that are ticked or those given. Returns the page that follows.

    Raises CommandFailed with the status where the page refuses.
    """
    form = Form()
    form.feed(_fetch(link))
    chosen = form.steps if steps is None else list(steps)
    fields = [("csrf", form.csrf), ("decision", decision), ("reason", reason), *(("step", step) for step in chosen)]
    return _fetch(link, urllib.parse.urlencode(fields).encode())


def _fetch(link: str, body: bytes | None = None) -> str:
    try:
        with _opener.open(link, body, timeout=30) as answer:
            content: bytes = answer.read()
    except urllib.error.HTTPError as error:
        raise CommandFailed(REFUSED, f"The approval page answered {error.code}.") from error
    return content.decode()
