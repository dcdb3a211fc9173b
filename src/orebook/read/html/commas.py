"""The figures of an HTML document that prints decimal commas (`1.234,5`), set as English prints them while it is laid out.

A comma for a point and a point for a comma: every character keeps its place in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from orebook.model.grid import Cell, Grid, Layout
from orebook.model.slotted import replaced
from orebook.read.grouping import has_decimal_commas
from orebook.read.html.dom import Flow, Table, tables_in
from orebook.read.html.figures import pieces_of
from orebook.read.html.scan import Run, decode

_FIGURE = re.compile(
    r"[^\w.,]*(?:[A-Z]{0,3}[$€£R])?[^\w.,]*(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:\s\d{3})+|\d+)(?:,\d+)?(?:\s?[xc])?[^\w.,]*$"
)
_SWAPPED = str.maketrans(".,", ",.")
_LONGEST = 64
_FEWEST = 2


def prints_commas(runs: list[Run]) -> bool:
    """Whether the short runs of text of a document, which cells hold, print commas before decimals."""
    near = sum("," in run.raw[-3:-1] and len(run.raw) <= _LONGEST for run in runs)
    short = (run.raw for run in runs if len(run.raw) <= _LONGEST) if near >= _FEWEST else ()
    return near >= _FEWEST and has_decimal_commas(tuple(f"  {decode(raw).strip()}" for raw in short))


def turn(flow: Flow) -> list[tuple[int, int]]:
    """Set the figures of cells as English prints them; the ranges of the source, sorted, in which they stand."""
    ranges: list[tuple[int, int]] = []
    tables = tables_in(flow)
    while tables:
        for cell in (cell for row in tables.pop().rows for cell in row.cells):
            inner: list[Table] = tables_in(cell.flow)
            if inner:
                tables += inner
                continue
            pieces = pieces_of(cell.flow)
            text = "".join(piece.text for piece in pieces if not piece.raised)
            if len(text) > _LONGEST or not ("," in text or "." in text) or not _FIGURE.match(text):
                continue
            for piece in pieces:
                if piece.run is not None and not piece.raised:
                    piece.text = piece.text.translate(_SWAPPED)
                    ranges.append((piece.run.offset, piece.run.offset + len(piece.run.raw)))
    return sorted(ranges)


def as_printed(made: Layout, ranges: Sequence[tuple[int, int]]) -> Layout:
    """A layout whose lines and cells print their figures as the source does."""
    starts = [start for start, _ in ranges]
    lines = list(made.lines)
    return made._replace(
        grids=tuple(_grid(grid, ranges, starts, lines, made.first_line) for grid in made.grids), lines=tuple(lines)
    )


def _grid(
    grid: Grid, ranges: Sequence[tuple[int, int]], starts: Sequence[int], lines: list[str], first_line: int
) -> Grid:
    rows = tuple(
        replaced(row, cells=tuple(_cell(cell, ranges, starts, lines, first_line) for cell in row.cells))
        for row in grid.rows
    )
    return grid._replace(rows=rows, foreign=any(cell.english for row in rows for cell in row.cells))


def _cell(
    cell: Cell, ranges: Sequence[tuple[int, int]], starts: Sequence[int], lines: list[str], first_line: int
) -> Cell:
    spot = cell.spot
    at = bisect_right(starts, spot.offset[0]) - 1 if spot.offset else -1
    if at < 0 or not spot.offset or spot.offset[0] >= ranges[at][1]:
        return cell
    printed = cell.text.translate(_SWAPPED)
    line = lines[spot.line - first_line]
    lines[spot.line - first_line] = line[: spot.start] + printed + line[spot.end :]
    return Cell(cell.column, spot, printed, cell.text)
