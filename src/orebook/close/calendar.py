"""The fiscal calendar: months, quarters and year-to-date periods of a company."""

from __future__ import annotations

import re
from datetime import date

from orebook.model.named import NamedTuple
from orebook.model.period import Period, month_end, months_before

FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Years outside are slips of the pen."""

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])\Z")
_RANGE = re.compile(r"(\d{4})-(\d{2})\.\.(\d{4})-(\d{2})\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")


class Calendar(NamedTuple):
    """A fiscal year that ends with the month `year_end`, and the span of months that the books cover."""

    year_end: int
    first: date
    last: date

    def months(self) -> tuple[Period, ...]:
        """Every month of the books."""
        count = _index(self.last) - _index(self.first) + 1
        return tuple(Period(months_before(self.last, back), 1) for back in range(count - 1, -1, -1))

    def quarters(self) -> tuple[Period, ...]:
        """Every whole fiscal quarter of the books."""
        ends = [month for month in self.months() if self.month_of_year(month.end) % 3 == 0]
        return tuple(Period(month.end, 3) for month in ends if _index(month.end) - 2 >= _index(self.first))

    def years_to_date(self) -> tuple[Period, ...]:
        """Every period of 6, 9 or 12 months from the start of a fiscal year that the books cover."""
        made = []
        for quarter in self.quarters():
            months = self.month_of_year(quarter.end)
            if months > 3 and _index(quarter.end) - months + 1 >= _index(self.first):
                made.append(Period(quarter.end, months))
        return tuple(made)

    def month_of_year(self, day: date) -> int:
        """1 for the first month of the fiscal year, 12 for its last."""
        return (day.month - self.year_end - 1) % 12 + 1

    def to_date(self, end: date) -> Period:
        """The fiscal year up to `end`."""
        return Period(end, self.month_of_year(end))

    def parse(self, text: str) -> Period | None:
        """A period as the books write it: `2003-07`, `2003-Q3`, `2003-01..2003-09`, `2003-09-30`; else None."""
        if found := _MONTH.match(text):
            return _months(int(found[1]), int(found[2]), 1)
        if found := _QUARTER.match(text):
            end = int(found[1]) * 12 + self.year_end - 1 - 12 + int(found[2]) * 3
            return _months(end // 12, end % 12 + 1, 3)
        if found := _RANGE.match(text):
            count = int(found[3]) * 12 + int(found[4]) - int(found[1]) * 12 - int(found[2]) + 1
            return _months(int(found[3]), int(found[4]), count) if count > 0 else None
        if _DAY.match(text):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                return None
            return Period(day) if FIRST_YEAR <= day.year <= LAST_YEAR else None
        return None


def months_of(period: Period) -> tuple[Period, ...]:
    """The months of a duration, first to last."""
    count = period.months or 0
    return tuple(Period(months_before(period.end, back), 1) for back in range(count - 1, -1, -1))


def _months(year: int, month: int, count: int) -> Period | None:
    return (
        Period(month_end(year, month), count)
        if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR and count <= 12
        else None
    )


def _index(day: date) -> int:
    return day.year * 12 + day.month
