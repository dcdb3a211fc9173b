"""The public names: few, documented, and loaded only when asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import orebook

HEAVY = {"lxml", "json", "dataclasses", "inspect", "argparse", "tomllib", "openpyxl", "xlsxwriter", "pyarrow"}


@pytest.fixture(scope="module")
def book(root: Path) -> orebook.Book:
    return orebook.read(root / "examples" / "silverton-2007q3.txt")


def test_public_names_are_documented() -> None:
    assert set(orebook.__all__) <= set(dir(orebook))
    assert [name for name in orebook.__all__ if not getattr(orebook, name).__doc__] == []


def test_reading_takes_a_path_a_string_or_bytes(root: Path, book: orebook.Book) -> None:
    path = root / "examples" / "silverton-2007q3.txt"
    assert orebook.read(str(path)).facts == book.facts
    given = orebook.read(path.read_bytes(), name="silverton")
    assert given.name == "silverton"
    assert given.facts == book.facts


def test_figures_are_found(book: orebook.Book) -> None:
    found = book.find("total cash costs", entity="east vein")
    assert {fact.entity for fact in found} == {"EAST VEIN UNIT"}
    assert all("otal cash costs" in fact.label for fact in found)
    quarter = [fact for fact in found if fact.period and fact.period.months == 3 and fact.period.end.year == 2007]
    assert {str(fact.value) for fact in quarter} == {"-2.38", "-1575"}


def test_a_notebook_shows_the_book(book: orebook.Book) -> None:
    page = book._repr_html_()
    assert "SILVERTON MINING COMPANY" in page
    assert "<table" in page
    assert page.count("Consolidated Balance Sheets") >= 1


def test_what_a_report_says_cannot_break_the_page() -> None:
    hostile = "               <script>alert(1)</script> DATA\n\n  June 30,   June 30,\n    1999   1998\nCash <b>   1,204   1,110\n"
    page = orebook.read(hostile.encode(), name="<img src=x>")._repr_html_()
    assert "<script" not in page
    assert "<img" not in page


def test_checking_says_what_breaks(book: orebook.Book) -> None:
    checked = orebook.check(book)
    assert isinstance(checked, orebook.Checked)
    assert {finding.grade for finding in checked.findings} == {"break", "query"}


def test_facts_go_over_to_arrow(book: orebook.Book) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra `arrow`")
    table = orebook.to_arrow(book)
    assert table.num_rows == len(book.facts)
    assert {"label", "value", "unit", "scale", "line"} <= set(table.column_names)


@pytest.mark.parametrize("name", ["polars", "pandas"])
def test_facts_go_over_to_frames(name: str, book: orebook.Book) -> None:
    pytest.importorskip(name, reason=f"needs the extra `{name}`")
    frame = getattr(orebook, f"to_{name}")(book)
    assert len(frame) == len(book.facts)


@pytest.mark.parametrize("command", ["import orebook", "from orebook.cli import main; main(['--version'])"])
def test_a_start_loads_nothing_heavy(command: str) -> None:
    made = subprocess.run(
        [sys.executable, "-I", "-c", f"{command}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in made.stdout.split()}
    bare = subprocess.run(
        [sys.executable, "-I", "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert (loaded - {name.split(".")[0] for name in bare.stdout.split()}) & HEAVY == set()


def test_reading_text_does_not_load_the_html_parser(root: Path) -> None:
    path = root / "examples" / "silverton-2007q3.txt"
    code = f"import orebook, sys; orebook.read({str(path)!r}); print(*sys.modules)"
    made = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert {"lxml", "dataclasses", "argparse", "pyarrow"} & {
        name.split(".")[0] for name in made.stdout.split()
    } == set()
