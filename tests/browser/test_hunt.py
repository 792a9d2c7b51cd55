"""The hunt's report in a real Chromium: wide, on a phone, on paper and in the dark, without a script or a request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hunt.page import html
from hunt.stories import told
from hunt.story import tell
from tests.browser.conftest import DESKTOP, PATIENCE, PHONE, Picture
from tests.hunt.attack import logs, story
from tests.hunt.test_page import NASTY, TEXTS, replaced

LONG = "arn:aws:iam::111122223333:role/" + "a" * 600
STORIES: dict[str, Any] = {
    "attack": story,
    "nothing": lambda: tell(logs(), []),
    "one": lambda: tell(logs(told([{"eventName": "InvokeModel"}])[0]), []),
    "hostile": lambda: replaced(story(), {text: f"{text}{NASTY}" for text in TEXTS}),
    "long": lambda: replaced(story(), {text: LONG for text in TEXTS if text.startswith("arn:")}),
}
SIZES = {"desktop": DESKTOP, "phone": PHONE, "small": {"width": 320, "height": 640}}
SHOWN = """() => [...document.querySelectorAll('svg')].filter(one => one.getBoundingClientRect().width > 0)
  .map(one => one.classList[0])"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg text')]
  .filter(one => one.getBoundingClientRect().width)
  .map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a))"""
OUTSIDE = """() => [...document.querySelectorAll('svg text')].filter(one => {
  const text = one.getBoundingClientRect(), picture = one.closest('svg').getBoundingClientRect();
  return text.width && (text.right > picture.right + 1 || text.left < picture.left - 1 ||
    text.bottom > picture.bottom + 1) }).length"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Open a story's page; whatever the browser complains of, or asks for besides the file, fails the test."""
    complaints: list[str] = []
    contexts = []

    def opener(made: str, size: str = "desktop", **settings: Any) -> Page:
        path = tmp_path / f"{made}.html"
        path.write_text(html(STORIES[made]()), encoding="utf-8")
        context = browser.new_context(viewport=SIZES[size], **settings)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url != path.as_uri() and complaints.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not complaints


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("made", STORIES)
def test_nobody_scrolls_sideways(opened: Any, made: str, size: str, picture: Picture) -> None:
    """Nothing is wider than the screen, however long or hostile the names are, with all folds open too."""
    page = opened(made, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    picture(page, f"hunt-{made}-{size}.png")


@pytest.mark.parametrize(("size", "drawn"), [("desktop", "wide"), ("phone", "narrow")])
def test_pictures_can_be_read(opened: Any, size: str, drawn: str) -> None:
    """Each screen has the picture that was drawn for it; no text of it is tiny or runs out of it."""
    page = opened("attack", size)
    assert set(page.evaluate(SHOWN)) == {drawn}
    assert page.evaluate(SMALLEST) >= 8
    assert page.evaluate(OUTSIDE) == 0


def test_the_page_works_without_scripts(opened: Any) -> None:
    """Folds open by keyboard alone, and all that is told is there."""
    page = opened("attack", java_script_enabled=False)
    first = page.locator("summary").first
    first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1
    assert page.locator("h1").inner_text() == "14 detections, the worst critical"


def test_paper_has_everything(opened: Any) -> None:
    """Printed, the folds are open, the pictures are the wide ones, and the dark colours are left on the screen."""
    page = opened("attack", "phone", color_scheme="dark")
    page.emulate_media(media="print")
    assert set(page.evaluate(SHOWN)) == {"wide"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf()[:5] == b"%PDF-"


def test_hostile_text_stays_text(opened: Any) -> None:
    """With markup in every field, no element of it is made, and nothing runs."""
    page = opened("hostile")
    assert page.locator("script, img, a, iframe, object, form").count() == 0
    assert "<script>alert(1)</script>" in page.locator("main").inner_text()
