"""The headings over the columns of a printed table: periods that span columns, and a heading for each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from orebook.book.periods import read_words
from orebook.model.fact import Column
from orebook.model.named import NamedTuple
from orebook.model.period import PRINTED_MONTHS, Period, month_end
from orebook.write.words import COUNTS

_DATE = re.compile(r"\b[A-Z][a-z]+\.? ?\d{1,2}, ?(?:19|20)\d\d$")
_TIME = re.compile(
    r"\b(?:Q[1-4]|[1-4]Q|(?:first|second|third|fourth|1st|2nd|3rd|4th|three|six|nine|twelve|thirteen|twenty-six|thirty-nine"
    r"|fifty-two|fifty-three|\d{1,2})[ -](?:months?|mos|weeks?|quarters?|qtrs?)|(?:fiscal )?(?:quarters?|qtrs?)|(?:fiscal )?years?(?:[ -]to[ -]date)?"
    r"|months?|weeks?|periods?|fiscal|ytd|end(?:ed|ing)|as of|as at|at|for the|for|and"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?(?: \d{1,2}\b)?|(?:19|20)\d\d)\b|\d{1,2}/\d{1,2}/\d{2,4}|[,.'’]",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Za-z]")
_BRACKETS = re.compile(r"\([^()]*\)")
_WEEKS = {13: "Thirteen", 26: "Twenty-six", 39: "Thirty-nine", 52: "Fifty-two", 53: "Fifty-three"}


class Span(NamedTuple):
    """A heading over the columns `first` to `last` (inclusive)."""

    text: str
    first: int
    last: int


class Headings(NamedTuple):
    """The headings of a table: `spans` over several columns, `leaves` one for each column ("" where none)."""

    spans: tuple[Span, ...]
    leaves: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not self.spans and not any(self.leaves)


def headings_of(columns: Sequence[Column], *, untitled: bool) -> Headings:
    """What stands over the columns: the printed headings where they state their periods in full, else the periods.

    A table without a title whose columns print nothing takes its periods from the sentence above it, and keeps
    to that.
    """
    if untitled and not any(column.heading for column in columns):
        return Headings((), ("",) * len(columns))
    parts = [_parted(column) for column in columns]
    pairs = [_pair(parts, at) for at in range(len(parts))]
    spans: list[Span] = []
    for text, group in groupby(range(len(pairs)), key=lambda index: pairs[index][0]):
        run = list(group)
        if text:
            spans.append(Span(text, run[0], run[-1]))
    return Headings(tuple(spans), tuple(leaf for _, leaf in pairs))


class _Part(NamedTuple):
    """A column's heading in parts: `Nine Months Ended`, `Sept. 30, 2007`, and what else it says."""

    length: str
    date: str
    rest: str


def _pair(parts: Sequence[_Part], at: int) -> tuple[str, str]:
    """What stands over a column and in it: where neighbours share a whole period and differ in the rest, the period
    spans them."""
    part = parts[at]
    beside = (*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2])
    if part.rest and part.date and any((other.length, other.date) == part[:2] for other in beside):
        return f"{part.length} {part.date}".strip(), part.rest
    return part.length, f"{part.date} {part.rest}".strip()


def _parted(column: Column) -> _Part:
    """The parts of a column's heading.

    Where the printed heading leaves a part of its period to the lines around it, the period is written out.
    """
    if column.period is None:
        return _Part("", "", column.heading)
    printed = " ".join(_BRACKETS.sub(" ", column.heading).split())
    found = _DATE.search(printed)
    if found and _states(printed, column.period):
        return _Part(printed[: found.start()].strip(), found.group(), "")
    rest = " ".join(_TIME.sub(" ", printed).split())
    return _Part(length_words(column.period), date_words(column.period), rest if _LETTER.search(rest) else "")


def _states(text: str, period: Period) -> bool:
    """Whether a heading alone says all that the period is."""
    reading = read_words(text)
    if reading.year is None or reading.month is None or reading.day is None:
        return False
    end = min(reading.day, month_end(reading.year, reading.month).day)
    same = (reading.year, reading.month, end) == (period.end.year, period.end.month, period.end.day)
    return same and (reading.months, reading.weeks) == (period.months, period.weeks)


def date_words(period: Period) -> str:
    """The day a period ends, as headings print it: `Sept. 30, 2007`."""
    return f"{PRINTED_MONTHS[period.end.month - 1]} {period.end.day}, {period.end.year}"


def length_words(period: Period) -> str:
    """How long a period is, as headings print it: `Nine Months Ended`; "" for a moment."""
    if period.weeks is not None:
        return f"{_WEEKS.get(period.weeks, str(period.weeks))} Weeks Ended"
    if period.months is None:
        return ""
    if period.months == 12:
        return "Year Ended"
    count = COUNTS[period.months].title() if period.months < len(COUNTS) else str(period.months)
    return f"{count} {'Month' if period.months == 1 else 'Months'} Ended"
