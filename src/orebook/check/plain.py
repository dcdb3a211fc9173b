"""Plain sums in whole numbers: what the figures, each read by itself or by all its sightings, let a sum be.

The same as `compute` and `solve` give for intervals, for the form that most equations have: figures added and
subtracted, none printed more finely than a subunit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from orebook.check.context import SUBUNITS, Counts
from orebook.model.equation import LINEAR, Equation
from orebook.model.fact import Fact
from orebook.model.interval import Interval, counted
from orebook.model.slotted import slotted
from orebook.model.tie import MINUS, ONE


@slotted
class Plain:
    """The counts of a sum's target and of its operands, each with its sign, and of what those add up to: low and high
    end and centre."""

    target: Counts
    parts: Sequence[Counts]
    low: int
    high: int
    centre: int

    @property
    def holds(self) -> bool:
        """Whether rounding allows the sum."""
        return self.low <= self.target[1] and self.target[0] <= self.high

    def needs(self, place: int | None, weight: Fraction | None) -> Interval:
        """What the others say that the operand at `place`, added or subtracted, or (None) the target is, as printed
        (rounded)."""
        low, high = self.low, self.high
        mine = self.target if place is None else self.parts[place]
        if place is not None:
            low, high = self.target[0] - (high - mine[1]), self.target[1] - (low - mine[0])
        half = (mine[1] - mine[0]) // 2
        low, high = low - half, high + half
        turned = weight is not ONE and (weight is MINUS or weight == MINUS)
        return counted(-high, -low, SUBUNITS) if turned else counted(low, high, SUBUNITS)


def plain(equation: Equation, counts_of: Callable[[Fact], Counts | None]) -> Plain | None:
    """An equation as a plain sum; None where it is none, or has a figure that is printed too finely.

    `counts_of` gives what a figure says: `Sightings.own_counts`, or `Sightings.counts` for all sightings together.
    """
    target = counts_of(equation.target)
    if target is None or equation.kind not in LINEAR or (equation.factor is not ONE and equation.factor != ONE):
        return None
    parts: list[Counts] = []
    for operand in equation.operands:
        counts, weight = counts_of(operand.fact), operand.weight
        if counts is None:
            return None
        if weight is ONE or (weight is not MINUS and weight == ONE):
            parts.append(counts)
        elif weight is MINUS or weight == MINUS:
            parts.append((-counts[1], -counts[0], -counts[2], -counts[3]))
        else:
            return None
    return added(target, parts)


def added(target: Counts, parts: Sequence[Counts]) -> Plain:
    """Figures, each with its sign, as a sum."""
    low = high = centre = 0
    for least, most, middle, _ in parts:
        low, high, centre = low + least, high + most, centre + middle
    return Plain(target, parts, low, high, centre)
