"""The sentences of a book with their numbers understood, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from orebook.check.prose.context import Cue, Memory, cues, passed
from orebook.check.prose.index import Index
from orebook.check.prose.manner import looks_ahead
from orebook.check.prose.numbers import HINT, numbers
from orebook.check.prose.periods import mentions
from orebook.check.prose.text import Running, Sentence, running, sentences
from orebook.check.prose.words import tokens
from orebook.model.book import Book, Paragraph

_CLOSED = re.compile(r"[.!?:][\"”’)]*\s*$")
_ITEM = re.compile(r"\s*(?:[-–—•*·●▪■]|o\s|\d{1,2}[.)]\s|[a-z]\))")
_HEADING = re.compile(r"(?![-–—•*o]\s|--)[A-Z0-9(“\"'’][^.!?$%]{2,75}")


class Said(NamedTuple):
    """A sentence with its numbers understood, and where it stands."""

    paragraph: Paragraph
    running: Running
    sentence: Sentence
    cues: tuple[Cue, ...]


class Section(NamedTuple):
    """A paragraph as running text, the heading it stands under, and whether what introduces it looks ahead."""

    paragraph: Paragraph
    running: Running
    heading: str
    ahead: bool


def sections(book: Book, telling: re.Pattern[str]) -> Iterator[Section]:
    """The paragraphs of a book in order that a line tells something of (`telling` finds it), its short headings
    taken as headings."""
    heading = ""
    ahead = False
    for paragraph in _whole(book):
        lines = book.lines[paragraph.first - 1 : paragraph.last]
        if len(lines) > 1 and not any(map(telling.search, lines)):
            ahead = lines[-1].rstrip().endswith(":") and looks_ahead(" ".join(lines))
            continue
        text = running(book.lines, paragraph.first, paragraph.last)
        apart = paragraph.first == 1 or not book.lines[paragraph.first - 2].strip()
        if apart and paragraph.first == paragraph.last and _HEADING.fullmatch(text.text):
            heading, ahead = text.text, looks_ahead(text.text)
            continue
        ahead = looks_ahead(text.text) if text.text.rstrip().endswith(":") else ahead and bool(_ITEM.match(text.text))
        yield Section(paragraph, text, heading or paragraph.heading, ahead)


def read(book: Book, index: Index) -> list[Said]:
    """All sentences with numbers, in document order."""
    made = []
    for section in sections(book, HINT):
        memory = under(section.heading, index)
        silent: list[str] = []
        for sentence in sentences(section.running):
            found = numbers(sentence.text)
            if not found:
                silent.append(sentence.text)
                continue
            for at, text in enumerate(silent, 1):
                memory = passed(text, index, memory, near=at > len(silent) - 2)
            silent.clear()
            understood, memory = cues(sentence.text, found, index, memory)
            if section.ahead:
                understood = tuple(cue._replace(ahead=True) for cue in understood)
            made.append(Said(section.paragraph, section.running, sentence, understood))
    return made


def _whole(book: Book) -> list[Paragraph]:
    """The paragraphs, a line that only goes on with the one before joined to it."""
    made: list[Paragraph] = []
    for paragraph in book.prose:
        before = made[-1] if made else None
        line = book.lines[paragraph.first - 1].strip()
        if (
            before is not None
            and before.last + 1 == paragraph.first
            and not _CLOSED.search(book.lines[before.last - 1])
            and (line[:1].islower() or (_ITEM.match(book.lines[before.first - 1]) and not _ITEM.match(line)))
        ):
            made[-1] = before._replace(last=paragraph.last)
        else:
            made.append(paragraph)
    return made


def under(heading: str, index: Index) -> Memory:
    """What a heading tells the paragraph under it: its words, its period, the entity it names."""
    periods = tuple(
        m.periods[0]
        for m in mentions(heading, index.calendar)
        if m.periods and not m.weak and not m.periods[0].is_instant
    )
    below = passed(heading, index, Memory())
    return Memory(heading=tokens(heading), names=below.names, periods=periods[:1])
