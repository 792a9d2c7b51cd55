"""The page of a story: hostile text stays text, long lists fold, nothing of it is fetched, run or clicked."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunt import charts
from hunt.detecting import detect
from hunt.page import TEMPLATES, html
from hunt.stories import told
from hunt.story import tell
from tests.hunt.attack import logs, story

NASTY = (
    "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'><a href='https://evil.example'>{{7*7}}"
    "\u202e\x1b[31m"
)


class Marks(HTMLParser):
    """The tags of a page and the names of their attributes, in order; and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, text: str) -> None:
        self.text += text


OWN = {"severity", "kind", "at", "until", "first", "last", "first_seen", "last_seen", "hour", "date", "from", "to"}
"""Fields whose text is the story's own vocabulary, or a time: none of the logs."""


def texts(document):
    """All text of a story that may come from the logs."""
    if isinstance(document, dict):
        return {text for key, value in document.items() if key not in OWN for text in texts(value)}
    if isinstance(document, list):
        return {text for value in document for text in texts(value)}
    return {document} if isinstance(document, str) and document else set()


def replaced(document, change):
    """The story with each text that `change` knows replaced, wherever it stands."""
    if isinstance(document, dict):
        return {key: value if key in OWN else replaced(value, change) for key, value in document.items()}
    if isinstance(document, list):
        return [replaced(value, change) for value in document]
    return change.get(document, document) if isinstance(document, str) else document


TEXTS = sorted(texts(story()))
HARMLESS = Marks(html(story())).tags


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(old=st.sampled_from(TEXTS), text=st.one_of(st.text(max_size=80), st.just(NASTY)))
def test_no_text_becomes_markup(old, text):
    """Whatever stands in any field, the page has no tag and no attribute that it does not have of itself."""
    marks = Marks(html(replaced(story(), {old: text})))
    assert {tag for tag, _ in marks.tags} <= {tag for tag, _ in HARMLESS}
    assert set(marks.tags) <= set(HARMLESS)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e]", marks.text)


def test_hostile_text_everywhere_at_once():
    """With the same hostile text in every field the page still has its own tags only, and shows it as text."""
    marks = Marks(html(replaced(story(), {text: f"{text}{NASTY}" for text in TEXTS})))
    assert {tag for tag, _ in marks.tags} <= {tag for tag, _ in HARMLESS}
    assert "<script>alert(1)</script>" in marks.text
    assert "{{7*7}}" in marks.text


FIELDS = ("eventName", "sourceIPAddress", "userAgent", "awsRegion", "errorCode", "user", "key", "account")


@pytest.mark.parametrize("field", FIELDS)
def test_hostile_records_make_a_harmless_page(field):
    """From the record to the page: whatever field an attacker fills, no tag comes of it."""
    records = [
        {"eventName": "InvokeModel", field: NASTY},
        {"eventSource": "iam", "eventName": "CreateUser", field: NASTY},
    ]
    page = html(tell(logs(*told(records)), []))
    assert {tag for tag, _ in Marks(page).tags} <= {tag for tag, _ in HARMLESS}


def test_the_page_needs_nothing_and_allows_nothing():
    """No link, no script, no source: the policy forbids all but the one style sheet, whose hash it names."""
    page = html(story())
    assert not re.search(r"<(a|script|link|img|iframe|object|form)\b|\b(href|src|style|on\w+)=", page)
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


def test_every_picture_has_words_and_a_table():
    """Each SVG is an image with a title and a description, and what it shows stands in a list or table too."""
    page = html(story())
    for picture in re.findall(r"<svg.*?</svg>", page, re.S):
        assert 'role="img"' in picture
        assert "<title id=" in picture
        assert "<desc id=" in picture
    assert page.count("<svg") == 8
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("As a table") == 2


def test_attack_and_atlas_are_named_as_text():
    """A technique is told with where it is explained, for the reader to type: nothing can be clicked."""
    text = Marks(html(story())).text
    assert "attack.mitre.org/techniques/T1562/008" in text
    assert "atlas.mitre.org/techniques/AML.T0012" in text


def test_nothing_found_is_a_page_too():
    """The empty page says what was read and that it is no all-clear, and has no picture."""
    page = html(tell(logs(records={"read": 9, "relevant": 0, "duplicates": 0, "malformed": 0}), []))
    assert "Nothing relevant found" in page
    assert "not yet an all-clear" in page
    assert "<svg" not in page


