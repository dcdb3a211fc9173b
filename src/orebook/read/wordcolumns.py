"""Columns of words among or behind those of figures: `Basin Mine     1,204     Open pit     567`.

The figures of a line are those that end it, so words behind a figure would hide it. Where words stand under each other
in rows whose figures do so too, they and what heads them are blanked out, and the rows are looked at anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced
from orebook.read.grouping import groups_by_blanks
from orebook.read.header import Chunk, chunks_of, heads_twice
from orebook.read.lines import FIGURES, TEXT, WORDS, Line, is_date, relexed
from orebook.read.tokens import Piece, is_year, tail

# One look that spares most lines: a figure in a column of its own, before the end of the words.
_FIGURE_INSIDE = re.compile(r"  [(]?(?:[A-Z]{0,3}[$£€])?[(]?\.?\d[\d.,]*[)%]{0,2}  ")
_PARTED = r"\d \d{3}(?!\S)"
_NEAR = 4  # lines
_FEWEST = 2  # rows
_SLACK = 3  # characters
_MOST = 120  # pieces of a row
_ENOUGH = 24  # rows that show where figures stand
_MOST_HEADS = 6  # lines
# What names a line of a statement: two statements stand side by side, and the words are the labels of the second.
_LINES = r"(?i)\b(?:total|assets|liabilit|equity|payable|receivable|debt|loans?|stock|revenue|income|expense|costs?|sales|current|capital|cash)"
_SIGNS = (",", ".", "$", "%")
_NIL = frozenset(("-", "--", "---", "—", "–", "- -", "n/a", "N/A", "nil"))


class _Row(NamedTuple):
    """A line of figures and words: its place, the words behind its first figure, the right edges of its figures, whether
    it begins with words (`1.1   Definitions` does not), and whether its figures can be told from the ages of people: a
    sign, a comma, or more than one."""

    at: int
    words: tuple[Chunk, ...]
    edges: tuple[int, ...]
    labelled: bool
    tells: bool


class _Zone(NamedTuple):
    """A column of words: the characters from `start` to `end` that its words cover."""

    start: int
    end: int


def part(lines: list[Line], gapped: Sequence[int]) -> None:
    """Give the rows of figures about columns of words all their figures, and take the words out of their headings.

    `gapped` are the places of the lines whose words two blanks or more part.
    """
    rows = [
        row
        for i in gapped
        if _FIGURE_INSIDE.search(lines[i].label) and lines[i].kind in (FIGURES, TEXT)
        for row in _row(i, lines[i])
    ]
    if sum(row.labelled for row in rows) < _FEWEST:
        return
    found = [
        (group, zones) for group in _groups(rows) if (zones := _zones(group)) and not heads_twice(lines, group[0].at)
    ]
    parted = any(re.search(_PARTED, lines[row.at].text) for group, _ in found for row in group)
    grouped = parted and groups_by_blanks(tuple(line.text for line in lines))
    for group, zones in found:
        _blank(lines, group, zones, grouped=grouped)


def _row(at: int, line: Line) -> Iterator[_Row]:
    """A line as a row, if words stand behind its first figure; one that begins with a year is named by it."""
    label, *rest = chunks_of(line.text)
    labelled = any(map(str.isalpha, label[0]))
    if is_year(label[0]) or len(rest) > _MOST:
        return
    if not labelled:
        rest.insert(0, label)
    words: list[Chunk] = []
    edges: list[int] = []
    years = 0
    for chunk in rest:
        figures = _figures(chunk)
        if figures:
            edges += [chunk[1] + piece.edge - 2 for piece in figures]
            years += all(is_year(piece.text) for piece in figures)
        elif edges and any(map(str.isalpha, chunk[0])):
            words.append(chunk)
    if words and years < len(edges):
        tells = len(edges) > 1 or any(sign in chunk[0] for chunk in rest for sign in _SIGNS if _figures(chunk))
        yield _Row(at, tuple(words), tuple(edges), labelled, tells)


def _figures(chunk: Chunk) -> list[Piece]:
    """The figures that a piece of a line is; [] where it holds words."""
    text = chunk[0]
    if not any(map(str.isdigit, text)):
        return []
    pieces = tail(f"  {text}")
    return pieces if pieces and pieces[0].start == 2 else []


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows that stand near each other, none parted from the next by more than a few lines."""
    group: list[_Row] = []
    for row in rows:
        if group and row.at - group[-1].at > _NEAR:
            yield group
            group = []
        group.append(row)
    yield group


def _zones(group: Sequence[_Row]) -> list[_Zone]:
    """The columns of words of some rows: those of two rows or more, which have a column of figures in common too."""
    words = sorted((start, end, k, text) for k, row in enumerate(group) for text, start, end in row.words)
    zones: list[_Zone] = []
    run: list[tuple[int, int, int, str]] = []
    stop = 0
    for each in words:
        if run and each[0] >= stop:
            zones += _zone(run, group)
            run, stop = [], 0
        run.append(each)
        stop = max(stop, each[1])
    return zones + _zone(run, group) if run else zones


