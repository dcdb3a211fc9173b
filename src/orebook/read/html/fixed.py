"""Text set with blanks (`<pre>`): its lines, and the way back from them to the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orebook.model.grid import Cell, Grid
from orebook.model.slotted import replaced
from orebook.read.html.dom import Piece
from orebook.read.html.scan import locate


def fixed_text(pieces: Sequence[Piece]) -> tuple[str, tuple[str, ...]]:
    """The text of fixed pieces, and its lines."""
    text = "".join(piece.text for piece in pieces)
    return text, tuple(text.split("\n"))


def traced(grids: Iterable[Grid], pieces: Sequence[Piece], text: str, first_line: int) -> list[Grid]:
    """Grids of a fixed text whose first line is `first_line`, each figure with its place in the source."""
    lines = [0]
    for line in text.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece.text))
    way = _Way(pieces, starts)
    made: list[Grid] = []
    for grid in grids:
        rows = [
            replaced(row, cells=tuple(_traced(cell, lines[cell.spot.line - first_line], way) for cell in row.cells))
            for row in grid.rows
        ]
        made.append(grid._replace(rows=tuple(rows)))
    return made


def _traced(cell: Cell, at: int, way: _Way) -> Cell:
    return replaced(cell, spot=cell.spot._replace(offset=way.back(at + cell.spot.start, at + cell.spot.end)))


class _Way:
    """From characters of a text to those of the source; `starts` is where each piece begins in the text."""

    def __init__(self, pieces: Sequence[Piece], starts: Sequence[int]) -> None:
        self._pieces = pieces
        self._starts = starts

    def back(self, start: int, end: int) -> tuple[int, int] | None:
        """The range of the source from the first to the last character of `start:end`."""
        from bisect import bisect_right  # noqa: PLC0415

        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1) - 1
        head, tail = self._pieces[first], self._pieces[last]
        if head.run is None or tail.run is None:
            return None
        began = locate(head.run.raw, start - self._starts[first], min(len(head.text), end - self._starts[first]))[0]
        ended = locate(tail.run.raw, max(0, start - self._starts[last]), end - self._starts[last])[1]
        return head.run.offset + began, tail.run.offset + ended
