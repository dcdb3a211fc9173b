"""A book in a notation that people can write down, for cases and golden files.

Each table is told as

    # TITLE                     `# ~ phrase` where no title is printed and a sentence introduces the table
    = 3m 1998-03-31 | 1997-12-31     each column's period: months (or weeks, `13w`) and end, or an instant; `-` none
    [ENTITY] Heading > Label ^1 | 1234 | nil | . | USD x1000

with `.` for a blank cell, `_` for no label, `%` after a figure whose unit is per cent in a row of another unit, unit
and scale after one that counts otherwise than its row, and `@ period` after a figure whose period is not that of its
column.
"""

from __future__ import annotations

from collections import defaultdict

from orebook.model.book import Book
from orebook.model.fact import Fact
from orebook.model.period import Period


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
    if fact.unit == "%" != unit.unit:
        text += "%"
    elif (fact.unit, fact.scale) != (unit.unit, unit.scale):
        text += f" {fact.unit} x{fact.scale}"
    if fact.period != fact.column.period:
        text += f" @ {_period(fact.period)}"
    return text


def _period(period: Period | None) -> str:
    if period is None:
        return "-"
    if period.months is None:
        return f"{period.end}"
    return f"{period.weeks}w {period.end}" if period.weeks else f"{period.months}m {period.end}"
