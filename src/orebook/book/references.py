"""Columns of references to notes: numbers beside the rows that count nothing."""

from __future__ import annotations

import re

from orebook.model.grid import Grid, GridRow, HeaderText
from orebook.model.slotted import replaced

_HEAD = re.compile(r"(?:notes?|note nos?\.?|notes? ref(?:erence)?s?\.?|ref(?:erence)?s?\.?)$", re.IGNORECASE)
_REFERENCE = re.compile(r"\(?\d{1,2}\)?$")


def without_references(grid: Grid) -> Grid:
    """The grid without a column headed `Note`, whose small whole numbers become note marks at the end of the labels."""
    for head in grid.headers if grid.columns > 1 else ():
        if head.first == head.last and _HEAD.match(head.text) and _holds_references(grid, head.first):
            return _without(grid, head.first, head)
    return grid


def _holds_references(grid: Grid, column: int) -> bool:
    texts = [cell.english or cell.text for row in grid.rows for cell in row.cells if cell.column == column]
    return bool(texts) and all(map(_REFERENCE.match, texts))


def _without(grid: Grid, column: int, head: HeaderText) -> Grid:
    headers = [
        other._replace(first=other.first - (other.first > column), last=other.last - (other.last >= column))
        for other in grid.headers
        if other is not head and not other.first == other.last == column
    ]
    rows = tuple(_marked(row, column) for row in grid.rows)
    return grid._replace(columns=grid.columns - 1, headers=tuple(headers), rows=rows)


def _marked(row: GridRow, column: int) -> GridRow:
    cells = tuple(
        replaced(cell, column=cell.column - (cell.column > column)) for cell in row.cells if cell.column != column
    )
    label = row.label
    for cell in row.cells:
        if cell.column == column:
            label = f"{label} ({cell.text.strip('()')})".strip()
    return replaced(row, label=label, cells=cells)
