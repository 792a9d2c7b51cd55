"""Templates into text. Every value that a template prints is cleaned here, so that no template can forget it."""

from __future__ import annotations

import base64
import hashlib
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdas.core.fields import clean

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).with_name("templates")
TEXT_WIDTH = 76

_LINKABLE = re.compile(
    r"(?P<scheme>://)|(?P<www>\bwww\.)|\.(?=(?:com|net|org|info|biz|io|co|dev|app|xyz|top|site|online|shop|link|click|zip|me|ru|cn|example)\b)",
    re.IGNORECASE,
)


def render(template: str, folder: Path = TEMPLATES, **values: Any) -> str:
    return _environment(folder).get_template(template).render(**values)


@cache
def style() -> str:
    return (TEMPLATES / "page.css").read_text()


@cache
def style_hash() -> str:
    """The style's own hash for the Content-Security-Policy: it is the only style that the page may use."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()


@cache
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else clean(value),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = lambda: Markup(style())  # noqa: S704 our own file
    environment.filters["clean"] = clean
    environment.filters["unlinked"] = unlinked
    environment.filters["paragraph"] = lambda text, indent=0: Markup(paragraph(text, indent))  # noqa: S704 text mail only
    return environment


def unlinked(text: Any) -> str:
    """Hostile text in which a mail program finds nothing to turn into a link."""
    return _LINKABLE.sub(lambda match: {"://": "[:]//"}.get(match[0], match[0].replace(".", "[.]")), clean(text))


def paragraph(text: Any, indent: int = 0) -> str:
    """One paragraph of a plain-text mail, indented and broken at blanks only."""
    margin = " " * indent
    return textwrap.fill(
        unlinked(text),
        TEXT_WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
