"""Spans -> the columns that each cell of a table covers."""

from __future__ import annotations

from orebook.model.named import NamedTuple
from orebook.read.html.dom import Cell, Flow, Paragraph, Table
from orebook.read.html.scan import HtmlError

WIDEST_SPAN = 1000
MOST_COLUMNS = 1000
MOST_CELLS = 500_000


class Slot(NamedTuple):
    """A cell on the columns `first` to `stop` (exclusive)."""

    first: int
    stop: int
    cell: Cell


def place(table: Table) -> list[list[Slot]]:
    """The slots of each row. A cell that spans rows stands in the first of them and keeps the others' columns.

    Spans are clamped to what a browser allows. Raises HtmlError for a table wider than `MOST_COLUMNS`.
    """
    made: list[list[Slot]] = []
    held: list[tuple[int, int, int]] = []
    work = 0
    for index, row in enumerate(table.rows):
        held = [(first, stop, until) for first, stop, until in held if until > index]
        work += len(held) + len(row.cells)
        if work > MOST_CELLS:
            raise HtmlError(_offset(table), "a table whose row spans overlap without end; mend its rowspan attributes")
        slots, held = _row(table, index, held)
        made.append(slots)
    return made


def _row(table: Table, index: int, held: list[tuple[int, int, int]]) -> tuple[list[Slot], list[tuple[int, int, int]]]:
    """The slots of one row beside the columns that cells from above hold, and what is held below it."""
    slots: list[Slot] = []
    taken = sorted(held)
    column = i = 0
    fresh: list[tuple[int, int, int]] = []
    for cell in table.rows[index].cells:
        while i < len(taken) and taken[i][0] <= column:
            column = max(column, taken[i][1])
            i += 1
        stop = column + min(cell.span, WIDEST_SPAN)
        slots.append(Slot(column, stop, cell))
        if cell.rows > 1:
            fresh.append((column, stop, index + cell.rows))
        column = stop
        if column > MOST_COLUMNS + WIDEST_SPAN:
            raise HtmlError(
                _offset(table), f"a table of more than {MOST_COLUMNS:,} columns; no report has such a table"
            )
    return slots, taken + fresh if fresh else held


def _offset(table: Table) -> int:
    """Where the first text of a table stands in the source."""
    return next((place for row in table.rows for cell in row.cells for place in _offsets(cell.flow)), 0)


def _offsets(flow: Flow) -> list[int]:
    pieces = [piece for item in flow if isinstance(item, Paragraph) for piece in item.pieces]
    return [piece.run.offset for piece in pieces if piece.run is not None]
