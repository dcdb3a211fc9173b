"""A book as it runs down the page: paragraphs and tables in the order of the document."""

from __future__ import annotations

import re

from orebook.model.book import Book, Paragraph
from orebook.model.named import NamedTuple
from orebook.write.release.sections import Section, sections_of

_SHORT = 72
_MIDDLE = 10
_FEW = 3
_ENDS = ".,;:-"
_GAPPED = re.compile(r"\S {3,}\S")


class Prose(NamedTuple):
    """A paragraph; `lines` are kept apart where the line ends are part of what it says (headings, lists)."""

    lines: tuple[str, ...]
    kept: bool
    note: str = ""

    @property
    def text(self) -> str:
        return " ".join(" ".join(line.split()) for line in self.lines)


Piece = Prose | Section


def flow(book: Book, written: tuple[Prose, ...] = ()) -> tuple[Piece, ...]:
    """The pieces of a release in order: `written` paragraphs first where templates made them, then the book's own."""
    placed: list[tuple[int, int, Piece]] = [
        (paragraph.first, 0, _prose(book, paragraph)) for paragraph in _joined(book) if _kept(book, paragraph)
    ]
    placed += [(section.table.first_line, 1, section) for section in sections_of(book)]
    return (*written, *_told_once([piece for _, _, piece in sorted(placed, key=lambda entry: entry[:2])]))


def _joined(book: Book) -> list[Paragraph]:
    """The paragraphs; the lines that hang in below the first of a note are the note's, not paragraphs of their own.

    A line of a note that the document prints many times may have been taken for a running head: what goes on
    without an empty line belongs to the note too.
    """
    made: list[Paragraph] = []
    firsts = {paragraph.first for paragraph in book.prose}
    taken = firsts | {line for table in book.tables for line in range(table.first_line, table.last_line + 1)}
    for paragraph in book.prose:
        before = made[-1] if made else None
        if before and before.note and not paragraph.note and paragraph.first == before.last + 1:
            paragraph = before._replace(last=paragraph.last)  # noqa: PLW2901
            made.pop()
        last = paragraph.last
        while paragraph.note and last < len(book.lines) and last + 1 not in taken and _words(book.lines[last]):
            last += 1
        made.append(paragraph._replace(last=last))
    return made


def _words(line: str) -> bool:
    return len(line.split()) >= _FEW


def _told_once(pieces: list[Piece]) -> list[Piece]:
    """Leaves out the lines just above a table that the table itself prints: its company, title and caption.

    A page gives them as paragraphs of their own and as the titles of its table.
    """
    made: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Section):
            while made and isinstance(made[-1], Prose) and _is_of(made[-1].text, piece):
                made.pop()
        made.append(piece)
    return made


def _is_of(text: str, section: Section) -> bool:
    words = text.casefold()
    return words == section.company.casefold() or any(
        words in over.casefold() for over in (section.title, section.caption)
    )


def _kept(book: Book, paragraph: Paragraph) -> bool:
    """Paragraphs of a document that was read; a book's lines hold nothing but text there."""
    return any(line.strip() for line in book.lines[paragraph.first - 1 : paragraph.last])


def _prose(book: Book, paragraph: Paragraph) -> Prose:
    lines = tuple(line.expandtabs().rstrip() for line in book.lines[paragraph.first - 1 : paragraph.last])
    return Prose(lines, not paragraph.note and (_heads(lines) or _listed(lines)), paragraph.note)


def _heads(lines: tuple[str, ...]) -> bool:
    """One or two short lines without a stop, or lines that are all set in the middle of the page."""
    if all(len(line) - len(line.lstrip()) >= _MIDDLE for line in lines):
        return True
    return len(lines) <= 2 and len(lines[0].strip()) <= _SHORT and lines[0].strip()[-1:] not in _ENDS


def _listed(lines: tuple[str, ...]) -> bool:
    """Lines with columns of their own, or that hang far in below the first."""
    first = len(lines[0]) - len(lines[0].lstrip())
    hanging = any(len(line) - len(line.lstrip()) >= first + _MIDDLE for line in lines[1:])
    return hanging or (any(_GAPPED.search(line.strip()) for line in lines) and not _justified(lines))


def _justified(lines: tuple[str, ...]) -> bool:
    """Whether every line but the last ends at the same column: wide blanks are then the setting's."""
    ends = {len(line) for line in lines[:-1]}
    return len(lines) > 2 and max(ends) - min(ends) <= 1
