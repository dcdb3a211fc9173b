"""The sentences of a book with their numbers understood, in document order."""

from __future__ import annotations

import re

from orebook.check.context import kept
from orebook.check.prose.context import Cue, Memory, cues, passed
from orebook.check.prose.index import Index
from orebook.check.prose.manner import looks_ahead
from orebook.check.prose.numbers import Number, numbers, tells
from orebook.check.prose.periods import mentions
from orebook.check.prose.scan import MOVED, Words
from orebook.check.prose.text import Running, Sentence, abbreviated, english, foreign, running, sentences
from orebook.check.prose.words import tokens
from orebook.model.book import Book, Paragraph
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced, slotted

_CLOSED = re.compile(r"[.!?:][\"”’)]*\s*$")
_TEN = re.compile(r"[0-9]")
_ITEM = re.compile(r"\s*(?:[-–—•*·●▪■]|o\s|\d{1,2}[.)]\s|[a-z]\))")
_BULLET = re.compile(r"(?:[-–—•*·●▪■]|o)\s")
_NOTHING: frozenset[str] = frozenset()
# `Red Gum Mine (70%)`: the one number of a heading is the share that the company has.
_HEADING = re.compile(r"(?![-–—•*o]\s|--)[A-Z0-9(“\"'’][^.!?$%]{2,75}(?:\(\d[\d.]*\s?%[^()$.]{0,30}\))?")


@slotted
class Said:
    """A sentence with its numbers understood, where it stands, and the heading that it stands under."""

    paragraph: Paragraph
    running: Running
    sentence: Sentence
    cues: tuple[Cue, ...]
    heading: str


class Section(NamedTuple):
    """A paragraph as running text, its sentences each with its numbers, the heading it stands under, and whether what
    introduces it looks ahead."""

    paragraph: Paragraph
    running: Running
    sentences: tuple[tuple[Sentence, tuple[Number, ...]], ...]
    heading: str
    ahead: bool


@kept()
def sections(book: Book) -> tuple[Section, ...]:
    """The paragraphs of a book in order that may tell a number or a direction, its short headings taken as headings.

    Numbers and directions share them.
    """
    made: list[Section] = []
    headings: list[tuple[int, str]] = []
    heading = ""
    ahead = False
    turned = foreign(book.facts)
    for paragraph in _whole(book):
        given = text = running(book.lines, paragraph.first, paragraph.last)
        if turned is not None:
            text = replaced(given, text=english(given.text, turned))
        if paragraph.first < paragraph.last and not _TEN.search(text.text):
            words = Words(text.text)
            if not (words.kinds & MOVED or tells(words)):
                ahead = text.text.endswith(":") and looks_ahead(words)
                continue
        apart = paragraph.first == 1 or not book.lines[paragraph.first - 2].strip()
        if apart and paragraph.first == paragraph.last and _HEADING.fullmatch(text.text):
            heading, ahead = _under(headings, book.lines[paragraph.first - 1], text.text), looks_ahead(Words(text.text))
            continue
        closing = text.text.endswith(":")
        ahead = looks_ahead(Words(text.text)) if closing else ahead and bool(_ITEM.match(text.text))
        said = tuple((each, numbers(each.words)) for each in sentences(text))
        if text is not given:
            said = tuple((each, _as_printed(each, all_, given.text)) for each, all_ in said)
        made.append(Section(paragraph, text, said, heading or paragraph.heading, ahead))
    return tuple(made)


def _as_printed(sentence: Sentence, found: tuple[Number, ...], text: str) -> tuple[Number, ...]:
    """Numbers with their text as the paragraph prints it, which the sentence has as English would."""
    at = sentence.start
    return tuple(replaced(number, text=text[at + number.start : at + number.end]) for number in found)


_STEP = 8


def _under(headings: list[tuple[int, str]], line: str, text: str) -> str:
    """A heading after those that it stands under: each a few columns left of the next (`Depreciation`, `   Life Insurance`).

    `headings` are the indents and texts of the last ones, the outermost first.
    """
    indent = len(line) - len(line.lstrip())
    while headings and not 0 < indent - headings[-1][0] <= _STEP:
        headings.pop()
    headings.append((indent, text))
    return "; ".join(said for _, said in headings)


def read(book: Book, index: Index) -> list[Said]:
    """All sentences with numbers, in document order."""
    made = []
    headings: dict[str, Memory] = {}
    for section in sections(book):
        if not any(found for _, found in section.sentences):
            continue
        if section.heading not in headings:
            headings[section.heading] = under(section.heading, index)
        memory = headings[section.heading]
        silent: list[Words] = []
        for sentence, found in section.sentences:
            if not found:
                silent.append(sentence.words)
                continue
            for at, words in enumerate(silent, 1):
                memory = passed(words, index, memory, near=at > len(silent) - 2)
            silent.clear()
            if memory.strong and _BULLET.match(sentence.text):
                memory = memory._replace(strong=_NOTHING)  # each item of a list names its own measures
            understood, memory = cues(sentence.words, found, index, memory)
            if section.ahead:
                understood = tuple(replaced(cue, ahead=True) for cue in understood)
            made.append(Said(section.paragraph, section.running, sentence, understood, section.heading))
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
            and (not _CLOSED.search(book.lines[before.last - 1]) or _is_abbreviated(book.lines[before.last - 1], line))
            and (line[:1].islower() or (_ITEM.match(book.lines[before.first - 1]) and not _ITEM.match(line)))
        ):
            made[-1] = before._replace(last=paragraph.last)
        else:
            made.append(paragraph)
    return made


def _is_abbreviated(line: str, following: str) -> bool:
    """Whether a line ends in an abbreviation (`per gold eq.`) and the one after it goes on."""
    line = line.rstrip()
    return following[:1].islower() and abbreviated(line, len(line))


def under(heading: str, index: Index) -> Memory:
    """What a heading tells the paragraph under it: its words, its period, the entity it names."""
    words = Words(heading)
    periods = tuple(
        m.periods[0]
        for m in mentions(words, index.calendar)
        if m.periods and not m.weak and not m.periods[0].is_instant
    )
    below = passed(words, index, Memory())
    return Memory(heading=tokens(heading), names=below.names, periods=periods[:1])
