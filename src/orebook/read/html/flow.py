"""The flow of a document -> its lines, its grids, and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orebook.model.grid import Grid, Layout
from orebook.read.html.dom import Flow, Paragraph, Rule, Table, tables_in
from orebook.read.html.draw import draw, wrap
from orebook.read.html.figures import broken, fold, pieces_of
from orebook.read.html.fixed import fixed_text, traced
from orebook.read.html.panels import parted
from orebook.read.html.rows import TextRow, Words, text_rows
from orebook.read.html.tables import Parts, divide, is_mark
from orebook.read.text import layout as lay_out

_WIDTH = 100
_LONGEST_TITLE = 160
_MOST_TITLES = 8
_LONGEST_INTRO = 400
_BULLET = re.compile(r"[•·▪◦●■\uf0b7*\-–—]\s")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])")
_PAGE_END = re.compile(
    r"(?:-\s?\d{1,3}\s?-|[FSAB]-\d{1,3}|Page\s+\d{1,3}(?:\s+of\s+\d{1,3})?|\d{1,3}|[ivx]{1,5}"
    r"|[-–—(\s]*(?:more|end|continued)[-–—)\s]*|(?:#\s?){2,}|[-_=*\s]{3,})$",
    re.IGNORECASE,
)
# `(in thousands)`, `(million tons)`; `$5 million` is an amount.
_CAPTION = re.compile(r"\b(?:thousands|millions|billions)\b|\((?:in )?(?:thousand|million|billion)\b", re.IGNORECASE)
_BRACKETED = re.compile(
    r"\([^()]*\b(?:thousands|millions|billions)\b[^()]*\)|\((?:in )?(?:thousand|million|billion)\b[^()]*\)",
    re.IGNORECASE,
)
_FIRM = re.compile(r"\b(?:Inc|Corp|Co|Cos|Ltd|Bros|L\.?P|N\.?V|S\.?A|A\.?G|U\.?S)\.$", re.IGNORECASE)
_PHONE = re.compile(r"\(?\b\d{3}\)?[-/ .]\d{3}[-.]\d{4}\b")


class Page:
    """The page that is being set: its lines so far, and what the next table may find above it."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.lines: list[str] = []
        self.grids: list[Grid] = []
        self.paragraphs: list[tuple[int, int, str]] = []
        self.furniture: set[int] = set()
        self._heading = ""
        self._titles: list[tuple[int, str]] = []
        self._prose = ""
        self._before: tuple[tuple[int, str], ...] = ()
        self._intro = ""

    def layout(self) -> Layout:
        """What was set."""
        return Layout(
            tuple(self.lines), tuple(self.grids), tuple(self.paragraphs), frozenset(self.furniture), self.first_line
        )

    # --------------------------------------------------------------------------------------------- flow

    def set(self, flow: Flow) -> None:
        """Sets a flow below what stands there."""
        for item in flow:
            if isinstance(item, Paragraph):
                self._paragraph(item)
            elif isinstance(item, Rule):
                self._titles.clear()
            elif _holds_tables(item) and self._frames_tables(item):
                for row in item.rows:
                    self._side_by_side([cell.flow for cell in row.cells])
            else:
                self._table(item)

    def _frames_tables(self, table: Table) -> bool:
        """Whether a table only places others: one of those holds figures, or it holds none itself."""
        inner = [held for row in table.rows for cell in row.cells for held in tables_in(cell.flow)]
        if any(len(held.rows) > 1 or _holds_tables(held) for held in inner):
            return True
        return divide(text_rows(table)) is None

    def _side_by_side(self, flows: Sequence[Flow]) -> None:
        """The cells of a row that sets prose: short ones on one line, else one after the other."""
        filled = [flow for flow in flows if any(piece.text.strip() for piece in pieces_of(flow))]
        if len(filled) > 1 and not any(tables_in(flow) for flow in filled):
            texts = [broken(pieces_of(flow)) for flow in filled]
            if all(len(lines) == 1 for lines in texts[:-1]) and (is_mark(texts[0][0]) or _short(texts)):
                marked = is_mark(texts[0][0])
                joint = " " if marked else "   "
                self._text([joint.join(lines[0] for lines in texts), *texts[-1][1:]], title=not marked)
                return
        for flow in filled:
            self.set(flow)

    # -------------------------------------------------------------------------------------------- prose

    def _paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.fixed and any("\n" in piece.text for piece in paragraph.pieces):
            self._fixed(paragraph)
            return
        lines = broken(paragraph.pieces)
        if lines:
            self._text(lines, emphatic=paragraph.bold or paragraph.centred)

    def _fixed(self, paragraph: Paragraph) -> None:
        """Text set with blanks: read as plain text, and its figures traced back to the source."""
        text, lines = fixed_text(paragraph.pieces)
        made = lay_out(lines, self._next())
        self.lines += lines
        grids = traced(made.grids, paragraph.pieces, text, self._next() - len(lines))
        if grids and not any(last < grids[0].first_line for _, last, _ in made.paragraphs):
            # What stands over the text is over its first table.
            above = (*self._titles, *grids[0].above)
            said = grids[0].intro if above else _last_sentence(self._prose)
            grids[0] = grids[0]._replace(above=above, intro=said)
        self.grids += grids
        self.paragraphs += made.paragraphs
        self.furniture |= made.furniture
        self._titles.clear()

    def _text(self, texts: Sequence[str], *, emphatic: bool = False, title: bool = True) -> None:
        """Sets a paragraph, one or more lines for each of its texts."""
        if self.lines:
            self.lines.append("")
        first = self._next()
        starts = []
        for text in texts:
            starts.append((self._next(), text))
            self.lines += wrap(text, _WIDTH)
        whole = " ".join(texts)
        last = self._next() - 1
        if _PAGE_END.match(whole):
            # What stands at the foot or the head of a page is no title of what follows.
            self.furniture.update(range(first, last + 1))
            self._titles.clear()
            return
        if len(whole) < _LONGEST_TITLE and _PHONE.search(whole):
            # Whom to call is no title either.
            self.furniture.update(range(first, last + 1))
            title = title and not whole.rstrip()[-1:].isdigit()
        self.paragraphs.append((first, last, self._heading))
        self._remember(starts, whole, emphatic=emphatic, title=title)

    def _remember(self, starts: Sequence[tuple[int, str]], whole: str, *, emphatic: bool, title: bool) -> None:
        """What the paragraph is to what follows: a title, a heading, or the sentence before a table.

        A table with no prose between it and the one before it goes on under the same titles.
        """
        stops = whole[-1] in ".;:,!?" and not _FIRM.search(whole)
        if (
            title
            and len(whole) <= _LONGEST_TITLE * 2
            and not stops
            and not _BULLET.match(whole)
            and all(len(text) <= _LONGEST_TITLE for _, text in starts)
        ):
            self._titles += starts
            del self._titles[:-_MOST_TITLES]
            if (emphatic or whole.isupper()) and len(whole) <= _WIDTH:
                self._heading = whole
            return
        self._titles.clear()
        self._before, self._intro = (), ""
        self._prose = whole

    def _next(self) -> int:
        return self.first_line + len(self.lines)

    # ------------------------------------------------------------------------------------------- tables

    def _table(self, table: Table) -> None:
        sides = [divide(rows) for rows in parted(text_rows(table))]
        if not any(sides):
            for row in table.rows:
                self._side_by_side([cell.flow for cell in row.cells])
        for parts in sides:
            if parts is not None:
                self._data(parts)

    def _data(self, parts: Parts) -> None:
        """Sets the sections of a data table, a grid each, and the notes that end it."""
        titles = tuple(self._titles)
        self._intro = "" if titles else _last_sentence(self._prose) or self._intro
        self._titles.clear()
        self._prose = ""
        for section in parts.sections:
            self.lines.append("")
            top = self._next()
            own = [line for word in section.above for line in self._title_row(word)]
            titles = self._above(titles, own)
            drawn = draw(section, self._next())
            if any(_CAPTION.search(text) for _, text in drawn.stub):
                # What the table says of its scale itself goes before the caption of the table before it.
                handed = _captions(self._before)
                titles = tuple(title for title in titles if title not in handed)
            self.lines += drawn.lines
            last = self._next() - 1
            said = "" if titles else self._intro
            self.grids.append(
                Grid(top, last, len(section.columns), drawn.headers, drawn.rows, titles, drawn.stub, said)
            )
            self._before, titles = titles, ()
        for note in parts.notes:
            self._note(note)

    def _above(self, titles: tuple[tuple[int, str], ...], own: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
        """The titles of a section: those printed over its table and in it, else those of the section before.

        A section that prints a title but no caption keeps the caption of the one before it: nothing but
        titles stands between the two.
        """
        printed = (*titles, *own)
        if printed and self._before and printed[0][1] == self._before[0][1]:
            # The same first line (the company) begins a full set of titles of its own.
            return printed
        if not printed or any(_CAPTION.search(text) for _, text in printed):
            return printed or self._before
        return (*printed, *_captions(self._before))

    def _title_row(self, word: Words) -> list[tuple[int, str]]:
        """The lines of a title that stands in the table."""
        made: list[tuple[int, str]] = []
        for text in word.lines:
            made.append((self._next(), text))
            self.lines += wrap(text, _WIDTH)
        return made

    def _note(self, row: TextRow) -> None:
        """A row of words under the last figures: a note, its mark and its text joined."""
        lines = [line for word in row.words[-1:] for line in word.lines]
        if len(row.words) > 1:
            lines[0] = fold(" ".join([*(word.text for word in row.words[:-1]), lines[0]]))
        self._text(lines, title=False)


def _captions(titles: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The captions among title lines; of `SALES ($ in millions)` what stands in the brackets."""
    made: list[tuple[int, str]] = []
    for line, text in titles:
        if found := _BRACKETED.search(text):
            made.append((line, found[0]))
        elif _CAPTION.search(text):
            made.append((line, text))
    return made


def _holds_tables(table: Table) -> bool:
    return any(tables_in(cell.flow) for row in table.rows for cell in row.cells)


def _short(texts: Sequence[Sequence[str]]) -> bool:
    return all(len(lines) == 1 for lines in texts) and sum(len(lines[0]) + 3 for lines in texts) <= _WIDTH


def _last_sentence(prose: str) -> str:
    """The last sentence of the paragraph before a table."""
    return _SENTENCE.split(prose)[-1][-_LONGEST_INTRO:] if prose else ""
