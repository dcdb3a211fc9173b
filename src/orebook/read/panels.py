"""Tables side by side on the same lines: `Cash   $ 20,110      Accounts payable   $ 11,210`.

The figures of a line are those that end it, so the first of two tables would be taken for the labels of the second.
Where the labels of a second table begin under each other, behind figures that end under each other and a gutter that no
line crosses, the lines are cut at the gutter and each side is a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orebook.model.named import NamedTuple
from orebook.read.grouping import groups_by_blanks
from orebook.read.header import Chunk, chunks_of, heads_twice
from orebook.read.lines import BLANK, FIGURES, MARKUP, PAGE, TEXT, Line, read_anew
from orebook.read.tokens import tail

# One look that spares most labels: a figure in a column of its own, and a capital behind it.
_SECOND_LABEL = r"\S  +[(]?(?:[A-Z]{0,3}[$£€] *)?[(]?\.?\d[\d.,]*[)%]{0,2}  +[A-Z]"
_GUTTER = 2  # blanks
_OUTER = 4  # columns by which a heading may stand out
_FEWEST = 2  # rows
_APART = 6  # lines between two rows of one pair of tables
_MOST_HEADS = 12  # lines
_MOST_TITLES = 8


# What names a line of a statement or of a mine's production.
_LINES = (
    r"(?i)\b(?:total|assets|liabilit|equity|payable|receivable|debt|loans?|stock|revenue|income|expenses?|costs?|sales|current"
    r"|capital|cash|accrued|ounces?|oz|tons?|tonnes?|pounds|grade|recover|production|produced|sold|milled|mined|price)"
)


class Panels(NamedTuple):
    """Two tables side by side: the lines from `first` to `last`, by index, cut before column `gutter`."""

    first: int
    last: int
    gutter: int


class _Row(NamedTuple):
    """A line of two tables: its index, where the second label begins, where the first table's figures end, and both
    labels."""

    at: int
    gutter: int
    edge: int
    labels: tuple[str, str]


def part(lines: list[Line], gapped: Sequence[int]) -> list[list[Line]]:
    """Cut the lines of tables side by side: those of the first table stay in `lines`, and for each second table the lines
    of it are given, with the titles above both.

    `gapped` are the indices of the lines whose words two blanks or more part.
    """
    rows = [row for i in gapped if (row := _row(i, lines[i])) is not None]
    if len(rows) < _FEWEST:
        return []
    grouped = groups_by_blanks(tuple(line.text for line in lines))
    made = []
    for panels in _panels(lines, rows):
        region = range(panels.first, panels.last + 1)
        second = [_side(lines[i], panels.gutter, grouped=grouped, first=False) for i in region]
        made.append([*_titles(lines, panels.first), *second])
        for i in region:
            lines[i] = _side(lines[i], panels.gutter, grouped=grouped, first=True)
    return made


def _row(at: int, line: Line) -> _Row | None:
    """A row of figures whose label holds a label, figures, and a label that begins with a capital."""
    if line.kind != FIGURES or "\t" in line.text or not re.search(_SECOND_LABEL, line.label):
        return None
    begin = line.text.find(line.label)
    chunks = [(text, start + begin, end + begin) for text, start, end in chunks_of(line.label)]
    for figure, label in pairwise(chunks[1:]):
        if _is_figure(figure) and _is_label(label):
            return _Row(at, label[1], len(line.text[: figure[2]].rstrip(")% ")), (chunks[0][0], label[0]))
    return None


def _is_figure(chunk: Chunk) -> bool:
    pieces = tail(f"  {chunk[0]}")
    return len(pieces) == 1 and pieces[0].start <= _GUTTER


def _is_label(chunk: Chunk) -> bool:
    return chunk[0][0].isupper() and chunk[0][:2].isalpha()


def _panels(lines: Sequence[Line], rows: Sequence[_Row]) -> Iterator[Panels]:
    """Runs of rows with one gutter and figures that end before it under one edge, with the headings over them; rows of
    another gutter that touch them are a sign that there is none."""
    run: list[_Row] = []
    floor, before = 0, -_APART
    for row in (*rows, None):
        if row is not None and (not run or _goes_on(lines, run, row)):
            run.append(row)
            continue
        touched = run and (run[0].at == before + 1 or (row is not None and row.at == run[-1].at + 1))
        if (_are_panels(run) or (len(run) >= _FEWEST and heads_twice(lines, run[0].at))) and not touched:
            gutter = _gutter(lines, run)
            first = _top(lines, run[0].at, gutter, floor)
            last = _bottom(lines, run[-1].at, gutter)
            floor = last + 1
            yield Panels(first, last, gutter)
        before = run[-1].at if run else before
        run = [row] if row is not None else []


def _are_panels(run: Sequence[_Row]) -> bool:
    """Whether rows are those of two tables: the figures of the first end under each other, and the words behind them are
    labels."""
    if len(run) < _FEWEST or 2 * len({each.edge for each in run}) > len(run):
        return False
    return are_labels([each.labels for each in run])


def are_labels(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the second words of most pairs are labels of a table of their own: those of the first once more, or names of
    lines of a statement or of production."""
    telling = sum(one == two or re.search(_LINES, two) is not None for one, two in pairs)
    return 2 * telling >= len(pairs) and 2 * len({two for _, two in pairs}) > len(pairs)


