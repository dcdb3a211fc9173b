"""The lines above a table -> company, title, caption and period words."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from orebook.book.captions import CODES, SIGN_ALONE, scale_in
from orebook.book.marks import without_marks
from orebook.book.periods import OF_PERIODS, Reading, full_date, read_words
from orebook.book.stated import stated_unit
from orebook.book.wording import Words, ends_like_company, words
from orebook.lexicon.concepts import statement_kind
from orebook.model.grid import Grid, HeaderText
from orebook.model.named import NamedTuple
from orebook.model.period import MONTHS

# How a line that names a period and nothing else begins, and what it holds further on.
_PERIOD_START = re.compile(
    r"(?:for\s+)?(?:the\s+)?(as\s+(?:of|at)\b|\d{1,2}[- ](?:months?|weeks?)\b|[a-z]+\b)", re.IGNORECASE
)
_FULL_MONTHS = tuple(map(str.lower, MONTHS))
_PERIOD_WORDS = frozenset((
    "three", "four", "five", "six", "nine", "ten", "twelve", "thirteen", "sixteen", "forty", "twenty", "thirty", "fifty", "first", "second", "third", "fourth",
    "fiscal", "year", "years", "quarter", "quarters", "month", "months", "week", "weeks", "period", "periods", "at",
    "ended", *_FULL_MONTHS,
))  # fmt: skip
_PERIOD_REST = re.compile(r"(?:19|20)\d\d|ended|ending|months|weeks", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d$")
_DAY = re.compile(r"(?:as\s+(?:of|at)\s+|at\s+)?([a-z]+)\.?\s+\d{1,2},?$", re.IGNORECASE)
_MONTHS = frozenset((*_FULL_MONTHS, "sept", "dec", "mar", "jan", "feb", "apr", "aug", "oct", "nov"))
_A_DATE = r"(?:[A-Z][A-Za-z]{2,8}\.? \d{1,2},|\d{1,2} [A-Z][A-Za-z]{2,8},?) (?:19|20)\d\d\b"
_FULL_DATE = re.compile(rf"\b{_A_DATE}")
# `as of December 31, 1998`, `for the six months ended June 30, 1999`
_AS_OF = (
    r"\b(?:[Aa]s of|[Aa]s at|[Aa]t|(?:(?:[a-z]+|\d{1,2})[- ](?:months?|weeks?)|quarter|year) end(?:ed|ing))"
    rf" {_A_DATE}"
)
# `for the nine months ended September 30`, and no year: those stand over the columns. Two lengths say nothing of either.
_LENGTH_TOLD = (
    r"(?i)(?<!and )(?<!or )(?<!to )\b(?:(?:three|six|nine|twelve|\d{1,2})[- ]months?|(?:thirteen|twenty-six|thirty-nine|fifty-two|\d{1,2})[- ]weeks"
    rf"|quarters?|(?:fiscal )?years?)(?: periods?)?,? end(?:ed|ing) (?:{'|'.join(MONTHS)}) \d{{1,2}}\b(?!,? (?:19|20)\d\d)"
)
_TABLE_TOLD = r"(?i):$|\b(?:following table|table (?:below|that follows)|(?:set forth|shown|presented|summari[sz]ed) below|as follows)\b"
_UNTITLED_START = re.compile(r"^(?:item\s+\d|part\s+[iv]+\b|page\s+\d|exhibit\s+\d|table of contents)", re.IGNORECASE)
_ITEM = r"(?i)item\s+\d{1,2}[a-z]?[.:]?\s+(?!\d)\S+ \S"
_REPORT = re.compile(r"\b(?:reports?|results)\b", re.IGNORECASE)
_RELEASE = re.compile(r"\b(?:news|press) release\b", re.IGNORECASE)
_SCALE_LINE = re.compile(
    r"^(?:amounts?|dollars?|expressed|stated|all amounts|figures)?\s*(?:are\s+)?(?:expressed\s+)?in\s+(?:thousands|millions)\b|^\$\s?in\s|^(?:thousands|millions)(?:,? (?:except|unless)| of (?:U\.?S\.? )?dollars)\b",
    re.IGNORECASE,
)
# `Amounts in EUR thousands`, `in Rand millions`
_IN_MONEY = (
    r"(?i)(?:(?:all )?(?:amounts?|figures)\s+(?:are\s+)?)?"
    rf"in\s+(?:(?:US|[ACR]|Cdn|NZ|HK)?[$£€]|rands?\b|(?-i:{CODES}))\s?(?:thousands?|millions?|m|['’]?000)\b"
)
# `IFRS, USD 000`: by which rules the figures are reckoned.
_BY_RULES = r"(?i)(?:IFRS|(?:US |Canadian )?GAAP|unaudited)[,:;]? (?=\S)"
_SHORT_SIGN = 16
_SIGNS = "$€£"
# `$000, pre-exceptional unless stated`, `US$m unless otherwise indicated`
_SAVE_WHERE_STATED = r"(?i:(?:,? [^,]{0,40})?,? \(?(?:unless|except)\b.*)"
# Few tables are introduced by a sentence: the pattern is made where one is.
_AN_AMOUNT = r"\d ?%|[$€£]\s?\d|\bR\d|\d[\d.,]* (?:million|billion|ounces|tons|tonnes|pounds)\b"
_INTRODUCED = (
    r"(?is)(?:presents?|shows?|summari[sz]es?|sets? forth|provides?|details?|reconciles?|reflects?|lists?|following(?: table)? (?:is|are))\s+(?:an?\s+|the\s+)?(.+?)"
    r"(?:\s+for\s+(?:the|each|our)\b.*|\s+as\s+of\b.*|\s+\((?:in|dollars)\b.*|\s*)$"
)
# `(in millions, except per share data)`; at the end of a sentence also without brackets. An amount is no scale.
_TOLD = (
    r"(?i)\((?:[^()\d]|\b000)*\)"
    r"|\b(?:(?:expressed|stated|presented|shown) )?in (?:thousands|millions|billions)\b(?: of (?:[A-Za-z.]+ )?dollars)?(?:,? except[^:.]*)?(?=[:.]*$)"
)
_NOTE = r"(?:\((?:\d{1,2}|[a-z])\)|\*{1,3})\s*\w"
_PAGE_BESIDE = r"(?i)\s{3,}page \d{1,3}(?: of \d{1,3})?$"
_HEADLINE_BLANKS = 5
_YEARS = re.compile(r"\b(?:(?:FY\s?['’]?)?(?:19|20)\d\d|FY\s?['’]?\d\d)\b")
_WORD = re.compile(r"[a-z]{2,}+(?:-[a-z]+)?")
_TELLING = 2  # words other than those of periods
_QUARTER = 3  # months
_PAIR = 2
_PARTS_OF_YEAR = frozenset((3, 6, 9))
_AHEAD = re.compile(r"\b(?:outlook|guidance|forecasts?|estimates?|targets?|budget)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)])\.\s+(?=[A-Z(])")


_UNAUDITED = re.compile(r"\bunaudited\b", re.IGNORECASE)


class Titled(NamedTuple):
    """What stands over a table: `printed` is False where `title` is only the phrase that introduces it. `reading` is
    the period that lines of their own name, `named` the one in the words of the title; `told` is True where the caption
    stands in the prose above."""

    title: str
    printed: bool
    caption: str
    company: str
    reading: Reading
    named: Reading = Reading()
    told: bool = False


def _own_captions(stubs: list[str], grid: Grid) -> list[str]:
    """The captions that stand in a grid itself: over its labels, or as a heading that speaks for all columns."""
    return [text for text in stubs if _is_caption(text)] + [
        _to_its_end(head, grid)
        for head in grid.headers
        if (scale_in(head.text) or "except" in head.text or (head.text[0] == "(" and " " in head.text))
        and speaks_for_all(head, grid)
    ]


def _title_in(stubs: list[str]) -> str:
    """The title that stands over the labels of a grid."""
    over = [text for text in stubs if not _is_caption(text) and not _names_period(text) and not _names_day(text)]
    if len(over) > 1 and over[0].isupper() and over[-1].isalpha() and not over[-1].isupper():
        over.pop()  # `SUMMARY OF CONTRACTS` over `Program`
    return without_marks(" ".join(over))[0]


def read_titles(grid: Grid, company: str) -> Titled:
    """Sorts the lines above a grid, its stub and its headings."""
    vocabulary = words()
    captions: list[str] = []
    titles: list[str] = []
    before: list[str] = []
    times: list[str] = []
    times_before: list[str] = []
    found_company = ""
    for text in _parted(_joined_brackets(_nearest_titles(grid, company, vocabulary))):
        kind = _kind(text, company, vocabulary)
        if kind == "caption":
            captions.append(text)
            if _names_period(_UNAUDITED.sub("", text).strip("(); ,")):
                times.append(text)
        elif kind == "company":
            found_company = found_company or text
            # What stands over the company's name is of something else: the day of a report that ends there.
            before, titles = titles, []
            times_before, times = times or times_before, []
        elif kind == "period":
            times.append(text)
        elif kind == "title":
            titles.append(text)
    stubs = _parted(_joined_brackets([text for _, text in grid.stub]))
    own = _own_captions(stubs, grid)
    captions = _not_handed_on(captions, own, grid) + own
    told = "" if captions else scale_told(grid.intro or " ".join(titles))
    title = without_marks(" ".join(titles or before))[0] or _item_over(grid, company, vocabulary)
    if not title:
        title = _title_in(stubs)
    printed = bool(title)
    if not printed:
        title = introduced(grid.intro)
    times += [text for text in stubs if _names_period(text) or _names_day(text)]
    times = times or times_before
    told_by = "" if printed or not grid.headers else grid.intro
    reading = read_words(" ".join(times) or _day_in(title, printed=printed) or _length_told(told_by))
    caption = told or " ".join(captions)
    alone = grid.columns == 1 and not any(_BARE_YEAR.match(row.label) for row in grid.rows)
    dated = _dated(grid.intro) if (grid.headers or alone) and not printed else ""
    named = read_words(dated) if dated else _named_in(title)
    if not (printed or named.year) and _AHEAD.search(title):
        # `For fiscal 2023, the company provides the following guidance:`
        named = _named_in(_SENTENCE_END.split(grid.intro)[-1])
    return Titled(title, printed, caption, found_company, reading, named, told=bool(told))


def _item_over(grid: Grid, company: str, vocabulary: Words) -> str:
    """The item of the report that a table without a title of its own stands right under: `Item 6. Selected Financial Data`."""
    items = [] if grid.intro else [text for _, text in grid.above if re.match(_ITEM, text)]
    last = items[-1].rstrip(". ") if items else ""
    return " ".join(last.split()) if last and not _kind(last, company, vocabulary) else ""


def _not_handed_on(captions: list[str], own: list[str], grid: Grid) -> list[str]:
    """The captions over a table without those of the table before it, which stand further up than what follows them, where
    the table states a scale of `own`."""
    if len(grid.above) < _PAIR or not any(map(scale_in, own)):
        return captions
    handed = {text for (before, _), (line, text) in pairwise(grid.above) if line < before}
    return [text for text in captions if text not in handed]


def _day_in(title: str, *, printed: bool) -> str:
    """The words of a title that name a day: all of them, save for those of a sentence with several days, of which the one
    that ends a period or as of which the table is counts, and of an outlook, whose day is the one it was given on."""
    days = _FULL_DATE.findall(title)
    if not days or (_AHEAD.search(title) and read_words(title).months is None):
        return ""
    if printed or len(days) == 1:
        return title
    found = set(re.findall(_AS_OF, title))
    return found.pop() if len(found) == 1 else title


def _named_in(title: str) -> Reading:
    """The quarter, half or nine months that a title is about (`PRODUCTION - SECOND QUARTER 2005`), or its year alone. Of
    an outlook it is what is hoped for: the year alone, unless the title says otherwise."""
    if len(set(_YEARS.findall(title))) != 1:
        return Reading()
    found = read_words(title)
    if _AHEAD.search(title):
        return found if found.months else Reading(12, year=found.year)
    told = found.months in _PARTS_OF_YEAR and (found.quarter or found.month or found.months != _QUARTER)
    return found if told else Reading(year=found.year)


def _nearest_titles(grid: Grid, company: str, vocabulary: Words) -> list[str]:
    """The lines above a grid, without the headline that an empty line parts from the title of the table; what names a
    statement stays, with all that follows it."""
    if any(text[:1] == "*" or ")" in text[2:4] for _, text in grid.above):
        grid = grid._replace(above=_without_notes(grid.above))
    lines = [text for _, text in grid.above]
    starts = [at for at, (one, two) in enumerate(pairwise(grid.above), 1) if two[0] > one[0] + 1]
    for start in reversed(starts):
        if not any(_kind(text, company, vocabulary) == "title" for text in lines[start:]):
            continue
        if lines[-1].endswith(":"):
            return lines
        named = [text for text in lines[:start] if _kind(text, company, vocabulary) == "title"]
        if statement_kind(" ".join(named)) or _is_day(lines[start]) or not _is_headline(" ".join(named)):
            return lines
        return [text for text in lines[:start] if text not in named] + lines[start:]
    return lines


def _without_notes(above: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """The lines above a grid without the footnotes of the table before it: sentences that a mark begins, with the lines
    that they go on in."""
    kept: list[tuple[int, str]] = []
    at = 0
    while at < len(above):
        stop = at + 1
        if re.match(_NOTE, above[at][1]):
            while stop < len(above) and above[stop][0] == above[stop - 1][0] + 1 and above[stop - 1][1][-1] != ".":
                stop += 1
            starred = above[at][1][0] == "*" != above[at][1][-1]
            if above[stop - 1][1][-1] == "." or (starred and stop < len(above)):
                at = stop
                continue
        kept += above[at:stop]
        at = stop
    return tuple(kept)


def _is_headline(text: str) -> bool:
    """Whether lines tell something rather than name a table, or are the running head of the notes."""
    if text[:9].upper() == "NOTES TO " or text[-1:] == "." or (_REPORT.search(text) and read_words(text).year):
        return True
    return text.count(" ") >= _HEADLINE_BLANKS and any(map(str.islower, text))


def _to_its_end(head: HeaderText, grid: Grid) -> str:
    """A piece of heading with the lines below it that its bracket goes on in."""
    text, line = head.text, head.line
    while text.count("(") > text.count(")"):
        below = [other for other in grid.headers if other.line == line + 1 and other.first <= head.last]
        if len(below) != 1 or below[0].last < head.first:
            break
        text, line = f"{text} {below[0].text}", line + 1
    return text


def speaks_for_all(head: HeaderText, grid: Grid) -> bool:
    """Whether a piece of heading that states a scale states it for the table: it stands alone on its line, or beside
    periods; `(000's)` beside `(oz/ton)` is said of one column."""
    if stated_unit(head.text):
        return False
    beside = (other.text for other in grid.headers if other.line == head.line and other is not head)
    return head.last - head.first + 1 == grid.columns or all(read_words(text) != Reading() for text in beside)


def _kind(text: str, company: str, vocabulary: Words) -> str:
    bare = text.strip(" -–—")
    if not bare or bare.lower() in vocabulary.untitled or _UNTITLED_START.match(bare) or _RELEASE.search(bare):
        return ""
    if _is_caption(text) or _scales_all(bare):
        return "caption"
    if company and _fold(bare) == _fold(company):
        return "company"
    if _names_period(bare):
        return "period"
    if (
        ends_like_company(bare)
        and len(bare) < 80
        and (bare.isupper() or bare.istitle() or bare[-1] in ".,)" or "," in bare)
    ):
        return "company"
    return "title"


def _is_caption(text: str) -> bool:
    """Whether a line is a caption: in brackets, in words that say so, or a sign of money with its scale alone (`US$000`)."""
    if text.startswith("(") or _scales_all(text):
        return True
    if "IFRS" in text or "GAAP" in text or "naudited" in text:
        text = re.sub(_BY_RULES, "", text, count=1)
    if len(text) < _SHORT_SIGN:
        worded = text.islower() and text[0] not in _SIGNS
        return not worded and re.fullmatch(SIGN_ALONE, text) is not None
    but = "unless" in text or "except" in text
    return but and re.fullmatch(SIGN_ALONE + _SAVE_WHERE_STATED, text) is not None


def _scales_all(text: str) -> bool:
    """Whether a line begins with what it scales, or with the scale: `In thousands of …`, `Amounts in EUR thousands`."""
    if _SCALE_LINE.match(text):
        return True
    return "in " in text.lower() and scale_in(text) is not None and re.match(_IN_MONEY, text) is not None


def _names_period(text: str) -> bool:
    """Whether a line names a period and says nothing else: `Three Months Ended June 30, 1999`, `1999`."""
    if _BARE_YEAR.match(text):
        return True
    begin = _PERIOD_START.match(text)
    if begin is None:
        return False
    first = begin.group(1).lower()
    known = first in _PERIOD_WORDS or not first.isalpha()
    if not known or _PERIOD_REST.search(text, begin.end()) is None:
        return False
    # `SECOND QUARTER 2004 PRODUCTION BY MINE` is a title that begins with a period.
    others = [word for word in _WORD.findall(text.lower()) if word not in OF_PERIODS and word not in _PERIOD_WORDS]
    return len(others) < _TELLING


def _names_day(text: str) -> bool:
    found = _DAY.match(text)
    return found is not None and found.group(1).lower() in _MONTHS


def _is_day(text: str) -> bool:
    return _names_period(text) or _names_day(text)


def _fold(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _parted(texts: list[str]) -> list[str]:
    """`SEGMENT SALES (in thousands)` is a title and a caption; the number of the page beside a title is none of it."""
    made: list[str] = []
    for text in texts:
        if ("age " in text or "AGE " in text) and (page := re.search(_PAGE_BESIDE, text)):
            text = text[: page.start()]  # noqa: PLW2901
        cut = text.find("(")
        if cut > 0 and text.endswith(")") and scale_in(text[cut:]):
            made += [text[:cut].strip(), text[cut:]]
        else:
            made.append(text)
    return made


def _joined_brackets(texts: list[str]) -> list[str]:
    """Lines whose bracket is closed only further down are one."""
    made: list[str] = []
    for text in texts:
        opened = bool(made) and made[-1].count("(") > made[-1].count(")")
        if opened and (made[-1].startswith("(") or scale_in(made[-1][made[-1].index("(") :])):
            made[-1] = f"{made[-1]} {text}"
        else:
            made.append(text)
    return made


def introduces(sentence: str) -> bool:
    """Whether the prose above a table speaks of it: it ends in a colon, or names `the following table`."""
    return sentence.endswith(":")


_LONG_INTRO = 240  # characters


def days_told(sentence: str) -> list[date]:
    """The days that the sentence above a table names in full."""
    days = map(full_date, map(read_words, _FULL_DATE.findall(sentence[-_LONG_INTRO:]))) if sentence else ()
    return [day for day in days if day is not None]


_NEAR_ITS_END = 160  # characters of a sentence within which it says the scale of the table that it introduces


def scale_told(sentence: str) -> str:
    """What the prose above a table says of its scale: `… were as follows (in millions):`, `…, in thousands of dollars:`."""
    if not sentence or sentence[0] == "*" or not scale_in(sentence[-_NEAR_ITS_END:]):
        return ""
    last = _SENTENCE_END.split(re.sub(r"\s+", " ", sentence).strip())[-1]
    stops = last.endswith(":")
    for found in reversed(list(re.finditer(_TOLD, last))):
        ends = found.end() >= len(last.rstrip(":. "))
        if (stops or ends) and scale_in(found[0]) and (found[0][0] == "(" or ends):
            return found[0] if found[0][0] == "(" else f"({found[0]})"
    return ""


def _dated(sentence: str) -> str:
    """The one day as of which, or the one period for which, a sentence introduces a table: `… as of December 31, 1998:`."""
    if not sentence.endswith(":") or sentence[0] == "*":
        return ""
    last = _SENTENCE_END.split(re.sub(r"\s+", " ", sentence))[-1]
    days = _FULL_DATE.findall(last)
    found = re.search(_AS_OF, last) if len(days) == 1 else None
    return found[0] if found else ""


def _length_told(sentence: str) -> str:
    """The one length of time, with the day that it ends and no year, for which a sentence introduces a table whose columns
    print the years: `The following table shows … for the nine months ended September 30.`"""
    if "ended" not in sentence and "ending" not in sentence:
        return ""
    last = _SENTENCE_END.split(re.sub(r"\s+", " ", sentence).strip())[-1]
    found = re.findall(_LENGTH_TOLD, last)
    return found[0] if len(found) == 1 and re.search(_TABLE_TOLD, last) else ""


def introduced(sentence: str) -> str:
    """The phrase by which a sentence introduces a table: `The following table presents a reconciliation …:`. A footnote
    of the table before it introduces nothing."""
    if not sentence or sentence[0] == "*":
        return ""
    last = _SENTENCE_END.split(re.sub(r"\s+", " ", sentence).strip().rstrip(":"))[-1]
    found = re.search(_INTRODUCED, last)
    if found is None and sentence.rstrip()[-1] == "." and re.search(_AN_AMOUNT, last):
        return ""  # `Capital expenditure was R27.3 million.` ends what goes before
    return (found.group(1) if found else last).strip(" ,")[:300]
