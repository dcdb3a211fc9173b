"""Which periods a company's figures exist for, and how they add up."""

from __future__ import annotations

from orebook.close.calendar import Calendar, months_of
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before


class Spans(NamedTuple):
    """`base`: the periods in which figures are entered; `sums`: the longer ones, in the order of derivation."""

    base: tuple[Period, ...]
    sums: tuple[Period, ...]
    calendar: Calendar

    def parts(self, period: Period) -> tuple[Period, ...]:
        """What a longer period is the sum of: a quarter of its months, a year to date of the one before and a
        quarter."""
        if period.months is None or period.months <= 3:
            return months_of(period)
        before = Period(months_before(period.end, 3), period.months - 3)
        return before, Period(period.end, 3)

    @property
    def all(self) -> tuple[Period, ...]:
        return (*self.base, *self.sums)


def spans_of(calendar: Calendar, *, monthly: bool) -> Spans:
    """The spans of monthly or of quarterly books."""
    longer = calendar.years_to_date()
    if monthly:
        return Spans(calendar.months(), (*calendar.quarters(), *longer), calendar)
    return Spans(calendar.quarters(), longer, calendar)
