"""Tables side by side in the rows of one: a label and its figures, and behind them another label and its figures."""

from __future__ import annotations

from collections import Counter

from orebook.read.html.rows import TextRow, Words
from orebook.read.panels import are_labels

_FEWEST = 2  # rows


def parted(rows: list[TextRow]) -> list[list[TextRow]]:
    """The rows of each of two tables that stand side by side; all rows of one table otherwise."""
    if sum(len(row.words) > 1 and len(row.figures) > 1 for row in rows) < _FEWEST:
        return [rows]
    seconds = [(row, word) for row in rows if (word := _second_label(row)) is not None]
    if len(seconds) < _FEWEST:
        return [rows]
    column, count = Counter(word.first for _, word in seconds).most_common(1)[0]
    pairs = [(row.words[0].text, word.text) for row, word in seconds if word.first == column]
    filled = sum(bool(row.figures) for row in rows)
    if 2 * count < filled or not are_labels(pairs) or any(_crosses(row, column) for row in rows):
        return [rows]
    return [[_side(row, column, first=True) for row in rows], [_side(row, column, first=False) for row in rows]]


def _second_label(row: TextRow) -> Words | None:
    """The one word of a row that begins with a capital and stands between figures, behind a label."""
    if len(row.figures) < _FEWEST or not row.words or row.words[0].first >= row.figures[0].first:
        return None
    between = [
        word
        for word in row.words[1:]
        if row.figures[0].stop <= word.first and word.stop <= row.figures[-1].first and word.text[0].isupper()
    ]
    return between[0] if len(between) == 1 else None


def _crosses(row: TextRow, column: int) -> bool:
    """Whether something of a row of figures stands on both sides of a column."""
    items = [(word.first, word.stop) for word in row.words] + [(each.first, each.stop) for each in row.figures]
    return bool(row.figures) and any(first < column < stop for first, stop in items)


def _side(row: TextRow, column: int, *, first: bool) -> TextRow:
    """What of a row stands before a column, or from it on."""
    return row._replace(
        words=tuple(word for word in row.words if (word.first < column) is first),
        figures=tuple(figure for figure in row.figures if (figure.first < column) is first),
        borders=tuple(border for border in row.borders if (border.first < column) is first),
    )
