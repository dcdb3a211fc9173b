"""The period of a figure, where its row has a say in it beside its column."""

from __future__ import annotations

from orebook.book.calendar import Calendar, compares, of_year
from orebook.book.columns import quarters_by_day, whole_year
from orebook.book.moments import moment_in, moment_of, names_balance
from orebook.book.periods import A_YEAR, Reading, end_date, is_full_period
from orebook.book.together import YEAR_OF_ROW, Own
from orebook.model.fact import Column
from orebook.model.named import NamedTuple
from orebook.model.period import Period

_YEAR = 4  # digits
_OF_YEARS = frozenset(("fiscal", "fiscal year", "fy", "year", "calendar", "calendar year"))
_BEFORE_YEARS = ("in ", "for ", "during ", "the ")


class RowTime(NamedTuple):
    """What a row says of time: the period that it prints itself, the headings it stands under, the moment that its label
    names (`end`, `start` or ""), the year that stands over it, and the month and day of the balance that it names; `on` is
    the day of the year on which its things were counted (`March 31` under `Number of hospitals at:`)."""

    own: Own
    headings: tuple[str, ...]
    moment: str = ""
    year: int | None = None
    day: tuple[int, int] | None = None
    on: tuple[int, int] | None = None


def names_moment(heading: str) -> bool:
    """Whether a column is of the beginning or the end of a period: `Balance at Beginning of Year`, beside what was added
    and deducted."""
    return ("alance" in heading or "ALANCE" in heading) and moment_in(heading) != ""


def period_of(
    column: Column, time: RowTime, columns: tuple[Column, ...], calendar: Calendar, rule: str
) -> tuple[Period | None, tuple[str, ...]]:
    """The period of a figure in a column, one of several that `rule` dated, and the rules by which its row changed it."""
    period, rules = _by_row(column, time)
    year = time.year
    if year is not None and (period is None or _is_of_another_year(period, year, column, rule)):
        heading = column.heading
        if period is None and quarters_by_day(columns):
            heading = f"quarter ended {heading}"
        said = of_year(heading, year, calendar)
        said = said or whole_year(columns, year, calendar)
        if said is not None:
            period = said
            rules.append("period.year-over-the-rows")
    if time.on and period is not None:
        return _on_the_day(time.on, period, column, calendar), (*rules, "period.day-of-the-row")
    moment = moment_of(time.day, period) if time.day and period is not None else time.moment
    if not moment and names_moment(column.heading):
        moment = moment_in(column.heading)
    if not moment and time.own.rule == YEAR_OF_ROW and column.period is None and names_balance(column.heading):
        moment = "end"
    if moment and period is not None and period.months is not None:
        period = period.instant() if moment == "end" else calendar.opening(period)
        rules.append(f"period.{moment}-of-period-in-label")
    return period, tuple(rules)


def _on_the_day(on: tuple[int, int], period: Period, column: Column, calendar: Calendar) -> Period:
    """A day of the year that a column is of: of the fiscal year where it prints a year alone, else the last before its end."""
    year, last = period.end.year, (period.end.month, period.end.day)
    if A_YEAR.fullmatch(column.heading):
        year, last = year + (last > calendar.year_end), calendar.year_end
    return Period(end_date(Reading(month=on[0], day=on[1], year=year - (on > last)), None) or period.end)


def _by_row(column: Column, time: RowTime) -> tuple[Period | None, list[str]]:
    """The period of a column, or of its row where the column has none; rows under a date (`September 30, 1998`) are of that
    date also in columns that print no year, whose length they keep."""
    period, own = column.period, time.own.period
    if own is None or compares(column.heading):
        return period, []
    if period is None:
        return own, [time.own.rule]
    if time.headings and is_full_period(time.headings[0]) and not A_YEAR.search(column.heading):
        return Period(own.end, own.months or period.months, own.weeks), [time.own.rule]
    return period, []


def year_over(headings: tuple[str, ...], shift: int) -> int | None:
    """The year that the nearest heading that is a year and nothing else names: `1998`, `FISCAL 2001`, `in 2003`; a fiscal
    year ends `shift` years later than its name."""
    for text in reversed(headings):
        if not text[-_YEAR:].isdigit():
            continue
        before = text[:-_YEAR].lower()
        for word in _BEFORE_YEARS:
            before = before.removeprefix(word)
        before = before.rstrip()
        if not before or before in _OF_YEARS:
            return int(text[-_YEAR:]) + (shift if before.startswith("f") else 0)
    return None


def _is_of_another_year(period: Period, year: int, column: Column, rule: str) -> bool:
    """Whether a heading over rows names another year than the one that the columns, which print none, were taken to be of."""
    return rule == "period.column-heading" and period.end.year != year and not A_YEAR.search(column.heading)
