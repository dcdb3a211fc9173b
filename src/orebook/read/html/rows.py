"""The rows of a placed table: their words, and their figures joined from the cells they are split over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orebook.model.named import NamedTuple
from orebook.read.html.dom import Cell, Paragraph, Piece, Table
from orebook.read.html.figures import (
    CLOSER,
    CURRENCY,
    EMPTY,
    ENDS_BEHIND,
    FIGURE,
    NIL,
    RULE,
    WORDS,
    Token,
    broken,
    pieces_of,
    range_of,
    token,
)
from orebook.read.html.place import Slot, place


class Words(NamedTuple):
    """Words on the columns `first` to `stop`; `lines` keeps their line breaks."""

    first: int
    stop: int
    text: str
    lines: tuple[str, ...]
    indent: int
    centred: bool
    bold: bool


class Printed(NamedTuple):
    """A figure or nil mark as it is printed: `text` with its currency sign and closing sign.

    It covers the columns `first` to `stop`; its digits stand on `left` to `right`. `after` is the part of
    `text` that hangs over the right edge of the digits; `tail` what follows the figure.
    """

    first: int
    stop: int
    left: int
    right: int
    text: str
    after: str
    tail: str
    offset: tuple[int, int] | None
    mark: bool
    year: bool


class Border(NamedTuple):
    """A border over (`top`) or under the columns `first` to `stop`: `-` or `=`."""

    first: int
    stop: int
    top: str
    bottom: str


class TextRow(NamedTuple):
    """A row: what is printed in it, left to right, and its borders. `ruled` rows hold nothing but rules."""

    words: tuple[Words, ...]
    figures: tuple[Printed, ...]
    borders: tuple[Border, ...]
    ruled: bool = False

    @property
    def empty(self) -> bool:
        return not self.words and not self.figures


_FEWEST_RANGES = 2
_FEWEST_ROWS = 2
_FEWEST_CELLS = 2
_ENDS = frozenset("0123456789%x")
_HANGING = ") %bpst.milonhudzcekgra/KMGEO"  # what ends a figure beyond the edge of its digits
# How units are written and names are not: `kg`, `000 tonnes`, `R/kg`, `US$m`.
_OF_UNITS = r"(?i)['’(]?000|\S*[$£€/%]|(?:[km]?(?:oz|t|g|lbs?)|ounces|pounds|ton(?:ne)?s|m[23²³]?|met(?:er|re)s|rm)\b"


def text_rows(table: Table) -> list[TextRow]:
    """The rows of a table, top to bottom. Raises HtmlError as `place` does."""
    rows = [[(slot, token(slot.cell)) for slot in slots] for slots in place(table)]
    ranges = {id(slot.cell): ends for items in rows for slot, ends in _ranges(items)}
    if len(ranges) >= _FEWEST_RANGES:
        rows = [_halved(items, ranges) for items in rows]
    made: list[TextRow] = []
    for at, (row, items) in enumerate(zip(table.rows, rows, strict=True), 1):
        below = rows[at] if at < len(rows) else []
        named = _heads_rows(items, below)
        if named:
            made.append(_banner(items))
        made += [_text_row(part, row.style.top, row.style.bottom) for part in _divided(items[named:])]
    return made


def _heads_rows(items: list[tuple[Slot, Token]], below: list[tuple[Slot, Token]]) -> bool:
    """Whether a row begins with the name of a mine that it and rows below it are of: a cell before the row's own label
    that spans those rows, or below which they are empty."""
    filled = [(slot, held) for slot, held in items if held.kind != EMPTY]
    if len(filled) <= _FEWEST_CELLS or items[0][0] is not filled[0][0]:
        return False
    kinds = [held.kind for _, held in filled]
    if kinds[:2] != [WORDS, WORDS] or not any(kind in (FIGURE, NIL) for kind in kinds[2:]):
        return False
    if filled[0][0].cell.rows >= _FEWEST_ROWS:
        return True
    after = [(slot, held) for slot, held in below if held.kind != EMPTY]
    goes_on = len(after) >= _FEWEST_CELLS and after[0][1].kind == WORDS and after[1][1].kind != WORDS
    if not goes_on or not 0 < after[0][0].first == filled[1][0].first:
        return False
    # `Gold mined`, `kg` over `000'oz`: the second cell tells a unit, the first is the label of both rows.
    return not any(re.match(_OF_UNITS, held.text) for held in (filled[1][1], after[0][1]))


def _banner(items: list[tuple[Slot, Token]]) -> TextRow:
    """The first cell of a row as a line of its own across the table."""
    name = _words(*items[0])
    return TextRow((name._replace(stop=items[-1][0].stop, centred=True),), (), ())


def _ranges(items: list[tuple[Slot, Token]]) -> Iterator[tuple[Slot, tuple[Token, Token]]]:
    """The cells of a row, behind its label, that hold a range of figures."""
    filled = [(slot, held) for slot, held in items if held.kind != EMPTY]
    for slot, held in filled[1:]:
        if held.kind != WORDS or (held.text[-1:] not in _ENDS and not held.text.endswith(ENDS_BEHIND)):
            continue
        if ends := range_of(slot.cell):
            yield slot, ends


def _halved(items: list[tuple[Slot, Token]], ranges: dict[int, tuple[Token, Token]]) -> list[tuple[Slot, Token]]:
    """A row with every column cut into two, and in them the two ends of a range."""
    made: list[tuple[Slot, Token]] = []
    for slot, held in items:
        first, middle, stop = 2 * slot.first, slot.first + slot.stop, 2 * slot.stop
        if ends := ranges.get(id(slot.cell)):
            made += [(Slot(first, middle, slot.cell), ends[0]), (Slot(middle, stop, slot.cell), ends[1])]
        else:
            made.append((Slot(first, stop, slot.cell), held))
    return made


def _divided(items: list[tuple[Slot, Token]]) -> list[list[tuple[Slot, Token]]]:
    """A row whose cells each hold a column of figures, one below the other, as one row for each line."""
    filled = [slot for slot, held in items if held.kind == WORDS]
    counts = [len(broken(pieces_of(slot.cell.flow))) for slot in filled]
    if len(counts) < 2 or min(counts) < 2:
        return [items]
    split = [_lines_of(slot) for slot in filled]
    if len(set(counts)) != 1:
        # `Production:` over the names of mines has no figure beside it: empty lines count where those then agree.
        split = [_lines_of(slot, empty=True) for slot in filled]
        counts = list(map(len, split))
        if len(set(counts)) != 1:
            return [items]
    rows = [
        [(slot, token(slot.cell)) for column in split if i < len(column) for slot in (column[i],)]
        for i in range(counts[0])
    ]
    found = sum(held.kind in (FIGURE, NIL) for row in rows for _, held in row)
    # Headings have several lines too; a stack of figures has a figure on every line of some column.
    return rows if found >= counts[0] else [items]


def _lines_of(slot: Slot, *, empty: bool = False) -> list[Slot]:
    """A cell for each line of a cell, also for `empty` ones, save those that end it."""
    made: list[Slot] = []
    indent = _indent(slot.cell)
    pieces: list[Piece] = []
    for piece in (*pieces_of(slot.cell.flow), Piece("\n", None)):
        if piece.text != "\n":
            pieces.append(piece)
            continue
        if empty or any(held.text.strip() for held in pieces):
            paragraph = Paragraph(indent * _BLANK, False)
            paragraph.pieces = pieces
            cell = Cell(slot.cell.span, 1, slot.cell.style, slot.cell.header)
            cell.flow.append(paragraph)
            made.append(Slot(slot.first, slot.stop, cell))
        pieces = []
    while made and token(made[-1].cell).kind == EMPTY:
        made.pop()
    return made


# ----------------------------------------------------------------------------------------------------- one row


def _text_row(items: Sequence[tuple[Slot, Token]], top: str, bottom: str) -> TextRow:
    words: list[Words] = []
    figures: list[Printed] = []
    borders = [
        Border(slot.first, slot.stop, slot.cell.style.top or top, slot.cell.style.bottom or bottom)
        for slot, _ in items
        if slot.cell.style.top or slot.cell.style.bottom or top or bottom
    ]
    filled = [(slot, held) for slot, held in items if held.kind != EMPTY]
    rules = [(slot, held) for slot, held in filled if held.kind == RULE]
    if rules and len(rules) == len(filled):
        return TextRow((), (), tuple(Border(slot.first, slot.stop, "", held.text) for slot, held in rules), ruled=True)
    i = 0
    while i < len(filled):
        used = _figure_at(filled, i)
        if used is None:
            words.append(_words(*filled[i]))
            i += 1
        else:
            figures.append(used[0])
            i = used[1]
    return TextRow(tuple(words), tuple(figures), tuple(borders))


def _figure_at(filled: Sequence[tuple[Slot, Token]], i: int) -> tuple[Printed, int] | None:
    """The figure that begins with the filled cell `i`, and the next cell; None where words stand there."""
    slot, held = filled[i]
    before = ""
    first = slot.first
    if held.kind == CURRENCY:
        if i + 1 == len(filled) or filled[i + 1][1].kind not in (FIGURE, NIL):
            return None
        before = held.text
        i += 1
        slot, held = filled[i]
    if held.kind not in (FIGURE, NIL):
        return None
    return _closed(filled, i, first, before)


def _closed(filled: Sequence[tuple[Slot, Token]], i: int, first: int, before: str) -> tuple[Printed, int]:
    """The figure of the filled cell `i` with the closing signs in the cells behind it."""
    slot, held = filled[i]
    after, tail, stop = "", held.tail, slot.stop
    digits = held.text.rstrip(_HANGING) if held.kind == FIGURE else held.text
    hanging = held.text[len(digits) :]
    wants = held.text.count("(") > held.text.count(")") or before.endswith("(")
    i += 1
    while i < len(filled) and filled[i][1].kind == CLOSER and len(after) < 3:
        closing = filled[i][1]
        if closing.text.startswith(")") and not wants and ")" in held.text + after:
            break
        if held.year and closing.text[0] != ")":
            break  # `2006   2005   %` heads three columns
        after += closing.text
        tail += closing.tail
        stop = filled[i][0].stop
        i += 1
    joint = "" if before.endswith("(") else " " if before else ""
    text = f"{before}{joint}{held.text}{after}"
    printed = Printed(
        first,
        stop,
        slot.first,
        slot.stop,
        text,
        hanging + after,
        tail,
        held.offset,
        held.mark and not before,
        held.year,
    )
    return printed, i


def _words(slot: Slot, held: Token) -> Words:
    pieces = pieces_of(slot.cell.flow)
    lines = tuple(broken(pieces)) if held.kind == WORDS else (held.text + held.tail,)
    paragraphs = [item for item in slot.cell.flow if isinstance(item, Paragraph)]
    head = next((item for item in paragraphs if any(piece.text.strip() for piece in item.pieces)), None)
    return Words(
        slot.first,
        slot.stop,
        " ".join(lines),
        lines,
        _indent(slot.cell),
        bool(head and head.centred),
        bool(head and head.bold),
    )


# A blank is about as wide as half of a ten-point letter.
_BLANK = 50


def _indent(cell: Cell) -> int:
    """The indent of a cell's text in characters: from its style, and from the blanks it begins with."""
    for item in cell.flow:
        if isinstance(item, Paragraph):
            text = "".join(piece.text for piece in item.pieces)
            if not text.strip():
                continue
            text = text.lstrip(" \n")
            hard = len(text) - len(text.lstrip("\xa0 \n"))
            return max(0, min(item.indent, 6000)) // _BLANK + min(hard, 60)
    return max(0, min(cell.style.indent, 6000)) // _BLANK
