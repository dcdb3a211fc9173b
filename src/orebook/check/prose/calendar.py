"""The periods that a document's columns are about, and what the document itself calls them: its current quarter, its year
to date, the number of the quarter and the name of the fiscal year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from orebook.lexicon import load
from orebook.model.named import NamedTuple
from orebook.model.period import SHORT_MONTHS, Period, months_before
from orebook.model.slotted import slotted

YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
MONTH_STEMS = "|".join(SHORT_MONTHS).replace("sep", "sept?")
ORDINAL = r"first|second|third|fourth|final|1st|2nd|3rd|4th"
WEEKS = (
    "thirteen",
    "fourteen",
    "twenty-six",
    "thirty-nine",
    "fifty-two",
    "fifty-three",
    "13",
    "14",
    "26",
    "27",
    "39",
    "40",
    "52",
    "53",
)
"""The weeks of one to four quarters, spelt out and in figures."""
OF = r"(?:\s*,?\s+(?:(?:of|in|for|during|from|to)\s+)?(?:the\s+)?(?:fiscal\s+)?(?:year\s+)?(?:in\s+)?"
"""What leads from a quarter to its year; the bracket is closed by whoever says what follows."""


class Mention(NamedTuple):
    """A phrase that names periods, in order (`quarter and nine months ended …, 2003 and 2002` names four).

    `dated` is True where it names its year, `years` how many years back that is. `relative` marks one that says only `a year before`, whose length is that of the period it is compared with.
    """

    start: int
    end: int
    periods: tuple[Period, ...]
    relative: bool = False
    weak: bool = False
    dated: bool = False
    years: int = 0


@slotted
class Calendar:
    """The periods that a document's columns are about.

    `end` is the close of the current period, `quarter` and `ytd` the current durations (either may be
    missing), `nth` the current quarter's number in its fiscal year, `label` the year that the document
    itself gives the current period. `found` keeps what was looked up, `said` what phrases were read as.
    """

    end: date
    quarter: Period | None
    ytd: Period | None
    nth: int
    label: int
    annual: bool
    known: Mapping[Period, int]
    found: dict[tuple[int | None, date], Period]
    said: dict[str, Mention | None]

    def find(self, months: int | None, end: date) -> Period:
        """The document's period of that length and end (to within a fortnight, as 13-week quarters drift)."""
        key = (months, end)
        found = self.found.get(key)
        if found is None:
            near = (p for p in self.known if p.months == months and abs((p.end - end).days) <= 16)
            found = self.found[key] = next(near, None) or Period(end, months)
        return found

    def has(self, period: Period) -> bool:
        return period in self.known

    def back(self, period: Period, years: int) -> Period:
        return self.find(period.months, before(period.end, 12 * years)) if years else period

    def earlier(self, period: Period) -> Period:
        """What a figure is compared with where nothing says with what: that of a year before; of a quarter, where the
        document prints none of a year before, that of the quarter before."""
        year = self.back(period, 1)
        if period.months != 3 or self.has(year):
            return year
        last = self.find(3, before(period.end, 3))
        return last if self.has(last) else year

    def default(self) -> tuple[Period, ...]:
        """What a sentence means that names no period: the current quarter, else the year to date (the other way round in
        an annual report), else now."""
        spans = (self.ytd, self.quarter) if self.annual else (self.quarter, self.ytd)
        return tuple(p for p in (*spans, self.find(None, self.end)) if p is not None)


before = lru_cache(maxsize=512)(months_before)


_FEW = 4


def _is_trailing(period: Period, count: Mapping[Period, int], quarter: Period, year_end: str) -> bool:
    """Whether twelve months are the last four quarters, which a bridge or two are about, and no fiscal year: or they close
    in another quarter than the fiscal year does, as utilities print them in every report."""
    if period.months != 12:
        return False
    return _FEW * count[period] < count[quarter] or _quarter_of(period.end, year_end) in (1, 2, 3)