def _zone(run: Sequence[tuple[int, int, int, str]], group: Sequence[_Row]) -> list[_Zone]:
    """The zone of words that overlap; none where they do not begin, end or stand alike, their rows share no figures, or
    they are the labels of a second statement beside the first."""
    rows = [k for _, _, k, _ in run]
    if len(set(rows)) < max(_FEWEST, len(rows)):
        return []  # in one row alone, or two words of one row
    alike = max(
        _most_near([start for start, *_ in run]),
        _most_near([end for _, end, *_ in run]),
        _most_near([(start + end) // 2 for start, end, *_ in run]),
    )
    zone = _Zone(min(start for start, *_ in run), max(end for _, end, *_ in run))
    edges = sorted(edge for k in rows[:_ENOUGH] for edge in group[k].edges)
    shared = _most_near(edges) >= _FEWEST and sum(group[k].labelled for k in rows) >= _FEWEST
    clear = not any(zone.start < edge <= zone.end for edge in edges)
    labels = edges[-1] > zone.end and any(re.search(_LINES, text) for *_, text in run)
    tells = 2 * sum(group[k].tells for k in rows) > len(rows)
    return [zone] if shared and clear and tells and not labels and alike * 2 > len(rows) and alike >= _FEWEST else []


def _most_near(places: list[int]) -> int:
    """How many of some places lie no further than a few characters from one of them."""
    places.sort()
    return max(bisect_left(places, place + _SLACK) - bisect_left(places, place) for place in places)


def _blank(lines: list[Line], group: Sequence[_Row], zones: Sequence[_Zone], *, grouped: bool) -> None:
    """Take the words out of the rows, the nil marks that stand for words out of those about them, and the headings of both."""
    first, last = group[0].at, group[-1].at
    for row in group:
        line = lines[row.at]
        gone = [chunk for chunk in row.words if _zone_of(chunk, zones)]
        if gone:
            lines[row.at] = replaced(relexed(line, _without(line.text, gone), grouped=grouped), text=line.text)
    for i in range(max(0, first - _NEAR), min(len(lines), last + _NEAR + 1)):
        if lines[i].kind == FIGURES:
            kept = [piece for piece in lines[i].pieces if not (piece.text in _NIL and _inside(piece, zones))]
            if kept and len(kept) < len(lines[i].pieces):
                lines[i] = replaced(lines[i], pieces=kept)
    _blank_heads(lines, first, zones)


def _blank_heads(lines: list[Line], first: int, zones: Sequence[_Zone]) -> None:
    """Take what heads columns of words out of the headings over the first row: what stands over one, and no wider than
    it, beside other headings or right over a part of the heading."""
    below: list[_Zone] = []
    top = max(0, first - _NEAR)
    while first > top and lines[first - 1].kind == FIGURES:
        first -= 1  # rows whose words are missing, or a nil mark
    for i in range(first - 1, max(-1, first - _MOST_HEADS - 1), -1):
        line = lines[i]
        if line.kind == FIGURES and not all(is_year(piece.text) for piece in line.pieces):
            return
        chunks = chunks_of(line.text) if line.kind in (TEXT, FIGURES) else []
        over = [(chunk, zone) for chunk in chunks if (zone := _zone_of(chunk, zones)) and not _is_of_time(chunk[0])]
        gone = [chunk for chunk, zone in over if len(chunks) > 1 or zone in below]
        below = [zone for chunk, zone in over if chunk in gone]
        if gone:
            text = _without(line.text, gone)
            lines[i] = relexed(line, text, grouped=False) if text.strip() else replaced(line, kind=WORDS)


def _is_of_time(text: str) -> bool:
    """Whether a heading is a period, which the columns beside it may share: no column of words is headed so."""
    return is_date(text) and any(map(str.isdigit, text))


def _zone_of(chunk: Chunk, zones: Sequence[_Zone]) -> _Zone | None:
    """The column of words that a piece of a line stands in or over."""
    _, start, end = chunk
    return next((z for z in zones if start < z.end and end > z.start and end - start <= z.end - z.start + 8), None)


def _inside(piece: Piece, zones: Sequence[_Zone]) -> bool:
    return any(zone.start <= piece.left and piece.edge <= zone.end for zone in zones)


def _without(text: str, gone: Sequence[Chunk]) -> str:
    """A line with some of its pieces blanked out; all else keeps its place."""
    page = text.expandtabs()
    for _, start, end in gone:
        page = page[:start] + " " * (end - start) + page[end:]
    return page.rstrip()
