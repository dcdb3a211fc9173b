"""Columns that hold ranges of figures (`430 to 450`, `$900 - $950`): the two ends of each stand in two columns of one
heading.

Ranges are set under the middle of their heading, not under each other's digits, so that they and what stands in their
column find it by the place that they cover.
"""

from __future__ import annotations

from collections.abc import Sequence

from orebook.model.grid import Grid, HeaderText
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced
from orebook.read.columns import Span
from orebook.read.lines import Line
from orebook.read.tokens import Piece, is_range

_ENDS = 2
_DASHES = frozenset("-–—")


class Ranged(NamedTuple):
    """The columns of a table of ranges: `spans` is how far each printed column reaches, `numbers` that of the first column
    of figures in it and, at the end, how many those are; `placed` gives the figures of each row, by its line, their
    columns."""

    spans: list[Span]
    numbers: list[int]
    placed: dict[int, tuple[list[tuple[int, Piece]], list[Piece]]]

    def headed(self, headers: Sequence[HeaderText]) -> tuple[HeaderText, ...]:
        """Headings of the printed columns as those of the columns of figures in them."""
        numbers = self.numbers
        return tuple(head._replace(first=numbers[head.first], last=numbers[head.last + 1] - 1) for head in headers)


def ranged_columns(rows: Sequence[Line]) -> Ranged | None:
    """The columns of the figure rows of a table in which some print ranges; None where none does, or where what stands under
    each other does not tell the columns."""
    cells = {row.number: _cells(row) for row in rows}
    if all(len(cell) < _ENDS for row in cells.values() for cell in row):
        return None
    spans = _spans([(cell[0].left, cell[-1]) for row in cells.values() for cell in row])
    if len(spans) != max(map(len, cells.values())):
        return None
    placed: dict[int, list[tuple[int, list[Piece]]]] = {}
    doubled: set[int] = set()
    for number, row in cells.items():
        held = [next(i for i, span in enumerate(spans) if cell[0].left < span.right) for cell in row]
        if len(set(held)) < len(held):
            return None
        placed[number] = list(zip(held, row, strict=True))
        doubled.update(column for column, cell in placed[number] if len(cell) == _ENDS)
    numbers = [column + sum(other < column for other in doubled) for column in range(len(spans) + 1)]
    return Ranged(spans, numbers, {number: (_figures(row, numbers), []) for number, row in placed.items()})


def without_dashes(grid: Grid) -> Grid:
    """A grid without the columns of dashes that nothing heads, each between two figures of its row: `Low` and `High` head
    the ends of ranges (`$ 80.0  -  $ 86.0`)."""
    dashes = {cell.column for row in grid.rows for cell in row.cells if cell.text in _DASHES}
    headed = {column for head in grid.headers for column in range(head.first, head.last + 1)}
    gone = [column for column in dashes - headed if _parts_all(grid, column)]
    if not gone:
        return grid

    def moved(column: int) -> int:
        return column - sum(other < column for other in gone)

    rows = tuple(
        replaced(
            row,
            cells=tuple(replaced(c, column=moved(c.column)) for c in row.cells if c.column not in gone),
        )
        for row in grid.rows
    )
    headers = tuple(head._replace(first=moved(head.first), last=moved(head.last)) for head in grid.headers)
    return grid._replace(columns=grid.columns - len(gone), headers=headers, rows=rows)


def _parts_all(grid: Grid, column: int) -> bool:
    """Whether a column holds dashes alone, in two rows or more, and figures stand on both sides of each."""
    rows = [{cell.column: cell.text for cell in row.cells} for row in grid.rows]
    held = [row for row in rows if column in row]
    return len(held) >= _ENDS and all(
        row[column] in _DASHES
        and any(map(str.isdigit, row.get(column - 1, "")))
        and any(map(str.isdigit, row.get(column + 1, "")))
        for row in held
    )


def _cells(row: Line) -> list[list[Piece]]:
    """The figures of a row, the two ends of a range together."""
    made: list[list[Piece]] = []
    for piece in row.pieces:
        before = made[-1][-1] if made and len(made[-1]) < _ENDS else None
        if before is not None and is_range(before, piece, row.text):
            made[-1].append(piece)
        else:
            made.append([piece])
    return made


def _spans(cells: list[tuple[int, Piece]]) -> list[Span]:
    """How far the columns reach: cells that overlap are of one."""
    made: list[Span] = []
    for left, last in sorted(cells, key=lambda cell: cell[0]):
        right = last.left + len(last.text)
        if made and left < made[-1].right:
            made[-1] = Span(made[-1].left, max(made[-1].edge, last.edge), max(made[-1].right, right))
        else:
            made.append(Span(left, last.edge, right))
    return made


def _figures(row: Sequence[tuple[int, list[Piece]]], numbers: Sequence[int]) -> list[tuple[int, Piece]]:
    """The figures of a row with their columns: one alone in a column of ranges stands in the second, where the upper ends
    do."""
    return [(numbers[column + 1] - len(cell) + at, piece) for column, cell in row for at, piece in enumerate(cell)]
