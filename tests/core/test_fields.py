"""Reading documents field by field, and making hostile text safe to show."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdas.core.errors import InputRefused
from lambdas.core.fields import camel, canonical, clean, pick, require


def test_a_missing_field_is_named_by_its_path() -> None:
    """The error names the path and never repeats a value."""
    with pytest.raises(InputRefused, match=r"^detail\.type: is missing$"):
        require({"detail": {"secret": "hunter2"}}, "detail.type")
    with pytest.raises(InputRefused) as refused:
        require({"detail": {"type": 7}}, "detail.type")
    assert "7" not in str(refused.value)


def test_paths_lead_through_lists() -> None:
    """A number in a path is an index; what is not there gives the default."""
    document = {"actors": [{"user": {"name": "x"}}]}
    assert pick(document, "actors.0.user.name") == "x"
    assert pick(document, "actors.3.user.name", "none") == "none"


def test_both_casings_of_a_finding_read_alike() -> None:
    """GetFindings' PascalCase and EventBridge's lowerCamelCase become the same document."""
    assert camel({"Resource": [{"AccessKeyDetails": {"UserName": "u"}}]}) == camel(
        {"resource": [{"accessKeyDetails": {"userName": "u"}}]}
    )


@given(st.text())
def test_clean_text_is_one_short_line_of_visible_characters(text: str) -> None:
    """No control, bidirectional or zero-width character survives, and no more than the limit is shown."""
    shown = clean(text, limit=80)
    assert len(shown) <= 80
    assert not any(unicodedata.category(c)[0] == "C" for c in shown)
    assert "\n" not in shown


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.booleans())))
def test_canonical_json_does_not_depend_on_order(document: dict[str, object]) -> None:
    """The same document in another order has the same bytes, and they read back as the document."""
    turned = dict(reversed(document.items()))
    assert canonical(document) == canonical(turned)
    assert json.loads(canonical(document)) == document