def calendar(
    periods: Iterable[Period | None],
    stated: date | None,
    lines: Iterable[str],
    *,
    annual: bool = False,
    year_end: str = "",
    named: Mapping[date, int] | None = None,
) -> Calendar | None:
    """The calendar of a document from the periods of its figures; None where no figure has one.

    `year_end` is the close of the fiscal year as the submission's header states it, `MMDD`, or empty; `named` the years
    that columns are headed with, by the close of what they print.
    """
    count: Counter[Period] = Counter()
    for period, times in Counter(periods).items():
        if period is not None:
            count[Period(period.end, period.months)] += times
    if not count:
        return None
    durations = [p for p in count if p.months is not None]
    end = _current(durations or list(count), count, stated)
    here = sorted((p for p in durations if abs((p.end - end).days) <= 16), key=lambda p: p.months or 0)
    quarter = next((p for p in here if p.months == 3), None)
    spans = [p for p in here if p.months != 3 and not (quarter and _is_trailing(p, count, quarter, year_end))]
    ytd = spans[-1] if spans else None
    nth = (ytd.months or 0) // 3 if ytd is not None else _quarter_of(end, year_end)
    nth, label = _numbering(lines, end, nth)
    own = (named or {}).get(end, 0)
    label = own if own in (end.year - 1, end.year, end.year + 1) else label
    return Calendar(end, quarter, ytd, nth, label, annual, count, {}, {})


def _current(periods: list[Period], count: Counter[Period], stated: date | None) -> date:
    """The close of the current period: what the file states, else the latest that several figures share."""
    if stated is not None:
        near = [p.end for p in periods if abs((p.end - stated).days) <= 16]
        if near:
            return max(near)
    most = max(count[p] for p in periods)
    return max(p.end for p in periods if count[p] * 8 >= most)


_HEADLINE = re.compile(
    rf"\b({ORDINAL})[\s-]+(?:fiscal\s+)?quarter(?:{OF}({YEAR}))?)?|({YEAR})\s+({ORDINAL})\s+quarter", re.IGNORECASE
)


_SHORT_HEADLINE = re.compile(r"\bQ([1-4])[\s-]+(?:fiscal(?:\s+year)?|FY)\s?((?:19|20)\d\d)\b", re.IGNORECASE)
_DRIFT = timedelta(days=15)
"""A fiscal quarter may close so many days after the month that it is counted to."""


def _quarter_of(end: date, year_end: str) -> int:
    """The number of the fiscal quarter that closes on a day; 0 where no year's end is stated."""
    if len(year_end) != len("MMDD") or not year_end.isdigit():
        return 0
    closes = safe(2000, int(year_end[:2]), int(year_end[2:])) - _DRIFT
    return ((end - _DRIFT).month - closes.month - 1) % 12 // 3 + 1


def _numbering(lines: Iterable[str], end: date, nth: int) -> tuple[int, int]:
    """The number of the current quarter (`nth`, or, where that is 0, the first one named) and the year that the document
    puts it in.

    The latest year said of that quarter, as comparatives are said of it too; but a fiscal year is called after the year
    it closes in, or, where it closes in the first months of that, after the one before.
    """
    label = 0
    for line in lines:
        for said, year in _headlines(line):
            nth = nth or said
            if said == nth and year in _called(end, nth):
                label = max(label, year)
        if nth and label == _called(end, nth)[0]:
            break
    return nth or (end.month + 2) // 3, label or end.year


def _headlines(line: str) -> Iterator[tuple[int, int]]:
    """The quarters that a line names, each with its year, or 0: `the third quarter of 2024`, `Q3 Fiscal 2024`."""
    low = line.lower()
    for match in _HEADLINE.finditer(line) if "quarter" in low else ():
        yield ordinal(match.group(1) or match.group(4)), year_of(match.group(2) or match.group(3) or "0000")
    for match in _SHORT_HEADLINE.finditer(line) if "fiscal" in low or " fy" in low else ():
        yield int(match.group(1)), int(match.group(2))


@lru_cache(maxsize=64)
def _called(end: date, nth: int) -> tuple[int, ...]:
    """What the fiscal year may be called whose quarter of that number closes at `end`: the likelier first."""
    months = end.year * 12 + end.month - 1 + 3 * (4 - nth)
    year, month = divmod(months, 12)
    return (year, year - 1) if month < _MIDDLE else (year,)


_MIDDLE = 5  # June, counted from nought


def year_of(text: str) -> int:
    """A year in four figures, or in two after an apostrophe."""
    year = int(text[-2:])
    return int(text) if len(text) > len("'04") else year + (1900 if year > CENTURY else 2000)


CENTURY = 50


@cache
def words() -> dict[str, dict[str, int]]:
    made: dict[str, dict[str, int]] = load("prose")["period"]
    return made


def ordinal(word: str) -> int:
    return words()["ordinals"].get(word.lower(), 0)


def safe(year: int, month: int, day: int) -> date:
    while day > 28:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
    return date(year, min(max(month, 1), 12), max(day, 1))
