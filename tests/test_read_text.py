"""Plain-text layouts as cases: `tests/cases/read/*.md`, each a small release and the facts that it prints.

A case is a heading, why it is there, a `text` block and a `facts` block in the notation of `tests/notation.py`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from orebook.pipeline import read
from tests.notation import shown

FOLDER = Path(__file__).parent / "cases" / "read"
_CASE = re.compile(
    r"^## (?P<name>.+?)\n(?P<why>.*?)^```text\n(?P<text>.*?)^```\n+```facts\n(?P<facts>.*?)^```",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    """A small release and what it prints."""

    name: str
    text: str
    facts: str


def cases() -> list[Case]:
    """All cases of the folder, named after their file and heading."""
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        source = path.read_text(encoding="utf-8")
        made = [Case(f"{path.stem}: {case['name']}", case["text"], case["facts"]) for case in _CASE.finditer(source)]
        assert len(made) == source.count("\n## "), f"{path.name}: a case that is not well formed"
        found += made
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_layout(case: Case) -> None:
    book = read(case.text.encode(), "case.txt")
    assert shown(book).splitlines() == case.facts.splitlines()
    assert all(book.lines[fact.spot.line - 1][fact.spot.start : fact.spot.end] == fact.text for fact in book.facts)


def test_the_same_end_of_several_sentences_is_no_running_head() -> None:
    sentences = [
        f"     {measure} was $21.6 million and $25.0 million for the quarters ended\nDecember 31, 2000 and 1999, respectively.\n"
        for measure in ("Cost of sales", "Gross profit", "Interest expense", "Exploration")
    ]
    opening = "On April 23, 2001, the company completed a $7.0 million financing of a\nnew mill at {}.\n"
    told = [*sentences, *map(opening.format, ("Red Lake", "Iron Horse", "Pine Creek"))]
    head = "\n\nSILVERTON MINING COMPANY AND SUBSIDIARIES\nNotes, continued\n\n"
    book = read(head.join(["", *told, ""]).encode(), "report.txt")
    assert ["".join(f"{line}\n" for line in book.lines[each.first - 1 : each.last]) for each in book.prose] == told
