"""The frame of a report: which period each of its columns is, relative to the date it is for."""

from __future__ import annotations

from datetime import date

from orebook.close.calendar import Calendar
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.period import Period, months_before

QUARTER, YEAR, END, FISCAL, OPENING, BEFORE = "q", "y", "i", "f", "o", "p"
"""Kinds of slot: the quarter, the year to date, the closing date, the end of the fiscal year before, the
opening date of the quarter, and the year to date as the report before had it."""
DURATIONS = frozenset({QUARTER, YEAR, BEFORE})
KINDS = frozenset({QUARTER, YEAR, END, FISCAL, OPENING, BEFORE})


class Slot(NamedTuple):
    """A kind of period, this year (`back` 0) or the year before (1); written `q0`, `y1`."""

    kind: str
    back: int

    def __str__(self) -> str:
        return f"{self.kind}{self.back}"


class Frame(NamedTuple):
    """The periods of a report for the quarter that ends on `end`, in a fiscal year that ends in month `year_end`."""

    end: date
    year_end: int = 12

    @property
    def months(self) -> int:
        """Months of the fiscal year so far."""
        return Calendar(self.year_end, self.end, self.end).month_of_year(self.end)

    def period(self, slot: Slot) -> Period:
        """The period of a slot. `p` stands one quarter before the end of the year to date."""
        end = months_before(self.end, 12 * slot.back)
        if slot.kind in {QUARTER, OPENING}:
            quarter = Period(end, 3)
            return quarter if slot.kind == QUARTER else quarter.opening()
        if slot.kind == END:
            return Period(end)
        if slot.kind == BEFORE:
            return Period(months_before(end, 3), self.months - 3)
        year = Period(end, self.months)
        return year if slot.kind == YEAR else year.opening()

    def slot(self, fact: Fact) -> Slot | None:
        """The slot of a printed figure; None for a period that the frame does not have."""
        column, period = fact.column.period, fact.period
        if period is None:
            return None
        if period.months is None and column is not None and column.months is not None:
            back = self._back(column)
            kinds = (END, FISCAL) if column.months == self.months else (END, OPENING)
            return next((Slot(kind, back) for kind in kinds if self.period(Slot(kind, back)) == period), None)
        if period.months is not None:
            kinds = (YEAR, QUARTER) if fact.table.kind == "cash-flows" else (QUARTER, YEAR)
        else:
            kinds = (END, FISCAL)
        slots = (Slot(kind, back) for back in (0, 1) for kind in kinds)
        return next((slot for slot in slots if self.period(slot)[:2] == period[:2]), None)

    def _back(self, column: Period) -> int:
        return 0 if column.end == self.end else 1
