"""Which period a phrase means: `third quarter`, `first nine months of 2003`, `same period last year`, a date.

Phrases are resolved against the periods of the document's own columns, so that a fiscal year that ends
anywhere, or a quarter of thirteen weeks, needs no calendar of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from orebook.check.prose.calendar import (
    CENTURY,
    MONTH_STEMS,
    OF,
    ORDINAL,
    WEEKS,
    YEAR,
    Calendar,
    Mention,
    before,
    ordinal,
    safe,
    words,
    year_of,
)
from orebook.check.prose.scan import PERIOD, Words
from orebook.lexicon import load
from orebook.model.period import SHORT_MONTHS, Period, months_before

_SHORT = frozenset(SHORT_MONTHS)
_MONTH = rf"(?:{MONTH_STEMS})(?:\.|[a-z]{{1,6}})?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}\b(?:\s*,?\s*{YEAR}\b)?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
_COUNT = r"three|six|nine|twelve|3|6|9|12"
_WEEKS = "|".join(WEEKS)
_BACK = r"last\s+year(?:'s|’s)?|(?:a|one)\s+year\s+(?:ago|earlier|before)|(?:the\s+)?(?:prior|previous|preceding)[\s-]+year(?:'s|’s)?|year[\s-](?:ago|earlier)|the\s+year\s+before"
# `Q2 Fiscal 2020`, `Q3/19`, `3Q19`, `H1 FY05`; the bracket is closed behind the year.
_OF_YEAR = r"[\s/-]*(?:fy|of|fiscal(?:\s+year)?)?\s?[’']?"
_YEARS = rf"{YEAR}|\d\d)\b(?![,.]\d|\s*(?:%|percent|million|ounces|cents))"
# The last days of quarters, where no year is printed: `at March 31`.
_QUARTER_ENDS = ("march 31", "june 30", "september 30", "december 31")
_QUARTER_DAYS = "|".join(day.replace(" ", r"\s") for day in _QUARTER_ENDS)
_MENTION = re.compile(
    rf"""\b(?:
    (?P<list>(?P<l1>three|six|quarters?)(?:[\s-]months?)?(?:\s+periods?)?\s+and\s+(?:the\s+)?(?P<l2>six|nine|twelve|years?|6|9|12)(?:[\s-]+months?)?(?:\s+periods?)?\s+end(?:ed|ing)\s+(?P<ldate>{_DATE})(?:,?\s+and\s+(?P<lyear>{YEAR}))?)
    | (?P<span>(?:(?P<smonths>{_COUNT})[\s-]+months?|(?P<sweeks>{_WEEKS})[\s-]+weeks?|(?:(?:{ORDINAL}|full)\s+)?(?:fiscal\s+)?(?P<sunit>quarters?|years?))(?:\s+periods?)?(?:,?\s+(?:which\s+)?end(?:ed|ing|s)?(?:\s+on)?)\s+(?P<sdate>{_DATE})(?:,?\s+and\s+(?P<syear>{YEAR}))?)
    | (?P<same>(?:the\s+)?(?:(?:same|comparable|corresponding|equivalent|like|similar|year-ago|year-earlier|prior[\s-]year(?:'s|’s)?|previous[\s-]year(?:'s|’s)?|prior[\s-]period|prior|previous|preceding|linked)[\s-]+)+(?:(?:{ORDINAL}|(?P<samecount>{_COUNT}))[\s-]+(?:months?\s+)?)?(?:fiscal\s+|prior\s+year\s+)?(?P<sameunit>quarters?|periods?|months?|half|halves)\b(?P<tail>{OF}(?P<tyear>{YEAR}|{_BACK})\b)?)?)
    | (?P<ordinal>(?:(?P<pre>{YEAR}|fiscal(?:\s+year)?\s+{YEAR}|{_BACK}|this\s+year(?:'s|’s))\s+)?(?P<nth>{ORDINAL})[\s-]+(?:fiscal\s+)?(?P<ounit>quarter|half|(?:two|three)\s+quarters|(?:three|six|nine|twelve)\s+months)(?:'s|’s)?(?:\s+periods?)?(?P<otail>{OF}(?P<post>{YEAR}|{_BACK}|(?:this|current)\s+year|year(?!\s*[-\d])))\b)?)
    | (?P<named>(?P<nmonth>{_MONTH})\s+quarter\b(?:\s+(?:of\s+)?(?P<nyear>{YEAR})\b)?)
    | (?P<q>(?:q(?P<qn>[1-4])\b|(?P<nq>[1-4])q(?=\b|\d\d\b))(?:{_OF_YEAR}(?P<qyear>{_YEARS})?)
    | (?P<h>(?:h(?P<hn>[12])\b|(?P<nh>[12])h(?=\b|\d\d\b))(?:{_OF_YEAR}(?P<hyear>{_YEARS})?)
    | (?P<m>(?<![\d.,$])(?P<nm>[369]|12)m(?:{_OF_YEAR}(?P<mdyear>{_YEARS}))
    | (?P<fy>fy[\s/-]?[’']?(?P<fyyear>{YEAR}|\d\d)\b)
    | (?P<end>(?:at\s+|as\s+of\s+|by\s+)?(?:the\s+)?(?:end|close)\s+of\s+(?:the\s+)?(?:(?:fiscal\s+)?(?:year\s+)?(?P<eyear>{YEAR})|(?P<eback>{_BACK})|(?P<emonth>{_MONTH})(?=\W)|(?:current\s+)?(?:(?P<enth>{ORDINAL})\s+)?(?:fiscal\s+)?(?:quarter|period|year|half)(?:{OF}(?P<epost>{YEAR}|{_BACK})\b)?)?)|(?:at\s+)?(?:fiscal\s+)?(?:year|quarter)[\s-]end(?:\s+(?P<yeyear>{YEAR}))?
        |(?:at\s+)?(?:the\s+)?(?P<lastend>(?:prior|previous|last|preceding)[\s-]+(?:fiscal\s+)?year[\s-]end\b))
    | (?P<ytd>(?:(?P<ypre>{YEAR})\s+)?(?:year[\s-]+to[\s-]+date|ytd\b)(?:\s+periods?)?(?:\s+(?P<yyear>{YEAR}))?|so\s+far\s+this\s+year|(?P<mperiod>six|nine|6|9)[\s-]+months?(?:\s+periods?)?(?:{OF}(?P<myear>{YEAR}|{_BACK})\b)?)?|(?P<half>half[\s-]year))
    | (?P<date>{_MONTH}\s+\d{{1,2}}\s*,?\s*{YEAR}\b|(?:(?<=\bat\s)|(?<=\bof\s)|(?<=since\s))(?:{_QUARTER_DAYS})\b)
    | (?P<year>(?:(?:full[\s-]+|entire\s+)?(?:fiscal|calendar)(?:\s+year)?\s+(?P<fyear>{YEAR})|full[\s-]+(?:fiscal[\s-]+)?year|(?:twelve|12)[\s-]+months?(?:\s+periods?)?(?:{OF}(?P<wyear>{YEAR}|{_BACK})\b)?)?|(?:for|during|in)\s+(?:the\s+)?(?:full\s+|fiscal\s+)?year\b(?![\s-]+(?:ago|earlier|over|before|end|to\b))(?:\s+(?P<iyear>{YEAR}))?|this\s+(?:fiscal\s+)?year|of\s+the\s+year\b(?![\s-]+(?:ago|earlier|before|end))))
    | (?P<quarter>(?:the|this|our|current|for|record|reported|a|its)\s+(?:current\s+|fiscal\s+)?quarter(?:'s|’s)?\b(?!,?\s+(?:and\s+(?:[a-z]+\s+){{1,3}})?end(?:ed|ing)\b)|quarterly|(?:three|3)[\s-]months?(?:\s+period)?)
    | (?P<back>\b(?:{_BACK}))
    | (?P<bare>(?<![\d$,.])\b{YEAR}\b(?!,\d|\.\d)))
    """,
    re.VERBOSE,
)


_AND = re.compile(r"\s*,?\s*(?:and|or)\s+(?:for\s+|in\s+)?(?:the\s+)?", re.IGNORECASE)
_LEAD = 48  # how far before the word that tells of a period a phrase may open


def _number(word: str) -> int:
    return int(word) if word.isdigit() else words()["numbers"].get(word.lower(), 0)


def mentions(words: Words, known: Calendar) -> tuple[Mention, ...]:
    """The period phrases of a sentence from left to right."""
    if not words.kinds & PERIOD:
        return ()
    made: list[Mention] = []
    for match in _matches(words):
        said = match.group()
        if said not in known.said:
            known.said[said] = _read(match, known)
        mention = known.said[said]
        if mention is not None:
            mention = mention._replace(start=match.start(), end=match.end())
            if (
                made
                and mention.years
                and not made[-1].dated
                and _AND.fullmatch(words.text, made[-1].end, mention.start)
            ):
                before = made[-1]
                made[-1] = before._replace(periods=tuple(known.back(p, mention.years) for p in before.periods))
            made.append(mention)
    return tuple(made)


def _matches(said: Words) -> Iterator[re.Match[str]]:
    """The phrases, looked for only before a word that a period cannot do without, where a word may open one."""
    text, words, before, opening = said.low, said.words, said.before, _opening()
    done = tried = 0
    for last in said.of(PERIOD):
        far = before[last] + last - _LEAD
        first = last
        while first > tried and before[first] + first > far:
            first -= 1
        for at in range(first, last + 1):
            then = opening[words[at]]
            start = before[at] + at
            if then is None or start < done or (then and not _goes_on(text, before[at + 1] + at, then)):
                continue
            match = _MENTION.match(text, start)
            if match is not None:
                done = match.end()
                yield match
        tried = last + 1


class _Opening(dict[str, frozenset[str] | None]):
    """The words that may open a phrase, each with how the next one begins (nothing: in any way); None for the others."""

    def __missing__(self, word: str) -> frozenset[str] | None:
        short = word[:3] in _SHORT or (word[:1] == "q" and len(word) == 2) or (len(word) == 4 and word.isdecimal())
        short = short or (
            word[2:].isdecimal() and word[1].isalpha() and self.get(word[:2]) is not None
        )  # `3q19`, `fy05`
        made: frozenset[str] | None = frozenset() if short else None
        if len(self) < _MOST_KEPT:
            self[word] = made
        return made


_MOST_KEPT = 8192


@cache
def _opening() -> _Opening:
    data = load("prose")["period"]
    return _Opening((word, frozenset(data["then"].get(word, "").split())) for word in data["opening"].split())


def _goes_on(text: str, end: int, then: frozenset[str]) -> bool:
    """False where what follows a word shows that no phrase for a period begins with it."""
    if text[end : end + 1] != " ":
        return True
    following = end + (5 if text.startswith("the ", end + 1) else 1)
    return text[following : following + 3] in then


def _read(match: re.Match[str], known: Calendar) -> Mention | None:
    """The reading of a phrase, by the kind of phrase that matched."""
    if match.lastgroup in _READERS:
        return _READERS[match.lastgroup](match, known)
    groups = match.groupdict()
    for name, reader in _READERS.items():
        if groups[name]:
            return reader(match, known)
    return None


def _day(text: str | None, known: Calendar) -> date:
    """A date in words or figures; the current year where none is printed."""
    if not text:
        return known.end
    if "/" in text:
        month, day, year = (int(part) for part in text.split("/"))
        return safe(year + (1900 if year > CENTURY else 2000) if year < 100 else year, month, day)
    words = re.findall(r"[A-Za-z]+|['’]?\d+", text)
    month = SHORT_MONTHS.index(words[0][:3].lower()) + 1
    if len(words) > 2:
        return safe(year_of(words[2]), month, int(words[1]))
    told = safe(known.end.year, month, int(words[1]))
    return told if told <= known.end else safe(told.year - 1, month, int(words[1]))


def printed_year(text: str) -> int:
    """The last year that a phrase prints; 0 where it prints none."""
    years = re.findall(YEAR, text)
    return year_of(years[-1]) if years else 0


def _years_back(text: str | None, known: Calendar, base: int | None = None) -> int:
    """How many years before the current one a year, or `last year`, lies."""
    if not text:
        return 0
    year = re.search(YEAR, text)
    if year is not None:
        return (known.label if base is None else base) - year_of(year.group())
    return 0 if re.match(r"(?:this|current)\b|year$", text, re.IGNORECASE) else 1


def _months(match: re.Match[str], known: Calendar) -> int | None:
    count, weeks, unit = match.group("smonths"), match.group("sweeks"), match.group("sunit")
    if count:
        return _number(count)
    if weeks:
        return round(_number(weeks) / 13) * 3
    return 12 if unit and unit.lower().startswith("year") else 3


def _list(match: re.Match[str], known: Calendar) -> Mention:
    end = _day(match.group("ldate"), known)
    first = 3 if match.group("l1").lower().startswith("quarter") else _number(match.group("l1"))
    second = 12 if match.group("l2").lower().startswith("year") else _number(match.group("l2"))
    later = match.group("lyear")
    ends = [end] if later is None else [end, before(end, 12 * (end.year - year_of(later)))]
    periods = tuple(known.find(months, day) for months in (first, second) for day in ends)
    return Mention(*match.span(), periods)


def _span(match: re.Match[str], known: Calendar) -> Mention:
    end = _day(match.group("sdate"), known)
    later = match.group("syear")
    ends = [end] if later is None else [end, before(end, 12 * (end.year - year_of(later)))]
    months = _months(match, known)
    return Mention(*match.span(), tuple(known.find(months, day) for day in ends))


def _ordinals(match: re.Match[str], known: Calendar) -> Mention:
    back = _years_back(match.group("pre"), known) or _years_back(match.group("post"), known)
    nth = ordinal(match.group("nth"))
    dated = bool(match.group("pre") or match.group("post"))
    return Mention(*match.span(), (_nth(nth, match.group("ounit").lower(), back, known),), dated=dated, years=back)


def _nth(nth: int, unit: str, back: int, known: Calendar) -> Period:
    """The nth quarter or half, or the first so many months, of a fiscal year."""
    if unit == "quarter":
        months, last = 3, nth
    elif unit == "half":
        months, last = 6, 2 * nth
    else:
        months = _number(unit.split(maxsplit=1)[0]) * (3 if "quarter" in unit else 1)
        last = months // 3
    end = before(known.end, 12 * back - 3 * (last - known.nth)) if last != known.nth else None
    return known.find(months, end or before(known.end, 12 * back))


def _named(match: re.Match[str], known: Calendar) -> Mention:
    """`The June quarter`: the three months that end in June, the latest ones unless a year is printed."""
    month = SHORT_MONTHS.index(match.group("nmonth")[:3].lower()) + 1
    year = year_of(match.group("nyear")) if match.group("nyear") else known.end.year - (month > known.end.month)
    return Mention(*match.span(), (known.find(3, safe(year, month, 31)),))


def _quarter_n(match: re.Match[str], known: Calendar) -> Mention:
    back = _short_back(match.group("qyear"), known)
    return Mention(*match.span(), (_nth(int(match.group("qn") or match.group("nq")), "quarter", back, known),))


def _short_back(year: str | None, known: Calendar) -> int:
    """How many years before the current one a year in two figures or four lies."""
    if year and len(year) == len("04"):
        year = f"20{year}" if int(year) < _SHORT_CENTURY else f"19{year}"
    return _years_back(year, known)


_SHORT_CENTURY = 60


def _half_n(match: re.Match[str], known: Calendar) -> Mention:
    """`H1 2012`, `1H12`."""
    back = _short_back(match.group("hyear"), known)
    return Mention(*match.span(), (_nth(int(match.group("hn") or match.group("nh")), "half", back, known),))


def _months_n(match: re.Match[str], known: Calendar) -> Mention:
    """`9M19`: the first nine months of a year."""
    back, months = _short_back(match.group("mdyear"), known), int(match.group("nm"))
    return Mention(*match.span(), (_nth(months // 3, f"{months} months", back, known),))


def _fiscal_n(match: re.Match[str], known: Calendar) -> Mention:
    """`FY05`: a whole fiscal year."""
    return Mention(*match.span(), (_whole_year(_short_back(match.group("fyyear"), known), known),))


def _whole_year(back: int, known: Calendar) -> Period:
    """The fiscal year so many years before the current one, all of it."""
    return known.find(12, before(known.end, 12 * back - 3 * (4 - known.nth)))


def _same(match: re.Match[str], known: Calendar) -> Mention:
    """`Same period of 2002`: its length is that of what it is compared with, unless it says so itself."""
    text = match.group().lower()
    back = _years_back(match.group("tyear"), known) if match.group("tyear") else 1
    unit = (match.group("sameunit") or "").lower()
    base = known.quarter or known.ytd
    if unit.startswith("quarter") and known.quarter is not None:
        base = known.quarter
    elif match.group("samecount"):
        base = known.find(_number(match.group("samecount")), known.end)
    if base is None:
        return Mention(*match.span(), (), relative=True)
    if (
        not match.group("tail")
        and re.search(r"\b(?:prior|previous|preceding|linked)[\s-]+quarter", text)
        and "year" not in text
    ):
        return Mention(*match.span(), (known.find(3, before(known.end, 3)), known.back(base, 1)), weak=True)
    relative = not unit.startswith("quarter") and not match.group("samecount")
    return Mention(*match.span(), (known.back(base, back),), relative=relative)


_AT_YEAR_END = re.compile(r"at\s+(?:fiscal\s+)?year[\s-]end", re.IGNORECASE)


def _instant(match: re.Match[str], known: Calendar) -> Mention:
    back = _years_back(
        match.group("eback") or match.group("epost") or match.group("eyear") or match.group("yeyear"), known
    )
    month, nth = match.group("emonth"), match.group("enth")
    end = known.end
    if match.group("lastend"):
        end = months_before(known.end, 3 * known.nth)
    elif month:
        index = SHORT_MONTHS.index(month[:3].lower()) + 1
        end = safe(known.end.year, index, 31)
    elif match.group("eyear") or match.group("eback") or "year" in match.group().lower():
        if back:
            end = months_before(known.end, 12 * back - 3 * (4 - known.nth) if known.nth < 4 else 12 * back)
        elif known.nth < 4 and _AT_YEAR_END.fullmatch(match.group()):
            # `Versus 3.83:1 at year-end`, in a report of a quarter before it: the last one.
            end = months_before(known.end, 3 * known.nth)
    elif nth and ordinal(nth) != known.nth:
        end = before(known.end, 3 * (known.nth - ordinal(nth)))
    elif back:
        end = before(known.end, 12 * back)
    return Mention(*match.span(), (known.find(None, end),))


def _to_date(match: re.Match[str], known: Calendar) -> Mention | None:
    months = _number(match.group("mperiod")) if match.group("mperiod") else 0
    back = _years_back(match.group("ypre") or match.group("yyear") or match.group("myear"), known)
    base = known.find(months, known.end) if months else known.ytd or known.quarter
    return None if base is None else Mention(*match.span(), (known.back(base, back),))


def _date(match: re.Match[str], known: Calendar) -> Mention:
    return Mention(*match.span(), (known.find(None, _day(match.group(), known)),))


def _year(match: re.Match[str], known: Calendar) -> Mention | None:
    back = _years_back(match.group("fyear") or match.group("iyear") or match.group("wyear"), known)
    text = match.group().lower()
    if match.group("fyear") or "full" in text or "month" in text:
        return Mention(*match.span(), (_whole_year(back, known),))
    base = known.ytd or known.quarter
    return None if base is None else Mention(*match.span(), (known.back(base, back),), weak=True)


def _quarter(match: re.Match[str], known: Calendar) -> Mention | None:
    return None if known.quarter is None else Mention(*match.span(), (known.quarter,))


def _back(match: re.Match[str], known: Calendar) -> Mention | None:
    base = known.quarter or known.ytd
    return None if base is None else Mention(*match.span(), (known.back(base, 1),), relative=True)


def _bare(match: re.Match[str], known: Calendar) -> Mention | None:
    """A year alone: so many years before, over the length of what stands beside it."""
    back = _years_back(match.group(), known)
    base = known.ytd or known.quarter
    if base is None or not -1 <= back <= 6:
        return None
    return Mention(*match.span(), (known.back(base, back),), relative=True, weak=True)


_READERS = {
    "list": _list, "span": _span, "same": _same, "ordinal": _ordinals, "named": _named, "q": _quarter_n, "h": _half_n, "m": _months_n, "fy": _fiscal_n, "end": _instant,
    "ytd": _to_date, "date": _date, "year": _year, "quarter": _quarter, "back": _back, "bare": _bare,
}  # fmt: skip


def settle(mention: Mention, base: Period | None, known: Calendar) -> tuple[Period, ...]:
    """The periods of a mention, a relative one taking its length from `base` (what it is compared with)."""
    if not mention.relative or base is None or not mention.periods:
        return mention.periods
    own = mention.periods[0]
    years = round((known.end - own.end) / timedelta(days=365))
    recent = known.find(base.months, base.end)
    shift = round((known.end - recent.end) / timedelta(days=365))
    if mention.weak:
        return (known.back(recent, max(years - shift, 0)),)
    return (known.back(recent, years if shift == 0 else max(years - shift, 1)),)
