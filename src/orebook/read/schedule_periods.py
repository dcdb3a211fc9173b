"""The periods of an EX-27 schedule: what its head says of each column, and what it means.

The head prints the kind of period and up to three dates for a column. They contradict each other in known
ways: the two dates swapped, the first day printed as the last, the fiscal year's end of another year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from orebook.model.named import NamedTuple
from orebook.model.period import SHORT_MONTHS, Period, month_end

_MONTHS = {name: i for i, name in enumerate(SHORT_MONTHS, 1)}
_DATE = re.compile(r"([A-Za-z]{3})[a-z]*[- .]+(\d{1,2})[-, ]+(\d{4}|\d{2})\b|(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
_TYPE = re.compile(r"(\d{1,2})[- ]?MO[A-Z]*|(YEAR|ANNUAL|FY)|QTR[- ]?(\d)|(OTHER)", re.IGNORECASE)


class Dates(NamedTuple):
    """The dates printed for one column, and the months that its period type states (None: not stated)."""

    months: int | None
    start: date | None
    end: date | None
    fiscal: date | None


def _dates(text: str) -> list[date | None]:
    """The dates on a line, None for what looks like one and is none."""
    made: list[date | None] = []
    for match in _DATE.finditer(text):
        if match[1]:
            month, day, year = _MONTHS.get(match[1].lower(), 0), int(match[2]), int(match[3])
        else:
            month, day, year = int(match[4]), int(match[5]), int(match[6])
        year += 1900 * (70 <= year < 100) + 2000 * (year < 70)
        try:
            made.append(date(year, month, day))
        except ValueError:
            # FEB-29 of a common year and JUN-31 are printed for the last day of the month.
            made.append(month_end(year, month) if 1 <= month <= 12 and 28 < day <= 31 else None)
    return made


def _months(text: str) -> list[int | None]:
    """The months that the period types on a line state."""
    made: list[int | None] = []
    for match in _TYPE.finditer(text):
        if match[1]:
            made.append(int(match[1]))
        elif match[2]:
            made.append(12)
        else:
            made.append(3 if match[3] else None)
    return made


def dates_of(head: Mapping[str, str]) -> list[Dates]:
    """What the head says of each column; at least one column."""
    kinds = _months(head.get("PERIOD-TYPE", ""))
    rows = [_dates(head.get(tag, "")) for tag in ("PERIOD-START", "PERIOD-END", "FISCAL-YEAR-END")]
    width = max(1, len(kinds), *map(len, rows))

    def at(values: list[date | None], i: int) -> date | None:
        # One date for several columns is the date of all of them.
        return values[i] if i < len(values) else values[0] if len(values) == 1 else None

    return [
        Dates(kinds[i] if i < len(kinds) else None, at(rows[0], i), at(rows[1], i), at(rows[2], i))
        for i in range(width)
    ]


def period_of(dates: Dates, report: date | None) -> tuple[Period | None, str]:
    """The period of a column and the rule that found it.

    The printed end stands, except where the schedule contradicts itself and the header's period of report
    says which of its dates is meant. A printed start outweighs the period type: the months are counted.
    """
    start, end, rule = dates.start, dates.end, "schedule.period-end"
    if start and end and start > end:
        start, end, rule = end, start, "schedule.start-and-end-swapped"
    elif end and report and end != report:
        if dates.fiscal == report and end > report:
            end, rule = report, "schedule.fiscal-year-end-and-end-swapped"
        elif start is None and _opens(end, report, dates.months):
            start, end, rule = end, report, "schedule.start-printed-as-end"
    if end is None:
        if report is not None:
            end, rule = report, "schedule.end-from-header"
        elif dates.fiscal is not None and dates.months in (12, None):
            end, rule = dates.fiscal, "schedule.end-from-fiscal-year"
    if end is None:
        return None, "schedule.no-period"
    counted = _counted(start, end) if start else None
    return Period(end, counted or dates.months or 12), rule


def _opens(day: date, end: date, months: int | None) -> bool:
    """Whether `day` is the first day of a period of `months` months, or 13 weeks for each three, up to `end`."""
    if not months:
        return False
    days = (end - day).days + 1
    if days in (91 * months // 3, 91 * months // 3 + 7):
        return True
    return day.day == 1 and end == month_end(end.year, end.month) and _nearest_months(days) == months


def _counted(start: date, end: date) -> int | None:
    """The number of months, to the nearest, from the first to the last day of a period."""
    months = _nearest_months((end - start).days + 1)
    return months if 0 < months <= 60 else None


def _nearest_months(days: int) -> int:
    # Four years have 1,461 days and 48 months.
    return (days * 96 + 1461) // (2 * 1461)
