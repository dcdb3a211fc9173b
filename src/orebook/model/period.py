"""Periods: the stretch of time, or the moment, that a figure is about."""

from __future__ import annotations

from datetime import date, timedelta

from orebook.model.named import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = tuple(name[:3].lower() for name in MONTHS)
PRINTED_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
"""The months in full, by their first three letters, and as headings abbreviate them."""


class Period(NamedTuple):
    """A duration of `months` months up to and including `end`, or (with `months` None) the instant `end`.

    `weeks` is set where the report counts in weeks (13, 26, 39, 52, 53); `months` is then the nearest
    number of months.
    """

    end: date
    months: int | None = None
    weeks: int | None = None

    @property
    def is_instant(self) -> bool:
        return self.months is None

    def instant(self) -> Period:
        """The moment at which the period ends."""
        return Period(self.end)

    def opening(self) -> Period:
        """The moment just before a duration begins: the closing date of the period before it."""
        if self.months is None:
            return self
        if self.weeks is not None:
            return Period(self.end - timedelta(weeks=self.weeks))
        return Period(months_before(self.end, self.months))

    def year_earlier(self) -> Period:
        """The same period one year before."""
        return Period(months_before(self.end, 12), self.months, self.weeks)

    def record(self) -> dict[str, object]:
        """The period as `records.md` writes it."""
        if self.months is None:
            return {"kind": "instant", "end": self.end.isoformat()}
        made: dict[str, object] = {"kind": "duration", "months": self.months, "end": self.end.isoformat()}
        if self.weeks is not None:
            made["weeks"] = self.weeks
        return made


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The date `months` months before `day`; the last day of a month leads to the last day of a month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = month_end(year, month + 1)
    if day == month_end(day.year, day.month):
        return last
    return last if day.day > last.day else last.replace(day=day.day)