def test_one_record_is_a_page_too():
    """A single call, without any duration, is drawn and told."""
    made = logs(told([{"eventName": "InvokeModel", "request": {"modelId": "m"}}])[0])
    page = html(tell(made, detect(made.connection)))
    assert "1 call" in page
    assert "nan" not in page.lower().split("<main>")[1].split("<footer>")[0].replace("finance", "")


def test_ten_thousand_identities_fold():
    """The page stays small: the suspects in full, two hundred by name, the others as a number."""
    records = told([{"eventName": "InvokeModel", "user": f"user{n:05d}", "at": n} for n in range(10_000)])[0]
    page = html(tell(logs(records), []))
    assert len(page) < 400_000
    assert "9,997 more identities" in page
    assert "9,800 more" in page


@pytest.mark.parametrize(
    ("length", "told"), [(60, "12:30:15"), (86_400, "02 Mar 12:30"), (4e7, "02 Mar 2026"), (0, "02 Mar 12:30")]
)
def test_an_axis_is_labelled_as_finely_as_it_is_long(length: float, told: str) -> None:
    """Seconds within minutes, years over years: two labels beside each other are not the same."""
    assert charts.label(charts.seconds("2026-03-02T12:30:15Z"), length) == told


@given(st.lists(st.floats(0, 4e9), min_size=1, max_size=60), st.sampled_from([charts.WIDE, charts.NARROW]))
@settings(deadline=None)
def test_the_axis_keeps_the_order_and_the_page(moments, width):
    """Whatever the times are, later is never drawn before earlier, and nothing outside the picture."""
    axis = charts.Axis(moments, 10, width - 10)
    drawn = [axis.x(moment) for moment in sorted(moments)]
    assert drawn == sorted(drawn)
    assert all(9.9 <= x <= width - 9.9 for x in drawn)
    assert all(0 <= tick["x"] <= width for tick in axis.ticks())


@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(1, 5000)), min_size=1, max_size=50))
@settings(deadline=None)
def test_the_heat_map_loses_no_call(hours):
    """However long the time, the cells' calls are all calls, and fit the width."""
    activity = [{"hour": f"2020-01-01T{0:02d}:00:00Z", "region": "r", "calls": 1}]
    base = charts.seconds("2020-01-01T00:00:00Z")
    activity = [{"hour": _hour(base + 3600 * hour), "region": "r", "calls": calls} for hour, calls in hours]
    for width in (charts.WIDE, charts.NARROW):
        picture = charts.heat(activity, width)
        assert sum(cell["calls"] for cell in picture["regions"][0]["cells"]) == sum(calls for _, calls in hours)
        assert picture["right"] <= width
        assert all(1 <= cell["level"] <= 5 for cell in picture["regions"][0]["cells"])


def _hour(moment):
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:00:00Z")


@pytest.mark.parametrize(
    "links", [[("a", "b"), ("b", "a")], [("a", "b"), ("c", "b")], [("a", "a1"), ("a1", "a2"), ("b", "a2")]]
)
def test_circles_and_shared_children_are_drawn_once(links):
    """A role that came of two identities is one node with a second, dashed link; a circle ends."""
    names = sorted({name for link in links for name in link})
    nodes = [
        {"id": n, "name": n, "kind": "IAMUser", "account": "", "severity": None, "calls": 1, "invocations": 0}
        for n in names
    ]
    made = [
        {"parent": p, "child": c, "via": "AssumeRole", "n": 1, "first": "", "last": "", "keys": []} for p, c in links
    ]
    picture = charts.graph({"nodes": nodes, "links": made}, charts.WIDE)
    assert sorted(node["id"] for node in picture["nodes"]) == names
    drawn = sum(1 for node in picture["nodes"] if node["link"]) + len(picture["extra"])
    assert drawn == len(links)


def _luminance(colour):
    parts = re.findall("..", colour) if len(colour) == 6 else [part * 2 for part in colour]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in
              (int(part, 16) / 255 for part in parts)]  # fmt: skip
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_has_contrast(scheme):
    """Text on its ground has at least 4.5 to 1 (WCAG AA), by day and by night: severities, quiet words, tags."""
    css = (TEMPLATES / "hunt.css").read_text()
    root = re.findall(r":root \{(.*?)\}", css, re.S)[scheme]
    colours = dict(re.findall(r"--([\w-]+): #([0-9a-f]+)", root))
    severities = ("critical", "high", "medium", "low", "info")
    pairs = [(word, "paper") for word in ("ink", "quiet", *severities)] + [("on", level) for level in severities]
    pairs += [(word, f"{level}-back") for level in severities for word in (level, "quiet")] + [("quiet", "raised")]
    for text, ground in pairs:
        light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