def _gutter(lines: Sequence[Line], run: Sequence[_Row]) -> int:
    """Where the second table begins: with the outermost of its labels and of the headings over them."""
    gutter = min(each.gutter for each in run)
    near = range(max(0, run[0].at - _GUTTER), run[-1].at + 1)
    starts = (start for i in near for _, start, _ in chunks_of(lines[i].text))
    return min((start for start in starts if gutter - _OUTER <= start < gutter), default=gutter)


def _goes_on(lines: Sequence[Line], run: Sequence[_Row], row: _Row) -> bool:
    last = run[-1]
    near = row.at - last.at <= _APART and abs(row.gutter - last.gutter) <= _GUTTER
    return near and all(_is_clear(lines[i], min(row.gutter, last.gutter)) for i in range(last.at, row.at))


def _is_clear(line: Line, gutter: int) -> bool:
    """Whether a line leaves the gutter blank."""
    return not line.text[gutter - _GUTTER : gutter].strip() and "\t" not in line.text


def _top(lines: Sequence[Line], first: int, gutter: int, floor: int) -> int:
    """The first line of headings over the tables that the gutter parts; lines above it are titles of both."""
    top = first
    for i in range(first - 1, max(floor, first - _MOST_HEADS) - 1, -1):
        line = lines[i]
        if line.kind in (FIGURES, MARKUP, PAGE) or not _is_clear(line, gutter):
            break
        if line.text[gutter:].strip():
            top = i
    return top


def _bottom(lines: Sequence[Line], last: int, gutter: int) -> int:
    """The last line of the tables: one of them may be the longer."""
    bottom = last
    for i in range(last + 1, min(len(lines), last + _MOST_HEADS)):
        line = lines[i]
        if line.kind == BLANK or line.kind in (MARKUP, PAGE) or not _is_clear(line, gutter):
            break
        bottom = i
    return bottom


def _titles(lines: Sequence[Line], first: int) -> list[Line]:
    """The lines of words above the tables, back to the table before them."""
    top = first
    while top > max(0, first - _MOST_TITLES) and lines[top - 1].kind in (TEXT, BLANK):
        top -= 1
    return list(lines[top:first])


def _side(line: Line, gutter: int, *, grouped: bool, first: bool) -> Line:
    """The part of a line before the gutter, or the part behind it in its place."""
    text = line.text[:gutter] if first else " " * gutter + line.text[gutter:]
    return line if line.kind == BLANK else read_anew(line, text, grouped=grouped)
