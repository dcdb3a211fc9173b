"""A document's calendar: what headings and labels say of time -> the periods that they name by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from orebook.book import periods
from orebook.book.marks import without_share
from orebook.book.periods import QUARTER_MONTHS, YEAR_MONTHS, Reading
from orebook.model.grid import HeaderText
from orebook.model.named import NamedTuple
from orebook.model.period import Period

_NO_PERIOD = re.compile(
    r"\b(?:change|variance|increase|decrease|better|worse|difference|favorable)\b|\bvs?\b|%", re.IGNORECASE
)
_CHANGE = re.compile(r"\b(?:change|variance|increase|decrease|difference)\b", re.IGNORECASE)
_AGAINST = re.compile(r"\bvs?\b", re.IGNORECASE)
WHOLE_YEAR = frozenset(("year", "full year", "fiscal year", "total", "total year"))
_FISCAL = r"(?i)\bfiscal\b|\bFY\s?['’]?\d\d"
_FY = r"(?i)\bFY\s?['’]?\d\d"
_SPLIT = r"\b(?:19|20)\d\d/(?:\d\d)\b"
_MIDDLE = 6  # the month that such years end in
INSTANT_KINDS = frozenset(("balance-sheet",))
_FLOW_KINDS = frozenset(("operations", "cash-flows", "equity", "guidance"))
_PARTS_OF_YEAR = (6, 9)  # months
_DIGITS_OF_YEAR = 4
# Over a year alone: few headings are of what is hoped for.
_HOPED = r"(?i)(?:19|20)\d\d\S? (?:\S+ )?(?:plan|guidance|outlook|forecast|targets?)\b|\b(?:plan|guidance|outlook|forecast|targets?) (?:\S+ )?(?:19|20)\d\d\b"
_YEARLY = (Reading(), Reading(YEAR_MONTHS))
# Few documents have such rows: the pattern is made where it is first asked for.
OF_TIME = (
    r"(?i)(?:(?:first|second|third|fourth|[1-4](?:st|nd|rd|th))(?: quarter| half| qtr\.?)?|[qh][1-4]|[1-4][qh]|[369]m|(?:three|six|nine|twelve) months|full year|year(?:[- ]to[- ]date)?|ytd"
    r"|(?:mar(?:ch)?|june?|sept?(?:ember)?|dec(?:ember)?)\.?(?: (?:19|20)\d\d)? (?:quarter|qtr\.?)"
    r"|(?:(?:for the )?quarters?|three months) ended (?:mar(?:ch)?|june?|sept?(?:ember)?|dec(?:ember)?)\.? \d\d,?)"
    r"(?:(?: of)?[ '’/-]{1,2}(?:(?:fy|fiscal)\s?['’]?)?(?:19|20)?\d\d|fy\s?\d\d)?$"
    r"|(?i:fy\s?['’]?(?:19|20)?\d\d(?:[ ,/-]{1,2}(?:q[1-4]|[1-4]q|h[12]|[12]h|[369]m))?)$"
)


class Calendar(NamedTuple):
    """A document's calendar: month and day of the fiscal year's end, the full dates that headings print, how many years
    later than its name a fiscal year ends, month and day of the end of the quarter that is reported, the last day of the
    latest quarter that headings name, where the report is of a whole fiscal year, the year in which that ends, and that
    last day or else the one that the opening says the report closes on, and the months of the quarter that is reported."""

    year_end: tuple[int, int] = (12, 31)
    dates: frozenset[date] = frozenset()
    fiscal_shift: int = 0
    quarter_end: tuple[int, int] | None = None
    reported: date | None = None
    ends_in: int | None = None
    closing: date | None = None
    reported_months: int = QUARTER_MONTHS

    def nearest(self, day: date) -> date:
        """The printed date within ten days of a reckoned one (52- and 53-week years), else the reckoned one."""
        near = min(self.dates, key=lambda other: abs((other - day).days), default=day)
        return near if abs((near - day).days) <= 10 else day

    def opening(self, period: Period) -> Period:
        """The moment before a period: where that is no end of a month, the printed date next to it."""
        opened = period.opening()
        return opened if (opened.end + timedelta(days=1)).day == 1 else Period(self.nearest(opened.end))


def heading_period(
    reading: Reading,
    stack: list[HeaderText],
    above: Reading,
    kind: str,
    calendar: Calendar,
    *,
    stock: Callable[[], bool],
) -> Period | None:
    """The period of a column whose heading, printed in the pieces of `stack`, says `reading`: what it leaves out, the
    lines `above` the table and the calendar say. None where it says nothing of time, or compares periods.

    `kind` is the table's; `stock` asks whether its rows are balances.
    """
    if reading.year is None and reading.month is None and reading.months is None:
        return None
    text = " ".join(head.text for head in stack)
    if compares(without_share(text)) and _is_of_none(reading, stack):
        return None
    if re.search(_HOPED, text) and periods.read_words(text)._replace(year=None) in _YEARLY:
        # `2012 plan` beside the quarters is of the year.
        reading, above = Reading(YEAR_MONTHS, year=reading.year), Reading()
    above = _said_above(reading, text, above, calendar)
    whole = _completed(reading, above)
    if whole.months == YEAR_MONTHS and above.months == QUARTER_MONTHS and reading.day and "nded" not in text:
        # `Sept. 30, 1995` under `Fiscal 1996`, beside `Quarter ended`
        whole = whole._replace(months=above.months)
    whole = _by_calendar(whole, text, calendar)
    day = _last_day(whole, calendar.year_end)
    if whole.month is None and whole.year is not None and day[0] > calendar.year_end[0]:
        # A fiscal quarter that ends after the month of the year's end belongs to the calendar year before.
        whole = whole._replace(year=whole.year - 1)
    end = periods.end_date(whole, day)
    if end is None:
        return None
    if whole.month is None or (reading.month is None and reading.year not in (None, above.year)):
        end = calendar.nearest(end)
    return _ended(end, reading, whole, kind, calendar, stock=stock)


def period_named(reading: Reading, calendar: Calendar) -> Period | None:
    """The period that a reading names by itself, of flows."""
    return heading_period(reading, [], reading, "guidance", calendar, stock=lambda: False)


def _said_above(reading: Reading, text: str, above: Reading, calendar: Calendar) -> Reading:
    """What the lines over a table say, without their date for a fiscal year: `Fiscal 1999` below `at January 29, 2000 and
    January 30, 1999`, `FY24` below `quarter ended 31 March 2024`, of which the calendar says when they end."""
    # A day within the year, as the calendar knows it or the lines over the table say.
    within = above.month != calendar.year_end[0] and (
        calendar.year_end[0] != YEAR_MONTHS or (above.months or YEAR_MONTHS) < YEAR_MONTHS
    )
    of_year = calendar.fiscal_shift or (reading.months == YEAR_MONTHS and within)
    if of_year and above.month and is_fiscal(text):
        return above._replace(month=None, day=None, year=None)
    return above


def _completed(reading: Reading, above: Reading) -> Reading:
    """A reading with what the lines over the table say where it is silent."""
    return Reading(
        reading.months if reading.months is not None else above.months,
        reading.weeks if reading.weeks is not None else (above.weeks if reading.months is None else None),
        reading.month if reading.month is not None else above.month,
        reading.day if reading.month is not None else above.day,
        reading.year if reading.year is not None else above.year,
        reading.instant or above.instant,
        reading.to_date,
        reading.quarter,
    )


def _ended(
    end: date, reading: Reading, whole: Reading, kind: str, calendar: Calendar, *, stock: Callable[[], bool]
) -> Period:
    """The period that ends on a day: a moment for balances, else as long as is said, or a year."""
    if kind in INSTANT_KINDS:
        return Period(end)
    if whole.months is not None:
        return Period(end, whole.months, whole.weeks)
    flows = kind in _FLOW_KINDS or (whole.month is None and not stock())
    if not flows or (reading.month is not None and reading.month != calendar.year_end[0]):
        return Period(end)
    return Period(end, YEAR_MONTHS, whole.weeks)


def _is_of_none(reading: Reading, stack: list[HeaderText]) -> bool:
    """Whether a column that speaks of a change or of per cent is of no period: its headings name none, or a piece of them
    below the first speaks of a change alone (`Variance` under `Third Quarter`), or of one year against another."""
    if reading.months is None and (reading.month is None or reading.year is None):
        return True
    if any(_AGAINST.search(head.text) for head in stack):
        return True  # `% change vs.` over a date, and `Q2'19 vs. Q1'19`, are of the time between
    return any(_CHANGE.search(head.text) and periods.read_words(head.text) == Reading() for head in stack[1:])


def _by_calendar(whole: Reading, text: str, calendar: Calendar) -> Reading:
    """A reading with what the calendar knows: the year that a fiscal year is named after, the months of a year to date,
    the end of the quarter that is reported."""
    if whole.month is None and whole.year is not None and (is_fiscal(text) or whole.quarter):
        whole = whole._replace(year=whole.year + calendar.fiscal_shift)
    if whole.month and whole.month > calendar.year_end[0] and whole.year and not whole.day and re.search(_FY, text):
        # `Dec Q FY24` of a year that ends in June
        whole = whole._replace(year=whole.year - 1)
    if whole.to_date and whole.months is None and whole.month is not None:
        return whole._replace(months=months_to(whole.month, text, calendar))
    if whole.months == QUARTER_MONTHS and not whole.quarter and whole.month is None and calendar.quarter_end:
        month, day = calendar.quarter_end
        return whole._replace(month=month, day=day)
    return whole


def is_fiscal(text: str) -> bool:
    """Whether a text calls its year fiscal: `Fiscal 1999`, `FY24`."""
    return re.search(_FISCAL, text) is not None


def months_to(month: int, text: str, calendar: Calendar) -> int:
    """The months of a year to date that ends with a month: that of `YTD 2006/07` began in the middle of a year where the
    document names no end of fiscal years."""
    split = calendar.year_end[0] == YEAR_MONTHS and "/" in text and re.search(_SPLIT, text) is not None
    return (month - (_MIDDLE if split else calendar.year_end[0])) % YEAR_MONTHS or YEAR_MONTHS


def _last_day(reading: Reading, year_end: tuple[int, int]) -> tuple[int, int]:
    """Month and day for a heading that prints a year only: the end of the fiscal year, of the quarter, or of the first
    half or nine months."""
    if reading.quarter and (reading.months == 3 or reading.to_date):
        return (year_end[0] + 3 * reading.quarter - 1) % 12 + 1, 31
    if reading.months == 6 and reading.quarter == 4:
        return year_end
    if reading.months in (6, 9):
        return (year_end[0] + reading.months - 1) % 12 + 1, 31
    return year_end


def of_year(heading: str, year: int, calendar: Calendar) -> Period | None:
    """The period of a column that names a quarter or a whole year, in rows under a heading that names the fiscal year:
    `Quarter ended Sept. 30`, `Second`, `Year` under `1998`."""
    reading = periods.read_words(heading)
    named = periods.ORDINALS.get(heading.lower())
    if named:
        reading = Reading(3, quarter=named)
    whole = heading.lower() in WHOLE_YEAR or _closes_quarters(heading, reading)
    if reading.year is not None or (reading.months is None and not whole):
        return None
    months = YEAR_MONTHS if whole else reading.months or YEAR_MONTHS
    if months == 3 and reading.month is None and not reading.quarter:
        return None
    month, day = (reading.month, reading.day) if reading.month else _last_day(reading, calendar.year_end)
    after = (month or 0) > calendar.year_end[0]
    end = periods.end_date(Reading(months, None, month, day, year - after), None)
    return None if end is None else Period(end if reading.month else calendar.nearest(end), months, reading.weeks)


def _closes_quarters(heading: str, reading: Reading) -> bool:
    """Whether a heading is the whole year under `Quarter ended`, which stands over it and the quarters beside it."""
    last = heading.lower().rpartition(" ended ")[2]
    return last in WHOLE_YEAR and reading.months == QUARTER_MONTHS and reading.month is None and not reading.quarter


def fiscal_year(year: int, calendar: Calendar, *, named: bool) -> Period | None:
    """The fiscal year that is called so; `named` where it is called fiscal, and so may end in the year after."""
    return of_year("year", year + (calendar.fiscal_shift if named else 0), calendar)


def quarter_named(heading: str, calendar: Calendar) -> date | None:
    """The last day of the quarter that a heading names without a day: `Q1 2006`, `First quarter` over `2006`."""
    reading = periods.read_words(heading)
    if not reading.quarter or reading.year is None or reading.months != QUARTER_MONTHS or reading.month is not None:
        return None
    made = period_named(reading, calendar)
    return made.end if made else None


# `6 3/4%     February 1, 2003`, `7.25% notes, due October 31, 2005`: the day on which a debt falls due
_MATURES = r"(?i)\d%,?\s+[a-z]+\.? \d{1,2}, (?:19|20)\d\d$|\bdue\b"


def row_period(texts: Iterable[str]) -> Period | None:
    """The period that a row's label or the heading over it prints in full, the nearest first: `Balance, December 31,
    1997` is an instant, `Nine months ended December 31, 2000` a duration."""
    for text in texts:
        reading = periods.read_words(text)
        end = periods.full_date(reading)
        if end is not None and "%" in text and re.search(_MATURES, text):
            continue
        if end is not None and (spanned := periods.span(text)) is not None:
            return spanned
        if end is not None:
            return Period(end, reading.months, reading.weeks)
    return None


def label_period(label: str, headings: tuple[str, ...], calendar: Calendar) -> Period | None:
    """The quarter, half or year to date that a row's label names and nothing else, of its own year or of the one over
    it: `Second quarter` and `Full year` under `2005`, `Q3 2004`."""
    if not label or not re.match(OF_TIME, label):
        return None
    reading = periods.read_words(label)
    over = next((int(text) for text in reversed(headings) if len(text) == _DIGITS_OF_YEAR and text.isdigit()), None)
    if reading.year is not None:
        named = reading.quarter or (reading.month and reading.months) or reading.months in _PARTS_OF_YEAR
        named = named or label[:2].upper() == "FY"
        return period_named(reading, calendar) if named else None
    if over is None:
        return None
    if reading.to_date and calendar.quarter_end:
        month, day = calendar.quarter_end
        end = periods.end_date(Reading(None, None, month, day, over), None)
        return Period(end, (month - calendar.year_end[0]) % 12 or 12) if end else None
    return of_year(label, over, calendar)


def compares(heading: str) -> bool:
    """Whether a column compares others (change, variance) and so has no period of its own."""
    return _NO_PERIOD.search(heading) is not None
