"""PR02: a word says up or down, and the figures went the other way.

What it ties: `increased`, `lower`, `declined` … said of a named measure without a number, each measure of a list on
its own, to the two figures of its row: the period that the sentence names, and the one before.
Why: a sentence without a number is read as fact all the same, and no number in it can be ticked.
Ties: `gross profit decreased` over 6,905 after 10,390 thousand.
Breaks: `income from operations and cash flow have all increased` where income from operations fell from 9,023 to
(11,202) thousand. Reported as a query: words are wider than figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from orebook.check.context import Context
from orebook.check.prose.context import Cue, Memory, passed
from orebook.check.prose.index import Index, Line, build, size
from orebook.check.prose.manner import LEVEL, looks_ahead
from orebook.check.prose.meaning import at, entity, score, unheard
from orebook.check.prose.numbers import QUANTITY, Number
from orebook.check.prose.outcome import name
from orebook.check.prose.phrases import nearest_words
from orebook.check.prose.scan import COMPARED, MOVED, Words
from orebook.check.prose.sentences import Section, sections, under
from orebook.check.prose.text import Sentence
from orebook.check.prose.timing import against, periods_of, setting_of
from orebook.check.prose.words import direction, tokens, vocabulary
from orebook.model.book import Book
from orebook.model.interval import Interval
from orebook.model.named import NamedTuple
from orebook.model.period import Period
from orebook.model.slotted import replaced
from orebook.model.spot import Spot
from orebook.model.tie import Finding

CODE = "PR02"
NAME = "prose.direction-contradicted"

_SAID = re.compile(
    r"[a-z]+(?=\s*(?:[.,;]|in\b|during\b|for\b|over\b|compared\b|as\b|from\b|than\b|this\b|because\b|due\b|$))"
)
_NO_VERB = re.compile(r"(?:\b(?:to|of|the|by|from|with|and|for|in)|ed)\s$")
_HOW = "all|also|both|slightly|significantly|substantially|further|somewhat"
_LEAD = rf"(?:\b(?:has|have|had)\s+)?(?:\b(?:{_HOW}|each)\s+)*"
_VERB_LED = re.compile(rf"{_LEAD}$")
_WAS_LED = re.compile(rf"{_LEAD}\b(?:was|were|is|are)\s+(?:\b(?:{_HOW})\s+)*$")
_REACH = 80
_SPLIT = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_STARTS = re.compile(r"^.*?(?:\bsaid,?\s*[\"“]|[\"“:;]\s*|\b(?:because|although|while|that|as)\b)", re.IGNORECASE)
_FAMILIES = ("M", "M/share", "M/oz", "M/lb", "M/kg", "oz", "kg", "ton", "tonne")
_RESULTS = frozenset(
    ("income", "cash", "opcash", "invcash", "fincash", "margin", "revenue", "ebitda", "flow", "change")
)
_SHARE_OF = re.compile(r"\b(?:percentages?|rates?|ratios?)\b", re.IGNORECASE)
_ZERO = Fraction(0)
_LEAST = 90


def run(view: Context) -> Iterator[Finding]:
    """A query for each measure that a sentence says moved one way and that its row shows moved the other."""
    yield from directions(view.book)


def directions(book: Book) -> tuple[Finding, ...]:
    """The direction words without a number that the figures contradict."""
    index = build(book)
    if index is None:
        return ()
    made: list[Finding] = []
    for section in sections(book):
        for place, (sentence, found) in enumerate(section.sentences):
            if not found:
                made += _sentence(section, place, sentence, index)
    return tuple(made)


def _memory(section: Section, place: int, index: Index) -> Memory:
    """What the heading and the sentences before leave to the sentence `place` of a section."""
    memory = under(section.heading, index)
    for sentence, _ in section.sentences[:place]:
        memory = passed(sentence.words, index, memory)
    return memory


class _Moved(NamedTuple):
    """A word that says up or down, and where what leads to it (`has also`) begins and the word ends."""

    start: int
    end: int
    word: str


def _moved_in(words: Words) -> _Moved | None:
    """The first word of a sentence that says of what stands before it that it went up or down."""
    low = words.low
    for start, end in words.places(MOVED):
        if not _SAID.match(low, start):
            continue
        before = low[max(0, start - _REACH) : start]
        if low[start:end] in COMPARED:
            led = _WAS_LED.search(before)
        else:
            led = None if _NO_VERB.search(before[-6:]) else _VERB_LED.search(before)
        if led is not None:
            return _Moved(start - len(before) + led.start(), end, low[start:end])
    return None


def _sentence(section: Section, place: int, sentence: Sentence, index: Index) -> list[Finding]:
    """The findings of one sentence that prints no number."""
    moved = _moved_in(sentence.words) if sentence.words.kinds & MOVED else None
    if moved is None or looks_ahead(sentence.words):
        return []
    said = moved.word
    subject = _STARTS.sub("", sentence.text[: moved.start])
    cues = [cue for piece in _SPLIT.split(subject) if (cue := _cue(piece, moved, index)) is not None]
    named = [(cue, lines) for cue in cues if (lines := _meant(cue, index))]
    memory = _memory(section, place, index) if named else Memory()
    if not named or memory.names:
        return []
    setting = setting_of(sentence.words, (_dummy("M", moved),), index.calendar)
    periods, firm, _ = periods_of(setting, 0, None, memory.periods)
    if not firm or not periods:
        return []
    before = against(setting, 0, periods)
    made = []
    for cue, lines in named:
        finding = _check(replaced(cue, periods=periods, against=before), lines, direction(said), periods[0], index)
        if finding is not None:
            line, start = section.running.place(sentence.start + moved.end - len(said))
            made.append(finding._replace(spot=Spot(line, start, start + len(said))))
    return made


def _dummy(unit: str, moved: _Moved) -> Number:
    start = moved.end - len(moved.word)
    return Number(start, moved.end, moved.word, QUANTITY, _ZERO, Fraction(1), Fraction(1), 1, unit)


def _cue(piece: str, moved: _Moved, index: Index) -> Cue | None:
    """What a piece of the subject names; None where it names nothing on its own, or a part of the company."""
    words = tokens(nearest_words(piece)) - index.company
    if not words or words <= vocabulary().light or index.names.find(piece) or _SHARE_OF.search(piece):
        return None
    nothing = frozenset[str]()
    number = _dummy("M", moved)
    cue = Cue(number, LEVEL, words, words, words, piece, "", (), True, None, nothing, False, "", 0, False, 0)
    return replaced(cue, heard=Interval(_ZERO, _ZERO))


def _meant(cue: Cue, index: Index) -> list[Line]:
    """The rows that the words can only mean."""
    found = []
    for family in _FAMILIES:
        for line in index.naming(family, cue.strong) if family in index.families else ():
            good = score(cue, line, index, _LEAST) if entity(cue, line, index) else 0
            if good >= _LEAST and not unheard(cue, line, index):
                found.append((good, line))
    best = max((good for good, _ in found), default=0)
    found.sort(key=lambda pair: (-len(pair[1].label & cue.strong), pair[1].table.number, pair[1].row.number))
    return [line for good, line in found if good == best]


def _check(cue: Cue, lines: list[Line], way: int, period: Period, index: Index) -> Finding | None:
    """A query where every row that the words can only mean moved the other way."""
    if not way or cue.against is None:
        return None
    moves = [_moved(line, period, cue.against, index) for line in lines]
    if any(move is None or move * way >= 0 for move in moves):
        return None
    new, old = at(lines[0], period, index), at(lines[0], cue.against, index)
    if new is None or old is None:
        return None
    said = cue.number.text
    message = f"the sentence says {said} of what the figures show the other way: {name(new)} after {name(old)}"
    return Finding(CODE, "query", new.spot, message, said, str(moves[0]), suspect=new.spot)


def _moved(line: Line, period: Period, before: Period, index: Index) -> int | None:
    """+1 where the row went up, -1 where it went down, 0 where it stood; None where a figure is missing."""
    new, old = at(line, period, index), at(line, before, index)
    if new is None or old is None or new.value is None or old.value is None:
        return None
    steps = [size(old), size(new)]
    gaps = [two - one for one, two in pairwise(steps)]
    if all(step < 0 for step in steps) and ("loss" in line.row.label.lower() or line.label.isdisjoint(_RESULTS)):
        # A loss, and a cost that is printed in brackets, are told by their magnitude.
        gaps = [-gap for gap in gaps]
    return (gaps[0] > 0) - (gaps[0] < 0)
