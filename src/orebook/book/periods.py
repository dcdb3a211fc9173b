"""Column headings and captions -> periods."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise

from orebook.model.named import NamedTuple
from orebook.model.period import SHORT_MONTHS, Period, month_end

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "twenty-four": 24, "twenty-six": 26, "thirty-nine": 39,
    "forty": 40, "fifty-two": 52, "fifty-three": 53, "sixteen": 16, "seventeen": 17, "twenty-eight": 28,
}  # fmt: skip
# A number in digits or words; which words are numbers, the list above says.
_DAYS = 31
_NUMBER = r"(?:\d{1,2}|[a-z]+(?:-[a-z]+)?)"
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_FULL_DATE = re.compile(rf"{_MONTH}\s*(\d{{1,2}})?\s*,?\s*((?:19|20)\d\d)\b")
# `31-Dec-03`, `31 December 2003`, `Dec-03`, `Dec '03`: the day before the month, or two digits of the year.
# Few headings are dated so: the patterns are made where they are first asked for.
_DAY_BEFORE = re.compile(r"[0-9][- ][a-z]")
_DAY_FIRST = rf"\b(\d{{1,2}})[- ]{_MONTH}(?:[- ,]\s*((?:19|20)\d\d)|[- ](\d\d)(?!\d|[- ]{_MONTH}|[,/.]))\b"
_DAY_ALONE = rf"\b(\d{{1,2}}) {_MONTH}(?!\s*\d)"
_SHORT_YEAR = rf"\b{_MONTH}(?:-|\s?['’])(\d\d|(?:19|20)\d\d)\b(?!-\d)"
_SPLIT_YEAR = r"\b((?:19|20)\d\d)/(\d\d)\b"
_MONTH_QUARTER = rf"\b{_MONTH} (?:quarter|qtr|q)\b"
_MONTH_YEAR_QUARTER = rf"\b{_MONTH} ['’]?(\d\d) (?:quarter|qtr)\b"
_NUMBERED_DATE = r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)?\d\d)\b|\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b"
_DAY_SLASH_YEAR = rf"{_MONTH}\s*(\d{{1,2}})/((?:19|20)?\d\d)\b"
_MONTH_DAY = re.compile(rf"{_MONTH}\s*(\d{{1,2}})\b(?!\s*,?\s*(?:19|20)\d\d)")
_SLASH_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)?\d\d)\b")
A_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(r"\b((?:19|20)\d\d)[eaf]?\b")
_SHORT_QUARTER = re.compile(
    r"\b([1-4])q[\s/-]?(?:fy)?\s?['’]?((?:19|20)?\d\d)\b|\bq([1-4])[\s/-]?(?:fy)?\s?['’]?((?:19|20)?\d\d)\b|\b([1-4])q\b|\bq([1-4])\b|\bqtr\.?\s?([1-4])\b",
)
_COUNTED = re.compile(rf"\b({_NUMBER})[- ](week|month|mo|mth|quarter)s?\b")
_QUARTER = re.compile(
    r"\b(?:(?:first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:fiscal\s+)?)?(?<!by )(?:quarters?|qtrs?)\b|\bthree\s*months\b"
    r"|\b(?:mar|jun|sep|dec)[a-z]*\.? q\b",
)
_HALF = re.compile(r"\b(?:first|second)?\s*half\b|\bsix\s*months\b|\bh[12]\b|\b[12]h")
_SHORT_HALF = r"\b(?:(first|second)\s+half|h([12])|([12])h)\s?(?:fy\s?)?['’]?((?:19|20)?\d\d)?\b"
_HALVES = ("half", "h1", "h2", "1h", "2h")
# `in excess of one year` is a term, no length of the table.
_YEARLY = re.compile(
    r"(?<!\bone )\b(?:fiscal\s+)?years?\b(?!\s*-?\s*to\s*-?\s*date)(?:\s+end(?:ed|ing))?|\bannual(?:ly)?\b(?!\s+(?:general\s+)?meeting)|\bfiscal\s+(?:19|20)\d\d\b|\btwelve\s*months\b|\b[tl]tm\b|\bfy\s?['’]?(?:19|20)?\d\d\b",
)
_FISCAL_YEAR = r"\b(?:fy\s?['’]?|f?ytd(?:\s?[/'’-]\s?)?)((?:19|20)?\d\d)\b"
_SHORT_MONTHS = r"\b(3|6|9|12)m(?:[\s/-]?fy)?\s?['’]?((?:19|20)?\d\d)\b"
_TO_DATE = re.compile(r"\byear[- ]to[- ]date\b|\bf?ytd(?:\d|\b)")
_INSTANT = re.compile(r"\bas\s+of\b|\bat\b|\bas\s+at\b")
_QUARTER_WORD = re.compile(r"\b(first|second|third|fourth|1st|2nd|3rd|4th)\s+(?:fiscal\s+)?(?:quarter|qtr)")
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
QUARTER_MONTHS, YEAR_MONTHS = 3, 12


class Reading(NamedTuple):
    """What a piece of heading says of time; every part may be missing."""

    months: int | None = None
    weeks: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    instant: bool = False
    to_date: bool = False
    quarter: int | None = None


@lru_cache(4096)
def read_words(text: str) -> Reading:
    """What a heading says of time: its length, its month and day, its year."""
    text = text.lower()
    if "/" in text:
        text = re.sub(_SPLIT_YEAR, _second_year, text)
    months, weeks = _length(text)
    month, day, year = _date(text)
    to_date = _TO_DATE.search(text) is not None
    if to_date and months == YEAR_MONTHS and "fy" in text:
        months = None  # `YTD FY24` is a part of that year
    quarter = _quarter(text)
    if to_date and quarter and months == QUARTER_MONTHS:
        months = QUARTER_MONTHS * quarter  # `3Q20 YTD`: from the year's first day on
    return Reading(
        months, weeks, month, day, year, _INSTANT.search(text) is not None and months is None, to_date, quarter
    )


def _second_year(found: re.Match[str]) -> str:
    """The fiscal year `2003/04` by the year in which it ends."""
    follows = (int(found[1]) + 1) % 100 == int(found[2])
    return str(int(found[1]) + 1) if follows else found[0]


def _length(text: str) -> tuple[int | None, int | None]:
    both: tuple[int, int | None] | None = None
    for found in _COUNTED.finditer(text):
        count = _count(found.group(1))
        if not count:
            continue
        unit = found.group(2)
        length = (
            (months_of_weeks(count), count)
            if unit == "week"
            else (count * (QUARTER_MONTHS if unit == "quarter" else 1), None)
        )
        before = text[: found.start()].rsplit(None, 2)[-2:] if "and" in text else []
        if before[-1:] != ["and"] or not _count(before[0]):
            return length
        # `three and nine months` is said of all columns: what follows tells which.
        both = both or length
    if both:
        return both
    if _QUARTER.search(text) or _SHORT_QUARTER.search(text):
        return QUARTER_MONTHS, None
    if "m" in text and (short := re.search(_SHORT_MONTHS, text)):
        return int(short.group(1)), None
    if _HALF.search(text):
        return 6, None
    if _YEARLY.search(text):
        return YEAR_MONTHS, None
    return None, None


def by_quarters(months: list[int]) -> bool:
    """Whether months stand in turn, each the last of a quarter after the one before: 9, 12, 3, 6."""
    return {(two - one) % YEAR_MONTHS for one, two in pairwise(months)} == {QUARTER_MONTHS}


def months_of_weeks(weeks: int) -> int:
    """Weeks as the nearest usual number of months: 13 are 3, 26 are 6, 39 are 9, 52 and 53 are 12."""
    return max(1, (weeks * 12 + 26) // 52)


def _count(word: str) -> int:
    """The number that a word or digits say; 0 for other words."""
    return int(word) if word.isdigit() else _WORDS.get(word, 0)


def _date(text: str) -> tuple[int | None, int | None, int | None]:
    day_before = _DAY_BEFORE.search(text) is not None
    day_first = re.search(_DAY_FIRST, text) if day_before else None
    if day_first and 1 <= int(day_first.group(1)) <= 31:
        return _month(day_first.group(2)), int(day_first.group(1)), full_year(day_first.group(3) or day_first.group(4))
    found = _FULL_DATE.search(text)
    if found:
        return _month(found.group(1)), int(found.group(2)) if found.group(2) else None, int(found.group(3))
    short = re.search(_SHORT_YEAR, text) if "-" in text or "'" in text or "’" in text else None
    short = short or (re.search(_MONTH_YEAR_QUARTER, text) if "q" in text else None)
    if short:
        return _month(short.group(1)), None, full_year(short.group(2))
    numbered = _numbered(text) if "/" in text or text.count(".") > 1 or text.count("-") > 1 else None
    if numbered:
        return numbered
    slashed = _slashed(text)
    if slashed:
        return slashed
    found = _MONTH_DAY.search(text)
    years = _YEAR.findall(text)
    if (
        found
        and not years
        and text.endswith(found.group(2))
        and (found.group(2)[0] == "0" or int(found.group(2)) > _DAYS)
    ):
        # `Year to June 03`, `Dec 98`
        return _month(found.group(1)), None, full_year(found.group(2))
    year = int(years[-1]) if years else None
    if found and 1 <= int(found.group(2)) <= 31:
        return _month(found.group(1)), int(found.group(2)), year
    alone = re.search(_DAY_ALONE, text) if day_before else None
    if alone and 1 <= int(alone.group(1)) <= 31:
        return _month(alone.group(2)), int(alone.group(1)), year
    return _of_quarter(text, year)


def _slashed(text: str) -> tuple[int, int, int] | None:
    """Month, day and year of `9/30/97`, and of `30/9/97`, whose first number is no month."""
    found = _SLASH_DATE.search(text)
    if found is None:
        return None
    one, two, year = int(found.group(1)), int(found.group(2)), full_year(found.group(3))
    return (one, two, year) if 1 <= one <= 12 else (two, one, year) if 1 <= two <= 12 else None


def _of_quarter(text: str, year: int | None) -> tuple[int | None, int | None, int | None]:
    """What a text without a date says: the month of `March quarter 2001`, the year of `Q3 07` and `FY14`."""
    named = re.search(_MONTH_QUARTER, text) if "q" in text else None
    if year is not None or named:
        month = _month(named.group(1)) if named else None
        return month, None, _year_of_fiscal(text) if year is None else year
    short = _SHORT_QUARTER.search(text)
    if short and (short.group(2) or short.group(4)):
        return None, None, full_year(short.group(2) or short.group(4))
    return None, None, _year_of_fiscal(text)


def _numbered(text: str) -> tuple[int, int, int] | None:
    """Month, day and year of `30.09.2015`, `2015-09-30` and `Sept. 30/97`; `February 29/28, 2020/2019` names two days."""
    slashed = re.search(_DAY_SLASH_YEAR, text) if "/" in text and not _YEAR.search(text) else None
    if slashed:
        return _month(slashed.group(1)), int(slashed.group(2)), full_year(slashed.group(3))
    found = re.search(_NUMBERED_DATE, text)
    if found is None:
        return None
    day, month, year, *iso = found.groups()
    if iso[0]:
        year, month, day = iso
    return (int(month), int(day), full_year(year)) if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else None


def _year_of_fiscal(text: str) -> int | None:
    """The year of `FY14`, `YTD/05`, `1H06`, `H2 2006` and `9M08`."""
    months = re.search(_SHORT_MONTHS, text) if "m" in text else None
    if months:
        return full_year(months.group(2))
    fiscal = re.search(_FISCAL_YEAR, text) if "fy" in text or "ytd" in text else None
    if fiscal:
        return full_year(fiscal.group(1))
    half = _half(text)
    return full_year(half.group(4)) if half and half.group(4) else None


def _half(text: str) -> re.Match[str] | None:
    """`first half`, `H2`, `1H06`."""
    return re.search(_SHORT_HALF, text) if any(map(text.__contains__, _HALVES)) else None


def full_year(digits: str) -> int:
    """Two digits of a year stand for 1950 to 2049."""
    number = int(digits)
    return number if number > 100 else number + (1900 if number >= 50 else 2000)


def _month(name: str) -> int:
    return SHORT_MONTHS.index(name[:3]) + 1


def _quarter(text: str) -> int | None:
    found = _QUARTER_WORD.search(text)
    if found:
        return ORDINALS[found.group(1)]
    half = _half(text)
    if half:
        return 4 if "2" in (half.group(2), half.group(3)) or half.group(1) == "second" else 2
    short = _SHORT_QUARTER.search(text)
    return int(next(short.group(i) for i in (1, 3, 5, 6, 7) if short.group(i))) if short else None


def end_date(reading: Reading, fallback: tuple[int, int] | None) -> date | None:
    """The last day that a reading names; `fallback` gives month and day where only a year is printed."""
    if reading.year is None:
        return None
    month, day = reading.month, reading.day
    if month is None:
        if fallback is None:
            return None
        month, day = fallback
    last = month_end(reading.year, month)
    return last if day is None or day >= last.day else last.replace(day=day)


def full_date(reading: Reading) -> date | None:
    """The date that a reading names with its month and its day; None where either, or the year, is not printed."""
    return end_date(reading, None) if reading.month is not None and reading.day is not None else None


def merged(parts: list[Reading]) -> Reading:
    """Stacked pieces of a heading as one: for each part the first that says something, dates from the lowest."""
    made = Reading()
    for part in parts:
        made = Reading(
            made.months if made.months is not None else part.months,
            made.weeks if made.weeks is not None else part.weeks,
            part.month if part.month is not None else made.month,
            part.day if part.month is not None else made.day,
            part.year if part.year is not None else made.year,
            made.instant or part.instant,
            made.to_date or part.to_date,
            made.quarter if made.quarter is not None else part.quarter,
        )
    return made


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
OF_PERIODS = frozenset((
    "as", "of", "at", "and", "for", "the", "to", "ended", "ending", "month", "months", "week", "weeks", "quarter",
    "quarters", "year", "years", "fiscal", "period", "periods", "first", "second", "third", "fourth", "unaudited", "half",
    *_WORDS,
))  # fmt: skip


def is_full_period(text: str) -> bool:
    """Whether a text is a period to the day and nothing else: `Nine months ended December 31, 2000`."""
    if not text or not (text[-1].isdigit() or text[-1] == ")"):
        return False
    text = text.lower()
    if any(word not in OF_PERIODS and word[:3] not in SHORT_MONTHS for word in _WORD.findall(text)):
        return False
    month, day, year = _date(text)
    return month is not None and day is not None and year is not None


_SPAN = r"^(.*?\d)\s*(?:-|–|—|to|through)\s*([a-z0-9].*\d)\)?[:.]?$"
_LONGEST_SPAN = 370  # days
_FEWEST_DIGITS = 6


def span(text: str) -> Period | None:
    """The period from one day to another that a text names and nothing else: `July 1, 2005 - July 31, 2005`, `April 1 to
    April 30, 2006`, `10/01/04 through 10/31/04`."""
    text = text.lower()
    found = re.match(_SPAN, text[text.find("(") + 1 :] if text.endswith(")") else text)
    if found is None or sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return None
    begin, last = read_words(found[1]), read_words(found[2])
    end = full_date(last)
    if end is None or begin.month is None or begin.day is None:
        return None
    start = full_date(begin._replace(year=begin.year or end.year))
    if start is None or not 0 < (end - start).days < _LONGEST_SPAN:
        return None
    return Period(end, max(1, ((end - start).days * 24 + 365) // 730))


# `three and nine months` names both; `quarters` and `years ended` stand for 3 and 12 months.
_LENGTHS = rf"\b(?:({_NUMBER})\s+and\s+)?({_NUMBER})[- ](week|month)s?\b|\b(quarter)s?\b|\b(?:fiscal\s+years?|years?\s+ended)\b"


def _of_weeks(weeks: int) -> Reading:
    return Reading(months_of_weeks(weeks), weeks)


def durations_in(sentence: str) -> tuple[list[Reading], list[int]]:
    """The lengths and the years that a sentence names in turn: `for the quarters and nine months ended
    September 30, 2007 and 2006` gives 3 and 9 months and the years 2007 and 2006."""
    sentence = sentence.lower()
    lengths: list[Reading] = []
    for found in re.finditer(_LENGTHS, sentence):
        both, last, unit, quarter = found.groups()
        if unit is None:
            lengths.append(Reading(3 if quarter else 12))
            continue
        counts = filter(None, (_count(word) for word in (both, last) if word))
        lengths += [_of_weeks(count) if unit == "week" else Reading(count) for count in counts]
    years = [int(year) for year in _YEAR.findall(sentence)]
    return lengths, years


def period(reading: Reading, end: date, *, instant: bool) -> Period:
    """The period that a reading and its end date make."""
    if instant or reading.months is None:
        return Period(end)
    return Period(end, reading.months, reading.weeks)
