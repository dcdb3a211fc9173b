"""Plain-text layouts as cases: `tests/cases/read/*.md`, each a small release and the facts that it prints.

A case is a heading, why it is there, a `text` block and a `facts` block. The facts block has, for each table,

    # TITLE                     `# ~ phrase` where no title is printed and a sentence introduces the table
    = 3m 1998-03-31 | 1997-12-31     each column's period: months (or weeks, `13w`) and end, or an instant; `-` none
    [ENTITY] Heading > Label ^1 | 1234 | nil | . | USD x1000

with `.` for a blank cell, `_` for no label, `%` after a figure whose unit is per cent in a row of another unit,
and `@ period` after a figure whose period is not that of its column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.period import Period
from orebook.pipeline import read

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


def shown(book: Book) -> str:
    """A book in the notation of the cases."""
    lines = []
    for table in book.tables:
        facts = [fact for fact in book.facts if fact.table is table]
        lines.append(f"# {table.title}" if table.printed else f"# ~ {table.title}".rstrip())
        columns = {fact.column.number: fact.column.period for fact in facts}
        numbers = range(max(columns, default=-1) + 1)
        lines.append("= " + " | ".join(_period(columns.get(number)) for number in numbers))
        rows: dict[int, list[Fact]] = defaultdict(list)
        for fact in facts:
            rows[fact.row.number].append(fact)
        lines += [_row(row, len(columns) and max(columns) + 1) for row in rows.values()]
    return "\n".join(lines)


def _row(facts: list[Fact], columns: int) -> str:
    row = facts[0].row
    cells = {fact.column.number: fact for fact in facts}
    unit = next((fact for fact in facts if fact.unit != "%"), facts[0])
    label = " > ".join([*row.heading, row.label or "_"]) + "".join(f" ^{note}" for note in row.notes)
    entity = f"[{row.entity}] " if row.entity else ""
    shown_cells = [_cell(cells.get(number), unit) for number in range(columns)]
    return " | ".join([entity + label, *shown_cells, f"{unit.unit} x{unit.scale}"])


def _cell(fact: Fact | None, unit: Fact) -> str:
    if fact is None:
        return "."
    text = "nil" if fact.value is None else str(fact.value)
    if fact.unit != unit.unit:
        text += "%"
    if fact.period != fact.column.period:
        text += f" @ {_period(fact.period)}"
    return text


def _period(period: Period | None) -> str:
    if period is None:
        return "-"
    if period.months is None:
        return f"{period.end}"
    return f"{period.weeks}w {period.end}" if period.weeks else f"{period.months}m {period.end}"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_layout(case: Case) -> None:
    book = read(case.text.encode(), "case.txt")
    assert shown(book).splitlines() == case.facts.splitlines()
    assert all(book.lines[fact.spot.line - 1][fact.spot.start : fact.spot.end] == fact.text for fact in book.facts)
