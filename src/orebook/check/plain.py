"""Plain sums in whole numbers: what each figure, read by itself, lets a sum be.

The same as `compute` and `solve` give for intervals, for the form that most equations have: figures added and
subtracted, none printed more finely than a subunit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from orebook.check.context import SUBUNITS, Sightings
from orebook.model.equation import LINEAR, Equation
from orebook.model.interval import Interval, counted
from orebook.model.tie import MINUS, ONE

Ends = tuple[int, int]


class Plain(NamedTuple):
    """The ends of a sum's target and of its operands, each with its sign, in subunits."""

    target: Ends
    parts: list[Ends]

    @property
    def sum(self) -> Ends:
        """The ends of what the operands add up to."""
        return sum(low for low, _ in self.parts), sum(high for _, high in self.parts)

    @property
    def holds(self) -> bool:
        """Whether rounding allows the sum."""
        low, high = self.sum
        return low <= self.target[1] and self.target[0] <= high

    def needs(self, place: int | None, weight: Fraction | None) -> Interval:
        """What the others say that the operand at `place`, added or subtracted, or (None) the target is, as printed
        (rounded)."""
        low, high = self.sum
        mine = self.target if place is None else self.parts[place]
        if place is not None:
            low, high = self.target[0] - (high - mine[1]), self.target[1] - (low - mine[0])
        half = (mine[1] - mine[0]) // 2
        low, high = low - half, high + half
        return counted(-high, -low, SUBUNITS) if weight == MINUS else counted(low, high, SUBUNITS)


def plain(equation: Equation, sightings: Sightings) -> Plain | None:
    """An equation as a plain sum; None where it is none, or has a figure that is printed too finely."""
    target = sightings.own_counts(equation.target)
    if target is None or equation.kind not in LINEAR or (equation.factor is not ONE and equation.factor != ONE):
        return None
    parts: list[Ends] = []
    for operand in equation.operands:
        counts, weight = sightings.own_counts(operand.fact), operand.weight
        if counts is None:
            return None
        if weight is ONE or weight == ONE:
            parts.append(counts[:2])
        elif weight is MINUS or weight == MINUS:
            parts.append((-counts[1], -counts[0]))
        else:
            return None
    return Plain(target[:2], parts)
