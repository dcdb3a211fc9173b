"""A rounding convention, for those who ask for it: the largest part takes the difference.

Printed figures are rounded from figures with all their digits, so the parts of a printed total may add to one
unit more or less. Some reporters move that unit to the largest part. The moved figure is then no longer the
rounded one; it is moved wherever it is printed, and every move is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from orebook.close.sheet import Row, Sheet, rounded
from orebook.model.named import NamedTuple
from orebook.model.period import Period

LARGEST_PART = "the largest part takes the difference"
_ROUNDS = 20
FIXED = frozenset({"total_cash_cost", "net_income"})
"""Figures that are divided by others, or stand at the head of other statements, stay as they are."""


class Move(NamedTuple):
    """A printed part that was moved by `units` of its last digit so that its total adds."""

    label: str
    entity: str
    period: Period
    units: int


Figure = tuple[str, str, Period]


def adjusted(sheets: Sequence[Sheet]) -> tuple[tuple[Sheet, ...], tuple[Move, ...]]:
    """The sheets with parts that add, and what was moved. Totals are never moved; where only totals could be,
    or where two totals pull one part in both directions, the gap stays and is reported as a gap."""
    moved: dict[Figure, int] = {}
    labels: dict[Figure, str] = {}
    made = tuple(sheets)
    for _ in range(_ROUNDS):
        step = _step(made, moved, labels)
        if step is None:
            break
        figure, units = step
        moved[figure] = moved.get(figure, 0) + units
        made = tuple(_shifted(sheet, figure, units) for sheet in made)
    told = (Move(labels[figure], figure[1], figure[2], units) for figure, units in moved.items() if units)
    return made, tuple(told)


def _step(sheets: Sequence[Sheet], moved: dict[Figure, int], labels: dict[Figure, str]) -> tuple[Figure, int] | None:
    """The first total that does not add and has a part that was not moved yet, and by how much to move it."""
    totals = {(row.name, row.entity) for sheet in sheets for row in sheet.rows if row.parts}
    for sheet in sheets:
        for row in sheet.rows:
            for column, period in enumerate(sheet.columns if row.parts else ()):
                units = _gap(sheet, row, column)
                if not units:
                    continue
                parts = [(sheet.rows[at], sign) for at, sign in row.parts]
                free = [
                    (part, sign)
                    for part, sign in parts
                    if part.values[column]
                    and (part.name, part.entity) not in totals
                    and part.style == row.style._replace(dollar=part.style.dollar)
                    and part.name not in FIXED
                    and (part.name, part.entity, period) not in moved
                ]
                if free:
                    part, sign = max(free, key=lambda found: _size(found[0], column))
                    labels[part.name, part.entity, period] = part.label
                    return (part.name, part.entity, period), sign * part.sign * units
    return None


def _size(row: Row, column: int) -> Fraction:
    return abs(row.values[column] or Fraction(0))


def _gap(sheet: Sheet, row: Row, column: int) -> int:
    """By how many units of its last digit a total exceeds its printed parts."""
    total = row.values[column]
    if total is None:
        return 0
    added = Fraction(0)
    for at, sign in row.parts:
        value = sheet.rows[at].values[column]
        added += sign * rounded(value, sheet.rows[at].style) if value is not None else 0
    return int((rounded(total, row.style) - added) * 10**row.style.decimals)


def _shifted(sheet: Sheet, figure: Figure, units: int) -> Sheet:
    """The sheet with a figure moved, where it is printed with the same last digit."""
    name, entity, period = figure
    rows = list(sheet.rows)
    for at, row in enumerate(rows):
        if (row.name, row.entity) != (name, entity) or period not in sheet.columns:
            continue
        column = sheet.columns.index(period)
        value = row.values[column]
        if value is not None:
            new = value + row.sign * units * row.style.scale / 10**row.style.decimals
            rows[at] = row._replace(values=(*row.values[:column], new, *row.values[column + 1 :]))
    return sheet._replace(rows=tuple(rows))
