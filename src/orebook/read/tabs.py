"""Tables whose fields single tabs part: laid out as on a page, so that what stands in one field stands in one column.

Where tabs only fill lines up to stops eight columns apart, the page is what the stops make of it, and nothing is done
here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from orebook.model.named import NamedTuple

_GAP = 2  # blanks between fields
_APART = 3  # lines without tabs that a table may hold on end
_FEWEST = 3  # rows
_WIDEST = 100  # characters of a field
_MOST = 200  # fields
_PAIR = 2
_FIGURE = r"(?:[A-Z]{0,3}\$)?\s*\(?-?(?:[A-Z]{0,3}\$)?\s*\.?\d[\d,]*(?:\.\d+)?\s?%?\)?%?$"
# `430 to 450`, `$900 - $950`
_RANGE = r"(?:[A-Z]{0,3}\$)?[\d,.]+%?(?:\s?[-–]\s?| to )(?:[A-Z]{0,3}\$)?[\d,.]+%?$"
_NIL_OR_SIGN = frozenset(("$", "-", "--", "—", "–", "n/a", "N/A", "nil", "%", ")"))


class Page(NamedTuple):
    """The lines as they stand on the page, and for each line that was laid out (by index) the column of the line as
    given for each of its columns."""

    lines: tuple[str, ...]
    given: dict[int, list[int]]


def on_the_page(lines: tuple[str, ...]) -> Page:
    """Lays out the tables whose fields tabs part."""
    made = list(lines)
    given: dict[int, list[int]] = {}
    for run in _runs(lines):
        fields = {index: lines[index].rstrip().split("\t") for index in run}
        rows = {index: cells for index, cells in fields.items() if _is_row(cells)}
        if not _parts_fields(rows, lines):
            continue
        stops = _stops(list(rows.values()))
        for index, cells in fields.items():
            places = _places(cells, stops, is_row=index in rows)
            made[index], given[index] = _laid(cells, places)
    return Page(tuple(made), given)


def _runs(lines: tuple[str, ...]) -> Iterator[list[int]]:
    """The lines with tabs, in groups that few lines without part."""
    found = [index for index, line in enumerate(lines) if "\t" in line and line.count("\t") < _MOST]
    run: list[int] = []
    for index in found:
        if run and index - run[-1] > _APART + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _is_row(cells: list[str]) -> bool:
    """Whether words come first, and figures alone behind them."""
    rest = [cell.strip() for cell in cells[1:] if cell.strip()]
    return bool(cells[0].strip()) and bool(rest) and all(map(_is_figure, rest)) and any(map(_holds_digit, rest))


def _is_figure(text: str) -> bool:
    if text in _NIL_OR_SIGN or re.match(_FIGURE, text):
        return True
    return text[:1] not in "(-–" and re.match(_RANGE, text) is not None


def _holds_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _parts_fields(rows: dict[int, list[str]], lines: tuple[str, ...]) -> bool:
    """Whether the rows have as many tabs, long label or short, and stops eight columns apart do not align them."""
    if len(rows) < _FEWEST:
        return False
    counts = Counter(len(cells) for cells in rows.values())
    usual, often = counts.most_common(1)[0]
    if often * 4 < len(rows) * 3:
        return False
    whole = [lines[index] for index, cells in rows.items() if len(cells) == usual]
    starts = {tuple(len(line[: at + 1].expandtabs()) for at, char in enumerate(line) if char == "\t") for line in whole}
    return len(starts) > 1


def _stops(rows: list[list[str]]) -> list[int]:
    """Where each field begins, and where the last ends."""
    most = max(map(len, rows))
    stops = [0]
    for at in range(most):
        widest = max((len(cells[at]) for cells in rows if at < len(cells)), default=0)
        stops.append(stops[-1] + min(widest, _WIDEST) + _GAP)
    return stops


def _places(cells: list[str], stops: list[int], *, is_row: bool) -> list[int]:
    """The column at which each field of a line is put: figures end at their stop, headings stand over them."""
    last = len(stops) - 1
    filled = [at for at, cell in enumerate(cells) if cell.strip()]
    columns = range(1, last)
    if not is_row and filled and filled == list(range(1, len(filled) + 1)) and len(filled) < len(columns):
        # `Three Months Ended <tab> Six Months Ended` over four columns: typed field by field, spread over them.
        size, odd = divmod(len(columns), len(filled))
        if not odd:
            ends = {at: (stops[1 + (at - 1) * size], stops[1 + at * size] - _GAP) for at in filled}
            return [
                max(0, (sum(ends[at]) - len(cell)) // _PAIR) if at in ends else stops[min(at, last)]
                for at, cell in enumerate(cells)
            ]
    return [
        max(stops[at], stops[at + 1] - _GAP - len(cell)) if 0 < at < last else stops[min(at, last)]
        for at, cell in enumerate(cells)
    ]


def _laid(cells: list[str], places: list[int]) -> tuple[str, list[int]]:
    """A line of fields put at their places, two blanks apart at the least, and where each column comes from."""
    text = ""
    given: list[int] = []
    begin = 0
    for cell, at in zip(cells, places, strict=True):
        pad = max(0, max(at, len(text) + _PAIR if text.strip() else at) - len(text)) if cell.strip() else 0
        text += " " * pad + cell
        given += [max(begin - 1, 0)] * pad + list(range(begin, begin + len(cell)))
        begin += len(cell) + 1
    return text, given
