"""What a figure of the books is, before it has a value."""

from __future__ import annotations

from fractions import Fraction

from orebook.model.named import NamedTuple
from orebook.model.period import Period


class Quantity(NamedTuple):
    """A named quantity of an entity (a mine, a segment, or the company as "") in a period."""

    name: str
    entity: str
    period: Period

    def __str__(self) -> str:
        return f"{self.name} of {self.entity or 'the company'}, {period_text(self.period)}"


class Source(NamedTuple):
    """Where a leaf comes from: a file of the books with row and column, or the rule that sets it."""

    file: str
    row: int = 0
    column: str = ""
    note: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.row}" if self.row else self.file
        return " ".join(part for part in (place, self.column, self.note) if part)


class Conflict(NamedTuple):
    """A figure that two sources give differently."""

    quantity: Quantity
    stated: Fraction
    derived: Fraction
    rule: str
    sources: tuple[Source, ...]


class Missing(NamedTuple):
    """A leaf that nobody gave, and what cannot be derived without it."""

    quantity: Quantity
    blocks: tuple[Quantity, ...]


def period_text(period: Period) -> str:
    """A period as the books write it: `2003-09` (a month), `2003-07..2003-09`, or `at 2003-09-30`."""
    if period.months is None:
        return f"at {period.end.isoformat()}"
    if period.months == 1:
        return f"{period.end:%Y-%m}"
    first = period.end.year * 12 + period.end.month - period.months
    return f"{first // 12:04}-{first % 12 + 1:02}..{period.end:%Y-%m}"
