"""Who is told when is data: what does not fit is named by its line, and the docs say what the file says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from deploy.rendering.lined_yaml import FileRefused
from deploy.rendering.notice import read
from lambdas.notice.recipients import LISTS, TOPIC
from lambdas.notice.words import HAPPENED, MOMENTS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "deploy/notice.yaml").read_text()


def test_the_delivered_file_is_fit() -> None:
    """What the function reads is exactly the file, and every moment and list in it is known to the code."""
    told = read(TEXT)
    assert json.loads((ROOT / "lambdas/notice/notice.json").read_text()) == told
    assert set(told["moments"]) == set(MOMENTS) == set(HAPPENED)
    assert {name for lists in told["moments"].values() for name in lists} <= {*LISTS, TOPIC}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("opened: [first", "opened: [frist", "moments.opened[0]: 'frist' is not one of"),
        (
            "closed: [first, watchers",
            "closed: [first, first",
            "moments.closed: ['first', 'first', 'topic'] has non-unique",
        ),
        ("closed:", "finished:", "moments: "),
        ("failed: [first, second, watchers, topic]", "failed: []", "moments.failed: [] "),
        ("opened: [first", "opened: [boss@example.com", "is not one of"),
        ("  closed:", "  opened: [first]\n  closed:", "moments.opened: stands twice"),
        ("moments:", "moments: [", "is no YAML"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_field(old: str, new: str, said: str) -> None:
    """A list that is not known or stands twice, a moment too few, a failure that nobody would hear of, an address."""
    assert old in TEXT
    with pytest.raises(FileRefused) as refused:
        read(TEXT.replace(old, new))
    assert re.match(r"deploy/notice\.yaml:\d+: ", str(refused.value))
    assert said in str(refused.value)


@pytest.mark.parametrize("page", ["docs/deployer.md", "docs/ir-lead.md"])
def test_the_docs_say_who_is_told_when(page: str) -> None:
    """The table on this page is the file's, row by row."""
    section = (ROOT / page).read_text().split("## Who is told when", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| ([a-z ]+) \| (`.*`) \|$", section, re.M))
    told = read(TEXT)["moments"]
    assert rows == {moment.title: ", ".join(f"`{n}`" for n in told[name]) for name, moment in MOMENTS.items()}
