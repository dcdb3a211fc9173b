"""A table as a clean grid: the same rows and columns for the page, the workbook and the comma-separated file."""

from __future__ import annotations

from itertools import groupby

from orebook.model.book import Book
from orebook.model.fact import Column, Fact, Row, Table
from orebook.model.named import NamedTuple


class Heading(NamedTuple):
    """A line of the grid that only names what follows; `depth` counts from 0, `entity` marks a mine's banner."""

    text: str
    depth: int
    entity: bool = False


class Line(NamedTuple):
    """A row of figures: `cells[i]` stands in the i-th column of the view, None where nothing is printed."""

    row: Row
    depth: int
    cells: tuple[Fact | None, ...]


class View(NamedTuple):
    """A table's columns (left to right) and its lines (top to bottom)."""

    table: Table
    columns: tuple[Column, ...]
    lines: tuple[Heading | Line, ...]


def views(book: Book) -> tuple[View, ...]:
    """Every table of `book` that holds a figure, in document order."""
    by_table: dict[int, list[Fact]] = {}
    for fact in book.facts:
        by_table.setdefault(fact.table.number, []).append(fact)
    return tuple(_view(by_table[number]) for number in sorted(by_table))


def _view(facts: list[Fact]) -> View:
    columns = {fact.column.number: fact.column for fact in facts}
    order = sorted(columns)
    slot = {number: index for index, number in enumerate(order)}
    rows = [list(group) for _, group in groupby(sorted(facts, key=_by_row), key=lambda fact: fact.row.number)]
    indents = sorted({group[0].row.indent for group in rows})
    levels = {indent: min(level, 4) for level, indent in enumerate(indents)}
    lines: list[Heading | Line] = []
    above: tuple[str, ...] = ()
    entity: str | None = None
    for group in rows:
        row = group[0].row
        if row.entity != entity:
            entity, above = row.entity, ()
            if entity:
                lines.append(Heading(entity, 0, entity=True))
        lines += _new_headings(above, row.heading)
        above = row.heading
        lines.append(Line(row, levels[row.indent], _cells(group, slot)))
    return View(facts[0].table, tuple(columns[number] for number in order), tuple(lines))


def _by_row(fact: Fact) -> tuple[int, int, int]:
    return fact.row.number, fact.spot.line, fact.column.number


def _new_headings(above: tuple[str, ...], heading: tuple[str, ...]) -> list[Heading]:
    """The headings that begin at a row: those in which its path differs from the path of the row above."""
    same = 0
    while same < min(len(above), len(heading)) and above[same] == heading[same]:
        same += 1
    return [Heading(text, depth) for depth, text in enumerate(heading) if depth >= same]


def _cells(group: list[Fact], slot: dict[int, int]) -> tuple[Fact | None, ...]:
    cells: list[Fact | None] = [None] * len(slot)
    for fact in group:
        cells[slot[fact.column.number]] = fact
    return tuple(cells)
