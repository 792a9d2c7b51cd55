"""The files of a story: no spreadsheet runs what an attacker wrote, and Parquet has every relevant record."""

from __future__ import annotations

import csv
import io

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunt.detecting import detect
from hunt.files import FORMULA, TABLES, cell, write_csv, write_html, write_parquet
from hunt.story import tell
from tests.hunt.attack import attack, logs, story
from tests.hunt.logs import conversation


@given(st.one_of(st.text(), st.sampled_from(["=cmd|' /C calc'!A0", "\t=1", "\r@x", "-1+1", "a;=b", "\u200b=x", " +1"])))
@settings(max_examples=400)
def test_no_cell_begins_a_formula(text):
    """Nor does what stands after a semicolon, which some spreadsheets take for the next cell; and it is one line."""
    made = cell(text)
    for part in made.split(";"):
        assert not part.strip().startswith(FORMULA)
    assert not any(ord(letter) < 32 or ord(letter) == 127 for letter in made)
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow([made])
    assert next(csv.reader(io.StringIO(buffer.getvalue()))) == [made]


@given(st.lists(st.text()))
def test_no_cell_of_a_list_does(texts):
    """Each text of a list is made harmless by itself."""
    assert not any(part.strip().startswith(FORMULA) for part in cell(texts).split(";"))


def test_numbers_stay_numbers():
    """A count is not quoted away, and nothing is an empty cell."""
    assert (cell(12), cell(0.5), cell(None), cell(["a", 1])) == ("12", "0.5", "", "a; 1")


def test_every_part_is_a_table(tmp_path):
    """One file for each part; the actors' table has each identity, the costs' also what has no token counts."""
    paths = write_csv(story(), tmp_path / "new" / "folder")
    assert [path.stem for path in paths] == list(TABLES)
    read = {path.stem: list(csv.DictReader(path.open())) for path in paths}
    assert [row["actor"] for row in read["actors"]] == [person["actor"] for person in story()["actors"]]
    assert read["cost"][0]["usd"] == "3.267"
    assert [row["calls"] for row in read["cost"] if not row["usd"]] == ["4", "45"]
    assert len(read["timeline"]) == len(story()["timeline"])


def test_an_empty_table_is_a_file_too(tmp_path):
    """Nothing found still gives every file, so that a script finds what it expects."""
    paths = write_csv(tell(logs(), []), tmp_path)
    assert len(paths) == len(TABLES)


def test_parquet_has_every_relevant_record(tmp_path):
    """As many records as there are, with AWS's columns, and the detections; DuckDB reads them back."""
    made = logs(*attack(), [conversation()])
    told = tell(made, detect(made.connection))
    trail, invocations, conversations, found = write_parquet(told, made.connection, tmp_path)
    counted = [duckdb.read_parquet(str(path)).shape[0] for path in (trail, invocations, conversations, found)]
    assert counted == [164, 114, 1, len(told["detections"])]
    assert "userIdentity" in duckdb.read_parquet(str(trail)).columns


@pytest.mark.parametrize("write", [write_csv, write_html])
def test_what_cannot_be_written_is_an_error(tmp_path, write):
    """A file where a folder should be is OSError, which the command tells in one line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match=r"exist|directory"):
        write(story(), tmp_path / "file" / "below")
