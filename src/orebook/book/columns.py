"""Column headings -> columns with their periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise

from orebook.book import periods
from orebook.book.captions import scale_in
from orebook.book.marks import without_marks
from orebook.book.periods import Reading
from orebook.book.titles import introduces, speaks_for_all
from orebook.model.fact import Column
from orebook.model.grid import Grid, HeaderText
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before
from orebook.model.slotted import replaced

_PERCENT = re.compile(r"%|\bpercent(?:age)?\b|\bper cent\b", re.IGNORECASE)
# The share of a mine that its column's heading tells: `Ruby Hill (60%)`.
_SHARE = re.compile(r"\(\d{1,3}(?:\.\d+)?\s?%[^()]*\)")
_NO_PERIOD = re.compile(
    r"\b(?:change|variance|increase|decrease|better|worse|difference|favorable)\b|\bvs\.?\b|%", re.IGNORECASE
)
_CHANGE = re.compile(r"\b(?:change|variance|increase|decrease|difference)\b", re.IGNORECASE)
_LENGTH = re.compile(r"\((?:\d{1,2}|[A-Za-z]+(?:-[a-z]+)?) (?:weeks|months)\)$")
_NEAR = 2  # lines
_WHOLE_YEAR = frozenset(("year", "full year", "fiscal year", "total", "total year"))
_FISCAL = r"(?i)\bfiscal\b|\bFY\s?['’]?\d\d"
_FY = r"(?i)\bFY\s?['’]?\d\d"
_YEAR = 4  # digits
# Few documents have such rows: the pattern is made where it is first asked for.
OF_TIME = (
    r"(?i)(?:(?:first|second|third|fourth|[1-4](?:st|nd|rd|th))(?: quarter| half| qtr\.?)?|[qh][1-4]|[1-4][qh]|[369]m|full year|year(?:[- ]to[- ]date)?|ytd"
    r"|(?:mar(?:ch)?|june?|sept?(?:ember)?|dec(?:ember)?)\.?(?: (?:19|20)\d\d)? (?:quarter|qtr\.?)"
    r"|(?:(?:for the )?quarters?|three months) ended (?:mar(?:ch)?|june?|sept?(?:ember)?|dec(?:ember)?)\.? \d\d,?)"
    r"(?:[ '’/-]{1,2}(?:fy\s?['’]?)?(?:19|20)?\d\d|fy\s?\d\d)?$"
    r"|(?i:fy\s?['’]?(?:19|20)?\d\d(?:[ ,/-]{1,2}(?:q[1-4]|[1-4]q|h[12]|[12]h|[369]m))?)$"
)
_FEWEST_QUARTERS = 3
_QUARTER = 3  # months
_YEAR_OF = 12
_HALF = 6
_PARTS_OF_YEAR = (6, 9)  # months
_SPLIT = r"\b(?:19|20)\d\d/(?:\d\d)\b"
_MIDDLE = 6  # the month that such years end in
_QUARTERS = 4  # of a year
_TOTALS = frozenset(("total", "totals", "total year", "year total"))
_AHEAD_KINDS = frozenset(("guidance", "hedges", "balance-sheet"))
_INSTANT_KINDS = frozenset(("balance-sheet",))


class Calendar(NamedTuple):
    """A document's calendar: month and day of the fiscal year's end, the full dates that headings print, how many years
    later than its name a fiscal year ends, month and day of the end of the quarter that is reported, the last day of the
    latest quarter that headings name, where the report is of a whole fiscal year, the year in which that ends, and that
    last day or else the one that the opening says the report closes on."""

    year_end: tuple[int, int] = (12, 31)
    dates: frozenset[date] = frozenset()
    fiscal_shift: int = 0
    quarter_end: tuple[int, int] | None = None
    reported: date | None = None
    ends_in: int | None = None
    closing: date | None = None

    def nearest(self, day: date) -> date:
        """The printed date within ten days of a reckoned one (52- and 53-week years), else the reckoned one."""
        near = min(self.dates, key=lambda other: abs((other - day).days), default=day)
        return near if abs((near - day).days) <= 10 else day

    def opening(self, period: Period) -> Period:
        """The moment before a period: where that is no end of a month, the printed date next to it."""
        opened = period.opening()
        return opened if (opened.end + timedelta(days=1)).day == 1 else Period(self.nearest(opened.end))


def headings(grid: Grid) -> list[list[HeaderText]]:
    """For each column its pieces of heading, top to bottom.

    A lone `(in thousands)` among them is the caption of the table, wherever it is centred.
    """
    made: list[list[HeaderText]] = [[] for _ in range(grid.columns)]
    caption = _lone_caption(grid)
    for head in sorted(grid.headers, key=lambda head: head.line):
        if head in caption:
            continue
        for column in range(head.first, head.last + 1):
            made[column].append(head)
    return made


def _lone_caption(grid: Grid) -> list[HeaderText]:
    """The pieces of the one caption in brackets that states a scale among the headings; [] for none or several."""
    starts = [
        head for head in grid.headers if head.text[0] == "(" and scale_in(head.text) and speaks_for_all(head, grid)
    ]
    if len(starts) != 1:
        return []
    made = starts[:]
    while made[-1].text.count(")") < made[-1].text.count("(") or (len(made) > 1 and ")" not in made[-1].text):
        below = [head for head in grid.headers if 0 < head.line - made[-1].line <= _NEAR and head.text[0] != "("]
        if not below or len(made) > _NEAR:
            return starts
        made.append(below[0])
    return made


def make_columns(
    grid: Grid, above: Reading, title: Reading, kind: str, calendar: Calendar, *, stock: Callable[[], bool]
) -> tuple[tuple[Column, ...], str]:
    """The columns of a grid and the name of the rule that read their periods: `above` is what lines over the table say
    of time, `title` what its title does.

    `stock` asks whether the rows are balances: headings that print a year alone are then the year's end.
    """
    stacks = headings(grid)
    if any("ear" in head.text for head in grid.headers) and _falls_due(stacks):
        return _columns(stacks, [_day_of(above, title, grid.intro)] * grid.columns), "period.title"
    return _by_headings(grid, stacks, above, title, kind, calendar, stock=stock)


def _by_headings(
    grid: Grid,
    stacks: list[list[HeaderText]],
    above: Reading,
    title: Reading,
    kind: str,
    calendar: Calendar,
    *,
    stock: Callable[[], bool],
) -> tuple[tuple[Column, ...], str]:
    """The columns as their headings name them, or else the lines above."""
    intro = grid.intro
    readings = [_reading(stack) for stack in stacks]
    of_one = any(periods.is_full_period(text) for _, text in grid.stub)
    if not of_one and not any(reading.year or reading.month for reading in readings):
        from_sentence = _from_sentence(intro, grid.columns)
        if from_sentence:
            return _columns(stacks, from_sentence), "period.sentence-above"
    readings = _filled(readings if calendar.ends_in is None else _named_fiscally(readings, stacks, calendar))
    given = above
    if title.year and not above.year and not any(reading.year for reading in readings):
        # `First Quarter`, `Second Quarter`, `Year` under `2004 PRODUCTION BY QUARTER`
        above = above._replace(year=title.year)
    above = _of_columns(above, readings)
    made: list[Period | None] = []
    for reading, stack in zip(readings, stacks, strict=True):
        made.append(_period(reading, stack, above, kind, calendar, stock=stock))
    if any(reading.year for reading in readings):
        # `%` behind `2013   2012` is of neither, whatever the title says.
        made = [
            None if reading.year is None and stack and stack[-1].text == "%" else period
            for period, reading, stack in zip(made, readings, stacks, strict=True)
        ]
    told, made = made, _to_date(made, readings, stacks, calendar)
    by_report = made != told and not _quarters_beside(told, readings)
    rule = "period.reported-quarter" if by_report else "period.column-heading"
    made = _with_totals(_quarterly(made, readings, kind, stock=stock), stacks)
    if kind not in _AHEAD_KINDS and calendar.reported is not None:
        quarters = _of_the_quarter(made, readings, above, calendar)
        if quarters != made:
            made, rule = quarters, "period.reported-quarter"
    made, rule = (made, rule) if any(made) else _current(grid, stacks, calendar)
    asked = (given, _lone_date(grid), title if title.months or title.day else Reading())
    said = next((each for each in asked if each.year or each.months), Reading())
    if not any(made) and (said.year or said.months):
        single = _period(said, [], said, kind, calendar, stock=stock)
        made = [single] * grid.columns
        rule = "period.title"
    if not any(made) and kind == "guidance" and title.year:
        hoped = _period(title, [], title, kind, calendar, stock=lambda: False)
        return _columns(stacks, [hoped] * grid.columns), "period.title"
    return _columns(stacks, made), rule


# `Less than 1 year`, `1-3 years`, `After 5 years`: when what is owed falls due.
_DUE = r"(?i)\b(?:less than|within|under) (?:one|1) year\b|\b\d\s?(?:-|–|to)\s?\d years\b|\b(?:after|over|more than|beyond) (?:five|\d) years\b"


def _falls_due(stacks: list[list[HeaderText]]) -> bool:
    """Whether two columns or more say when something falls due: all of them are of the one day of the table."""
    return sum(re.search(_DUE, " ".join(head.text for head in stack)) is not None for stack in stacks) > 1


def _day_of(above: Reading, title: Reading, intro: str) -> Period | None:
    """The day that the lines over a table, its title or the sentence that introduces it name."""
    for reading in (above, title, periods.read_words(intro)):
        end = periods.full_date(reading)
        if end is not None:
            return Period(end)
    return None


def _reading(stack: list[HeaderText]) -> Reading:
    """Pieces of one heading read together, so that `September` over `30, 2007` is a date."""
    text = " ".join(head.text for head in stack if not head.text.startswith("(") or _LENGTH.match(head.text))
    whole = periods.read_words(text)
    if whole.month is not None:
        return whole
    quarter = next((found for head in stack if (found := periods.ORDINALS.get(head.text.lower()))), None)
    if quarter and whole.year is not None and whole.months in (None, _YEAR_OF):
        # `3rd` under `1997`, `Third` under `Fiscal Year 1997`
        return whole._replace(months=3, quarter=quarter)
    return periods.merged([whole, *(periods.read_words(head.text) for head in stack)])


def _filled(readings: list[Reading]) -> list[Reading]:
    """A heading that prints a length or a day but no year shares the year of no other column, but a quarter that of the
    one year printed; one that prints a year only takes the day that the others print."""
    days = {(reading.month, reading.day) for reading in readings if reading.month is not None}
    if len(days) == 1:
        month, day = next(iter(days))
        readings = [
            reading._replace(month=month, day=day)
            if reading.month is None and reading.year is not None and not reading.quarter
            else reading
            for reading in readings
        ]
    years = {reading.year for reading in readings if reading.year is not None}
    if len(years) == 1:
        # `Q1  Q2  Q3  Q4  2004`
        year = next(iter(years))
        readings = [each._replace(year=year) if each.quarter and each.year is None else each for each in readings]
    return readings


def _of_columns(above: Reading, readings: list[Reading]) -> Reading:
    """What the lines over a table say of time, as far as it is said of the columns."""
    if above.year and any(each.month is None and (each.year or 0) > above.year for each in readings):
        # Years after the title's date: of maturities and deliveries, not of that date.
        return Reading()
    if above.month and len({each.quarter for each in readings if each.quarter}) > 1:
        # `1st Qtr  2nd Qtr  6 mos` under the day of the report: the calendar says when each ends.
        return above._replace(month=None, day=None)
    return above


def _named_fiscally(readings: list[Reading], stacks: list[list[HeaderText]], calendar: Calendar) -> list[Reading]:
    """`2005  2004` in the report of a fiscal year that ends in January 2006 and is called 2005, where the latest year is
    the one reported: years later by the shift; what a heading calls fiscal is shifted where it is dated."""
    bare = [each.year for each in readings if each.year and each.month is None]
    if not bare or max(bare) + calendar.fiscal_shift != calendar.ends_in:
        return readings
    return [
        each._replace(year=each.year + calendar.fiscal_shift)
        if each.year and each.month is None and not re.search(_FISCAL, " ".join(head.text for head in stack))
        else each
        for each, stack in zip(readings, stacks, strict=True)
    ]


def _to_date(
    made: list[Period | None], readings: list[Reading], stacks: list[list[HeaderText]], calendar: Calendar
) -> list[Period | None]:
    """`YTD 2008` beside the quarters of 2008 ends with the last of them, and begins with the fiscal year; `YTD 2007`
    beside it is as long. With no quarter beside them, they end with the quarter that the report closes. So does `Half-year
    2008` end with the last quarter beside it, where no quarter ends with its first half."""
    bare = [at for at, reading in enumerate(readings) if made[at] and _says_no_end(reading, stacks[at])]
    if not bare:
        return made
    quarters = _quarters_beside(made, readings)
    if not quarters or any(readings[at].months and (each := made[at]) and each.end in quarters for at in bare):
        bare = [at for at in bare if readings[at].months is None]
    last = max(quarters, default=calendar.closing)
    for at in bare:
        period, months, year = made[at], readings[at].months, readings[at].year
        if period is None or last is None:
            continue
        if months:
            found = max((end for end in quarters if end.year == year), default=None)
            if found or (year and year == last.year - 1):
                made[at] = Period(found or months_before(last, _YEAR_OF), months)
            continue
        begin = months_before(period.end, _YEAR_OF)
        own = [end for end in quarters or {last} if begin < end <= period.end]
        end = max(own, default=months_before(last, _YEAR_OF))
        if begin < end <= period.end:
            text = " ".join(head.text for head in stacks[at])
            made[at] = Period(end, _months_to(end.month, text, calendar))
    return made


def _says_no_end(reading: Reading, stack: list[HeaderText]) -> bool:
    """Whether a heading is a year to date, or half of a year that is not called fiscal, and does not say with which month it
    ends."""
    if reading.month is not None or reading.quarter or reading.months not in (None, _HALF):
        return False
    if reading.months is None:
        return reading.to_date
    return reading.year is not None and not any(re.search(_FISCAL, head.text) for head in stack)


def _quarters_beside(made: list[Period | None], readings: list[Reading]) -> set[date]:
    """The last days of the quarters among columns, those to date apart, which have the length that the title names."""
    pairs = zip(made, readings, strict=True)
    return {period.end for period, reading in pairs if period and period.months == _QUARTER and not reading.to_date}


def _quarterly(
    made: list[Period | None], readings: list[Reading], kind: str, *, stock: Callable[[], bool]
) -> list[Period | None]:
    """`Dec-05  Sep-05  Jun-05`: months that follow each other by threes over flows name the quarters that end with them; two
    are enough where no day is printed (`June 2020   March 2020`)."""
    bare = [at for at, each in enumerate(readings) if made[at] and each.month and not (each.months or each.instant)]
    ends = [made[at].end.year * 12 + made[at].end.month for at in bare]  # type: ignore[union-attr]
    steps = {after - before for before, after in pairwise(ends)}
    fewest = _FEWEST_QUARTERS if any(readings[at].day for at in bare) else 2
    if kind in _INSTANT_KINDS or len(bare) < fewest or steps not in ({3}, {-3}) or stock():
        return made
    return [Period(period.end, 3) if at in bare and period else period for at, period in enumerate(made)]


def _with_totals(made: list[Period | None], stacks: list[list[HeaderText]]) -> list[Period | None]:
    """`Total` after the four quarters of a year is the year."""
    for at in range(_QUARTERS, len(made)):
        if made[at] is not None or " ".join(head.text for head in stacks[at]).lower() not in _TOTALS:
            continue
        ends = sorted(each.end for each in made[at - _QUARTERS : at] if each and each.months == _QUARTER)
        if len(ends) == _QUARTERS and all(months_before(two, _QUARTER) == one for one, two in pairwise(ends)):
            made[at] = Period(ends[-1], _YEAR_OF)
    return made


def _of_the_quarter(
    made: list[Period | None], readings: list[Reading], above: Reading, calendar: Calendar
) -> list[Period | None]:
    """`1999   1998` in a report of a quarter of 1999, with nothing said of time: the year is not over, so that both are
    taken for the quarters."""
    end = calendar.reported
    if end is None or above.months or above.month or end.month == calendar.year_end[0]:
        return made
    year = end.year + (end.month > calendar.year_end[0])
    bare = [reading.year for reading in readings if reading.year]
    if set(bare) != {year, year - 1} or any(each.months or each.month for each in readings):
        return made
    ends = [period is not None and period.months == _YEAR_OF for period in made]
    return [
        Period(months_before(end, _YEAR_OF * (year - (reading.year or year))), _QUARTER) if yearly else period
        for yearly, period, reading in zip(ends, made, readings, strict=True)
    ]


def _current(grid: Grid, stacks: list[list[HeaderText]], calendar: Calendar) -> tuple[list[Period | None], str]:
    """`Current quarter   Year to date`, with nothing said of time elsewhere: the quarter that the report closes."""
    end = calendar.closing
    if end is None or not any("urrent" in head.text for head in grid.headers):
        return [None] * len(stacks), "period.column-heading"
    texts = [" ".join(head.text for head in stack).lower() for stack in stacks]
    months = (end.month - calendar.year_end[0]) % _YEAR_OF or _YEAR_OF
    made = [
        Period(end, _QUARTER) if "current quarter" in text else Period(end, months) if "to date" in text else None
        for text in texts
    ]
    return made, "period.reported-quarter" if any(made) else "period.column-heading"


def _lone_date(grid: Grid) -> Reading:
    """What the one dated piece of heading says that stands alone over several columns none of which has a date."""
    dated = [head for head in grid.headers if (found := periods.read_words(head.text)).year or found.months]
    if len(dated) != 1 or any(head.line == dated[0].line for head in grid.headers if head is not dated[0]):
        return Reading()
    return periods.read_words(dated[0].text) if dated[0].first < dated[0].last else Reading()


def _period(
    reading: Reading,
    stack: list[HeaderText],
    above: Reading,
    kind: str,
    calendar: Calendar,
    *,
    stock: Callable[[], bool],
) -> Period | None:
    text = " ".join(head.text for head in stack)
    if _NO_PERIOD.search(_SHARE.sub("", text)) and _compares(reading, stack):
        return None
    # A day within the year, as the calendar knows it or the lines over the table say.
    within = above.month != calendar.year_end[0] and (
        calendar.year_end[0] != _YEAR_OF or (above.months or _YEAR_OF) < _YEAR_OF
    )
    of_year = calendar.fiscal_shift or (reading.months == _YEAR_OF and within)
    if of_year and above.month and re.search(_FISCAL, text):
        # `Fiscal 1999` below `at January 29, 2000 and January 30, 1999`, `FY24` below `quarter ended 31 March 2024`: the
        # calendar says when that ends.
        above = above._replace(month=None, day=None, year=None)
    whole = Reading(
        reading.months if reading.months is not None else above.months,
        reading.weeks if reading.weeks is not None else (above.weeks if reading.months is None else None),
        reading.month if reading.month is not None else above.month,
        reading.day if reading.month is not None else above.day,
        reading.year if reading.year is not None else above.year,
        reading.instant or above.instant,
        reading.to_date,
        reading.quarter,
    )
    if reading.year is None and reading.month is None and reading.months is None:
        return None
    if whole.months == _YEAR_OF and above.months == _QUARTER and reading.day and "nded" not in text:
        # `Sept. 30, 1995` under `Fiscal 1996`, beside `Quarter ended`
        whole = whole._replace(months=above.months)
    whole = _by_calendar(whole, text, calendar)
    day = _fallback(whole, calendar.year_end)
    if whole.month is None and whole.year is not None and day[0] > calendar.year_end[0]:
        # A fiscal quarter that ends after the month of the year's end belongs to the calendar year before.
        whole = whole._replace(year=whole.year - 1)
    end = periods.end_date(whole, day)
    if end is None:
        return None
    if whole.month is None or (reading.month is None and reading.year not in (None, above.year)):
        end = calendar.nearest(end)
    flows = kind in {"operations", "cash-flows", "equity", "guidance"} or (whole.month is None and not stock())
    instant = kind in _INSTANT_KINDS or (whole.months is None and not flows)
    months = whole.months
    if not instant and months is None:
        months = 12
        if reading.month is not None and reading.month != calendar.year_end[0]:
            return Period(end)
    return Period(end) if instant else Period(end, months, whole.weeks)


def _compares(reading: Reading, stack: list[HeaderText]) -> bool:
    """Whether a column that speaks of a change or of per cent is of no period: its headings name none, or a piece of them
    below the first speaks of a change alone (`Variance` under `Third Quarter`)."""
    if reading.months is None and (reading.month is None or reading.year is None):
        return True
    return any(_CHANGE.search(head.text) and periods.read_words(head.text) == Reading() for head in stack[1:])


def _by_calendar(whole: Reading, text: str, calendar: Calendar) -> Reading:
    """A reading with what the calendar knows: the year that a fiscal year is named after, the months of a year to date,
    the end of the quarter that is reported."""
    if whole.month is None and whole.year is not None and re.search(_FISCAL, text):
        whole = whole._replace(year=whole.year + calendar.fiscal_shift)
    if whole.month and whole.month > calendar.year_end[0] and whole.year and not whole.day and re.search(_FY, text):
        # `Dec Q FY24` of a year that ends in June
        whole = whole._replace(year=whole.year - 1)
    if whole.to_date and whole.months is None and whole.month is not None:
        return whole._replace(months=_months_to(whole.month, text, calendar))
    if whole.months == _QUARTER and not whole.quarter and whole.month is None and calendar.quarter_end:
        month, day = calendar.quarter_end
        return whole._replace(month=month, day=day)
    return whole


def _months_to(month: int, text: str, calendar: Calendar) -> int:
    """The months of a year to date that ends with a month: that of `YTD 2006/07` began in the middle of a year where the
    document names no end of fiscal years."""
    split = calendar.year_end[0] == _YEAR_OF and "/" in text and re.search(_SPLIT, text) is not None
    return (month - (_MIDDLE if split else calendar.year_end[0])) % _YEAR_OF or _YEAR_OF


def _fallback(reading: Reading, year_end: tuple[int, int]) -> tuple[int, int]:
    """Month and day for a heading that prints a year only: the end of the fiscal year, of the quarter, or of the first
    half or nine months."""
    if reading.quarter and (reading.months == 3 or reading.to_date):
        return (year_end[0] + 3 * reading.quarter - 1) % 12 + 1, 31
    if reading.months == 6 and reading.quarter == 4:
        return year_end
    if reading.months in (6, 9):
        return (year_end[0] + reading.months - 1) % 12 + 1, 31
    return year_end


def _from_sentence(intro: str, columns: int) -> list[Period | None]:
    if not introduces(intro):
        return []
    tail = intro[-260:]
    lengths, years = periods.durations_in(tail)
    seen = list(dict.fromkeys(years))[-2:] if len(set(years)) > 1 else years[:1]
    unique = list(dict.fromkeys(length.months for length in lengths))
    date_words = periods.read_words(tail)
    if not unique or not seen or len(unique) * len(seen) != columns or date_words.month is None:
        return []
    weeks = {length.months: length.weeks for length in lengths}
    made: list[Period | None] = []
    for months in unique:
        for year in seen:
            end = periods.end_date(date_words._replace(year=year), None)
            made.append(Period(end, months, weeks[months]) if end else None)
    return made


def _columns(stacks: list[list[HeaderText]], found: list[Period | None]) -> tuple[Column, ...]:
    made = []
    for number, (stack, period) in enumerate(zip(stacks, found, strict=True)):
        heading = without_marks(" ".join(head.text for head in stack))[0]
        percent = _PERCENT.search(_SHARE.sub("", heading) if "(" in heading else heading) is not None
        made.append(Column(number, heading, period, percent and (period is None or "$" not in heading)))
    return tuple(made)


def latest(columns: tuple[Column, ...]) -> date | None:
    """The latest period end of a table."""
    ends = [column.period.end for column in columns if column.period]
    return max(ends) if ends else None


def row_period(texts: Iterable[str]) -> Period | None:
    """The period that a row's label or the heading over it prints in full, the nearest first: `Balance, December 31,
    1997` is an instant, `Nine months ended December 31, 2000` a duration."""
    for text in texts:
        reading = periods.read_words(text)
        end = periods.full_date(reading)
        if end is not None and (spanned := periods.span(text)) is not None:
            return spanned
        if end is not None:
            return Period(end, reading.months, reading.weeks)
    return None


def quarter_named(heading: str, calendar: Calendar) -> date | None:
    """The last day of the quarter that a heading names without a day: `Q1 2006`, `First quarter` over `2006`."""
    reading = periods.read_words(heading)
    if not reading.quarter or reading.year is None or reading.months != _QUARTER or reading.month is not None:
        return None
    made = _period(reading, [], reading, "guidance", calendar, stock=lambda: False)
    return made.end if made else None


def of_year(heading: str, year: int, calendar: Calendar) -> Period | None:
    """The period of a column that names a quarter or a whole year, in rows under a heading that names the fiscal year:
    `Quarter ended Sept. 30`, `Second`, `Year` under `1998`."""
    reading = periods.read_words(heading)
    named = periods.ORDINALS.get(heading.lower())
    if named:
        reading = Reading(3, quarter=named)
    whole = heading.lower() in _WHOLE_YEAR or _closes_quarters(heading, reading)
    if reading.year is not None or (reading.months is None and not whole):
        return None
    months = _YEAR_OF if whole else reading.months or _YEAR_OF
    if months == 3 and reading.month is None and not reading.quarter:
        return None
    month, day = (reading.month, reading.day) if reading.month else _fallback(reading, calendar.year_end)
    after = (month or 0) > calendar.year_end[0]
    end = periods.end_date(Reading(months, None, month, day, year - after), None)
    return None if end is None else Period(end if reading.month else calendar.nearest(end), months, reading.weeks)


def fiscal_year(year: int, calendar: Calendar, *, named: bool) -> Period | None:
    """The fiscal year that is called so; `named` where it is called fiscal, and so may end in the year after."""
    return of_year("year", year + (calendar.fiscal_shift if named else 0), calendar)


def _closes_quarters(heading: str, reading: Reading) -> bool:
    """Whether a heading is the whole year under `Quarter ended`, which stands over it and the quarters beside it."""
    last = heading.lower().rpartition(" ended ")[2]
    return last in _WHOLE_YEAR and reading.months == _QUARTER and reading.month is None and not reading.quarter


def quarters_by_day(columns: tuple[Column, ...]) -> bool:
    """Whether four columns or more are headed with the last days of quarters in turn, and nothing else: `March 31   June 30
    September 30   December 31`."""
    days = [periods.read_words(column.heading) for column in columns]
    months = [each.month for each in days if each.month and each.day and each.months is None and each.year is None]
    return len(months) == len(columns) >= _QUARTERS and periods.by_quarters(months)


def whole_year(columns: tuple[Column, ...], year: int, calendar: Calendar) -> Period | None:
    """The fiscal year that the heading over rows names, where the columns are segments or kinds of stock: none of them says
    anything of time, beside `Total`."""
    return of_year("year", year, calendar) if all(_is_timeless(column.heading) for column in columns) else None


def _is_timeless(heading: str) -> bool:
    low = heading.lower()
    silent = periods.read_words(heading)._replace(instant=False) == Reading()  # `Balance at beginning of period`
    return low in _WHOLE_YEAR or (silent and low not in periods.ORDINALS)


def label_period(label: str, headings: tuple[str, ...], calendar: Calendar) -> Period | None:
    """The quarter, half or year to date that a row's label names and nothing else, of its own year or of the one over
    it: `Second quarter` and `Full year` under `2005`, `Q3 2004`."""
    if not label or not re.match(OF_TIME, label):
        return None
    reading = periods.read_words(label)
    over = next((int(text) for text in reversed(headings) if len(text) == _YEAR and text.isdigit()), None)
    if reading.year is not None:
        named = reading.quarter or (reading.month and reading.months) or reading.months in _PARTS_OF_YEAR
        named = named or label[:2].upper() == "FY"
        return _period(reading, [], reading, "guidance", calendar, stock=lambda: False) if named else None
    if over is None:
        return None
    if reading.to_date and calendar.quarter_end:
        month, day = calendar.quarter_end
        end = periods.end_date(Reading(None, None, month, day, over), None)
        return Period(end, (month - calendar.year_end[0]) % 12 or 12) if end else None
    return of_year(label, over, calendar)


def headed_as_above(columns: tuple[Column, ...], above: tuple[Column, ...], calendar: Calendar) -> tuple[Column, ...]:
    """The columns of a table without headings, all of one period, called as those of the table above it, which goes on with
    another year or quarter: segments keep their names, and quarters of the year are those of the other year."""
    made: list[Column] = []
    for column, over in zip(columns, above, strict=True):
        reading = periods.read_words(over.heading)
        if not over.heading or reading.year is not None:
            return columns
        period = column.period
        if period is not None and period.months == _YEAR_OF and reading.quarter:
            period = of_year(over.heading, period.end.year, calendar) or period
        elif not _is_timeless(over.heading):
            return columns
        made.append(replaced(column, heading=over.heading, period=period))
    return tuple(made)


def compares(heading: str) -> bool:
    """Whether a column compares others (change, variance) and so has no period of its own."""
    return _NO_PERIOD.search(heading) is not None
