"""The tutorial and the page on Python run as they are written, and list what they say they list."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest

from orebook.close.company import SETTINGS
from orebook.close.lines import CASH_FLOWS, LINES
from orebook.close.shelf import SHARES
from orebook.close.vocabulary import COSTS, METAL_UNIT, VOLUMES
from orebook.measures import MEASURES, earnings_per_share

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial-close.md"
BOOKS = ROOT / "docs" / "books.md"
NAMES = {
    *(name for names in SETTINGS.values() for name in names),
    *COSTS,
    *METAL_UNIT,
    *(f"{volume}.METAL" for volume in VOLUMES),
    *SHARES,
    *(measure.name for measure in MEASURES if measure not in earnings_per_share.VERSIONS),
}


def test_the_tutorial_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(os.fspath(TUTORIAL), module_relative=False)
    assert result.attempted > 30
    assert result.failed == 0


def test_the_page_on_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="needs the extra `pandas`")
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(os.fspath(ROOT / "docs" / "python.md"), module_relative=False)
    assert result.attempted > 15
    assert result.failed == 0


@pytest.mark.parametrize("line", sorted({*LINES, *CASH_FLOWS}))
def test_every_line_of_the_statements_is_listed(line: str) -> None:
    assert f"- `{line}` " in TUTORIAL.read_text(encoding="utf-8")


def test_every_name_that_the_books_may_use_is_listed() -> None:
    text = BOOKS.read_text(encoding="utf-8")
    named = {part for name in re.findall(r"`\[*([^`\n]+?)\]*`", text) for part in (name, name.rpartition(".")[2])}
    assert sorted(NAMES - named) == []
